//! Enrolments: a case in a cohort.

pub(crate) mod api;
pub(crate) mod pages;
pub(crate) mod queries;

use access::audit;
use casework::{CaseId, NextAction, Stage, StepId};
use db::{FromRow, Reason, Result, Tx, Write};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::busy::{self, BusyWith};
use crate::cohorts::{self, COHORT_ENDED, CohortId, CohortState};
use crate::consented::{self, Agreed, may_know, must_hold, share};
use crate::learners::{self, Learner};
use crate::notes;

db::id!(
    /// An enrolment.
    pub EnrolmentId
);

db::text_enum! {
    /// Where an enrolment stands.
    pub enum EnrolmentState {
        /// She asked for a place herself.
        Applied = "applied",
        /// She waits until a place comes free.
        Waitlisted = "waitlisted",
        /// She has a place.
        Enrolled = "enrolled",
        /// She completed the course.
        Completed = "completed",
        /// She left, or did not reach the certificate.
        Withdrawn = "withdrawn",
    }
}

db::text_enum! {
    /// Why an enrolment ended without completion.
    pub enum EndedReason {
        /// She left.
        Left = "left",
        /// She was there too seldom.
        Attendance = "attendance",
        /// The trainer saw that it needs more practice.
        Assessment = "assessment",
        /// The cohort was not held, or she never got a place.
        Cancelled = "cancelled",
    }
}

/// All places are taken.
pub const COHORT_FULL: Reason = Reason::new("cohort_full", 409);
/// The case is in this cohort already.
pub const ENROLLED_ALREADY: Reason = Reason::new("enrolled_already", 409);
/// The person is expected elsewhere at the time of a session.
pub const PERSON_BUSY: Reason = Reason::new("person_busy", 409);
/// The enrolment is not in the state this needs.
pub const ENROLMENT_STATE: Reason = Reason::new("enrolment_state", 409);

/// An enrolment with the names a roster shows.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Enrolment {
    /// Its id.
    pub id: EnrolmentId,
    /// The cohort.
    pub cohort_id: CohortId,
    /// The case.
    pub case_id: CaseId,
    /// Whose case.
    pub person_id: people::PersonId,
    /// Her first name.
    pub first_name: String,
    /// Her last name.
    pub last_name: String,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Why it ended, if it did.
    pub ended_reason: Option<EndedReason>,
}

/// Gives a case a place in a cohort, or a place in the queue. Starts the training stage, sets the
/// case's next action and tells the person.
#[derive(Clone, Serialize, Deserialize)]
pub struct Enrol {
    /// Made by the sender.
    pub id: EnrolmentId,
    /// Which cohort.
    pub cohort: CohortId,
    /// Which case.
    pub case: CaseId,
    /// The plan's step this answers, if any.
    pub step: Option<StepId>,
    /// Whether she waits when the cohort is full; otherwise the command is refused.
    pub may_wait: bool,
    /// That she agreed to be known to the cohort's body, unless a consent says so already.
    pub agreed: Option<Agreed>,
}

impl Write for Enrol {
    const NAME: &'static str = "enrol";
    type Out = EnrolmentState;
    async fn run(&self, tx: &mut Tx) -> Result<EnrolmentState> {
        let learner = learners::of_running(tx, self.case).await?;
        let body = cohorts::get(tx, self.cohort).await?.organization_id;
        share(tx, &learner, body, self.id.get(), self.agreed.as_ref()).await?;
        let has_place = cohorts::take_place(tx, self.cohort).await?;
        if !has_place {
            must_be_open(tx, self.cohort).await?;
            if !self.may_wait {
                return COHORT_FULL.refuse();
            }
        }
        let state = if has_place {
            EnrolmentState::Enrolled
        } else {
            EnrolmentState::Waitlisted
        };
        queries::create(tx, self, state).await.map_err(|error| {
            crate::out_of_range(error.or_reason("ux_enrolment_once", &ENROLLED_ALREADY))
        })?;
        if has_place && !seat(tx, self.id, self.cohort, self.case).await? {
            return PERSON_BUSY.refuse();
        }
        let detail = json!({ "cohort": self.cohort, "case": self.case, "state": state });
        audit::record(
            tx,
            "person_enrolled",
            "enrolment",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(state)
    }
}

/// The person asks for a place; someone of the case's or the cohort's body admits her.
#[derive(Clone, Serialize, Deserialize)]
pub struct Apply {
    /// Made by the sender.
    pub id: EnrolmentId,
    /// Which cohort.
    pub cohort: CohortId,
    /// Which case.
    pub case: CaseId,
    /// That she agreed to be known to the cohort's body.
    pub agreed: Option<Agreed>,
}

impl Write for Apply {
    const NAME: &'static str = "apply_for_cohort";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let learner = learners::of_running(tx, self.case).await?;
        must_be_open(tx, self.cohort).await?;
        let (id, cohort, case) = (self.id, self.cohort, self.case);
        let body = cohorts::get(tx, cohort).await?.organization_id;
        share(tx, &learner, body, id.get(), self.agreed.as_ref()).await?;
        let new = Enrol {
            id,
            cohort,
            case,
            step: None,
            may_wait: false,
            agreed: None,
        };
        queries::create(tx, &new, EnrolmentState::Applied)
            .await
            .map_err(|error| {
                crate::out_of_range(error.or_reason("ux_enrolment_once", &ENROLLED_ALREADY))
            })?;
        let detail = json!({ "cohort": cohort, "case": case });
        audit::record(tx, "place_applied_for", "enrolment", Some(id.get()), detail).await
    }
}

/// Gives a place to someone who applied or waits.
#[derive(Clone, Serialize, Deserialize)]
pub struct Admit {
    /// Which enrolment.
    pub id: EnrolmentId,
    /// The plan's step this answers, if any.
    pub step: Option<StepId>,
}

impl Write for Admit {
    const NAME: &'static str = "admit";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (cohort, case) = queries::place_of(tx, self.id).await?;
        let learner = learners::of_case(tx, case).await?;
        let body = cohorts::get(tx, cohort).await?.organization_id;
        must_hold(tx, &learner, body).await?;
        if !cohorts::take_place(tx, cohort).await? {
            must_be_open(tx, cohort).await?;
            return COHORT_FULL.refuse();
        }
        if !queries::admit(tx, self.id, self.step).await? {
            return ENROLMENT_STATE.refuse();
        }
        if !seat(tx, self.id, cohort, case).await? {
            return PERSON_BUSY.refuse();
        }
        let detail = json!({ "cohort": cohort, "case": case });
        audit::record(
            tx,
            "person_admitted",
            "enrolment",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

/// The person leaves; whoever waits longest and has time gets the place.
#[derive(Clone, Serialize, Deserialize)]
pub struct Withdraw {
    /// Which enrolment.
    pub id: EnrolmentId,
}

impl Write for Withdraw {
    const NAME: &'static str = "withdraw_enrolment";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (cohort, case) = queries::place_of(tx, self.id).await?;
        let had_place =
            queries::end(tx, self.id, EnrolmentState::Enrolled, EndedReason::Left).await?;
        let learner = learners::of_case(tx, case).await?;
        if had_place {
            free_time(tx, &learner, cohort).await?;
            cohorts::free_place(tx, cohort).await?;
            promote(tx, cohort).await?;
        } else {
            let waited = queries::end(tx, self.id, EnrolmentState::Waitlisted, EndedReason::Left)
                .await?
                || queries::end(tx, self.id, EnrolmentState::Applied, EndedReason::Left).await?;
            if !waited {
                return ENROLMENT_STATE.refuse();
            }
        }
        let body = cohorts::get(tx, cohort).await?.organization_id;
        consented::end(tx, &learner, body, self.id.get()).await?;
        let detail = json!({ "cohort": cohort, "case": case });
        audit::record(
            tx,
            "enrolment_withdrawn",
            "enrolment",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

async fn must_be_open(tx: &mut Tx, cohort: CohortId) -> Result<()> {
    match cohorts::get(tx, cohort).await?.state {
        CohortState::Open => Ok(()),
        _ => COHORT_ENDED.refuse(),
    }
}

/// Takes the person's time, moves her case along and tells her; false when she is busy.
async fn seat(tx: &mut Tx, id: EnrolmentId, cohort: CohortId, case: CaseId) -> Result<bool> {
    let learner = learners::of_case(tx, case).await?;
    if !hold_time(tx, &learner, cohort).await? {
        return Ok(false);
    }
    begin(tx, id, cohort, case, &learner).await?;
    Ok(true)
}

async fn hold_time(tx: &mut Tx, learner: &Learner, cohort: CohortId) -> Result<bool> {
    let sessions = crate::sessions::stretches(tx, cohort).await?;
    busy::take(tx, learner.person_id.get(), BusyWith::Session, &sessions).await
}

async fn free_time(tx: &mut Tx, learner: &Learner, cohort: CohortId) -> Result<()> {
    for session in crate::sessions::stretches(tx, cohort).await? {
        busy::release(tx, session.record, Some(learner.person_id.get())).await?;
    }
    Ok(())
}

/// What a place brings: the training stage, the next action, the message.
async fn begin(
    tx: &mut Tx,
    id: EnrolmentId,
    cohort: CohortId,
    case: CaseId,
    learner: &Learner,
) -> Result<()> {
    let held = cohorts::get(tx, cohort).await?;
    casework::move_stage(tx, case, Stage::Training).await?;
    let on = held.ends_on.max(tx.today());
    casework::set_next_action(tx, case, NextAction::FollowCourse, on, None).await?;
    notes::class(tx, learner, &held).await?;
    let detail = json!({ "cohort": cohort, "case": case });
    audit::record(tx, "place_given", "enrolment", Some(id.get()), detail).await
}

/// Gives a free place to whoever waits longest and has time for it. The caller freed the place
/// in this transaction and so holds the cohort's row: nobody can take it in between.
async fn promote(tx: &mut Tx, cohort: CohortId) -> Result<()> {
    let body = cohorts::get(tx, cohort).await?.organization_id;
    for (id, case) in queries::waiting(tx, cohort).await? {
        let learner = learners::of_case(tx, case).await?;
        if !may_know(tx, &learner, body).await? || !hold_time(tx, &learner, cohort).await? {
            continue;
        }
        if !queries::admit(tx, id, None).await? {
            // She left the queue at this very moment.
            free_time(tx, &learner, cohort).await?;
            continue;
        }
        cohorts::take_place(tx, cohort).await?;
        return begin(tx, id, cohort, case, &learner).await;
    }
    Ok(())
}
