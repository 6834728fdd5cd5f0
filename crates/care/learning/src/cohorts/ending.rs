use access::audit;
use casework::{CaseId, NextAction, StepId};
use db::{FromRow, Result, Tx, Write, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{COHORT_ENDED, Cohort, CohortId, CohortState, ROLLS_MISSING, queries};
use crate::courses::Basis;
use crate::enrolments::{EndedReason, EnrolmentId, EnrolmentState, queries as enrolments};
use crate::{consented, learners, next};

/// What became of the people of a cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finished {
    /// Completed the course.
    pub completed: i64,
    /// Did not reach what the certificate asks for.
    pub not_reached: i64,
}

/// The course was held to its end: each person's attendance (and, for competence, the trainer's
/// judgement) decides who completed it. Plan steps end and cases get their next action.
#[derive(Serialize, Deserialize)]
pub struct CompleteCohort {
    /// Which.
    pub cohort: CohortId,
    /// Who passed, for courses that certify competence; ignored for others.
    pub competent: Vec<EnrolmentId>,
}

#[derive(FromRow)]
struct Learned {
    id: EnrolmentId,
    case_id: CaseId,
    step_id: Option<StepId>,
    attended: i64,
    sessions: i64,
}

impl Write for CompleteCohort {
    const NAME: &'static str = "complete_cohort";
    type Out = Finished;
    async fn run(&self, tx: &mut Tx) -> Result<Finished> {
        if !queries::end(tx, self.cohort, CohortState::Completed).await? {
            return refuse(tx, self.cohort).await;
        }
        let cohort = queries::get(tx, self.cohort).await?;
        let mut finished = Finished::default();
        for learned in learned(tx, self.cohort).await? {
            match self.missed(&cohort, &learned) {
                None => {
                    finished.completed += 1;
                    complete(tx, &cohort, &learned).await?;
                }
                Some(reason) => {
                    finished.not_reached += 1;
                    enrolments::end(tx, learned.id, EnrolmentState::Enrolled, reason).await?;
                    forget(tx, &cohort, &learned).await?;
                    next::set_soon(tx, learned.case_id, NextAction::Contact).await?;
                }
            }
        }
        forget_waiting(tx, &cohort).await?;
        enrolments::end_waiting(tx, self.cohort).await?;
        queries::release_all(tx, self.cohort).await?;
        let detail =
            json!({ "completed": finished.completed, "not_reached": finished.not_reached });
        audit::record(
            tx,
            "cohort_completed",
            "cohort",
            Some(self.cohort.get()),
            detail,
        )
        .await?;
        Ok(finished)
    }
}

impl CompleteCohort {
    /// Why this person did not reach the certificate; none when she did.
    fn missed(&self, cohort: &Cohort, learned: &Learned) -> Option<EndedReason> {
        if learned.attended * 100 < cohort.attendance_needed * learned.sessions {
            return Some(EndedReason::Attendance);
        }
        let judged = cohort.basis == Basis::Competence;
        (judged && !self.competent.contains(&learned.id)).then_some(EndedReason::Assessment)
    }
}

async fn refuse<T>(tx: &mut Tx, id: CohortId) -> Result<T> {
    match queries::get(tx, id).await?.state {
        CohortState::Open => ROLLS_MISSING.refuse(),
        _ => COHORT_ENDED.refuse(),
    }
}

async fn learned(tx: &mut Tx, cohort: CohortId) -> Result<Vec<Learned>> {
    sql("SELECT e.id, e.case_id, e.step_id,
         (SELECT count(*) FROM attendance a WHERE a.enrolment_id = e.id AND a.mark <> 'absent'
          AND NOT EXISTS (SELECT 1 FROM attendance l WHERE l.corrects = a.id)) AS attended,
         (SELECT count(*) FROM course_session s WHERE s.cohort_id = e.cohort_id) AS sessions
         FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'enrolled' ORDER BY e.id")
    .bind(cohort)
    .all(tx)
    .await
}

/// The body needs this person's name no longer.
async fn forget(tx: &mut Tx, cohort: &Cohort, learned: &Learned) -> Result<()> {
    let learner = learners::of_case(tx, learned.case_id).await?;
    consented::end(tx, &learner, cohort.organization_id, learned.id.get()).await
}

/// Nor the names of those who never got a place.
async fn forget_waiting(tx: &mut Tx, cohort: &Cohort) -> Result<()> {
    for (id, case) in enrolments::without_place(tx, cohort.id).await? {
        let learner = learners::of_case(tx, case).await?;
        consented::end(tx, &learner, cohort.organization_id, id.get()).await?;
    }
    Ok(())
}

async fn complete(tx: &mut Tx, cohort: &Cohort, learned: &Learned) -> Result<()> {
    enrolments::complete(tx, learned.id).await?;
    let learner = learners::of_case(tx, learned.case_id).await?;
    consented::keep_for_paper(tx, &learner, cohort.organization_id, learned.id.get()).await?;
    if let Some(step) = learned.step_id {
        casework::steps::finish(tx, step, &format!("enrolment:{}", learned.id)).await?;
    }
    next::after(tx, learned.case_id).await?;
    let detail = json!({ "cohort": cohort.id, "case": learned.case_id });
    audit::record(
        tx,
        "course_completed",
        "enrolment",
        Some(learned.id.get()),
        detail,
    )
    .await
}

/// The course is not held. Everybody in it needs another one.
#[derive(Serialize, Deserialize)]
pub struct CancelCohort {
    /// Which.
    pub cohort: CohortId,
}

impl Write for CancelCohort {
    const NAME: &'static str = "cancel_cohort";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !queries::end(tx, self.cohort, CohortState::Cancelled).await? {
            return COHORT_ENDED.refuse();
        }
        let cohort = queries::get(tx, self.cohort).await?;
        for learned in learned(tx, self.cohort).await? {
            forget(tx, &cohort, &learned).await?;
            enrolments::end(
                tx,
                learned.id,
                EnrolmentState::Enrolled,
                EndedReason::Cancelled,
            )
            .await?;
            next::set_soon(tx, learned.case_id, NextAction::Enrol).await?;
        }
        forget_waiting(tx, &cohort).await?;
        enrolments::end_waiting(tx, self.cohort).await?;
        queries::release_all(tx, self.cohort).await?;
        audit::record(
            tx,
            "cohort_cancelled",
            "cohort",
            Some(self.cohort.get()),
            json!({}),
        )
        .await
    }
}
