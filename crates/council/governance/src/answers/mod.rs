//! Answers: what the responsible body says about a resolution, by a link to its phone, at its desk,
//! in a file, or by a letter to the secretariat. Each way has one effect.

pub(crate) mod api;
mod commands;
pub(crate) mod desk;
pub(crate) mod desk_views;
mod files;
mod keep;
pub(crate) mod link_pages;
mod link_views;
mod links;
mod sheet;

use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

pub use commands::{AnswerAtDesk, AnswerByLink, AnswerResolution, Words};
pub use files::{AnswerByFile, FileAnswer, FileFault, FileSum};
pub use keep::RESOLUTION_PROVEN;
pub use links::{LINK_TOO_OFTEN, LINKS, SendResolutionLink};
pub use sheet::FILE_NOT_OURS;

db::text_enum! {
    /// What a body says of a resolution.
    #[schemars(rename = "ResolutionAnswerKind")]
    pub enum AnswerKind {
        /// It is done; its proof waits for a second hand.
        Done = "done",
        /// It is under way.
        Progress = "progress",
        /// It cannot be done, and why.
        Cannot = "cannot",
    }
}

impl Default for AnswerKind {
    /// A letter that says neither that it is done nor that it cannot be.
    fn default() -> Self {
        Self::Progress
    }
}

db::text_enum! {
    /// How an answer reached us.
    #[schemars(rename = "ResolutionAnswerWay")]
    pub enum AnswerWay {
        /// The secretariat wrote it down, from a letter or a talk.
        Office = "office",
        /// The body, by the link on its phone.
        Link = "link",
        /// A user of the body, at its desk.
        Desk = "desk",
        /// The body, in its file.
        File = "file",
    }
}

/// What the responsible body said.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct ResolutionAnswer {
    /// Its id.
    pub id: Uuid,
    /// Done, under way, or impossible.
    pub kind: AnswerKind,
    /// How it reached us.
    pub way: AnswerWay,
    /// What it says.
    pub wording: String,
    /// The letter it came with; may be empty.
    pub reference: String,
    /// Its day.
    pub answered_on: Date,
    /// When it was written down.
    pub made_at: Timestamp,
}

// words: answer-kind-* answer-way-*
/// What was said, as people read it.
pub(crate) fn kind_word(p: &web::Page, kind: AnswerKind) -> String {
    p.t(&crate::WORDS, &format!("answer-kind-{}", kind.as_str()))
}

/// How it reached us, as people read it.
pub(crate) fn way_word(p: &web::Page, way: AnswerWay) -> String {
    p.t(&crate::WORDS, &format!("answer-way-{}", way.as_str()))
}
