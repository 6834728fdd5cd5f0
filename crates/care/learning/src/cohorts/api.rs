//! Cohorts for machines: `/api/v1/cohorts`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Made, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Json, Outcome};

use super::pages::{cancellable, cohort_of, people, taught};
use super::{CancelCohort, Cohort, CohortId, CohortState, CompleteCohort, CreateCohort, Filter};
use crate::enrolments::EnrolmentId;
use crate::enrolments::queries::Member;
use crate::sessions::Session;
use crate::{COURSE_CHANGE, COURSE_READ, COURSE_TEACH, courses, rights, sessions};

pub(crate) fn routes() -> Routes {
    let (read, change) = (Need::May(&COURSE_READ), Need::May(&COURSE_CHANGE));
    let teach = Need::May(&COURSE_TEACH);
    Routes::new()
        .api_get("/api/v1/cohorts", read, list)
        .api_post("/api/v1/cohorts", change, create)
        .api_get("/api/v1/cohorts/{id}", read, show)
        .api_post("/api/v1/cohorts/{id}/completion", teach, complete)
        .api_post("/api/v1/cohorts/{id}/cancellation", change, cancel)
}

#[derive(Deserialize, JsonSchema)]
struct Wanted {
    state: Option<CohortState>,
    cursor: Option<CohortId>,
}

async fn list(ask: Ask, limit: Limit, Query(query): Query<Wanted>) -> Outcome<impl Gives> {
    let bodies = (!rights::sees_all(&ask.viewer)).then(|| ask.viewer.bodies_as(COURSE_READ.roles));
    let filter = Filter {
        state: query.state,
        bodies,
        before: query.cursor,
    };
    let mut items = super::list(&mut ask.read().await?, &filter, limit.and_one()).await?;
    let next = limit.cut(&mut items, |cohort| cohort.id);
    ask.list(items, next)
}

/// A cohort, its sessions and its people.
#[derive(Serialize, JsonSchema)]
struct CohortItem {
    cohort: Cohort,
    sessions: Vec<Session>,
    people: Vec<Member>,
}

/// The cohort, its sessions, and those of its people whom the viewer may know.
async fn show(ask: Ask, Path(id): Path<CohortId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let cohort = cohort_of(&ask, &mut conn, id).await?;
    let sessions = sessions::list(&mut conn, id).await?;
    let people = people(&ask, &mut conn, &cohort).await?;
    drop(conn);
    let shown = people.iter().map(|one| one.person_id.get()).collect();
    ask.seen("cohort", Some(id.get()), shown).await?;
    let body = CohortItem {
        cohort,
        sessions,
        people,
    };
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<CreateCohort>) -> Outcome<impl Gives> {
    let course = courses::get(&mut ask.read().await?, command.course_id).await?;
    if !rights::may_change(&ask.viewer, course.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "CohortCompletion")]
struct Passed {
    #[serde(default)]
    competent: Vec<EnrolmentId>,
}

async fn complete(
    ask: Ask,
    Path(id): Path<CohortId>,
    Key(key): Key,
    Json(passed): Json<Passed>,
) -> Outcome<impl Gives> {
    taught(&ask, &mut ask.read().await?, id).await?;
    let command = CompleteCohort {
        cohort: id,
        competent: passed.competent,
    };
    let answer = ask.once(key, command).await?;
    ask.json(StatusCode::OK, &answer.out)
}

async fn cancel(ask: Ask, Path(id): Path<CohortId>, Key(key): Key) -> Outcome<impl Gives> {
    cancellable(&ask, id).await?;
    let command = CancelCohort { cohort: id };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &Made { id })
}
