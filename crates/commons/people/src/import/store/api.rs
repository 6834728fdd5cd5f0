//! Lists for machines: the same reading, the same commands.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use web::{Failure, Outcome, Upload};

use super::outcome::{Asked, Known, Wanted};
use super::pages::{Cursor, page_of, rejects, take_in};
use super::rows::{self, REASON};
use super::{BatchId, DismissRow, RowId, StartImport, queries, visible};
use crate::IMPORT;
use crate::machine::{key_of, problem};

const NEED: Need = Need::May(&IMPORT);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/imports", NEED, list)
        .post("/api/v1/imports", NEED, upload)
        .get("/api/v1/imports/{id}", NEED, show)
        .post("/api/v1/imports/{id}/start", NEED, start)
        .get("/api/v1/imports/{id}/rows", NEED, list_of_rows)
        .get("/api/v1/imports/{id}/rejects.xlsx", NEED, rejects)
        .get("/api/v1/import-rows/{row}", NEED, show_row)
        .post("/api/v1/import-rows/{row}/mend", NEED, mend)
        .post("/api/v1/import-rows/{row}/dismiss", NEED, dismiss)
}

async fn list(ask: Ask, Query(cursor): Query<Cursor>) -> Outcome {
    let (items, next) = page_of(&ask, cursor.cursor).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

/// A multipart body with `file` and, where there are several, `organization`. Answers with the
/// preview: 201 for a new list, 200 for the one that holds the same file.
async fn upload(ask: Ask, headers: HeaderMap, upload: Upload) -> Outcome {
    let key = key_of(&headers)?;
    match take_in(&ask, &upload, key).await? {
        Err(errors) => problem(&ask, &errors),
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
async fn show(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let counts = queries::counts(&mut conn, id).await?;
    let mut body = serde_json::to_value(&batch).map_err(db::Error::from)?;
    body["statuses"] = counts
        .into_iter()
        .map(|(status, count)| (status.to_string(), json!(count)))
        .collect();
    ask.json(StatusCode::OK, &body)
}

async fn start(ask: Ask, Path(id): Path<BatchId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    visible(&mut ask.read().await?, &ask.viewer, id).await?;
    let origin = ask.origin();
    ask.city
        .db
        .write_once(key, &origin, StartImport { id })
        .await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::ACCEPTED, &json!({ "id": id }))
}

/// Rows of one status, `reject` unless another is asked for. `person_id` only where the asker may
/// know it; `is_elsewhere` says that she is registered in another centre.
async fn list_of_rows(ask: Ask, Path(id): Path<BatchId>, Query(asked): Query<Asked>) -> Outcome {
    const PAGE: i64 = 200;
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let wanted = asked.status.unwrap_or(Wanted::Reject);
    let rows = wanted.rows(&mut conn, id, asked.cursor, PAGE).await?;
    drop(conn);
    let has_more = rows.len() as i64 == PAGE;
    let next = rows.last().filter(|_| has_more).map(|row| row.id);
    let known = Known::of(&ask, &batch, &rows).await?;
    let items: Vec<Json> = rows
        .iter()
        .map(|row| known.item(row))
        .collect::<db::Result<_>>()?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

async fn show_row(ask: Ask, Path(id): Path<RowId>) -> Outcome {
    let repair = rows::open(&ask, id).await?;
    let batch = Some(repair.row.batch_id.get());
    ask.seen("import_rows", batch, Vec::new()).await?;
    let mut body = serde_json::to_value(&repair.row).map_err(db::Error::from)?;
    body["cells"] = repair
        .shown()
        .into_iter()
        .map(|(heading, text)| json!({ "heading": heading, "text": text }))
        .collect();
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize)]
struct Mend {
    /// Every cell of the row, from column A.
    cells: Vec<String>,
}

async fn mend(
    ask: Ask,
    Path(id): Path<RowId>,
    headers: HeaderMap,
    web::Json(body): web::Json<Mend>,
) -> Outcome {
    let key = key_of(&headers)?;
    let repair = rows::open(&ask, id).await?;
    if body.cells.len() != repair.shown().len() {
        return Err(Failure::Unreadable("/cells".to_owned()));
    }
    let command = match rows::mended(&ask, &repair, &body.cells).await? {
        Ok(command) => command,
        Err(errors) => return problem(&ask, &errors),
    };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    let mut conn = ask.read().await?;
    let row = queries::row(&mut conn, id).await?;
    let batch = visible(&mut conn, &ask.viewer, row.batch_id).await?;
    drop(conn);
    let known = Known::of(&ask, &batch, std::slice::from_ref(&row)).await?;
    ask.json(StatusCode::OK, &known.item(&row)?)
}

async fn dismiss(
    ask: Ask,
    Path(id): Path<RowId>,
    headers: HeaderMap,
    web::Json(body): web::Json<Json>,
) -> Outcome {
    let key = key_of(&headers)?;
    rows::open(&ask, id).await?;
    let reason = persian::clean(body["reason"].as_str().unwrap_or_default());
    if reason.is_empty() || reason.chars().count() > REASON {
        return Err(Failure::Unreadable("/reason".to_owned()));
    }
    let command = DismissRow { id, reason };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(StatusCode::OK, &json!({ "id": id }))
}
