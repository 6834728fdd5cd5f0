//! Letters: the secretariat's register of what a committee sent and what it received.

mod about;
pub(crate) mod api;
mod commands;
mod follow_ups;
mod new_pages;
mod new_views;
pub(crate) mod pages;
mod paper;
mod queries;
mod received;
mod template_pages;
mod templates;
pub(crate) mod views;

use organizations::OrganizationId;
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

pub use about::About;
pub use commands::{
    DiscardLetter, DraftLetter, LETTER_SEAT, LETTER_SENT_EARLY, LETTER_STATE, LETTER_SUBJECT,
    ReviseLetter, SendLetter, SignLetter,
};
pub use follow_ups::DraftFollowUps;
pub(crate) use new_pages::routes as new_routes;
pub use queries::{answers_to, asked_about, get, list, list_of_resolution};
pub use received::RegisterLetter;
pub(crate) use template_pages::routes as template_routes;
pub use template_pages::{EditLetterTemplate, TEMPLATE_PLACE};
pub use templates::{LetterTemplate, list_templates};

use crate::articles::ArticleId;
use crate::committees::{CommitteeId, CommitteeRole};
use crate::meetings::MeetingId;
use crate::reminders::ReminderId;
use crate::resolutions::ResolutionId;
use crate::wording::by_lang;

db::id!(
    /// A letter.
    pub LetterId
);

db::text_enum! {
    /// Which way a letter went.
    pub enum LetterDirection {
        /// From the committee to a body.
        Sent = "sent",
        /// From a body to the committee.
        Received = "received",
    }
}

db::text_enum! {
    /// Where a letter stands.
    pub enum LetterState {
        /// Being written; it has neither number nor date.
        Drafted = "drafted",
        /// Given up before it was signed.
        Discarded = "discarded",
        /// Signed, numbered and dated; nothing of it changes any more.
        Signed = "signed",
        /// On its way.
        Sent = "sent",
        /// Come from a body and registered.
        Received = "received",
    }
}

db::text_enum! {
    /// How a letter was sent.
    pub enum LetterWay {
        /// By post.
        Post = "post",
        /// Taken there by hand.
        Hand = "hand",
        /// Through the office automation.
        Automation = "automation",
    }
}

/// A letter of the register.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Letter {
    /// Its id.
    pub id: LetterId,
    /// Of which committee.
    pub committee_id: CommitteeId,
    /// Which way it went.
    pub direction: LetterDirection,
    /// Where it stands.
    pub state: LetterState,
    /// The body it goes to or came from.
    pub organization_id: OrganizationId,
    /// That body's name in Persian.
    pub body_fa: String,
    /// That body's name in English.
    pub body_en: String,
    /// The language it is written in: `fa` or `en`.
    pub language: String,
    /// Jalali year of its number in our register; none for a draft.
    pub year: Option<i64>,
    /// Its number in that year.
    pub number: Option<i64>,
    /// Its date: the day it was signed, or the date its sender gave it.
    pub dated_on: Option<Date>,
    /// The number its sender gave it; empty for ours.
    pub their_number: String,
    /// Its subject.
    pub subject: String,
    /// What it says, a paragraph a line.
    pub wording: String,
    /// The resolution it is about.
    pub resolution_id: Option<ResolutionId>,
    /// The reminder it is about.
    pub reminder_id: Option<ReminderId>,
    /// The article it is about.
    pub article_id: Option<ArticleId>,
    /// The meeting it is about.
    pub meeting_id: Option<MeetingId>,
    /// The letter of ours it answers.
    pub answers_id: Option<LetterId>,
    /// Who signed it.
    pub signed_by: Option<Uuid>,
    /// From which seat it was signed.
    pub signed_role: Option<CommitteeRole>,
    /// When it was signed.
    pub signed_at: Option<Timestamp>,
    /// When it was sent.
    pub sent_on: Option<Date>,
    /// How it was sent.
    pub sent_way: Option<LetterWay>,
    /// When it came to the secretariat.
    pub received_on: Option<Date>,
    /// When it was written down.
    pub made_at: Timestamp,
}

impl Letter {
    /// Its number in our register as people read it: `1405-3`; empty for a draft.
    pub fn code(&self) -> String {
        match (self.year, self.number) {
            (Some(year), Some(number)) => format!("{year}-{number}"),
            _ => String::new(),
        }
    }

    /// Of its subject and its text: signing tells with it what was read.
    pub fn digest(&self) -> String {
        commands::digest(&self.subject, &self.wording)
    }

    /// The other body in a language.
    pub fn body(&self, lang: Lang) -> &str {
        by_lang(lang, &self.body_fa, &self.body_en)
    }

    /// The language it is written in.
    pub fn lang(&self) -> Lang {
        if self.language == "en" {
            Lang::En
        } else {
            Lang::Fa
        }
    }

    /// What it is about, when it is about one thing.
    pub fn about(&self) -> Option<About> {
        self.resolution_id
            .map(About::Resolution)
            .or(self.reminder_id.map(About::Reminder))
            .or(self.article_id.map(About::Article))
            .or(self.meeting_id.map(About::Meeting))
    }
}

/// The stored word of a language.
pub(crate) const fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Fa => "fa",
        Lang::En => "en",
    }
}
