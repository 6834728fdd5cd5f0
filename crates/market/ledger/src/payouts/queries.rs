//! All SQL of batches and payouts.

use contacts::ContactId;
use db::{Conn, Result, Tx, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::{Batch, BatchId, LeftOut, Payout, PayoutId, plan};

const BATCHES: &str =
    "SELECT b.id, b.number, b.method, b.profile, b.state, b.pay_on, b.lines, b.total,
     b.prepared_by, b.prepared_at, b.approved_by, b.approved_at, b.exported_at, b.file_digest
     FROM payout_batch b";

const PAYOUTS: &str = "SELECT p.id, p.batch_id, p.contact_id, c.handle, c.shown_name, p.reference,
     p.amount, p.payee_id, p.payee_kind, p.payee_name, p.sheba_last4, p.state, p.reason,
     p.bank_reference, p.settled_on FROM payout p JOIN contact_card c ON c.id = p.contact_id";

/// One batch.
pub async fn batch(conn: &mut Conn, id: BatchId) -> Result<Batch> {
    sql(format!("{BATCHES} WHERE b.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Batches, newest first, before one of them, at most `most`.
pub async fn list_batches(conn: &mut Conn, before: Option<Uuid>, most: i64) -> Result<Vec<Batch>> {
    sql(format!(
        "{BATCHES} WHERE b.id < $1 ORDER BY b.id DESC LIMIT $2"
    ))
    .bind(before.unwrap_or(Uuid::max()))
    .bind(most)
    .all(conn)
    .await
}

/// One payout.
pub async fn payout(conn: &mut Conn, id: PayoutId) -> Result<Payout> {
    sql(format!("{PAYOUTS} WHERE p.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The payouts of a batch, in the order of its file.
pub async fn of_batch(conn: &mut Conn, batch: BatchId) -> Result<Vec<Payout>> {
    sql(format!(
        "{PAYOUTS} WHERE p.batch_id = $1 ORDER BY p.reference"
    ))
    .bind(batch)
    .all(conn)
    .await
}

/// A maker's payouts, newest first.
pub async fn of_contact(conn: &mut Conn, contact: ContactId) -> Result<Vec<Payout>> {
    sql(format!(
        "{PAYOUTS} WHERE p.contact_id = $1 ORDER BY p.id DESC LIMIT 100"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// The payout of a batch with this reference.
pub(super) async fn by_reference(
    conn: &mut Conn,
    batch: BatchId,
    reference: &str,
) -> Result<Option<Payout>> {
    sql(format!(
        "{PAYOUTS} WHERE p.reference = $1 AND p.batch_id = $2"
    ))
    .bind(reference)
    .bind(batch)
    .optional(conn)
    .await
}

/// The next number of a series; taken last, waited for, never skipped.
pub(super) async fn next_number(tx: &mut Tx, series: &str) -> Result<i64> {
    sql(
        "INSERT INTO number_series (code, last_number) VALUES ($1, 1) ON CONFLICT (code) DO UPDATE
         SET last_number = number_series.last_number + 1 RETURNING last_number AS value",
    )
    .bind(series)
    .scalar(tx)
    .await
}

/// The statements of a payout wait for another one.
pub(super) async fn free_statements(tx: &mut Tx, payout: PayoutId) -> Result<u64> {
    sql("UPDATE statement SET payout_id = NULL WHERE payout_id = $1")
        .bind(payout)
        .execute(tx)
        .await
}

/// Who was left out of a batch when it was prepared, and why.
pub async fn left_out(conn: &mut Conn, batch: BatchId) -> Result<Vec<LeftOut>> {
    sql(
        "SELECT contact_id, why, amount FROM payout_left_out WHERE batch_id = $1
         ORDER BY why, contact_id",
    )
    .bind(batch)
    .all(conn)
    .await
}

/// Whose money waits now and cannot go into the next batch of her way, and why.
pub async fn waiting(conn: &mut Conn, now: Timestamp) -> Result<Vec<LeftOut>> {
    Ok(plan::plan(conn, now, None).await?.left_out)
}
