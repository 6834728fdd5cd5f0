//! The SQL of batches and their answers.

use db::{Conn, FromRow, Result, Tx, sql};
use organizations::OrganizationId;
use persian::Timestamp;
use schemars::JsonSchema;
use uuid::Uuid;

use super::results::{Row, RowState};
use super::{MakeBatch, UploadResults};
use crate::legs::LegId;

/// A batch as it is kept.
#[derive(Clone, Debug, FromRow, serde::Serialize, JsonSchema)]
#[schemars(rename = "ReferralBatch")]
pub struct Batch {
    /// Its id.
    pub id: Uuid,
    /// Its number, also the cover letter's.
    pub number: String,
    /// Who sends.
    pub sender_id: OrganizationId,
    /// Who answers.
    pub organization_id: OrganizationId,
    /// For which service.
    pub service: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Legs in it.
    pub legs: i64,
    /// Legs in it that still wait.
    pub waiting: i64,
}

const COLUMNS: &str = "SELECT b.id, b.number, b.sender_id, b.organization_id, b.service, b.made_at, \
     (SELECT count(*) FROM batch_leg x WHERE x.batch_id = b.id) AS legs, \
     (SELECT count(*) FROM batch_leg x JOIN leg l ON l.id = x.leg_id \
        WHERE x.batch_id = b.id AND l.clock <> 'stopped' AND l.round = x.round) AS waiting FROM batch b";

/// The batch of this id, when one of these bodies sent it.
pub(crate) async fn find(conn: &mut Conn, senders: &[Uuid], id: Uuid) -> Result<Option<Batch>> {
    let batch: Option<Batch> = sql(format!("{COLUMNS} WHERE b.id = $1"))
        .bind(id)
        .optional(conn)
        .await?;
    Ok(batch.filter(|batch| senders.contains(&batch.sender_id.get())))
}

/// Batches of some bodies, newest first, before the cursor.
pub(crate) async fn list(
    conn: &mut Conn,
    senders: &[Uuid],
    before: Option<Uuid>,
    most: i64,
) -> Result<Vec<Batch>> {
    if senders.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (3..3 + senders.len())
        .map(|place| format!("${place}"))
        .collect();
    sql(format!(
        "{COLUMNS} WHERE b.id < $1 AND b.sender_id IN ({}) ORDER BY b.id DESC LIMIT $2",
        marks.join(", ")
    ))
    .bind(before.unwrap_or(Uuid::max()))
    .bind(most)
    .bind_all(senders.iter().map(|id| (*id).into()))
    .all(conn)
    .await
}

/// What could be put in a batch now: bodies and services that answer by file, with their legs.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Candidate {
    pub organization_id: OrganizationId,
    pub service: String,
    pub legs: i64,
}

/// Legs of a sender that wait for a batch, by body and service.
pub(crate) async fn candidates(conn: &mut Conn, sender: Uuid) -> Result<Vec<Candidate>> {
    sql(
        "SELECT l.organization_id, l.service, count(*) AS legs FROM leg l
         JOIN service_term t ON t.service = l.service AND t.answers_by = 'file'
         WHERE l.sender_id = $1 AND l.state IN ('sent', 'seen')
         AND NOT EXISTS (SELECT 1 FROM batch_leg x WHERE x.leg_id = l.id AND x.round = l.round)
         GROUP BY l.organization_id, l.service ORDER BY l.organization_id, l.service",
    )
    .bind(sender)
    .all(conn)
    .await
}

/// The legs for a new batch, oldest first.
pub(super) async fn waiting(conn: &mut Conn, batch: &MakeBatch) -> Result<Vec<(LegId, i64)>> {
    let rows = sql(
        "SELECT l.id, l.round FROM leg l WHERE l.sender_id = $1 AND l.organization_id = $2
         AND l.service = $3 AND l.state IN ('sent', 'seen')
         AND NOT EXISTS (SELECT 1 FROM batch_leg x WHERE x.leg_id = l.id AND x.round = l.round)
         ORDER BY l.id",
    )
    .bind(batch.sender_id)
    .bind(batch.organization_id)
    .bind(&batch.service)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("round")?)))
        .collect()
}

pub(super) async fn insert(tx: &mut Tx, batch: &MakeBatch, number: &str) -> Result<()> {
    sql(
        "INSERT INTO batch (id, number, sender_id, organization_id, service, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(batch.id)
    .bind(number)
    .bind(batch.sender_id)
    .bind(batch.organization_id)
    .bind(&batch.service)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// A leg that another batch took meanwhile makes this one fail, and its sender tries again.
pub(super) async fn put_in(tx: &mut Tx, batch: Uuid, legs: &[(LegId, i64)]) -> Result<()> {
    let rows = legs.iter().zip(1_i64..).map(|((leg, round), position)| {
        vec![
            batch.into(),
            (*leg).into(),
            position.into(),
            (*round).into(),
        ]
    });
    let rows = rows.collect();
    db::insert_many(
        tx,
        "INSERT INTO batch_leg (batch_id, leg_id, position, round)",
        4,
        rows,
    )
    .await
    .map(drop)
    .map_err(|error| error.or_reason("ux_batch_leg_leg", &super::EMPTY))
}

/// The legs of a batch, in its order.
pub(crate) async fn legs_of(conn: &mut Conn, batch: Uuid) -> Result<Vec<LegId>> {
    sql("SELECT leg_id AS value FROM batch_leg WHERE batch_id = $1 ORDER BY position")
        .bind(batch)
        .scalars(conn)
        .await
}

/// Numbers and ids of a batch's legs.
pub async fn numbers(conn: &mut Conn, batch: Uuid) -> Result<Vec<(String, LegId)>> {
    let rows = sql(
        "SELECT l.number, l.id FROM batch_leg x JOIN leg l ON l.id = x.leg_id
                    WHERE x.batch_id = $1 ORDER BY x.position",
    )
    .bind(batch)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("number")?, row.get("id")?)))
        .collect()
}

pub(super) async fn insert_upload(tx: &mut Tx, upload: &UploadResults) -> Result<()> {
    sql(
        "INSERT INTO batch_upload (id, batch_id, file_name, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(upload.id)
    .bind(upload.batch)
    .bind(&upload.file_name)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await?;
    let rows = upload.rows.iter().map(|row| {
        vec![
            row.id.into(),
            upload.id.into(),
            row.sheet_row.into(),
            row.leg_id.into(),
            row.number.clone().into(),
            row.verdict.into(),
            serde_json::json!(row.read).into(),
            row.note.clone().into(),
            row.fault.clone().into(),
            row.state().into(),
        ]
    });
    let rows = rows.collect();
    let head = "INSERT INTO batch_row (id, upload_id, sheet_row, leg_id, number, verdict, answer, \
         note, fault, state)";
    db::insert_many(tx, head, 10, rows).await.map(drop)
}

/// An upload: its batch, its file's name, and when it was applied.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Upload {
    pub id: Uuid,
    pub batch_id: Uuid,
    pub file_name: String,
    pub made_at: Timestamp,
    pub applied_at: Option<Timestamp>,
}

pub(crate) async fn find_upload(conn: &mut Conn, id: Uuid) -> Result<Option<Upload>> {
    sql("SELECT id, batch_id, file_name, made_at, applied_at FROM batch_upload WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await
}

/// The uploads of a batch, newest first.
pub(crate) async fn uploads(conn: &mut Conn, batch: Uuid) -> Result<Vec<Upload>> {
    sql(
        "SELECT id, batch_id, file_name, made_at, applied_at FROM batch_upload
         WHERE batch_id = $1 ORDER BY id DESC LIMIT 50",
    )
    .bind(batch)
    .all(conn)
    .await
}

/// The rows of an upload, as they stand in the sheet.
pub(crate) async fn rows(conn: &mut Conn, upload: Uuid) -> Result<Vec<Row>> {
    sql(
        "SELECT id, sheet_row, leg_id, number, verdict, answer, note, fault, state FROM batch_row
         WHERE upload_id = $1 ORDER BY sheet_row",
    )
    .bind(upload)
    .all(conn)
    .await
}

/// False when it was applied before.
pub(super) async fn mark_applied(tx: &mut Tx, upload: Uuid) -> Result<bool> {
    let rows = sql("UPDATE batch_upload SET applied_at = $2 WHERE id = $1 AND applied_at IS NULL")
        .bind(upload)
        .bind(tx.now())
        .execute(tx)
        .await?;
    Ok(rows == 1)
}

pub(super) async fn set_row(
    tx: &mut Tx,
    row: Uuid,
    state: RowState,
    fault: Option<String>,
) -> Result<()> {
    sql("UPDATE batch_row SET state = $2, fault = $3 WHERE id = $1")
        .bind(row)
        .bind(state)
        .bind(fault)
        .execute_one(tx)
        .await
}
