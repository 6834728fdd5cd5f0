//! Enrolments for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use casework::cases::Evidence;
use casework::{CaseId, StepId, StepKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, Outcome};

use super::pages::{enrolment_of, step_for};
use super::{Admit, Enrol, EnrolmentId, EnrolmentState, Withdraw};
use crate::cohorts::{CohortId, pages::cohort_of};
use crate::{Agreed, COURSE_ENROL, COURSE_READ};

pub(crate) fn routes() -> Routes {
    let read = Need::May(&COURSE_READ);
    Routes::new()
        .api_post(
            "/api/v1/cohorts/{id}/enrolments",
            Need::May(&COURSE_ENROL),
            enrol,
        )
        .api_get("/api/v1/enrolments/{id}", read, show)
        .api_post("/api/v1/enrolments/{id}/admission", read, admit)
        .api_post("/api/v1/enrolments/{id}/withdrawal", read, withdraw)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewEnrolment")]
struct Wanted {
    id: EnrolmentId,
    case_id: CaseId,
    /// Left out: the plan's first open training step.
    step_id: Option<StepId>,
    #[serde(default)]
    may_wait: bool,
    /// That she agreed to be known to the cohort's body; left out when a consent says so already.
    agreed: Option<Evidence>,
}

/// The enrolment and where it stands.
#[derive(Serialize, JsonSchema)]
struct Enrolled {
    id: EnrolmentId,
    state: EnrolmentState,
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn enrol(
    ask: Ask,
    Path(cohort): Path<CohortId>,
    Json(wanted): Json<Wanted>,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    cohort_of(&ask, &mut conn, cohort).await?;
    let case = casework::get(&mut conn, &ask.viewer, ask.now(), wanted.case_id).await?;
    let step = match wanted.step_id {
        Some(step) => own_step(&mut conn, case.id, step).await?,
        // A repeat must mean the same command, whatever the plan says by now.
        None => match super::queries::step_of(&mut conn, wanted.id).await? {
            Some(known) => known,
            None => step_for(&mut conn, case.id, StepKind::Training).await?,
        },
    };
    drop(conn);
    let command = Enrol {
        id: wanted.id,
        cohort,
        case: case.id,
        step,
        may_wait: wanted.may_wait,
        agreed: wanted.agreed.map(|evidence| Agreed {
            id: wanted.id.get(),
            evidence,
        }),
    };
    let key = wanted.id.get();
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &Enrolled {
            id: wanted.id,
            state: answer.out,
        },
    )
}

/// A step of this case, or not found.
pub(crate) async fn own_step(
    conn: &mut db::Conn,
    case: CaseId,
    id: StepId,
) -> Outcome<Option<StepId>> {
    match casework::steps::get(conn, id).await?.case_id == case {
        true => Ok(Some(id)),
        false => Err(web::Failure::NotFound),
    }
}

async fn show(ask: Ask, Path(id): Path<EnrolmentId>) -> Outcome<impl Gives> {
    let enrolment = enrolment_of(&ask, id).await?;
    ask.seen("enrolment", Some(id.get()), vec![enrolment.person_id.get()])
        .await?;
    ask.json(StatusCode::OK, &enrolment)
}

async fn admit(ask: Ask, Path(id): Path<EnrolmentId>, Key(key): Key) -> Outcome<impl Gives> {
    enrolment_of(&ask, id).await?;
    let command = Admit { id, step: None };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &enrolment_of(&ask, id).await?)
}

async fn withdraw(ask: Ask, Path(id): Path<EnrolmentId>, Key(key): Key) -> Outcome<impl Gives> {
    enrolment_of(&ask, id).await?;
    ask.once(key, Withdraw { id }).await?;
    ask.json(StatusCode::OK, &enrolment_of(&ask, id).await?)
}
