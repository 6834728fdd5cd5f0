//! Tasks for machines.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use persian::Date;
use serde::Deserialize;
use serde_json::json;
use web::Outcome;

use super::pages::LENGTH;
use super::{AddTask, FinishTask, NewTask, TaskId};
use crate::cases::api::{done, made};
use crate::cases::pages::case_of;
use crate::cases::{CaseId, head};
use crate::{CASE_CHANGE, CASE_READ, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/cases/{id}/tasks", Need::May(&CASE_READ), list)
        .post("/api/v1/cases/{id}/tasks", Need::May(&CASE_CHANGE), add)
        .post("/api/v1/tasks/{id}/done", Need::May(&CASE_CHANGE), finish)
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let tasks = super::list(&mut conn, id).await?;
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    let mut items = Vec::with_capacity(tasks.len());
    for task in &tasks {
        let (words, outcome) = match head.keys(&ask.city.keys) {
            Some(keys) => (task.words(keys)?, task.outcome(keys)?),
            None => (None, None),
        };
        items.push(json!({
            "id": task.id, "kind": task.kind, "months": task.months, "words": words,
            "due_on": task.due_on, "done_on": task.done_on, "outcome": outcome,
        }));
    }
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

#[derive(Deserialize)]
struct Body {
    id: TaskId,
    words: String,
    due_on: Date,
}

async fn add(ask: Ask, Path(case): Path<CaseId>, web::Json(body): web::Json<Body>) -> Outcome {
    case_of(&ask, case).await?;
    let words = bounds::words(&body.words, LENGTH, "/words")?;
    let due_on = bounds::ahead(body.due_on, ask.now().date(), "/due_on")?;
    let task = NewTask::new(&ask.city.keys, body.id, case, &words, due_on, "case", None);
    made(&ask, body.id.get(), AddTask { task }).await
}

#[derive(Deserialize)]
struct Outcomes {
    #[serde(default)]
    outcome: String,
}

async fn finish(
    ask: Ask,
    Path(id): Path<TaskId>,
    headers: HeaderMap,
    web::Json(body): web::Json<Outcomes>,
) -> Outcome {
    let key = bounds::key_of(&headers)?;
    let task = super::get(&mut ask.read().await?, id).await?;
    case_of(&ask, task.case_id).await?;
    let outcome = bounds::optional_words(&body.outcome, LENGTH, "/outcome")?;
    done(&ask, key, FinishTask::new(&ask.city.keys, id, &outcome)).await
}
