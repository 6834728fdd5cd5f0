//! Tasks for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::Outcome;

use super::pages::LENGTH;
use super::{AddTask, FinishTask, NewTask, TaskId, TaskKind};
use crate::cases::api::{done, made};
use crate::cases::pages::case_of;
use crate::cases::{CaseId, head};
use crate::{CASE_CHANGE, CASE_READ, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/cases/{id}/tasks", Need::May(&CASE_READ), list)
        .api_post("/api/v1/cases/{id}/tasks", Need::May(&CASE_CHANGE), add)
        .api_post("/api/v1/tasks/{id}/done", Need::May(&CASE_CHANGE), finish)
}

/// A task.
#[derive(Serialize, JsonSchema)]
struct TaskItem {
    id: TaskId,
    kind: TaskKind,
    months: Option<i64>,
    words: Option<String>,
    due_on: Date,
    done_on: Option<Date>,
    outcome: Option<String>,
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
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
        items.push(TaskItem {
            id: task.id,
            kind: task.kind,
            months: task.months,
            words,
            due_on: task.due_on,
            done_on: task.done_on,
            outcome,
        });
    }
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewTask")]
struct Body {
    id: TaskId,
    words: String,
    due_on: Date,
}

async fn add(
    ask: Ask,
    Path(case): Path<CaseId>,
    web::Json(body): web::Json<Body>,
) -> Outcome<impl Gives> {
    case_of(&ask, case).await?;
    let words = bounds::words(&body.words, LENGTH, "/words")?;
    let due_on = bounds::ahead(body.due_on, ask.now().date(), "/due_on")?;
    let task = NewTask::new(&ask.city.keys, body.id, case, &words, due_on, "case", None);
    made(&ask, body.id.get(), AddTask { task }).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "TaskOutcome")]
struct Outcomes {
    #[serde(default)]
    outcome: String,
}

async fn finish(
    ask: Ask,
    Path(id): Path<TaskId>,
    Key(key): Key,
    web::Json(body): web::Json<Outcomes>,
) -> Outcome<impl Gives> {
    let task = super::get(&mut ask.read().await?, id).await?;
    case_of(&ask, task.case_id).await?;
    let outcome = bounds::optional_words(&body.outcome, LENGTH, "/outcome")?;
    done(&ask, key, FinishTask::new(&ask.city.keys, id, &outcome)).await
}
