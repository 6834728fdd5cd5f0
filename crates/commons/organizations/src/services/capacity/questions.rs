//! «Have you places, and how long is the wait?», asked of a body before anybody is named. A question
//! carries no word about anybody: there is nowhere to write one.

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::{Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::TellCapacity;
use crate::OrganizationId;
use crate::services::{ServiceId, get, must_be_open};

/// The body has asked this already and waits for the answer.
pub const QUESTION_OPEN: Reason = Reason::new("capacity_question_open", 409);

/// A question, and its answer when there is one.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "CapacityQuestion")]
pub struct Question {
    /// Its id.
    pub id: Uuid,
    /// About which service.
    pub service_id: ServiceId,
    /// Its name in Persian.
    pub service_fa: String,
    /// Its name in English.
    pub service_en: String,
    /// Whose service it is.
    pub organization_id: OrganizationId,
    /// Which body asks.
    pub asked_by_body: OrganizationId,
    /// Its name in Persian.
    pub asker_fa: String,
    /// Its name in English.
    pub asker_en: String,
    /// When.
    pub asked_at: Timestamp,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The answer: free places.
    pub places_free: Option<i64>,
    /// The answer: days of waiting.
    pub waiting_days: Option<i64>,
}

impl Question {
    /// The asking body's name in a language.
    pub fn asker(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.asker_fa,
            Lang::En => &self.asker_en,
        }
    }
}

const COLUMNS: &str = "SELECT q.id, q.service_id, s.name_fa AS service_fa, s.name_en AS service_en,
     s.organization_id, q.asked_by_body, o.name_fa AS asker_fa, o.name_en AS asker_en, q.asked_at,
     q.answered_at, c.places_free, c.waiting_days
     FROM capacity_question q JOIN service s ON s.id = q.service_id
     JOIN organization o ON o.id = q.asked_by_body LEFT JOIN service_capacity c ON c.id = q.capacity_id";

/// Questions a list of a body shows, at most.
const MOST: i64 = 200;

/// What these bodies asked or were asked, newest first.
pub async fn of_bodies(conn: &mut Conn, bodies: &[Uuid]) -> Result<Vec<Question>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=bodies.len()).map(|at| format!("${at}")).collect();
    let marks = marks.join(", ");
    sql(format!(
        "{COLUMNS} WHERE q.asked_by_body IN ({marks}) OR s.organization_id IN ({marks})
         ORDER BY q.asked_at DESC, q.id DESC LIMIT {MOST}"
    ))
    .bind_all(bodies.iter().copied().map(db::Value::from))
    .all(conn)
    .await
}

/// Asks the body of a service for its places.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AskCapacity {
    /// Made by the sender.
    pub id: Uuid,
    /// Of which service.
    pub service_id: ServiceId,
    /// For which body.
    pub asked_by_body: OrganizationId,
}

impl Write for AskCapacity {
    const NAME: &'static str = "ask_capacity";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let today = tx.today();
        let service = get(tx, self.service_id).await?;
        crate::must_stand(tx, service.organization_id, "service").await?;
        must_be_open(tx, self.service_id, today, "service").await?;
        sql(
            "INSERT INTO capacity_question (id, service_id, asked_by_body, asked_by, asked_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(self.id)
        .bind(self.service_id)
        .bind(self.asked_by_body)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_capacity_question_open", &QUESTION_OPEN))?;
        let detail = serde_json::json!({ "asked_by_body": self.asked_by_body });
        let id = Some(self.service_id.get());
        audit::record(tx, "service_capacity_asked", "service", id, detail).await?;
        Ok(self.id)
    }
}

/// Answers all open questions about a service by what was told; gives how many there were.
pub(super) async fn answer(tx: &mut Tx, told: &TellCapacity) -> Result<u64> {
    sql(
        "UPDATE capacity_question SET answered_at = $3, capacity_id = $2
         WHERE service_id = $1 AND answered_at IS NULL",
    )
    .bind(told.service_id)
    .bind(told.id)
    .bind(tx.now())
    .execute(tx)
    .await
}
