//! Lists for machines: the same reading, the same commands.

use std::collections::BTreeMap;

use access::contract::Gives;
use access::{Ask, Key, Limit, Made, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Outcome, Upload};

use super::outcome::{Asked, Known, Wanted};
use super::pages::{Cursor, page_of, rejects, take_in};
use super::queries::StoredRow;
use super::rows::{self, REASON};
use super::{Batch, BatchId, DismissRow, RowId, StartImport, queries, visible};
use crate::IMPORT;

const NEED: Need = Need::May(&IMPORT);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/imports", NEED, list)
        .api_post("/api/v1/imports", NEED, upload)
        .api_get("/api/v1/imports/{id}", NEED, show)
        .api_post("/api/v1/imports/{id}/start", NEED, start)
        .api_get("/api/v1/imports/{id}/rows", NEED, list_of_rows)
        .api_get("/api/v1/imports/{id}/rejects.xlsx", NEED, rejects)
        .api_get("/api/v1/import-rows/{row}", NEED, show_row)
        .api_post("/api/v1/import-rows/{row}/mend", NEED, mend)
        .api_post("/api/v1/import-rows/{row}/dismiss", NEED, dismiss)
}

async fn list(ask: Ask, limit: Limit, Query(cursor): Query<Cursor>) -> Outcome<impl Gives> {
    let (items, next) = page_of(&ask, cursor.cursor, limit).await?;
    ask.list(items, next)
}

/// A multipart body with `file` and, where there are several, `organization`. Answers with the
/// preview: 201 for a new list, 200 for the one that holds the same file.
async fn upload(ask: Ask, Key(key): Key, upload: Upload) -> Outcome<impl Gives> {
    match take_in(&ask, &upload, key).await? {
        Err(errors) => Err(Failure::Faulty(errors)),
        Ok((id, is_known)) => {
            let batch = visible(&mut ask.read().await?, &ask.viewer, id).await?;
            let status = match is_known {
                true => StatusCode::OK,
                false => StatusCode::CREATED,
            };
            ask.json(status, &batch)
        }
    }
}

/// The list with how many of its rows stand in each status.
#[derive(Serialize, JsonSchema)]
struct BatchCounted {
    #[serde(flatten)]
    batch: Batch,
    /// Rows by status.
    statuses: BTreeMap<String, i64>,
}

async fn show(ask: Ask, Path(id): Path<BatchId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let counts = queries::counts(&mut conn, id).await?;
    let counts = counts.into_iter();
    let statuses = counts.map(|(status, count)| (status.to_string(), count));
    let body = BatchCounted {
        statuses: statuses.collect(),
        batch,
    };
    ask.json(StatusCode::OK, &body)
}

async fn start(ask: Ask, Path(id): Path<BatchId>, Key(key): Key) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask.viewer, id).await?;
    ask.once(key, StartImport { id }).await?;
    ask.json(StatusCode::ACCEPTED, &Made { id })
}

/// Rows of one status, `reject` unless another is asked for. `person_id` only where the asker may
/// know it; `is_elsewhere` says that she is registered in another centre.
async fn list_of_rows(
    ask: Ask,
    Path(id): Path<BatchId>,
    limit: Limit,
    Query(asked): Query<Asked>,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let wanted = asked.status.unwrap_or(Wanted::Reject);
    let mut rows = wanted
        .rows(&mut conn, id, asked.cursor, limit.and_one())
        .await?;
    drop(conn);
    let next = limit.cut(&mut rows, |row| row.id);
    let known = Known::of(&ask, &batch, &rows).await?;
    let items = rows.iter().map(|row| known.item(row)).collect();
    ask.list(items, next)
}

/// A row that waits, with its cells.
#[derive(Serialize, JsonSchema)]
struct RowWithCells {
    #[serde(flatten)]
    row: StoredRow,
    cells: Vec<Cell>,
}

/// A cell under its heading.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ImportCell")]
struct Cell {
    heading: String,
    text: String,
}

async fn show_row(ask: Ask, Path(id): Path<RowId>) -> Outcome<impl Gives> {
    let repair = rows::open(&ask, id).await?;
    let batch = Some(repair.row.batch_id.get());
    ask.seen("import_rows", batch, Vec::new()).await?;
    let cells = repair.shown().into_iter();
    let body = RowWithCells {
        cells: cells
            .map(|(heading, text)| Cell { heading, text })
            .collect(),
        row: repair.row,
    };
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "RowMended")]
struct Mend {
    /// Every cell of the row, from column A.
    cells: Vec<String>,
}

async fn mend(
    ask: Ask,
    Path(id): Path<RowId>,
    Key(key): Key,
    web::Json(body): web::Json<Mend>,
) -> Outcome<impl Gives> {
    let repair = rows::open(&ask, id).await?;
    if body.cells.len() != repair.shown().len() {
        return Err(Failure::Unreadable("/cells".to_owned()));
    }
    let command = match rows::mended(&ask, &repair, &body.cells).await? {
        Ok(command) => command,
        Err(errors) => return Err(Failure::Faulty(errors)),
    };
    ask.once(key, command).await?;
    let mut conn = ask.read().await?;
    let row = queries::row(&mut conn, id).await?;
    let batch = visible(&mut conn, &ask.viewer, row.batch_id).await?;
    drop(conn);
    let known = Known::of(&ask, &batch, std::slice::from_ref(&row)).await?;
    ask.json(StatusCode::OK, &known.item(&row))
}

/// Why a row is put aside.
#[derive(Deserialize, JsonSchema)]
struct Dismissal {
    reason: String,
}

async fn dismiss(
    ask: Ask,
    Path(id): Path<RowId>,
    Key(key): Key,
    web::Json(body): web::Json<Dismissal>,
) -> Outcome<impl Gives> {
    rows::open(&ask, id).await?;
    let reason = persian::clean(&body.reason);
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(Failure::Unreadable("/reason".to_owned()));
    }
    let command = DismissRow { id, reason };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &Made { id })
}
