//! Legs: hand-overs to other bodies, from draft to outcome.

mod act_views;
mod acts;
mod agree_pages;
mod answers;
pub(crate) mod api;
pub(crate) mod forms;
mod list_views;
mod moves;
mod new_pages;
mod new_views;
pub(crate) mod pages;
pub(crate) mod queries;
pub(crate) mod send;
pub(crate) mod shown;
pub mod states;
pub(crate) mod telling;
pub(crate) mod views;

use access::{Permission, Role, Viewer};
use casework::CaseId;
use db::{FromRow, Reason};
use organizations::{OrganizationId, ServiceId};
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

pub use answers::{Answer, AnswerLeg, ReportLeg};

pub use acts::{Act, Returned};
pub use list_views::turns as turns_panel;
pub(crate) use moves::apply;
pub use moves::{MoveLeg, Moved, end_for_case, recall_for_consent};
pub use queries::Turn;
pub(crate) use queries::list_for_consent;
pub use queries::{find, get, list_for_case, overdue, whose_turn};
pub use send::{DraftLeg, NewLeg, SendLeg};
use states::{Action, Actor, Channel, Clock, Debtor, Delivery, State};

db::id!(
    /// A leg.
    pub LegId
);

/// Sends legs and looks after them.
pub const SEND: Permission = Permission::new("leg.send", &[Role::CaseWorker, Role::Supervisor]);
/// Answers legs for the body they were sent to.
pub const ANSWER: Permission = Permission::new(
    "leg.answer",
    &[
        Role::PartnerOfficer,
        Role::Trainer,
        Role::Helper,
        Role::Supervisor,
    ],
);
/// Does the secretariat's part: releases, looks at refusals, calls back, opens again.
pub const COORDINATE: Permission = Permission::new("leg.coordinate", &[Role::Secretary]);
/// Sees which legs are late, without a person's facts.
pub const OVERSEE: Permission = Permission::new(
    "leg.oversee",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Secretary,
        Role::Chair,
    ],
);

/// The actor may not do this to a leg in this state.
pub const NOT_NOW: Reason = Reason::new("leg_not_now", 409);
/// The leg was answered in another way before.
pub const ANSWERED: Reason = Reason::new("leg_answered", 409);
/// The consent does not hold, or does not cover this.
pub const NO_CONSENT: Reason = Reason::new("leg_no_consent", 409);
/// Legs before this one in its chain are not done.
pub const TOO_EARLY: Reason = Reason::new("leg_too_early", 409);
/// A body does not refer to itself.
pub const SAME_BODY: Reason = Reason::new("leg_same_body", 422);
/// Whoever asked to void a leg may not agree to it.
pub const SECOND_PERSON: Reason = Reason::new("leg_second_person", 409);
/// No such decline code.
pub const UNKNOWN_CODE: Reason = Reason::new("leg_unknown_code", 422);
/// The plan step is another case's.
pub const STEP_ELSEWHERE: Reason = Reason::new("leg_step_elsewhere", 422);
/// The case is closed.
pub const CASE_CLOSED: Reason = Reason::new("leg_case_closed", 409);
/// The day of review lies behind us.
pub const REVIEW_PAST: Reason = Reason::new("leg_review_past", 422);

/// A leg as it is kept.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Leg {
    /// Its id.
    pub id: LegId,
    /// `1405-00042`: its number in its Jalali year, also the letter's.
    pub number: String,
    /// The case it belongs to.
    pub case_id: CaseId,
    /// The person it is about.
    pub person_id: Uuid,
    /// The plan step it fulfils.
    pub step_id: Option<Uuid>,
    /// The chain it is part of.
    pub chain_id: Option<Uuid>,
    /// Its place in the chain's template.
    pub template_leg_id: Option<Uuid>,
    /// The leg that was handed on to become this one.
    pub parent_id: Option<Uuid>,
    /// Who sends.
    pub sender_id: OrganizationId,
    /// Who receives.
    pub organization_id: OrganizationId,
    /// What is asked of the receiver.
    pub service_id: ServiceId,
    /// The service's code.
    pub service: String,
    /// Where it stands.
    pub state: State,
    /// Whose turn it is.
    pub debtor: Debtor,
    /// What its clock does.
    pub clock: Clock,
    /// The last working day for the next thing owed.
    pub due_on: Option<Date>,
    /// Since when the clock is paused.
    pub paused_on: Option<Date>,
    /// The day on which a waiting, resting or questioned leg is looked at again.
    pub review_on: Option<Date>,
    /// The first appointment.
    pub appointment_on: Option<Date>,
    /// Grows each time the clock starts anew.
    pub round: i64,
    /// Reminders sent in this round.
    pub reminders: i64,
    /// True when silence gave it back to the sender.
    pub is_returned: bool,
    /// The consent its parcel rests on.
    pub consent_id: Option<Uuid>,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// When the receiver opened it.
    pub seen_at: Option<Timestamp>,
    /// When the receiver said yes or no.
    pub answered_at: Option<Timestamp>,
    /// When it ended.
    pub done_at: Option<Timestamp>,
    /// Why the receiver said no.
    pub decline_code: Option<String>,
    /// What came of it.
    pub outcome: Option<Delivery>,
    /// What the receiver returned: licence number, last day.
    pub result: Option<serde_json::Value>,
    /// Who asked to void it.
    pub void_asked_by: Option<Uuid>,
    /// When it was drafted.
    pub made_at: Timestamp,
}

impl Leg {
    /// The day by which the next thing is owed: the due day, and while the clock is paused the day
    /// on which it is looked at again.
    pub fn owed_on(&self) -> Option<Date> {
        owed_on(self.clock, self.due_on, self.review_on)
    }

    /// True when the next thing owed is late.
    pub fn is_late(&self, today: Date) -> bool {
        self.owed_on().is_some_and(|owed| owed < today)
    }

    /// Days it is late; zero when it is not.
    pub fn days_late(&self, today: Date) -> i64 {
        match self.owed_on() {
            Some(owed) if owed < today => (today - owed).num_days(),
            _ => 0,
        }
    }

    /// What this viewer is to this leg on the sender's side: the strongest part, or none.
    pub fn sender_actor(&self, viewer: &Viewer) -> Option<Actor> {
        let parts = [
            (Role::Supervisor, Actor::SenderSupervisor),
            (Role::CaseWorker, Actor::SenderWorker),
        ];
        part(viewer, self.sender_id, &parts)
    }

    /// What this viewer is to this leg on the receiver's side. A draft is nobody's business there.
    pub fn receiver_actor(&self, viewer: &Viewer) -> Option<Actor> {
        let parts = [
            (Role::Supervisor, Actor::ReceiverSupervisor),
            (Role::PartnerOfficer, Actor::ReceiverWorker),
            (Role::Trainer, Actor::ReceiverWorker),
            (Role::Helper, Actor::FrontDesk),
        ];
        let is_known = !self.state.is_unsent() && self.state != State::Voided;
        if is_known {
            part(viewer, self.organization_id, &parts)
        } else {
            None
        }
    }

    /// True while a refusal waits for somebody of the sender's side to look at it.
    pub fn is_refusal_open(&self) -> bool {
        self.state == State::Declined && self.debtor == Debtor::Sender
    }

    /// What this actor may do to it now.
    pub fn actions(&self, actor: Actor) -> Vec<Action> {
        let mut actions = states::available_actions(self.state, actor);
        if !self.is_refusal_open() {
            actions.retain(|action| !matches!(action, Action::Uphold | Action::SendBack));
        }
        actions
    }
}

/// A pause ends on its day of review: silence after it is late like any other.
fn owed_on(clock: Clock, due_on: Option<Date>, review_on: Option<Date>) -> Option<Date> {
    match clock {
        Clock::Running => due_on,
        Clock::Paused => review_on.or(due_on),
        Clock::Stopped => None,
    }
}

fn part(viewer: &Viewer, body: OrganizationId, parts: &[(Role, Actor)]) -> Option<Actor> {
    let held = parts
        .iter()
        .find(|(role, _)| viewer.roles.contains(&(*role, body.get())));
    held.map(|(_, actor)| *actor)
}

/// Who acts on a leg, and through which channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// In which part.
    pub actor: Actor,
    /// How it reached us.
    pub channel: Channel,
}

impl By {
    /// A signed-in user.
    pub const fn desk(actor: Actor) -> Self {
        Self {
            actor,
            channel: Channel::Desk,
        }
    }

    /// The holder of a partner link.
    pub const LINK: Self = Self {
        actor: Actor::ReceiverWorker,
        channel: Channel::Link,
    };
    /// A row of a results file.
    pub const FILE: Self = Self {
        actor: Actor::ReceiverWorker,
        channel: Channel::File,
    };
    /// The clock, or a withdrawn consent.
    pub const SYSTEM: Self = Self {
        actor: Actor::System,
        channel: Channel::System,
    };
}

/// What somebody wrote beside an act, sealed before it enters the command. The id becomes the
/// event's id, so that the seal fits its row.
#[derive(Clone, Debug)]
pub struct Note {
    pub(crate) id: Uuid,
    pub(crate) sealed: Option<Vec<u8>>,
    mark: Vec<u8>,
}

impl Serialize for Note {
    /// A resent form seals again with other bytes; what is compared is a keyed hash of the words.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.mark.serialize(serializer)
    }
}

impl Note {
    /// No words.
    pub fn none(id: Uuid) -> Self {
        Self {
            id,
            sealed: None,
            mark: Vec::new(),
        }
    }

    /// Seals what was written; empty text is no words.
    pub fn seal(keys: &db::Keys, id: Uuid, text: &str) -> Self {
        let sealed = (!text.is_empty()).then(|| keys.seal("leg_event", "note", id, text));
        Self {
            id,
            sealed,
            mark: keys.blind("leg_note", text),
        }
    }

    /// Words that were sealed for this id before.
    pub(crate) fn sealed_before(id: Uuid, sealed: Option<Vec<u8>>) -> Self {
        Self {
            id,
            sealed,
            mark: Vec::new(),
        }
    }
}
