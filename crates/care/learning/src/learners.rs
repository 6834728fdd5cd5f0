//! The person behind a case, as far as this room needs her: her contact and her case.

use casework::cases::CASE_STATE;
use casework::{CaseId, CaseState};
use contacts::ContactId;
use db::{Conn, FromRow, Result, sql};
use organizations::OrganizationId;
use people::PersonId;
use uuid::Uuid;

/// A person who learns.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Learner {
    pub person_id: PersonId,
    pub contact_id: ContactId,
    pub case_id: CaseId,
    /// The body that carries the case.
    pub organization_id: OrganizationId,
    pub state: CaseState,
}

const COLUMNS: &str = "SELECT p.id AS person_id, p.contact_id, \
     c.id AS case_id, c.organization_id, c.state FROM case_card c JOIN person_card p ON p.id = c.person_id";

/// The person of a case; [`db::Error::NotFound`] when there is no such case.
pub(crate) async fn of_case(conn: &mut Conn, case: CaseId) -> Result<Learner> {
    sql(format!("{COLUMNS} WHERE c.id = $1"))
        .bind(case)
        .one(conn)
        .await
}

/// The person of a case that is not closed.
pub(crate) async fn of_running(conn: &mut Conn, case: CaseId) -> Result<Learner> {
    let learner = of_case(conn, case).await?;
    match learner.state {
        CaseState::Closed => CASE_STATE.refuse(),
        _ => Ok(learner),
    }
}

/// The person of a case by the case's code.
pub(crate) async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Learner>> {
    sql(format!("{COLUMNS} WHERE c.code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// The person behind a contact, with her running case.
pub(crate) async fn of_contact(conn: &mut Conn, contact: Uuid) -> Result<Option<Learner>> {
    sql(format!(
        "{COLUMNS} WHERE p.contact_id = $1 AND c.state <> 'closed'"
    ))
    .bind(contact)
    .optional(conn)
    .await
}
