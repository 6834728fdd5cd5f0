use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use web::{Json, Outcome};

use super::pages::visible;
use super::{AnswerReminder, FileReminder, ReminderId};
use crate::committees;
use crate::forms::{answer, key};
use crate::permissions::{COMMITTEE_READ, REMINDER_ANSWER, REMINDER_FILE};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/reminders", Need::May(&COMMITTEE_READ), list)
        .post("/api/v1/reminders", Need::May(&REMINDER_FILE), file)
        .get("/api/v1/reminders/{id}", Need::May(&COMMITTEE_READ), show)
        .post(
            "/api/v1/reminders/{id}/answer",
            Need::May(&REMINDER_ANSWER),
            add_answer,
        )
}

async fn list(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let mut items = Vec::new();
    for committee in committees::list(&mut conn, &ask.viewer, ask.now().date()).await? {
        items.extend(super::list(&mut conn, committee.id).await?);
    }
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn file(ask: Ask, Json(command): Json<FileReminder>) -> Outcome {
    committees::check(
        &mut ask.read().await?,
        &ask.viewer,
        command.committee_id,
        ask.now().date(),
    )
    .await?;
    answer(&ask, command.id.get(), command).await
}

async fn show(ask: Ask, Path(id): Path<ReminderId>) -> Outcome {
    let reminder = visible(&mut ask.read().await?, &ask, id).await?;
    ask.json(StatusCode::OK, &reminder)
}

#[derive(Deserialize)]
struct Answer {
    answer: String,
}

async fn add_answer(
    ask: Ask,
    Path(id): Path<ReminderId>,
    headers: HeaderMap,
    Json(body): Json<Answer>,
) -> Outcome {
    visible(&mut ask.read().await?, &ask, id).await?;
    answer(
        &ask,
        key(&headers)?,
        AnswerReminder {
            id,
            answer: body.answer,
        },
    )
    .await
}
