//! SQL of lists and their rows.

use std::collections::HashSet;

use db::{Conn, FromRow, Keys, Result, sql};
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::cells::KeptRow;
use super::{Batch, BatchId, Place, RowId, RowStatus};

const COLUMNS: &str = "SELECT id, organization_id, file_name, state, problems, rows_total, rows_done, \
     accepted, warned, duplicates, rejected, skipped, made_at, ended_at FROM import_batch";

/// A list.
pub async fn get(conn: &mut Conn, id: BatchId) -> Result<Batch> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Lists of some bodies, newest first, before `before`; at most `most`.
pub async fn list(
    conn: &mut Conn,
    bodies: &[Uuid],
    before: Option<BatchId>,
    most: i64,
) -> Result<Vec<Batch>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (3..bodies.len() + 3).map(|n| format!("${n}")).collect();
    sql(format!(
        "{COLUMNS} WHERE id < $1 AND organization_id IN ({}) ORDER BY id DESC LIMIT $2",
        marks.join(", ")
    ))
    .bind(before.map_or(Uuid::max(), BatchId::get))
    .bind(most)
    .bind_all(bodies.iter().map(|id| OrganizationId::new(*id).into()))
    .all(conn)
    .await
}

/// A row of a list as kept, without its cells.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct StoredRow {
    /// Its id.
    pub id: RowId,
    /// Its list.
    pub batch_id: BatchId,
    /// Name of its sheet.
    pub sheet: String,
    /// The row number the spreadsheet shows.
    pub row_number: i64,
    /// What became of it.
    pub status: RowStatus,
    /// Reason codes.
    #[schemars(with = "Vec<String>")]
    pub reasons: serde_json::Value,
    /// Heading of the column at fault.
    pub column_name: String,
    /// The person it became or repeats.
    pub person_id: Option<Uuid>,
    /// Why it was put aside.
    pub dismissal: String,
}

const ROW: &str = "SELECT id, batch_id, sheet, row_number, status, reasons, column_name, person_id, \
     dismissal FROM import_row";

/// A row by its id.
pub(super) async fn row(conn: &mut Conn, id: RowId) -> Result<StoredRow> {
    sql(format!("{ROW} WHERE id = $1")).bind(id).one(conn).await
}

/// Rows of a list in one status, in the order of the file, after `after`; at most `most`.
pub async fn list_rows(
    conn: &mut Conn,
    batch: BatchId,
    status: RowStatus,
    after: Option<RowId>,
    most: i64,
) -> Result<Vec<StoredRow>> {
    rows_where(conn, batch, status, "TRUE", after, most).await
}

/// [`list_rows`] of those accepted with a warning.
pub(super) async fn list_warned(
    conn: &mut Conn,
    batch: BatchId,
    after: Option<RowId>,
    most: i64,
) -> Result<Vec<StoredRow>> {
    let warned = "CAST(reasons AS text) <> '[]'";
    rows_where(conn, batch, RowStatus::Accept, warned, after, most).await
}

async fn rows_where(
    conn: &mut Conn,
    batch: BatchId,
    status: RowStatus,
    condition: &'static str,
    after: Option<RowId>,
    most: i64,
) -> Result<Vec<StoredRow>> {
    sql(format!(
        "{ROW} WHERE batch_id = $1 AND status = $2 AND id > $3 AND {condition}
         ORDER BY id LIMIT $4"
    ))
    .bind(batch)
    .bind(status)
    .bind(after.map_or(Uuid::nil(), RowId::get))
    .bind(most)
    .all(conn)
    .await
}

/// How many rows of a list stand in each status.
pub(super) async fn counts(conn: &mut Conn, batch: BatchId) -> Result<Vec<(RowStatus, i64)>> {
    let rows =
        sql("SELECT status, count(*) AS value FROM import_row WHERE batch_id = $1 GROUP BY status")
            .bind(batch)
            .rows(conn)
            .await?;
    rows.iter()
        .map(|row| Ok((row.get("status")?, row.get("value")?)))
        .collect()
}

/// The cells of a refused row.
pub(super) async fn cells(conn: &mut Conn, keys: &Keys, id: RowId) -> Result<KeptRow> {
    let sealed: Vec<u8> = sql(
        "SELECT cells_sealed AS value FROM import_row WHERE id = $1 AND cells_sealed IS NOT NULL",
    )
    .bind(id)
    .scalar(conn)
    .await?;
    KeptRow::open(keys, id, &sealed)
}

/// Rows of a list that wait for repair, with their cells, in the order of the file, after
/// `after`; at most `most`.
pub(super) async fn with_cells(
    conn: &mut Conn,
    keys: &Keys,
    batch: BatchId,
    after: Option<RowId>,
    most: i64,
) -> Result<Vec<(StoredRow, KeptRow)>> {
    let rows = sql(
        "SELECT id, batch_id, sheet, row_number, status, reasons, column_name, person_id,
         dismissal, cells_sealed FROM import_row
         WHERE batch_id = $1 AND status = 'reject' AND id > $2 ORDER BY id LIMIT $3",
    )
    .bind(batch)
    .bind(after.map_or(Uuid::nil(), RowId::get))
    .bind(most)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let stored = StoredRow::from_row(row)?;
            let sealed: Vec<u8> = row.get("cells_sealed")?;
            let kept = KeptRow::open(keys, stored.id, &sealed)?;
            Ok((stored, kept))
        })
        .collect()
}

/// The list of a body that holds the same file.
pub(super) async fn find_by_digest(
    conn: &mut Conn,
    organization: OrganizationId,
    digest: Vec<u8>,
) -> Result<Option<Batch>> {
    sql(format!(
        "{COLUMNS} WHERE organization_id = $1 AND digest = $2"
    ))
    .bind(organization)
    .bind(digest)
    .optional(conn)
    .await
}

/// Whether a list still has its file, so that it can be started.
pub(super) async fn has_content(conn: &mut Conn, id: BatchId) -> Result<bool> {
    let count: i64 =
        sql("SELECT count(*) AS value FROM import_batch WHERE id = $1 AND content IS NOT NULL")
            .bind(id)
            .scalar(conn)
            .await?;
    Ok(count > 0)
}

/// Where the rows of a list stand that are stored already.
pub(super) async fn places(conn: &mut Conn, batch: BatchId) -> Result<HashSet<Place>> {
    let rows = sql("SELECT sheet, row_number FROM import_row WHERE batch_id = $1")
        .bind(batch)
        .rows(conn)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("sheet")?, row.get("row_number")?)))
        .collect()
}

/// The sealed file of a list that waits.
pub(super) async fn content(conn: &mut Conn, id: BatchId) -> Result<Vec<u8>> {
    sql("SELECT content AS value FROM import_batch WHERE id = $1 AND content IS NOT NULL")
        .bind(id)
        .scalar(conn)
        .await
}
