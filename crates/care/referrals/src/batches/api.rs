//! Batches for machines.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome, Upload};

use super::pages::{batch, file, letter, read_file, senders, upload};
use super::results::{Read, RowState, Verdict};
use super::{ApplyResults, BATCH, MakeBatch, UploadResults, queries};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/batches", Need::May(&BATCH), list)
        .api_post("/api/v1/batches", Need::May(&BATCH), create)
        .api_get("/api/v1/batches/{id}", Need::May(&BATCH), show)
        .api_get("/api/v1/batches/{id}/file", Need::May(&BATCH), file)
        .api_get("/api/v1/batches/{id}/letter", Need::May(&BATCH), letter)
        .api_post("/api/v1/batches/{id}/results", Need::May(&BATCH), results)
        .api_get(
            "/api/v1/batches/{id}/results/{upload}",
            Need::May(&BATCH),
            rows,
        )
        .api_post(
            "/api/v1/batches/{id}/results/{upload}/apply",
            Need::May(&BATCH),
            apply,
        )
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    cursor: Option<Uuid>,
}

async fn list(ask: Ask, limit: Limit, Query(filter): Query<Filter>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let mut items =
        queries::list(&mut conn, &senders(&ask), filter.cursor, limit.and_one()).await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.list(items, next)
}

#[derive(Deserialize, JsonSchema)]
struct NewBatch {
    id: Uuid,
    sender_id: OrganizationId,
    organization_id: OrganizationId,
    service: String,
}

/// A batch and its number.
#[derive(Serialize, JsonSchema)]
struct BatchMade {
    id: Uuid,
    number: String,
}

async fn create(ask: Ask, Json(new): Json<NewBatch>) -> Outcome<impl Gives> {
    if !senders(&ask).contains(&new.sender_id.get()) {
        return Err(Failure::NotFound);
    }
    let NewBatch {
        id,
        sender_id,
        organization_id,
        service,
    } = new;
    let command = MakeBatch {
        id,
        sender_id,
        organization_id,
        service,
    };
    let answer = ask.once(id, command).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &BatchMade {
            id,
            number: answer.out.clone(),
        },
    )
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome<impl Gives> {
    let found = batch(&ask, &mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &found)
}

/// The workbook in the field `file` of a multipart body.
async fn results(
    ask: Ask,
    Path(id): Path<Uuid>,
    Key(key): Key,
    upload: Upload,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    let file = upload
        .file("file")
        .ok_or_else(|| Failure::Unreadable("file".into()))?;
    let rows = read_file(&ask, &mut conn, id, file.bytes.clone()).await?;
    drop(conn);
    let file_name = file.name.chars().take(200).collect();
    let command = UploadResults {
        id: key,
        batch: id,
        file_name,
        rows,
    };
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

/// A row of an uploaded answer.
#[derive(Serialize, JsonSchema)]
struct ResultItem {
    row: i64,
    number: String,
    verdict: Verdict,
    #[schemars(with = "Read")]
    answer: serde_json::Value,
    fault: Option<String>,
    state: RowState,
}

async fn rows(ask: Ask, Path((id, upload_id)): Path<(Uuid, Uuid)>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    let upload = upload(&mut conn, id, upload_id).await?;
    let items: Vec<_> = queries::rows(&mut conn, upload.id)
        .await?
        .into_iter()
        .map(|row| ResultItem {
            row: row.sheet_row,
            number: row.number.clone(),
            verdict: row.verdict,
            answer: row.answer.clone(),
            fault: row.fault.clone(),
            state: row.state,
        })
        .collect();
    ask.whole(items)
}

async fn apply(
    ask: Ask,
    Path((id, upload_id)): Path<(Uuid, Uuid)>,
    Key(key): Key,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    upload(&mut conn, id, upload_id).await?;
    drop(conn);
    let command = ApplyResults { upload: upload_id };
    let answer = ask.once(key, command).await?;
    ask.json(StatusCode::OK, &answer.out)
}
