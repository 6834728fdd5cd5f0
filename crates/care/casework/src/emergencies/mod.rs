//! A case of others, opened in an emergency: told at once to whoever carries it.

pub(crate) mod pages;
pub(crate) mod views;

use access::emergencies::{self, NewEmergency};
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use notices::{Notice, To};
use persian::Timestamp;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::cases::{self, CaseId, EventKind, record_event};

/// There is no case of this code or of whoever has this national code.
pub const CASE_UNKNOWN: Reason = Reason::new("emergency_case_unknown", 422);

/// Opens a case to the user who asks.
#[derive(Serialize)]
pub struct OpenInEmergency {
    /// The case.
    pub case: CaseId,
    /// What is written of it.
    pub emergency: NewEmergency,
}

impl Write for OpenInEmergency {
    const NAME: &'static str = "open_in_emergency";
    /// Until when it stands open.
    type Out = Timestamp;
    async fn run(&self, tx: &mut Tx) -> Result<Timestamp> {
        let case = cases::find(tx, self.case)
            .await?
            .ok_or(db::Error::NotFound)?;
        if case.person_id.get() != self.emergency.subject {
            return CASE_UNKNOWN.at("case");
        }
        let until = emergencies::open(tx, &self.emergency).await?;
        let detail = json!({ "emergency": self.emergency.id });
        record_event(tx, self.case, EventKind::OpenedInEmergency, detail).await?;
        let notice = Notice {
            to: To::Organization(case.organization_id),
            template: "emergency",
            args: vec![("code", persian::persian_digits(&case.code))],
        };
        notices::send(tx, notice).await?;
        Ok(until)
    }
}

/// A case of an owner that somebody opened in an emergency.
#[derive(FromRow, Serialize, schemars::JsonSchema)]
pub(crate) struct Opened {
    /// The case.
    pub case_id: CaseId,
    /// Its code.
    pub code: String,
    /// Who.
    pub actor: String,
    /// When.
    pub happened_at: Timestamp,
}

/// Days an owner is told of it on the first page.
const TOLD: i64 = 7;

/// What others opened lately of an owner's cases.
pub(crate) async fn lately(conn: &mut Conn, owner: Uuid, now: Timestamp) -> Result<Vec<Opened>> {
    sql(
        "SELECT e.case_id, c.code, e.actor, e.happened_at FROM case_event e
         JOIN case_file c ON c.id = e.case_id
         WHERE e.kind = 'opened_in_emergency' AND e.happened_at > $2 AND c.owner_id = $1
         ORDER BY e.id DESC LIMIT 20",
    )
    .bind(owner)
    .bind(now.plus_days(-TOLD))
    .all(conn)
    .await
}
