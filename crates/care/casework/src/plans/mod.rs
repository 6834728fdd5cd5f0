//! Plans: goals, steps and a package, proposed by one person and approved by another.

pub mod api;
mod commands;
mod forms;
pub mod goals;
mod package;
pub(crate) mod pages;
mod queries;
mod revising;
pub mod steps;
mod views;

use db::{FromRow, Reason};
use money::Rial;
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::assessment::pick;
use crate::budget::BudgetLineId;
use crate::cases::CaseId;

pub use commands::{AgreePlan, ApprovePlan, CompletePlan, ProposePlan, ReturnPlan, StartPlan};
pub use goals::{AddGoal, Goal, GoalId, Measure, ReachGoal};
pub use package::{AddDecidedLine, AddPackageLine, DeliverLine, DropLine, release_reserved};
pub use queries::{
    Waiting, current, find, get, list, package, templates_for, waiting_for_approval,
};
pub use revising::RevisePlan;

db::id!(
    /// A plan.
    pub PlanId
);
db::id!(
    /// A template of a package.
    pub TemplateId
);
db::id!(
    /// A line of a package.
    pub PackageLineId
);

db::text_enum! {
    /// Where a plan stands.
    pub enum PlanState {
        /// Being written.
        Draft = "draft",
        /// Waits for a supervisor.
        Proposed = "proposed",
        /// Approved; waits for her own yes.
        Approved = "approved",
        /// Running.
        Active = "active",
        /// Done.
        Completed = "completed",
        /// Made room for a new one.
        Revised = "revised",
    }
}

db::text_enum! {
    /// Where a line of a package stands.
    pub enum LineState {
        /// In a plan that is not approved.
        Wished = "wished",
        /// The money is reserved.
        Committed = "committed",
        /// She has it.
        Delivered = "delivered",
        /// Not needed any more.
        Released = "released",
    }
}

db::text_enum! {
    /// What a line of a package gives.
    pub enum LineKind {
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
    /// In what a line is counted.
    #[schemars(rename = "PackageUnit")]
    pub enum Unit {
        /// Hours.
        Hour = "hour",
        /// Days.
        Day = "day",
        /// Months.
        Month = "month",
        /// Pieces.
        Piece = "piece",
        /// Seats.
        Seat = "seat",
        /// Once, as a whole.
        Whole = "whole",
    }
}

/// A plan as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Whose.
    pub case_id: CaseId,
    /// 1 for the case's first.
    pub number: i64,
    /// The plan it follows.
    pub based_on: Option<PlanId>,
    /// Where it stands.
    pub state: PlanState,
    /// Who made it.
    pub made_by: Option<Uuid>,
    /// Who proposed it.
    pub proposed_by: Option<Uuid>,
    /// By name.
    pub proposed_name: Option<String>,
    /// When.
    pub proposed_at: Option<Timestamp>,
    /// Who approved it, by name.
    pub approved_name: Option<String>,
    /// When.
    pub approved_at: Option<Timestamp>,
    /// The day she agreed.
    pub agreed_on: Option<Date>,
    /// The day it ended.
    pub ended_on: Option<Date>,
}

/// A line of a package.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct PackageLine {
    /// Its id.
    pub id: PackageLineId,
    /// What it gives.
    pub kind: LineKind,
    /// Persian name.
    pub name_fa: String,
    /// English name.
    pub name_en: String,
    /// Counted in.
    pub unit: Unit,
    /// How many.
    pub quantity: i64,
    /// Cost of one.
    pub unit_cost: Rial,
    /// Cost of all.
    pub amount: Rial,
    /// The line of the budget that pays.
    pub budget_line_id: BudgetLineId,
    /// Its Persian name.
    pub budget_fa: String,
    /// Its English name.
    pub budget_en: String,
    /// Where it stands.
    pub state: LineState,
    /// When it reached her.
    pub delivered_on: Option<Date>,
}

impl PackageLine {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        pick(lang, &self.name_fa, &self.name_en)
    }
}

/// A package template in a list.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// Its code.
    pub code: String,
    /// For whom.
    pub target_group: String,
    /// Persian name.
    pub name_fa: String,
    /// English name.
    pub name_en: String,
    /// What it costs as it stands.
    pub total: Rial,
}

/// The case has a current plan.
pub const PLAN_CURRENT: Reason = Reason::new("plan_current", 409);
/// The plan is not in the state this needs.
pub const PLAN_STATE: Reason = Reason::new("plan_state", 409);
/// Nobody approves the plan they made or proposed.
pub const PLAN_BY_OTHER: Reason = Reason::new("plan_by_other", 409);
/// A low domain has no goal.
pub const GOAL_MISSING: Reason = Reason::new("goal_missing", 409);
/// A plan needs at least one step.
pub const STEP_MISSING: Reason = Reason::new("step_missing", 409);
/// The rules have not let her in.
pub const NOT_ELIGIBLE: Reason = Reason::new("not_eligible", 409);
/// Steps or lines are still open.
pub const PLAN_UNFINISHED: Reason = Reason::new("plan_unfinished", 409);
/// The line is not in the state this needs.
pub const LINE_STATE: Reason = Reason::new("line_state", 409);
/// The step ended already.
pub const STEP_ENDED: Reason = Reason::new("step_ended", 409);
