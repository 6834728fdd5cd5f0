use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use web::{Json, Outcome};

use super::{EndSchedule, Head, Schedule, ScheduleReport, queries};
use crate::{FIGURE_PUBLISH, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/reports", Need::May(&FIGURE_READ), list)
        .api_get("/api/v1/reports/{id}", Need::May(&FIGURE_READ), show)
        .api_post(
            "/api/v1/reports/schedules",
            Need::May(&FIGURE_PUBLISH),
            schedule,
        )
        .api_post(
            "/api/v1/reports/schedules/{id}/end",
            Need::May(&FIGURE_PUBLISH),
            end,
        )
}

/// A schedule and its last reports.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReportScheduleWithReports")]
struct WithReports {
    schedule: Schedule,
    reports: Vec<Head>,
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let mut items = Vec::new();
    for schedule in queries::schedules_for(&mut conn, &ask.viewer).await? {
        let reports = queries::heads(&mut conn, schedule.id, super::pages::SHOWN).await?;
        items.push(WithReports { schedule, reports });
    }
    ask.whole(items)
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome<impl Gives> {
    let report = queries::find(&mut ask.read().await?, id, &ask.viewer).await?;
    ask.json(StatusCode::OK, &report)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn schedule(ask: Ask, Json(command): Json<ScheduleReport>) -> Outcome<impl Gives> {
    let answer = ask.once(command.id, command).await?;
    ask.made(answer)
}

async fn end(ask: Ask, Path(id): Path<Uuid>) -> Outcome<impl Gives> {
    ask.write(EndSchedule { id }).await?;
    ask.json(StatusCode::OK, &Ended { id })
}

/// The schedule that makes no more reports.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReportScheduleEnded")]
struct Ended {
    id: Uuid,
}
