//! The SQL of parcels.

use access::grants::Category;
use db::{Conn, FromRow, Result, Tx, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::Parcel;
use crate::legs::LegId;

db::text_enum! {
    /// Why a parcel may no longer be read by its receiver.
    pub(crate) enum EndReason {
        /// The leg is over.
        Done = "done",
        /// The sender or the person called it back.
        Recalled = "recalled",
    }
}

/// A parcel as it is kept.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct KeptParcel {
    /// Its id; its content is sealed to it.
    pub id: Uuid,
    /// The consent it rests on.
    pub consent_id: Uuid,
    /// The most private class in it.
    pub category: Category,
    /// Words of its fields.
    pub fields: serde_json::Value,
    /// Its content, sealed.
    pub content: Vec<u8>,
    /// When its receiver lost it.
    pub ended_at: Option<Timestamp>,
}

pub(super) async fn insert(tx: &mut Tx, leg: LegId, consent: Uuid, parcel: &Parcel) -> Result<()> {
    sql(
        "INSERT INTO parcel (id, leg_id, consent_id, category, fields, content, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(parcel.id)
    .bind(leg)
    .bind(consent)
    .bind(parcel.category)
    .bind(serde_json::json!(parcel.fields))
    .bind(parcel.sealed.clone())
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// A leg's parcel, if it has one.
pub(crate) async fn find(conn: &mut Conn, leg: LegId) -> Result<Option<KeptParcel>> {
    sql("SELECT id, consent_id, category, fields, content, ended_at FROM parcel WHERE leg_id = $1")
        .bind(leg)
        .optional(conn)
        .await
}

pub(super) async fn end(tx: &mut Tx, leg: LegId, reason: EndReason) -> Result<()> {
    sql("UPDATE parcel SET ended_at = $2, end_reason = $3 WHERE leg_id = $1 AND ended_at IS NULL")
        .bind(leg)
        .bind(tx.now())
        .bind(reason)
        .execute(tx)
        .await
        .map(drop)
}

/// Gives an ended parcel back to its receiver; the caller has checked the consent.
pub(crate) async fn revive(tx: &mut Tx, leg: LegId) -> Result<()> {
    sql("UPDATE parcel SET ended_at = NULL, end_reason = NULL WHERE leg_id = $1")
        .bind(leg)
        .execute(tx)
        .await
        .map(drop)
}
