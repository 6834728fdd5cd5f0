//! Enrolments on screen: acts of a cohort's page.

use access::grants::{Category, may_see};
use access::{Ask, Need, Routes};
use axum::extract::Path;
use casework::steps::StepState;
use casework::{CaseId, StepId, StepKind, steps};
use db::Conn;
use web::{Failure, Form, FormErrors, Outcome};

use super::{Admit, Enrol, Enrolment, EnrolmentId, EnrolmentState, Withdraw, queries};
use crate::cohorts::{self, CohortId, pages::cohort_of, pages::page};
use crate::shown::agreed;
use crate::{COURSE_ENROL, COURSE_READ, WORDS, learners, rights};

pub(crate) fn routes() -> Routes {
    let read = Need::May(&COURSE_READ);
    Routes::new()
        .post("/cohorts/{id}/enrolments", Need::May(&COURSE_ENROL), enrol)
        .post("/enrolments/{id}/admit", read, admit)
        .post("/enrolments/{id}/withdraw", read, withdraw)
}

/// The first open step of this kind in the case's plan.
pub(crate) async fn step_for(
    conn: &mut Conn,
    case: CaseId,
    kind: StepKind,
) -> db::Result<Option<StepId>> {
    let steps = steps::list(conn, case).await?;
    let open = steps
        .iter()
        .find(|step| step.kind == kind && step.state == StepState::Open);
    Ok(open.map(|step| step.id))
}

/// The enrolment, when it is in the viewer's own cohort, or the viewer's body carries the case.
pub(super) async fn enrolment_of(ask: &Ask, id: EnrolmentId) -> Outcome<Enrolment> {
    let mut conn = ask.read().await?;
    let mut enrolment = queries::get(&mut conn, id).await?;
    let cohort = cohorts::get(&mut conn, enrolment.cohort_id).await?;
    let is_seen = rights::carries(ask, &mut conn, enrolment.case_id).await?;
    let category = Category::Operational;
    let person = enrolment.person_id.get();
    if !may_see(&mut conn, &ask.viewer, person, category, ask.now()).await? {
        enrolment.first_name.clear();
        enrolment.last_name.clear();
    }
    match is_seen || rights::teaches(&ask.viewer, &cohort) {
        true => Ok(enrolment),
        false => Err(Failure::NotFound),
    }
}

/// The case of a typed code, when the viewer may see it.
async fn case_by_code(ask: &Ask, conn: &mut Conn, code: &str) -> Outcome<Option<CaseId>> {
    let code = persian::latin_digits(code).to_uppercase();
    let Some(learner) = learners::by_code(conn, &code).await? else {
        return Ok(None);
    };
    match casework::get(conn, &ask.viewer, ask.now(), learner.case_id).await {
        Ok(case) => Ok(Some(case.id)),
        Err(db::Error::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// The sentence about what came of an enrolment.
pub(crate) fn told(ask: &Ask, state: EnrolmentState) -> String {
    let key = match state {
        EnrolmentState::Waitlisted => "person-waits",
        _ => "person-enrolled",
    };
    ask.page.t(&WORDS, key)
}

async fn enrol(ask: Ask, Path(cohort): Path<CohortId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    cohort_of(&ask, &mut conn, cohort).await?;
    let mut read = form.read(&ask.page);
    let may_wait = read.ticked("may_wait");
    let agreed = agreed(&mut read, &ask.page, form.key()?);
    let case = match read.text("case_code", 40) {
        Some(code) => match case_by_code(&ask, &mut conn, &code).await? {
            Some(case) => Some(case),
            None => read.wrong("case_code", ask.page.t(&WORDS, "case-code-unknown")),
        },
        None => None,
    };
    let mut errors = read.errors;
    if let (Some(case), true) = (case, errors.is_empty()) {
        let command = Enrol {
            id: EnrolmentId::new(form.key()?),
            cohort,
            case,
            step: step_for(&mut conn, case, StepKind::Training).await?,
            may_wait,
            agreed,
        };
        drop(conn);
        if let Some(state) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/cohorts/{cohort}"), &told(&ask, state));
        }
    } else {
        drop(conn);
    }
    let view = page(&ask, cohort, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "cohort-title"), view)
}

/// Back to the cohort, with what was refused.
async fn settle(
    ask: &Ask,
    cohort: CohortId,
    form: &Form,
    outcome: Outcome<()>,
    done: &str,
) -> Outcome {
    let mut errors = FormErrors::default();
    match ask.refused(outcome, &mut errors)? {
        Some(()) => ask.see_with(format!("/cohorts/{cohort}"), &ask.page.t(&WORDS, done)),
        None => {
            let view = page(ask, cohort, form, &errors).await?;
            ask.again(&ask.page.t(&WORDS, "cohort-title"), view)
        }
    }
}

async fn admit(ask: Ask, Path(id): Path<EnrolmentId>, form: Form) -> Outcome {
    let enrolment = enrolment_of(&ask, id).await?;
    let mut conn = ask.read().await?;
    let step = step_for(&mut conn, enrolment.case_id, StepKind::Training).await?;
    drop(conn);
    let outcome = ask.post(&form, Admit { id, step }).await;
    settle(&ask, enrolment.cohort_id, &form, outcome, "person-enrolled").await
}

async fn withdraw(ask: Ask, Path(id): Path<EnrolmentId>, form: Form) -> Outcome {
    let enrolment = enrolment_of(&ask, id).await?;
    let outcome = ask.post(&form, Withdraw { id }).await;
    settle(&ask, enrolment.cohort_id, &form, outcome, "person-withdrew").await
}
