//! The person behind a case, as far as this room needs her: names and contact.

use casework::CaseId;
use contacts::ContactId;
use db::{Conn, FromRow, Result, sql};
use people::PersonId;
use uuid::Uuid;

/// A person who learns.
#[derive(Clone, Debug, FromRow)]
#[expect(dead_code, reason = "its page is still on docs/not-yet-walked.md")]
pub(crate) struct Learner {
    pub person_id: PersonId,
    pub contact_id: ContactId,
    pub first_name: String,
    pub last_name: String,
    pub case_id: CaseId,
    pub case_code: String,
}

const COLUMNS: &str = "SELECT p.id AS person_id, p.contact_id, p.first_name, p.last_name, \
     c.id AS case_id, c.code AS case_code FROM case_card c JOIN person_card p ON p.id = c.person_id";

/// The person of a case; [`db::Error::NotFound`] when there is no such case.
pub(crate) async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Learner> {
    sql(format!("{COLUMNS} WHERE c.id = $1"))
        .bind(case)
        .one(conn)
        .await
}

/// The person of a case by the case's code.
#[expect(dead_code, reason = "its page is still on docs/not-yet-walked.md")]
pub(crate) async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Learner>> {
    sql(format!("{COLUMNS} WHERE c.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// The person behind a contact, with her running case.
#[expect(dead_code, reason = "its page is still on docs/not-yet-walked.md")]
pub(crate) async fn of_contact(conn: &mut Conn, contact: Uuid) -> Result<Option<Learner>> {
    sql(format!(
        "{COLUMNS} WHERE p.contact_id = $1 AND c.state <> 'closed'"
    ))
    .bind(contact)
    .optional(conn)
    .await
}
