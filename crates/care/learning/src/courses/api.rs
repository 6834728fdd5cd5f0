//! Courses for machines: `/api/v1/courses`.

use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Failure, Json, Outcome};

use super::pages::{Cursor, course_of, seen_bodies};
use super::{Course, CourseId, CreateCourse};
use crate::cohorts::Cohort;
use crate::{COURSE_CHANGE, COURSE_READ, cohorts, rights};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/courses", Need::May(&COURSE_READ), list)
        .api_post("/api/v1/courses", Need::May(&COURSE_CHANGE), create)
        .api_get("/api/v1/courses/{id}", Need::May(&COURSE_READ), show)
}

async fn list(ask: Ask, limit: Limit, Query(query): Query<Cursor>) -> Outcome<impl Gives> {
    let seen = seen_bodies(&ask);
    let mut items = super::list(
        &mut ask.read().await?,
        seen.as_deref(),
        query.cursor,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut items, |course| course.id);
    ask.list(items, next)
}

/// A course and its cohorts.
#[derive(Serialize, JsonSchema)]
struct CourseItem {
    course: Course,
    cohorts: Vec<Cohort>,
}

async fn show(ask: Ask, Path(id): Path<CourseId>) -> Outcome<impl Gives> {
    let course = course_of(&ask, id).await?;
    let cohorts = cohorts::list_of(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &CourseItem { course, cohorts })
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<CreateCourse>) -> Outcome<impl Gives> {
    if !rights::may_change(&ask.viewer, command.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}
