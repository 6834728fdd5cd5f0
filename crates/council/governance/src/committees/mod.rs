//! Committees: who sits on them, for which term, and by which rules they decide.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
mod queries;
mod quorum;
pub(crate) mod setup;
mod setup_views;
mod substitutes;
mod views;

use organizations::OrganizationId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use commands::{
    AddMember, COMMITTEE_CODE_TAKEN, CreateCommittee, EndTerm, RULES_SET_TODAY, RULES_VOTERS,
    SetRules, TERM,
};
pub(crate) use queries::speaks_for_body;
pub(crate) use queries::{bodies_on, check, next_number, seat, seat_to_sign};
pub use queries::{count, get, list, list_groups, members_on, rules_on};
pub use quorum::{Quorum, Seat, passes, quorum};
pub(crate) use setup_views::majority as majority_word;
pub(crate) use substitutes::on as substitutes_on;
pub use substitutes::{NameSubstitute, SUBSTITUTE_SEATED, Substitute, SubstituteId};

use crate::articles::OrdinanceId;
use crate::wording::by_lang;

db::id!(
    /// A committee.
    pub CommitteeId
);
db::id!(
    /// A membership of a committee.
    pub MembershipId
);

db::text_enum! {
    /// As what somebody sits on a committee.
    pub enum CommitteeRole {
        /// رئیس
        Chair = "chair",
        /// دبیر
        Secretary = "secretary",
        /// عضو
        Member = "member",
        /// عضو ناظر
        Observer = "observer",
        /// مهمان
        Guest = "guest",
    }
}

db::text_enum! {
    /// How many votes pass something.
    #[schemars(rename = "CommitteeMajority")]
    pub enum Majority {
        /// More than half of those present.
        Present = "present",
        /// More than half of all who vote.
        Members = "members",
        /// Two thirds of those present.
        TwoThirds = "two_thirds",
    }
}

impl Default for Majority {
    /// What most committees decide by.
    fn default() -> Self {
        Self::Present
    }
}

/// A committee.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Committee {
    /// Its id.
    pub id: CommitteeId,
    /// The ordinance it serves.
    pub ordinance_id: OrdinanceId,
    /// The body of its secretariat.
    pub organization_id: OrganizationId,
    /// The committee it prepares for, when it is a working group.
    pub parent_id: Option<CommitteeId>,
    /// Its short code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl Committee {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }
}

/// How a committee decides, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rules {
    /// The roles that vote; observers and guests never do.
    pub voting_roles: Vec<CommitteeRole>,
    /// More than this share of the votes must be present: 5000 is more than half.
    pub quorum_basis_points: i64,
    /// And at least this many.
    pub quorum_least: i64,
    /// And the chair or the chair's substitute.
    pub is_chair_needed: bool,
    /// What passes; more than half of those present when it is not told.
    #[serde(default)]
    pub majority: Majority,
    /// It should meet once in so many days.
    pub meets_every_days: i64,
    /// A reminder must be answered within so many working days.
    pub reminder_days: i64,
}

/// Somebody's seat, as it is shown. People who are helped never appear here; officials do.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "CommitteeMember")]
pub struct Member {
    /// The seat's id.
    pub id: MembershipId,
    /// As what.
    pub role: CommitteeRole,
    /// The body it belongs to.
    pub organization_id: OrganizationId,
    /// The office in Persian: «معاون امور اجتماعی».
    pub title_fa: String,
    /// The office in English.
    pub title_en: String,
    /// The body's name in Persian.
    pub body_fa: String,
    /// The body's name in English.
    pub body_en: String,
    /// The user who holds it.
    pub user_id: Option<Uuid>,
    /// First day of the term.
    pub valid_from: Date,
}

impl Member {
    /// The office in a language.
    pub fn title(&self, lang: Lang) -> &str {
        by_lang(lang, &self.title_fa, &self.title_en)
    }

    /// The body in a language.
    pub fn body(&self, lang: Lang) -> &str {
        by_lang(lang, &self.body_fa, &self.body_en)
    }
}
