//! Enrolments for machines.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use casework::cases::Evidence;
use casework::{CaseId, StepId, StepKind};
use serde::Deserialize;
use serde_json::json;
use web::{Json, Outcome};

use super::pages::{enrolment_of, step_for};
use super::{Admit, Enrol, EnrolmentId, Withdraw};
use crate::Agreed;
use crate::bounds::key_of;
use crate::cohorts::{CohortId, pages::cohort_of};
use crate::{COURSE_ENROL, COURSE_READ};

pub(crate) fn routes() -> Routes {
    let read = Need::May(&COURSE_READ);
    Routes::new()
        .post(
            "/api/v1/cohorts/{id}/enrolments",
            Need::May(&COURSE_ENROL),
            enrol,
        )
        .get("/api/v1/enrolments/{id}", read, show)
        .post("/api/v1/enrolments/{id}/admission", read, admit)
        .post("/api/v1/enrolments/{id}/withdrawal", read, withdraw)
}

#[derive(Deserialize)]
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

/// The body's `id` is its key: sent again, it gets the first answer.
async fn enrol(ask: Ask, Path(cohort): Path<CohortId>, Json(wanted): Json<Wanted>) -> Outcome {
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
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    let status = match answer.is_repeat {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    ask.json(status, &json!({ "id": wanted.id, "state": answer.out }))
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

async fn show(ask: Ask, Path(id): Path<EnrolmentId>) -> Outcome {
    let enrolment = enrolment_of(&ask, id).await?;
    ask.seen("enrolment", Some(id.get()), vec![enrolment.person_id.get()])
        .await?;
    ask.json(StatusCode::OK, &enrolment)
}

async fn admit(ask: Ask, Path(id): Path<EnrolmentId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    enrolment_of(&ask, id).await?;
    let command = Admit { id, step: None };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::OK, &enrolment_of(&ask, id).await?)
}

async fn withdraw(ask: Ask, Path(id): Path<EnrolmentId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    enrolment_of(&ask, id).await?;
    ask.city
        .db
        .write_once(key, &ask.origin(), Withdraw { id })
        .await?;
    ask.city.wake.notify_one();
    ask.json(StatusCode::OK, &enrolment_of(&ask, id).await?)
}
