//! The receiver's answer and its report.

use db::{Result, Tx, Write};
use persian::Date;
use serde::{Deserialize, Serialize};

use super::moves::apply;
use super::states::Delivery;
use super::{Act, By, LegId, Moved, Note, Returned};

/// Yes, later, or no.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// We accept.
    Accept {
        /// The first appointment.
        appointment_on: Option<Date>,
    },
    /// Another time.
    Later {
        /// When we look at it again.
        review_on: Date,
    },
    /// We cannot.
    Decline {
        /// A code of `decline_code`.
        code: String,
    },
}

/// Answers a leg. The same answer twice has one effect; another answer is refused.
#[derive(Serialize)]
pub struct AnswerLeg {
    /// Which leg.
    pub leg: LegId,
    /// The answer.
    pub answer: Answer,
    /// Who answers, through which channel.
    pub by: By,
    /// What was written beside it.
    pub note: Note,
}

impl Write for AnswerLeg {
    const NAME: &'static str = "answer_leg";
    type Out = Moved;
    async fn run(&self, tx: &mut Tx) -> Result<Moved> {
        let act = match &self.answer {
            Answer::Accept { appointment_on } => Act::Accept {
                appointment_on: *appointment_on,
            },
            Answer::Later { review_on } => Act::Waitlist {
                review_on: *review_on,
            },
            Answer::Decline { code } => Act::Decline { code: code.clone() },
        };
        apply(tx, self.leg, &act, self.by, &self.note).await
    }
}

/// Reports what came of an accepted leg.
#[derive(Serialize)]
pub struct ReportLeg {
    /// Which leg.
    pub leg: LegId,
    /// What came of it.
    pub outcome: Delivery,
    /// What was issued.
    pub returned: Option<Returned>,
    /// Who reports, through which channel.
    pub by: By,
    /// What was written beside it.
    pub note: Note,
}

impl Write for ReportLeg {
    const NAME: &'static str = "report_leg";
    type Out = Moved;
    async fn run(&self, tx: &mut Tx) -> Result<Moved> {
        let act = Act::Complete {
            outcome: self.outcome,
            returned: self.returned.clone(),
        };
        apply(tx, self.leg, &act, self.by, &self.note).await
    }
}
