//! What happened and who saw what: events, and the chain that keeps them whole.

mod chain;
mod heads;
pub mod pages;

use db::{Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

pub use chain::{ChainFault, Head, sealed_last, verify};
#[cfg(test)]
pub(crate) use heads::line;
pub use heads::{KeptHeads, Sealer, verify as verify_heads};

use crate::{Permission, Role};

/// Reads the audit.
pub const READ: Permission = Permission::new("audit.read", &[Role::Auditor, Role::Administrator]);

/// Writes one event in the transaction of what happened. `action` reads as a fact:
/// `case_opened`; `detail` holds ids and codes, never personal text.
pub async fn record(
    tx: &mut Tx,
    action: &str,
    record_kind: &str,
    record_id: Option<Uuid>,
    detail: Json,
) -> Result<()> {
    let id = tx.new_id();
    let origin = tx.origin().clone();
    let digest = Sha256::digest(serde_json::to_vec(&serde_json::json!([
        id,
        tx.now(),
        origin.user,
        origin.name,
        origin.request,
        action,
        record_kind,
        record_id,
        detail
    ]))?);
    sql(
        "INSERT INTO audit_event (id, happened_at, user_id, actor, request_id, action,
         record_kind, record_id, detail, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(tx.now())
    .bind(origin.user)
    .bind(origin.name)
    .bind(origin.request)
    .bind(action)
    .bind(record_kind)
    .bind(record_id)
    .bind(detail)
    .bind(digest.to_vec())
    .execute(tx)
    .await
    .map(drop)
}

/// A page with personal facts was shown: written before the page is sent.
#[derive(Serialize, Deserialize)]
pub struct RecordView {
    /// `person`, `case`, …
    pub record_kind: String,
    /// The record shown, when there is one.
    pub record_id: Option<Uuid>,
    /// The ids a list showed.
    pub shown: Vec<Uuid>,
}

impl Write for RecordView {
    const NAME: &'static str = "record_view";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let detail = serde_json::json!({ "shown": self.shown });
        record(tx, "viewed", &self.record_kind, self.record_id, detail).await
    }
}

impl crate::Ask {
    /// Notes that this viewer is shown these records, and waits until that is durable.
    pub async fn seen(
        &self,
        kind: &str,
        record: Option<Uuid>,
        shown: Vec<Uuid>,
    ) -> web::Outcome<()> {
        self.write(RecordView {
            record_kind: kind.to_owned(),
            record_id: record,
            shown,
        })
        .await
    }
}
