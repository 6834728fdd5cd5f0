//! What fits what, and why: each reason is a row of its own that holds or does not, and the order
//! is their number. Nothing else is weighed.

mod pages;
mod reckon;
pub(crate) mod views;

use access::Routes;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Serialize;

pub use reckon::{needs_for, supporters_for};

use crate::needs::Need;

db::text_enum! {
    /// Why somebody fits a need.
    #[schemars(rename = "FitReasonCode")]
    pub enum Code {
        /// Offers the kind of help the need asks for.
        Kind = "kind",
        /// Serves the need's region.
        Region = "region",
        /// Knows its field of work.
        Field = "field",
        /// Has room for one more.
        Capacity = "capacity",
        /// Answered the last need in time.
        Answered = "answered",
        /// Is certified as knowledge-based today.
        Certified = "certified",
    }
}

/// One reason: whether it holds, and its figure where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "FitReason")]
pub struct Reason {
    /// Which.
    pub code: Code,
    /// Does it hold?
    pub holds: bool,
    /// Free room, or the working days the last answer took.
    pub number: Option<i64>,
}

/// A supporter and its reasons for a need.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SupporterFit {
    /// The supporter.
    pub organization_id: OrganizationId,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Every reason, also those that do not hold.
    pub reasons: Vec<Reason>,
}

/// A need and the reasons for which it fits a supporter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct NeedFit {
    /// The need.
    pub need: Need,
    /// Every reason, also those that do not hold.
    pub reasons: Vec<Reason>,
}

/// How many reasons hold.
fn holding(reasons: &[Reason]) -> usize {
    reasons.iter().filter(|reason| reason.holds).count()
}

pub(crate) fn routes() -> Routes {
    pages::routes()
}
