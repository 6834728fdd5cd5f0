//! Evidence: what proves a milestone, a commitment or a resolution. Progress is counted from it.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use commands::{
    EVIDENCE_OF_OWN_BODY, EVIDENCE_OWN, EVIDENCE_QUANTITY, GiveEvidence, VerifyEvidence,
};
pub use queries::list;

use crate::plan::{CommitmentId, MilestoneId};
use crate::resolutions::ResolutionId;

db::id!(
    /// A piece of evidence.
    pub EvidenceId
);

/// What a piece of evidence proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proves {
    /// A milestone of an action.
    Milestone(MilestoneId),
    /// A partner's commitment.
    Commitment(CommitmentId),
    /// A resolution of a meeting.
    Resolution(ResolutionId),
}

impl Proves {
    /// The column that holds it.
    pub(crate) const fn column(self) -> &'static str {
        match self {
            Self::Milestone(_) => "milestone_id",
            Self::Commitment(_) => "commitment_id",
            Self::Resolution(_) => "resolution_id",
        }
    }

    /// The bare id.
    pub const fn id(self) -> Uuid {
        match self {
            Self::Milestone(id) => id.get(),
            Self::Commitment(id) => id.get(),
            Self::Resolution(id) => id.get(),
        }
    }
}

/// One piece as it is shown.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// How many it proves; 1 where nothing is counted.
    pub quantity: i64,
    /// What it is, in a sentence.
    pub note: String,
    /// Number of a letter or document.
    pub reference: String,
    /// The day it was given.
    pub given_on: Date,
    /// Who recorded it; none when the program did.
    pub recorded_by: Option<Uuid>,
    /// When somebody else confirmed it.
    pub verified_at: Option<persian::Timestamp>,
}
