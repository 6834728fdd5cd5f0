//! Approaches: somebody waits for a word. A need put to a supporter, an offer that was made, the
//! first message of somebody who wants to help: each has one body that owes the answer, and a day.

pub(crate) mod api;
mod commands;
pub(crate) mod help;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use db::{FromRow, Reason};
use organizations::{HelpKind, OrganizationId};
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{AnswerApproach, LeaveMessage, PutNeed};
pub(crate) use commands::{close_puts, offered, settle_offer, settle_offers};
pub(crate) use queries::{Answered, answered_puts, list_of_need, loads};
pub use queries::{get, list};

use crate::needs::NeedId;
use crate::offers::OfferId;

db::id!(
    /// An approach.
    pub ApproachId
);

db::text_enum! {
    /// How it came about.
    #[schemars(rename = "ApproachKind")]
    pub enum Kind {
        /// A need was put to a supporter.
        Put = "put",
        /// An offer was made for a need.
        Offered = "offered",
        /// Somebody wrote that they want to help.
        Message = "message",
    }
}

db::text_enum! {
    /// Where it stands; whether it is late follows from its day.
    #[schemars(rename = "ApproachState")]
    pub enum State {
        /// Its owner owes an answer.
        Waiting = "waiting",
        /// It was answered.
        Answered = "answered",
        /// There is nothing more to answer.
        Closed = "closed",
    }
}

/// It was answered or closed before.
pub const APPROACH_ENDED: Reason = Reason::new("approach_ended", 409);
/// The need was put to this supporter and waits for its word.
pub const APPROACH_STANDING: Reason = Reason::new("approach_standing", 409);
/// No body answers first messages: none offers the service `supporters`.
pub const HELP_CLOSED: Reason = Reason::new("help_closed", 409);

/// The service whose body answers first messages; its days to answer are the clock.
pub const DESK: &str = "supporters";
/// Working days for an answer where the owner's own service tells none.
pub const DAYS: i64 = 5;

/// An approach as it is kept; what a visitor wrote is sealed and not in it.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Approach {
    /// Its id.
    pub id: ApproachId,
    /// How it came about.
    pub kind: Kind,
    /// The body that owes the answer.
    pub owner_id: OrganizationId,
    /// The supporter, when there is one.
    pub supporter_id: Option<OrganizationId>,
    /// The need.
    pub need_id: Option<NeedId>,
    /// What the need is, in a few words.
    pub need_title: Option<String>,
    /// The offer.
    pub offer_id: Option<OfferId>,
    /// What help a message speaks of.
    pub help: Option<HelpKind>,
    /// Since when.
    pub opened_on: Date,
    /// By which working day.
    pub due_on: Date,
    /// Where it stands.
    pub state: State,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// The answer in words; may be empty.
    pub answer: String,
}

impl Approach {
    /// True when its day has passed without an answer.
    pub fn is_late(&self, today: Date) -> bool {
        self.state == State::Waiting && self.due_on < today
    }
}
