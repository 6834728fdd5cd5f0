//! Resolutions: decided by a meeting, answered and proven by a body. Their state is computed.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
mod state;
pub(crate) mod views;

use organizations::OrganizationId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{
    ARTICLE_REPEALED, CarryOver, PassResolution, RESOLUTION_CLOSED, RESOLUTION_DUE,
    RESOLUTION_MAJORITY, RESOLUTION_VOTES, Repeal,
};
pub(crate) use queries::before;
pub use queries::{answers, get, list, list_of_article, list_of_body, list_of_meeting};
pub use state::{ResolutionState, Signs, resolution_state};

use crate::answers::AnswerKind;
pub use crate::answers::ResolutionAnswer;
use crate::articles::ArticleId;
use crate::committees::{CommitteeId, Majority};
use crate::meetings::MeetingId;
use crate::wording::{by_lang, days_between};

db::id!(
    /// A resolution.
    pub ResolutionId
);

/// A resolution with what has come of it.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Resolution {
    /// Its id.
    pub id: ResolutionId,
    /// The meeting that decided it.
    pub meeting_id: MeetingId,
    /// The committee.
    pub committee_id: CommitteeId,
    /// The article it cites.
    pub article_id: ArticleId,
    /// That article's address.
    pub eid: String,
    /// The responsible body.
    pub organization_id: OrganizationId,
    /// The body's name in Persian.
    pub body_fa: String,
    /// The body's name in English.
    pub body_en: String,
    /// The responsible office in that body.
    pub responsible: String,
    /// Jalali year of its number.
    pub year: i64,
    /// Its number in that year.
    pub number: i64,
    /// What was decided.
    pub wording: String,
    /// What will prove it.
    pub evidence_asked: String,
    /// When it was decided.
    pub decided_on: Date,
    /// Its deadline, the last one when it was carried over.
    pub due_on: Date,
    /// The day asked for, when it was a day off and the deadline moved.
    pub moved_from: Option<Date>,
    /// Votes for it.
    pub votes_for: i64,
    /// Votes against it.
    pub votes_against: i64,
    /// Votes neither for nor against.
    pub votes_abstain: i64,
    /// The rule it passed by.
    pub majority: Majority,
    /// Seats that voted and were there.
    pub voters_present: i64,
    /// Seats that vote.
    pub voters_all: i64,
    /// A later meeting took it back.
    pub is_repealed: bool,
    /// How often it was carried over.
    pub carries: i64,
    /// How often its body answered.
    pub answers: i64,
    /// The last answer's day.
    pub answered_on: Option<Date>,
    /// What the body's last word is since the deadline that holds was set.
    pub said: Option<AnswerKind>,
    /// Pieces of evidence.
    pub given: i64,
    /// Those confirmed by a second hand.
    pub verified: i64,
}

impl Resolution {
    /// Its number as people read it: `1405-3`.
    pub fn code(&self) -> String {
        format!("{}-{}", self.year, self.number)
    }

    /// The responsible body in a language.
    pub fn body(&self, lang: Lang) -> &str {
        by_lang(lang, &self.body_fa, &self.body_en)
    }

    /// Days since it was decided.
    pub fn elapsed_days(&self, today: Date) -> i64 {
        days_between(self.decided_on, today)
    }

    /// True while it is open before the committee: nothing proves it, and it has no answer, is late
    /// or its body cannot do it.
    pub fn is_waited_for(&self, today: Date) -> bool {
        let state = self.state(today);
        let is_stuck = matches!(state, ResolutionState::Overdue | ResolutionState::Cannot);
        !self.is_over(today) && (self.answers == 0 || is_stuck)
    }

    /// True when nothing more is asked of its body.
    pub fn is_over(&self, today: Date) -> bool {
        let state = self.state(today);
        matches!(state, ResolutionState::Verified | ResolutionState::Repealed)
    }

    /// Where it stands on a day.
    pub fn state(&self, today: Date) -> ResolutionState {
        resolution_state(
            &Signs {
                due_on: self.due_on,
                is_repealed: self.is_repealed,
                carries: self.carries,
                answers: self.answers,
                cannot: self.said == Some(AnswerKind::Cannot),
                given: self.given,
                verified: self.verified,
            },
            today,
        )
    }
}
