//! Decisions on one case: a resolution opens exactly one leg or one line of a package. The committee
//! knows the case by its code alone; what was decided is carried to the case once the minutes are
//! frozen, and what came of it is shown back here.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use organizations::ServiceId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use commands::{
    CASE_UNKNOWN, DECISION_STATE, DECISION_SUBJECT, DecideCase, RetryDecision, claim, opened,
    refused,
};
pub(crate) use queries::of_resolution;

use crate::resolutions::ResolutionId;

db::id!(
    /// A decision on one case.
    pub CaseDecisionId
);

db::text_enum! {
    /// What a line of a package gives.
    #[schemars(rename = "CaseDecisionAid")]
    pub enum Aid {
        /// Seats in a course.
        Training = "training",
        /// Hours of advice.
        Consulting = "consulting",
        /// A tool.
        Tool = "tool",
        /// Raw material.
        Material = "material",
        /// Help with licence and hygiene papers.
        Licence = "licence",
        /// A place at a fair or bazaar.
        Booth = "booth",
        /// Packaging, label, photo.
        Marketing = "marketing",
        /// Months of insurance.
        Insurance = "insurance",
        /// Getting there: travel, companion, child care.
        Access = "access",
    }
}

db::text_enum! {
    /// Where a decision on a case stands.
    #[schemars(rename = "CaseDecisionState")]
    pub enum DecisionState {
        /// To be carried to the case once its minutes are frozen.
        Waiting = "waiting",
        /// The leg or line is open.
        Opened = "opened",
        /// The case could not take it; its reason is told.
        Refused = "refused",
    }
}

db::text_enum! {
    /// Which of the two a decision opens.
    pub(crate) enum Opening {
        /// A leg.
        Leg = "leg",
        /// A line of a package.
        PackageLine = "package_line",
    }
}

/// What a decision opens for the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CaseDecisionOpens")]
pub enum Opens {
    /// A leg to the responsible body.
    Leg {
        /// A service of that body.
        service_id: ServiceId,
    },
    /// A line of the case's package.
    PackageLine {
        /// The line of the budget that pays.
        budget_line_id: Uuid,
        /// What it gives.
        aid: Aid,
        /// What it is, in words.
        name: String,
        /// How many, 1 to 10,000.
        quantity: i64,
        /// Cost of one, in rials.
        unit_cost: i64,
    },
}

/// A decision as it is shown.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "CaseDecision")]
pub struct Decision {
    /// Its id; also the leg's or the line's.
    pub id: CaseDecisionId,
    /// The resolution that decides it.
    pub resolution_id: ResolutionId,
    /// The case, by code; empty for a reader who may not open lists of cases.
    pub case_code: String,
    /// `leg` or `package_line`.
    pub opens: String,
    /// The service asked for; none for a line.
    pub service_id: Option<ServiceId>,
    /// The line of the budget, in Persian; empty for a leg.
    pub budget_fa: String,
    /// The line of the budget in English.
    pub budget_en: String,
    /// What a line gives, in words; none for a leg.
    pub name: Option<String>,
    /// How many.
    pub quantity: Option<i64>,
    /// Cost of one, in rials.
    pub unit_cost: Option<i64>,
    /// Where it stands.
    pub state: DecisionState,
    /// Number of the leg, or case and name of the line.
    pub opened: Option<String>,
    /// Why the case could not take it, as a code.
    pub refusal: Option<String>,
    /// When it was carried to the case.
    pub carried_at: Option<Timestamp>,
    /// True when the leg has left its sender.
    pub is_sent: bool,
}
