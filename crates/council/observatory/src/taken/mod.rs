//! Taking in signed documents: what is refused, and what is kept beside what.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
mod views;

use access::Rate;
use db::Reason;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use commands::TakeDocument;
pub(crate) use queries::page;
pub use queries::{Past, Step, Stored, document, history, newest, trail};

/// It is no signed document of this form.
pub const DOCUMENT_MALFORMED: Reason = Reason::new("document_malformed", 422);
/// No city of the list has this code.
pub const DOCUMENT_CITY_UNKNOWN: Reason = Reason::new("document_city_unknown", 422);
/// The signature does not fit the text.
pub const DOCUMENT_SIGNATURE_BROKEN: Reason = Reason::new("document_signature_broken", 422);
/// It is signed, but not with the key that is believed for this city.
pub const DOCUMENT_KEY_FOREIGN: Reason = Reason::new("document_key_foreign", 422);
/// Its day or its signing lies in the future.
pub const DOCUMENT_AHEAD: Reason = Reason::new("document_ahead", 422);
/// It is of an invented city, and this observatory is real.
pub const DOCUMENT_INVENTED: Reason = Reason::new("document_invented", 422);

/// Documents from one network: a city sends one a month.
pub(crate) const POSTS: Rate = Rate {
    most: 120,
    seconds: 15 * 60,
};

db::text_enum! {
    /// By which way a document came.
    #[schemars(rename = "DocumentWay")]
    pub enum Way {
        /// A city posted it.
        Posted = "posted",
        /// The administrator uploaded it.
        Uploaded = "uploaded",
        /// The operator gave it on the command line.
        Command = "command",
    }
}

db::text_enum! {
    /// How a document stands among those of its city.
    #[schemars(rename = "DocumentStanding")]
    pub enum Standing {
        /// The newest: its figures are shown.
        Newest = "newest",
        /// Older than the newest: kept as history.
        History = "history",
        /// It was there before; nothing was done.
        Known = "known",
    }
}

db::text_enum! {
    /// How a document hangs in its city's chain.
    #[schemars(rename = "ChainLink")]
    pub enum Hang {
        /// The first of its city.
        First = "first",
        /// The one before is here.
        Linked = "linked",
        /// The one before never came.
        Gap = "gap",
        /// Another document names the same one before.
        Branch = "branch",
    }
}

/// What became of a document.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "DocumentTaken")]
pub struct Taken {
    /// Whose it is.
    pub code: String,
    /// Its number in the city's chain.
    pub number: i64,
    /// The newest day of its figures.
    pub day: Date,
    /// SHA-256 of its canonical text.
    pub digest: String,
    /// How it stands.
    pub standing: Standing,
}
