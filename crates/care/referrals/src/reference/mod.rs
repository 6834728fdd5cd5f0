//! Reference data: chain templates, what services ask for, decline codes, reminders.

mod load;

use casework::NextAction;
use db::{Conn, FromRow, Result, sql};
use persian::Lang;

use crate::parcels::Field;

pub use load::load;

db::text_enum! {
    /// How bodies answer for a service.
    pub enum AnswersBy {
        /// By a link sent to their phone.
        Link = "link",
        /// By a results file for the week's batch.
        File = "file",
    }
}

db::text_enum! {
    /// What follows from a no.
    pub enum Consequence {
        /// The same body again, once what was missing is there.
        Retry = "retry",
        /// Another body.
        NextBody = "next_body",
        /// Back to the plan.
        Plan = "plan",
        /// Later.
        Park = "park",
    }
}

/// What a service asks to know, and how it is answered.
#[derive(Clone, Debug)]
pub struct Term {
    /// Fields it needs.
    pub fields: Vec<Field>,
    /// How its bodies answer.
    pub answers_by: AnswersBy,
    /// True when its result is a licence with a number.
    pub gives_licence: bool,
    /// True when the sender's supervisor says the word before it is sent.
    pub needs_release: bool,
    /// What the case does when it is delivered.
    pub next_action: NextAction,
}

impl Term {
    /// A service nobody described: its bodies learn name and phone, and answer by link.
    fn plain() -> Self {
        Self {
            fields: vec![Field::Name, Field::Phone],
            answers_by: AnswersBy::Link,
            gives_licence: false,
            needs_release: false,
            next_action: NextAction::Contact,
        }
    }
}

#[derive(FromRow)]
struct TermRow {
    fields: serde_json::Value,
    answers_by: AnswersBy,
    gives_licence: bool,
    needs_release: bool,
    next_action: NextAction,
}

/// What a service asks to know, and how it is answered.
pub async fn term(conn: &mut Conn, service: &str) -> Result<Term> {
    let row: Option<TermRow> =
        sql("SELECT fields, answers_by, gives_licence, needs_release, next_action FROM service_term WHERE service = $1")
            .bind(service)
            .optional(conn)
            .await?;
    let Some(row) = row else {
        return Ok(Term::plain());
    };
    Ok(Term {
        fields: serde_json::from_value(row.fields)?,
        answers_by: row.answers_by,
        gives_licence: row.gives_licence,
        needs_release: row.needs_release,
        next_action: row.next_action,
    })
}

/// What the case does when this service is delivered.
pub(crate) async fn next_action(conn: &mut Conn, service: &str) -> Result<NextAction> {
    Ok(term(conn, service).await?.next_action)
}

/// A reason to say no.
#[derive(Clone, Debug, FromRow)]
pub struct DeclineCode {
    /// Its code: `no_capacity`.
    pub code: String,
    /// In Persian.
    pub name_fa: String,
    /// In English.
    pub name_en: String,
}

impl DeclineCode {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// The reasons to say no that hold on a day, in their order.
pub async fn decline_codes(conn: &mut Conn, day: persian::Date) -> Result<Vec<DeclineCode>> {
    sql("SELECT code, name_fa, name_en FROM decline_code
         WHERE valid_until IS NULL OR valid_until >= $1 ORDER BY position, code")
    .bind(day)
    .all(conn)
    .await
}

/// The name of a code, also of one no longer in use.
pub(crate) async fn decline_name(conn: &mut Conn, code: &str) -> Result<Option<DeclineCode>> {
    sql("SELECT code, name_fa, name_en FROM decline_code WHERE code = $1")
        .bind(code)
        .optional(conn)
        .await
}

pub(crate) async fn has_decline_code(conn: &mut Conn, code: &str) -> Result<bool> {
    Ok(decline_name(conn, code).await?.is_some())
}

/// True when somebody of the sender's side looks at a refusal with this code before it stands.
pub(crate) async fn is_checked(conn: &mut Conn, code: &str) -> Result<bool> {
    sql("SELECT is_checked AS value FROM decline_code WHERE code = $1")
        .bind(code)
        .scalar(conn)
        .await
}

pub(crate) async fn consequence(conn: &mut Conn, code: Option<&str>) -> Result<Consequence> {
    sql("SELECT consequence AS value FROM decline_code WHERE code = $1")
        .bind(code)
        .scalar(conn)
        .await
}
