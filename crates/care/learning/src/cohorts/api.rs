//! Cohorts for machines: `/api/v1/cohorts`.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use web::{Failure, Json, Outcome};

use super::forms::status;
use super::pages::{cancellable, cohort_of, people, taught};
use super::{CancelCohort, CohortId, CohortState, CompleteCohort, CreateCohort, Filter, PAGE};
use crate::bounds::key_of;
use crate::enrolments::EnrolmentId;
use crate::shown::cut;
use crate::{COURSE_CHANGE, COURSE_READ, COURSE_TEACH, courses, rights, sessions};

pub(crate) fn routes() -> Routes {
    let (read, change) = (Need::May(&COURSE_READ), Need::May(&COURSE_CHANGE));
    let teach = Need::May(&COURSE_TEACH);
    Routes::new()
        .get("/api/v1/cohorts", read, list)
        .post("/api/v1/cohorts", change, create)
        .get("/api/v1/cohorts/{id}", read, show)
        .post("/api/v1/cohorts/{id}/completion", teach, complete)
        .post("/api/v1/cohorts/{id}/cancellation", change, cancel)
}

#[derive(Deserialize)]
struct Wanted {
    state: Option<CohortState>,
    cursor: Option<CohortId>,
}

async fn list(ask: Ask, Query(query): Query<Wanted>) -> Outcome {
    let bodies = (!rights::sees_all(&ask.viewer)).then(|| ask.viewer.bodies_as(COURSE_READ.roles));
    let filter = Filter {
        state: query.state,
        bodies,
        before: query.cursor,
    };
    let mut items = super::list(&mut ask.read().await?, &filter).await?;
    let next = cut(&mut items, PAGE, |cohort| cohort.id.get());
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

/// The cohort, its sessions, and those of its people whom the viewer may know.
async fn show(ask: Ask, Path(id): Path<CohortId>) -> Outcome {
    let mut conn = ask.read().await?;
    let cohort = cohort_of(&ask, &mut conn, id).await?;
    let sessions = sessions::list(&mut conn, id).await?;
    let people = people(&ask, &mut conn, &cohort).await?;
    drop(conn);
    let shown = people.iter().map(|one| one.person_id.get()).collect();
    ask.seen("cohort", Some(id.get()), shown).await?;
    let body = json!({ "cohort": cohort, "sessions": sessions, "people": people });
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<CreateCohort>) -> Outcome {
    let course = courses::get(&mut ask.read().await?, command.course_id).await?;
    if !rights::may_change(&ask.viewer, course.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

#[derive(Deserialize)]
struct Passed {
    #[serde(default)]
    competent: Vec<EnrolmentId>,
}

async fn complete(
    ask: Ask,
    Path(id): Path<CohortId>,
    headers: HeaderMap,
    Json(passed): Json<Passed>,
) -> Outcome {
    let key = key_of(&headers)?;
    taught(&ask, &mut ask.read().await?, id).await?;
    let command = CompleteCohort {
        cohort: id,
        competent: passed.competent,
    };
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::OK, &answer.out)
}

async fn cancel(ask: Ask, Path(id): Path<CohortId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    cancellable(&ask, id).await?;
    let command = CancelCohort { cohort: id };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(StatusCode::OK, &json!({ "id": id }))
}
