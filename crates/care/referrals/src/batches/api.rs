//! Batches for machines.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use organizations::OrganizationId;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Json, Outcome, Upload};

use super::pages::{batch, file, letter, read_file, senders, upload};
use super::{ApplyResults, BATCH, MakeBatch, UploadResults, queries};
use crate::legs::api::key_of;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/batches", Need::May(&BATCH), list)
        .post("/api/v1/batches", Need::May(&BATCH), create)
        .get("/api/v1/batches/{id}", Need::May(&BATCH), show)
        .get("/api/v1/batches/{id}/file", Need::May(&BATCH), file)
        .get("/api/v1/batches/{id}/letter", Need::May(&BATCH), letter)
        .post("/api/v1/batches/{id}/results", Need::May(&BATCH), results)
        .get(
            "/api/v1/batches/{id}/results/{upload}",
            Need::May(&BATCH),
            rows,
        )
        .post(
            "/api/v1/batches/{id}/results/{upload}/apply",
            Need::May(&BATCH),
            apply,
        )
}

#[derive(Deserialize)]
struct Filter {
    cursor: Option<Uuid>,
}

const PAGE: usize = 50;

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut items =
        queries::list(&mut conn, &senders(&ask), filter.cursor, PAGE as i64 + 1).await?;
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "items": items, "next": next }),
    )
}

#[derive(Deserialize)]
struct NewBatch {
    id: Uuid,
    sender_id: OrganizationId,
    organization_id: OrganizationId,
    service: String,
}

async fn create(ask: Ask, Json(new): Json<NewBatch>) -> Outcome {
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
    let answer = ask.city.db.write_once(id, &ask.origin(), command).await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(
        status,
        &serde_json::json!({ "id": id, "number": answer.out }),
    )
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let found = batch(&ask, &mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &found)
}

/// The workbook in the field `file` of a multipart body.
async fn results(ask: Ask, Path(id): Path<Uuid>, headers: HeaderMap, upload: Upload) -> Outcome {
    let key = key_of(&headers)?;
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
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &serde_json::json!({ "id": answer.out }))
}

async fn rows(ask: Ask, Path((id, upload_id)): Path<(Uuid, Uuid)>) -> Outcome {
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    let upload = upload(&mut conn, id, upload_id).await?;
    let items: Vec<_> = queries::rows(&mut conn, upload.id)
        .await?
        .into_iter()
        .map(|row| {
            serde_json::json!({
                "row": row.sheet_row, "number": row.number, "verdict": row.verdict,
                "answer": row.answer, "fault": row.fault, "state": row.state,
            })
        })
        .collect();
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "items": items, "next": null }),
    )
}

async fn apply(ask: Ask, Path((id, upload_id)): Path<(Uuid, Uuid)>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    upload(&mut conn, id, upload_id).await?;
    drop(conn);
    let command = ApplyResults { upload: upload_id };
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(StatusCode::OK, &answer.out)
}
