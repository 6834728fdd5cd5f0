//! Acts: what can be done to a leg, with what each needs.

use organizations::{OrganizationId, ServiceId};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::states::{Action, Debtor, Delivery, State};
use super::{Leg, LegId};

/// What a receiver returned with its report. None of it is private.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Returned {
    /// Number of the licence issued.
    pub licence_number: Option<String>,
    /// Its last day.
    pub valid_until: Option<Date>,
}

/// One act, with what it needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
#[schemars(rename = "LegAct")]
pub enum Act {
    /// The receiver opened it.
    Open,
    /// The receiver asks the sender or the person for something; the note says what.
    AskInfo {
        /// Who owes the answer.
        of: Debtor,
    },
    /// The question is answered; the note says how.
    AnswerInfo,
    /// Yes.
    Accept {
        /// The first appointment.
        appointment_on: Option<Date>,
    },
    /// No.
    Decline {
        /// A code of `decline_code`.
        code: String,
    },
    /// The refusal stands.
    Uphold,
    /// The refusal goes back to the body, which answers anew; the note says why.
    SendBack,
    /// What waits for release is a draft again.
    TakeBack,
    /// Later.
    Waitlist {
        /// When it is looked at again.
        review_on: Date,
    },
    /// Work begins.
    Start,
    /// Work rests.
    Hold {
        /// When it is looked at again.
        review_on: Date,
    },
    /// Work goes on.
    Resume,
    /// Work is done.
    Complete {
        /// What came of it.
        outcome: Delivery,
        /// What was issued.
        returned: Option<Returned>,
    },
    /// The person says whether the report is true.
    Confirm {
        /// True when it is.
        agrees: bool,
    },
    /// Called back.
    Withdraw,
    /// Handed on to another body: a child leg is drafted for the sender to send.
    Forward {
        /// The child's id.
        child: LegId,
        /// The other body.
        organization_id: OrganizationId,
        /// Its service.
        service_id: ServiceId,
    },
    /// A closed leg runs again, under its old number.
    Reopen,
    /// Entered by mistake; takes effect when a second person says so too.
    Void,
    /// Nobody answered.
    Expire,
}

impl Act {
    /// The action of the matrix it is.
    pub const fn action(&self) -> Action {
        match self {
            Self::Open => Action::Open,
            Self::AskInfo { .. } => Action::AskInfo,
            Self::AnswerInfo => Action::AnswerInfo,
            Self::Accept { .. } => Action::Accept,
            Self::Decline { .. } => Action::Decline,
            Self::Uphold => Action::Uphold,
            Self::SendBack => Action::SendBack,
            Self::TakeBack => Action::TakeBack,
            Self::Waitlist { .. } => Action::Waitlist,
            Self::Start => Action::Start,
            Self::Hold { .. } => Action::Hold,
            Self::Resume => Action::Resume,
            Self::Complete { .. } => Action::Complete,
            Self::Confirm { .. } => Action::Confirm,
            Self::Withdraw => Action::Withdraw,
            Self::Forward { .. } => Action::Forward,
            Self::Reopen => Action::Reopen,
            Self::Void => Action::Void,
            Self::Expire => Action::Expire,
        }
    }

    /// True when the leg already stands where this act would put it.
    pub(super) fn is_done_on(&self, leg: &Leg) -> bool {
        match self {
            Self::Open => leg.seen_at.is_some() && leg.state != State::Sent,
            Self::Accept { .. } => matches!(leg.state, State::Accepted | State::InService),
            Self::Decline { code } => {
                leg.state == State::Declined && leg.decline_code.as_ref() == Some(code)
            }
            Self::Waitlist { review_on } => {
                leg.state == State::Waitlisted && leg.review_on == Some(*review_on)
            }
            Self::Start => leg.state == State::InService,
            Self::Hold { review_on } => {
                leg.state == State::OnHold && leg.review_on == Some(*review_on)
            }
            Self::Complete { outcome, .. } => {
                leg.state == State::Completed && leg.outcome == Some(*outcome)
            }
            Self::Withdraw => leg.state == State::Withdrawn,
            Self::Void => leg.state == State::Voided,
            Self::Expire => leg.state == State::Expired,
            _ => false,
        }
    }

    /// True for a receiver's yes, no, later or report: given once.
    pub(super) const fn is_an_answer(&self) -> bool {
        matches!(
            self,
            Self::Accept { .. }
                | Self::Decline { .. }
                | Self::Waitlist { .. }
                | Self::Complete { .. }
        )
    }
}
