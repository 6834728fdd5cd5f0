//! Consultations: an hour with someone who knows, and what came of it.

pub(crate) mod api;
mod consultants;
pub(crate) mod desk;
pub(crate) mod pages;
mod queries;
mod views;

use access::audit;
use casework::{CaseId, NewTask, NextAction, Sealed, StepId, tasks};
use db::{FromRow, Keys, Reason, Result, Tx, Write};
use organizations::OrganizationId;
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use consultants::{
    AddConsultant, CONSULTANT_KNOWN, Consultant, ConsultantId, get_consultant, list_consultants,
};
pub use queries::{Filter, PAGE, get, list, list_of_case};

use crate::busy::{self, BusyWith, Stretch};
use crate::enrolments::PERSON_BUSY;
use crate::{Agreed, consented, learners, next};

db::id!(
    /// A consultation.
    pub ConsultationId
);

db::text_enum! {
    /// Where a consultation stands.
    pub enum ConsultationState {
        /// A day and hour are set.
        Booked = "booked",
        /// It took place.
        Held = "held",
        /// The person did not come.
        Missed = "missed",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

db::text_enum! {
    /// What the consultant found, in one tap.
    pub enum Outcome {
        /// She can go on by herself.
        Ready = "ready",
        /// The advice has to be carried out first.
        NeedsWork = "needs_work",
        /// They should meet again.
        NeedsAnother = "needs_another",
    }
}

/// The consultant is expected elsewhere at that time.
pub const CONSULTANT_BUSY: Reason = Reason::new("consultant_busy", 409);
/// The consultation is no longer booked.
pub const CONSULTATION_ENDED: Reason = Reason::new("consultation_ended", 409);
/// The time is past, or lasts too long.
pub const TIME_WRONG: Reason = Reason::new("time_wrong", 422);

/// The longest consultation, in minutes.
pub const LONGEST: i64 = 240;

/// A consultation with the names its page shows.
#[derive(Clone, Debug, FromRow)]
pub struct Consultation {
    /// Its id.
    pub id: ConsultationId,
    /// With whom.
    pub consultant_id: ConsultantId,
    /// The consultant's body.
    pub organization_id: OrganizationId,
    /// The consultant's user, when one person advises.
    pub user_id: Option<Uuid>,
    /// The consultant's name in Persian.
    pub name_fa: String,
    /// The consultant's name in English.
    pub name_en: String,
    /// The case.
    pub case_id: CaseId,
    /// Whose case.
    pub person_id: people::PersonId,
    /// Her first name.
    pub first_name: String,
    /// Her last name.
    pub last_name: String,
    /// The plan's step, if any.
    pub step_id: Option<StepId>,
    /// The day.
    pub held_on: Date,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Where it stands.
    pub state: ConsultationState,
    /// What was found.
    pub outcome: Option<Outcome>,
    /// One line, sealed.
    pub note_sealed: Option<Vec<u8>>,
    /// How many tasks came of it.
    pub advices: i64,
}

impl Consultation {
    /// The consultant's line; empty without one.
    pub fn note(&self, keys: &Keys) -> Result<String> {
        match &self.note_sealed {
            Some(sealed) => keys
                .open_sealed("consultation", "note_sealed", self.id.get(), sealed)
                .map_err(db::Error::other),
            None => Ok(String::new()),
        }
    }
}

/// Books an hour for a case with a consultant. Nobody is booked twice at the same time.
#[derive(Clone, Serialize, Deserialize)]
pub struct BookConsultation {
    /// Made by the sender.
    pub id: ConsultationId,
    /// With whom.
    pub consultant: ConsultantId,
    /// For which case.
    pub case: CaseId,
    /// The plan's step this answers, if any.
    pub step: Option<StepId>,
    /// When it begins.
    pub starts_at: Timestamp,
    /// How long, 15 to 240.
    pub minutes: i64,
    /// That she agreed to be known to the consultant's body, unless a consent says so already.
    pub agreed: Option<Agreed>,
}

impl Write for BookConsultation {
    const NAME: &'static str = "book_consultation";
    type Out = ConsultationId;
    async fn run(&self, tx: &mut Tx) -> Result<ConsultationId> {
        if self.starts_at < tx.now() {
            return TIME_WRONG.at("starts_on");
        }
        if !(15..=LONGEST).contains(&self.minutes) {
            return TIME_WRONG.at("minutes");
        }
        let learner = learners::of_running(tx, self.case).await?;
        let consultant = get_consultant(tx, self.consultant).await?;
        let (body, id) = (consultant.organization_id, self.id.get());
        consented::share(tx, &learner, body, id, self.agreed.as_ref()).await?;
        let until = self.starts_at.plus_seconds(self.minutes * 60);
        queries::create(tx, self, until)
            .await
            .map_err(crate::out_of_range)?;
        let stretch = Stretch {
            from: self.starts_at,
            until,
            record: self.id.get(),
        };
        if !busy::take(
            tx,
            learner.person_id.get(),
            BusyWith::Consultation,
            &[stretch],
        )
        .await?
        {
            return PERSON_BUSY.at("starts_on");
        }
        // A body has several advisers; only a named one can be in one place alone.
        if let Some(user) = consultant.user_id
            && !busy::take(tx, user, BusyWith::Consultation, &[stretch]).await?
        {
            return CONSULTANT_BUSY.at("starts_on");
        }
        let detail = json!({ "case": self.case, "consultant": self.consultant });
        audit::record(
            tx,
            "consultation_booked",
            "consultation",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// The consultation took place. Its advice becomes tasks of the case.
#[derive(Clone, Serialize)]
pub struct HoldConsultation {
    /// Which.
    pub id: ConsultationId,
    /// What was found.
    pub outcome: Outcome,
    /// One line: [`HoldConsultation::seal`].
    pub note: Option<Sealed>,
    /// What is to be done: [`HoldConsultation::advice`].
    pub advice: Vec<NewTask>,
}

impl HoldConsultation {
    /// Seals the consultant's line; empty words are none.
    pub fn seal(keys: &Keys, id: ConsultationId, words: &str) -> Option<Sealed> {
        (!words.is_empty())
            .then(|| Sealed::new(keys, "consultation", "note_sealed", id.get(), words))
    }

    /// One piece of advice as a task of the case. `place` is its place in the list: the task's id
    /// follows from it, so that a resent form means the same tasks.
    pub fn advice(
        keys: &Keys,
        consultation: ConsultationId,
        case: CaseId,
        place: u128,
        words: &str,
        due_on: Date,
    ) -> NewTask {
        let id = Uuid::from_u128(consultation.get().as_u128().wrapping_add(place + 1));
        let source = Some(consultation.get());
        NewTask::new(
            keys,
            casework::TaskId::new(id),
            case,
            words,
            due_on,
            "consultation",
            source,
        )
    }
}

impl Write for HoldConsultation {
    const NAME: &'static str = "hold_consultation";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let note = self.note.as_ref().map(Sealed::bytes);
        let advices = self.advice.len() as i64;
        if !queries::hold(tx, self.id, self.outcome, note, advices).await? {
            return CONSULTATION_ENDED.refuse();
        }
        let held = queries::get(tx, self.id).await?;
        for task in &self.advice {
            tasks::add(tx, task).await?;
        }
        busy::release(tx, self.id.get(), None).await?;
        forget(tx, &held).await?;
        if let Some(step) = held.step_id
            && self.outcome != Outcome::NeedsAnother
        {
            casework::steps::finish(tx, step, &format!("consultation:{}", self.id)).await?;
        }
        match (
            self.outcome,
            self.advice.iter().map(|task| task.due_on).min(),
        ) {
            (Outcome::NeedsAnother, _) => {
                next::set_soon(tx, held.case_id, NextAction::BookAdvice).await?;
            }
            (_, Some(due_on)) => {
                casework::set_next_action(tx, held.case_id, NextAction::DoAdvice, due_on, None)
                    .await?;
            }
            (_, None) => next::after(tx, held.case_id).await?,
        }
        let detail = json!({ "outcome": self.outcome, "advices": advices, "case": held.case_id });
        audit::record(
            tx,
            "consultation_held",
            "consultation",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

/// The hour is over: the consultant's body needs her name no longer.
async fn forget(tx: &mut Tx, one: &Consultation) -> Result<()> {
    let learner = learners::of_case(tx, one.case_id).await?;
    consented::end(tx, &learner, one.organization_id, one.id.get()).await
}

/// The consultation did not take place: called off, or the person did not come.
#[derive(Clone, Serialize, Deserialize)]
pub struct EndConsultation {
    /// Which.
    pub id: ConsultationId,
    /// True when she did not come; false when it was called off.
    pub is_missed: bool,
}

impl Write for EndConsultation {
    const NAME: &'static str = "end_consultation";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let state = match self.is_missed {
            true => ConsultationState::Missed,
            false => ConsultationState::Cancelled,
        };
        if !queries::end(tx, self.id, state).await? {
            return CONSULTATION_ENDED.refuse();
        }
        busy::release(tx, self.id.get(), None).await?;
        let ended = queries::get(tx, self.id).await?;
        forget(tx, &ended).await?;
        let case = ended.case_id;
        next::set_soon(tx, case, NextAction::BookAdvice).await?;
        let detail = json!({ "state": state });
        audit::record(
            tx,
            "consultation_ended",
            "consultation",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}
