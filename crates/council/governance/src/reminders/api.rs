use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Json, Outcome};

use super::pages::visible;
use super::{AnswerReminder, FileReminder, ReminderId};
use crate::committees;
use crate::forms::answer;
use crate::permissions::{COMMITTEE_READ, REMINDER_ANSWER, REMINDER_FILE};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/reminders", Need::May(&COMMITTEE_READ), list)
        .api_post("/api/v1/reminders", Need::May(&REMINDER_FILE), file)
        .api_get("/api/v1/reminders/{id}", Need::May(&COMMITTEE_READ), show)
        .api_post(
            "/api/v1/reminders/{id}/answer",
            Need::May(&REMINDER_ANSWER),
            add_answer,
        )
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let mut items = Vec::new();
    for committee in committees::list(&mut conn, &ask.viewer, ask.now().date()).await? {
        items.extend(super::list(&mut conn, committee.id).await?);
    }
    ask.whole(items)
}

async fn file(ask: Ask, Json(command): Json<FileReminder>) -> Outcome<impl Gives> {
    committees::check(
        &mut ask.read().await?,
        &ask.viewer,
        command.committee_id,
        ask.now().date(),
    )
    .await?;
    answer(&ask, command.id.get(), command).await
}

async fn show(ask: Ask, Path(id): Path<ReminderId>) -> Outcome<impl Gives> {
    let reminder = visible(&mut ask.read().await?, &ask, id).await?;
    ask.json(StatusCode::OK, &reminder)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ReminderAnswer")]
struct Answer {
    answer: String,
}

async fn add_answer(
    ask: Ask,
    Path(id): Path<ReminderId>,
    Key(key): Key,
    Json(body): Json<Answer>,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, id).await?;
    answer(
        &ask,
        key,
        AnswerReminder {
            id,
            answer: body.answer,
        },
    )
    .await
}
