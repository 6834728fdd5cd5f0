//! Reminders (تذکر): the observer or the commission's expert asks; a clock runs; the secretary
//! must answer.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{
    AnswerReminder, FileReminder, REMINDER_ANSWERED, REMINDER_OWN, REMINDER_SUBJECT,
};
pub use queries::{get, list, list_of_article};

use crate::articles::ArticleId;
use crate::committees::CommitteeId;
use crate::resolutions::ResolutionId;
use crate::wording::days_between;

db::id!(
    /// A reminder.
    pub ReminderId
);

/// A reminder and what was answered.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Reminder {
    /// Its id.
    pub id: ReminderId,
    /// To which committee.
    pub committee_id: CommitteeId,
    /// About which article.
    pub article_id: Option<ArticleId>,
    /// About which resolution.
    pub resolution_id: Option<ResolutionId>,
    /// Jalali year of its number.
    pub year: i64,
    /// Its number in that year.
    pub number: i64,
    /// What it asks.
    pub wording: String,
    /// When it was filed.
    pub filed_on: Date,
    /// The last day for an answer.
    pub due_on: Date,
    /// The answer.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_on: Option<Date>,
}

impl Reminder {
    /// Its number as people read it: `1405-2`.
    pub fn code(&self) -> String {
        format!("{}-{}", self.year, self.number)
    }

    /// Days its answer is late: until it came, or until today.
    pub fn days_late(&self, today: Date) -> i64 {
        days_between(self.due_on, self.answered_on.unwrap_or(today)).max(0)
    }
}
