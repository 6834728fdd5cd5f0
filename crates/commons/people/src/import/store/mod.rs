//! Bringing a list in: the verdicts of [`super::read`] become people, links to people known
//! before, and a repair list of what was refused.

pub(crate) mod api;
mod cells;
mod known;
pub mod mend;
mod outcome;
pub(crate) mod pages;
mod queries;
mod rows;
#[cfg(test)]
pub(crate) mod tests;
mod views;
mod work;
mod workbook;
mod write;

use std::collections::HashMap;

use db::{Conn, Error, FromRow, Keys, Origin, Reason, Result};
use documents::sheets::{self, Limits, Sheet};
use known::Among;
use organizations::OrganizationId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use web::City;

use super::{Original, Reading, Report, Status, Totals, read, rejects, settle_duplicates};
use crate::{PersonId, reference};

pub use queries::{get, list, list_rows};
pub(crate) use work::RUN_IMPORT;
pub use work::{job, run_batch};
pub use write::{DismissRow, KeepUpload, StartImport};

db::id! {
    /// A list that was brought in.
    pub BatchId
}

db::id! {
    /// A row of such a list.
    pub RowId
}

db::text_enum! {
    /// How far a list has come.
    #[schemars(rename = "ImportState")]
    pub enum BatchState {
        /// Read for a preview; nothing is stored yet.
        Preview = "preview",
        /// Confirmed; its job has not begun.
        Waiting = "waiting",
        /// Being stored.
        Running = "running",
        /// All rows are settled or on the repair list.
        Done = "done",
        /// It stopped; it may be started again.
        Failed = "failed",
    }
}

db::text_enum! {
    /// What became of a row.
    pub enum RowStatus {
        /// Became a person.
        Accept = "accept",
        /// Is somebody known.
        Duplicate = "duplicate",
        /// Waits on the repair list.
        Reject = "reject",
        /// Was put right and accepted.
        Mended = "mended",
        /// Was put aside for a reason.
        Dismissed = "dismissed",
    }
}

/// The file is no list we can read.
pub const FILE_UNREADABLE: Reason = Reason::new("import_file_unreadable", 422);
/// No sheet has headings we know.
pub const NO_LIST: Reason = Reason::new("import_no_list", 422);
/// The row was mended or dismissed before.
pub const ROW_SETTLED: Reason = Reason::new("import_row_settled", 409);
/// The list was started before.
pub const ALREADY_STARTED: Reason = Reason::new("import_already_started", 409);

/// A list as kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ImportBatch")]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// The body it was brought in for.
    pub organization_id: OrganizationId,
    /// The file's name as sent.
    pub file_name: String,
    /// How far it has come.
    pub state: BatchState,
    /// First problems: sheet, row, column heading and reason code.
    #[schemars(with = "Vec<Problem>")]
    pub problems: serde_json::Value,
    /// Rows that speak of a person.
    pub rows_total: i64,
    /// Rows settled.
    pub rows_done: i64,
    /// Became people.
    pub accepted: i64,
    /// Of these, with warnings.
    pub warned: i64,
    /// Were known.
    pub duplicates: i64,
    /// Were refused.
    pub rejected: i64,
    /// Speak of nobody.
    pub skipped: i64,
    /// When it came.
    pub made_at: Timestamp,
    /// When it was done.
    pub ended_at: Option<Timestamp>,
}

/// What bringing a list in came to.
#[derive(Debug)]
pub struct Outcome {
    /// `{"rows":[…],"totals":{…}}`
    pub report: serde_json::Value,
    /// Rows refused.
    pub rejected: usize,
    /// The refused rows with column and reason, as a workbook to send back.
    pub rejects_xlsx: Vec<u8>,
    /// The stored list; none for a dry run.
    pub batch: Option<BatchId>,
}

/// Rows written together: one statement each of the widest table on either engine.
const TOGETHER: usize = 900;

/// Reads a workbook for the city's operator and stores it for a body; without one it is a dry run,
/// and nothing is stored. Progress is told in rows: done and all. The same file brought in again
/// changes nothing.
pub async fn run(
    city: &City,
    origin: &Origin,
    organization: Option<OrganizationId>,
    bytes: &[u8],
    file_name: &str,
    progress: impl FnMut(usize, usize) + Send,
) -> Result<Outcome> {
    let book = open(bytes)?;
    let mut reading = settled(city, &book, Among::City).await?;
    let mut people = HashMap::new();
    let mut batch = None;
    if let Some(organization) = organization {
        let new = write::OpenBatch {
            id: BatchId::new(city.db.new_id()),
            organization,
            file_name: file_name.to_owned(),
            digest: digest(&city.keys, bytes),
            totals: Totals::of(&reading),
        };
        let id = city.db.write(origin, new).await?;
        people = write::store(city, origin, id, organization, &mut reading, progress).await?;
        batch = Some(id);
    }
    let report = Report::new(&reading, |row| {
        people.get(&place(row.sheet, row.row)).map(|id| id.get())
    });
    Ok(Outcome {
        report: serde_json::to_value(&report)?,
        rejected: report.totals.reject,
        rejects_xlsx: workbook::rejects(&rejects(&reading)).map_err(Error::other)?,
        batch,
    })
}

/// The sheets of a file, or the refusal that says it is none.
pub(crate) fn open(bytes: &[u8]) -> Result<Vec<Sheet>> {
    match sheets::read(bytes, &Limits::default()) {
        Ok(book) => Ok(book),
        Err(_) => FILE_UNREADABLE.at("file"),
    }
}

/// Reads a book and settles who is known, in the file and in the records.
async fn settled<'a>(city: &City, book: &'a [Sheet], among: Among) -> Result<Reading<'a>> {
    let mut conn = city.db.read().await?;
    let lists = reference::for_import(&mut conn, city.db.clock().today()).await?;
    let mut reading = read(book, &lists);
    if reading.tables.is_empty() {
        return NO_LIST.at("file");
    }
    let known = known::look_up(&mut conn, &city.keys, &reading.rows, among).await?;
    settle_duplicates(&mut reading.rows, &known);
    Ok(reading)
}

/// By what a file is known to come again.
pub(crate) fn digest(keys: &Keys, bytes: &[u8]) -> Vec<u8> {
    keys.sign("import file", bytes)
}

/// Where a row stands, as a key.
type Place = (String, i64);

fn place(sheet: &str, row: usize) -> Place {
    (sheet.to_owned(), i64::try_from(row).unwrap_or(i64::MAX))
}

/// The person a settled duplicate repeats.
fn original(of: &Original, people: &HashMap<Place, PersonId>) -> Option<PersonId> {
    match of {
        Original::Person(id) => Some(PersonId::new(*id)),
        Original::Row { sheet, row } => people.get(&place(sheet, *row)).copied(),
    }
}

/// A row that could not be taken as it is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ImportProblem")]
struct Problem {
    sheet: String,
    row: usize,
    column: String,
    reasons: Vec<&'static str>,
}

/// The first problems of a reading, for a preview; no cell is among them.
fn problems(reading: &Reading<'_>) -> serde_json::Value {
    let first = rejects(reading).into_iter().take(20).map(|reject| Problem {
        reasons: reject
            .reasons
            .iter()
            .map(|reason| reason.reason.code())
            .collect(),
        sheet: reject.sheet,
        row: reject.row,
        column: reject.column,
    });
    serde_json::json!(first.collect::<Vec<_>>())
}

/// The list, when this viewer brings lists in for its body; else "not found".
async fn visible(conn: &mut Conn, viewer: &access::Viewer, id: BatchId) -> Result<Batch> {
    let batch = get(conn, id).await?;
    match viewer
        .bodies_as(crate::IMPORT.roles)
        .contains(&batch.organization_id.get())
    {
        true => Ok(batch),
        false => Err(Error::NotFound),
    }
}

/// The word of a row's status for the table of rows.
fn row_status(status: Status) -> RowStatus {
    match status {
        Status::Accept => RowStatus::Accept,
        Status::Duplicate => RowStatus::Duplicate,
        Status::Reject => RowStatus::Reject,
    }
}
