//! The plan: programme, action, milestone, commitment. An action's state is computed.

pub(crate) mod api;
mod commands;
pub(crate) mod detail_api;
pub(crate) mod detail_pages;
pub(crate) mod detail_views;
pub(crate) mod launch_pages;
pub mod launches;
mod needs;
pub(crate) mod pages;
pub(crate) mod part_pages;
mod queries;
pub(crate) mod space_pages;
pub mod spaces;
mod state;
pub(crate) mod views;
mod yearly;

use std::collections::BTreeMap;

use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

pub use commands::{
    ACTION_CODE_TAKEN, AddAction, AddCommitment, AddMilestone, CreateProgramme, MILESTONE_FIGURE,
    PERIOD, PROGRAMME_CODE_TAKEN,
};
pub use launches::{
    BeginLaunch, LAUNCH_ORDER, Launch, LaunchId, LaunchKind, LaunchStep, ReachStep,
};
pub use needs::{AddNeed, NEED_CIRCLE, Need};
pub use queries::{list_of_article, list_of_ordinance, list_programmes, record};
pub use spaces::{GiveSpace, SPACE_OVER, SPACE_PERIOD, Space, SpaceId, SpaceKind, UseSpace};
pub use state::{ActionState, Part, action_state, waiting};
pub use yearly::{Budget, SetBudget, SetTarget, Target, YEARLY};

use crate::articles::{ArticleId, OrdinanceId};
use crate::wording::by_lang;

db::id!(
    /// A programme.
    pub ProgrammeId
);
db::id!(
    /// An action.
    pub ActionId
);
db::id!(
    /// A milestone.
    pub MilestoneId
);
db::id!(
    /// A partner's commitment.
    pub CommitmentId
);

/// A programme that carries an ordinance out.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// The ordinance.
    pub ordinance_id: OrdinanceId,
    /// Its short code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

/// An action with its parts and its computed state.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PlanAction")]
pub struct Action {
    /// Its own columns.
    #[serde(flatten)]
    pub record: ActionRecord,
    /// Its milestones in order.
    pub milestones: Vec<Milestone>,
    /// What partners promised.
    pub commitments: Vec<Commitment>,
    /// What it should come to, year by year.
    pub targets: Vec<Target>,
    /// What it may cost, year by year.
    pub budgets: Vec<Budget>,
    /// What it waits for.
    pub needs: Vec<Need>,
    /// What it brings to its opening.
    pub launches: Vec<Launch>,
    /// Space that bodies give for it.
    pub spaces: Vec<Space>,
    /// Names of the figures its targets lean on, in Persian and English.
    #[serde(skip)]
    pub figure_names: BTreeMap<String, [String; 2]>,
    /// Computed on the day asked.
    pub state: ActionState,
}

/// What is stored of an action.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct ActionRecord {
    /// Its id.
    pub id: ActionId,
    /// The article it serves.
    pub article_id: ArticleId,
    /// That article's address.
    pub eid: String,
    /// Its short code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The responsible body.
    pub organization_id: organizations::OrganizationId,
    /// The body's name in Persian.
    pub body_fa: String,
    /// The body's name in English.
    pub body_en: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub due_on: Date,
}

impl ActionRecord {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }

    /// The responsible body's name in a language.
    pub fn body(&self, lang: Lang) -> &str {
        by_lang(lang, &self.body_fa, &self.body_en)
    }
}

/// A milestone with what has been brought for it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// Its action.
    pub action_id: ActionId,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Its last day.
    pub due_on: Date,
    /// The figure that proves it, when a figure does.
    pub indicator_code: Option<String>,
    /// What that figure must come to.
    pub target: Option<i64>,
    /// That figure now: for the state alone.
    #[serde(skip)]
    pub figure: Option<i64>,
    /// That figure as it is told; none while few people stand behind it.
    #[serde(rename = "figure")]
    pub told: Option<i64>,
    /// Pieces of evidence.
    pub given: i64,
    /// Those confirmed by a second hand.
    pub verified: i64,
}

impl Milestone {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }

    /// As the state sees it. A figure that has come to its target is its own proof.
    pub fn part(&self) -> Part {
        let (is_begun, is_given, is_proven) = match self.target {
            Some(target) => {
                let now = self.figure.unwrap_or_default();
                (now > 0, now >= target, now >= target)
            }
            None => (
                self.given > 0,
                self.given > 0,
                self.given > 0 && self.verified == self.given,
            ),
        };
        Part {
            due_on: self.due_on,
            is_begun,
            is_given,
            is_proven,
        }
    }
}

/// A partner's promise with what was delivered of it.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// Its action.
    pub action_id: ActionId,
    /// The partner's name in Persian.
    pub body_fa: String,
    /// The partner's name in English.
    pub body_en: String,
    /// What, in Persian.
    pub name_fa: String,
    /// What, in English.
    pub name_en: String,
    /// How many.
    pub quantity: i64,
    /// Of what unit, in Persian.
    pub unit_fa: String,
    /// Of what unit, in English.
    pub unit_en: String,
    /// Until when.
    pub due_on: Date,
    /// Delivered by evidence.
    pub delivered: i64,
    /// Delivered and confirmed.
    pub verified: i64,
}

impl Commitment {
    /// What was promised, in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }

    /// As the state sees it.
    pub fn part(&self) -> Part {
        Part {
            due_on: self.due_on,
            is_begun: self.delivered > 0,
            is_given: self.delivered >= self.quantity,
            is_proven: self.verified >= self.quantity,
        }
    }
}
