//! Courses for machines: `/api/v1/courses`.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde_json::json;
use web::{Failure, Json, Outcome};

use super::pages::{Cursor, course_of, seen_bodies};
use super::{CourseId, CreateCourse, PAGE};
use crate::shown::cut;
use crate::{COURSE_CHANGE, COURSE_READ, cohorts, rights};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/courses", Need::May(&COURSE_READ), list)
        .post("/api/v1/courses", Need::May(&COURSE_CHANGE), create)
        .get("/api/v1/courses/{id}", Need::May(&COURSE_READ), show)
}

async fn list(ask: Ask, Query(query): Query<Cursor>) -> Outcome {
    let seen = seen_bodies(&ask);
    let mut items = super::list(&mut ask.read().await?, seen.as_deref(), query.cursor).await?;
    let next = cut(&mut items, PAGE, |course| course.id.get());
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

async fn show(ask: Ask, Path(id): Path<CourseId>) -> Outcome {
    let course = course_of(&ask, id).await?;
    let cohorts = cohorts::list_of(&mut ask.read().await?, id).await?;
    ask.json(
        StatusCode::OK,
        &json!({ "course": course, "cohorts": cohorts }),
    )
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<CreateCourse>) -> Outcome {
    if !rights::may_change(&ask.viewer, command.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    let status = match answer.is_repeat {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    ask.json(status, &json!({ "id": answer.out }))
}
