//! Bodies: independent organisations of the chain.

pub(crate) mod api;
pub(crate) mod merging;
pub(crate) mod name_pages;
pub mod names;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use merging::{MergeBody, answering, must_stand};
pub use names::{BodyName, MoveBody, RenameBody, name_on};
pub use queries::{by_code, get, list};

db::id!(
    /// A body.
    pub OrganizationId
);

db::text_enum! {
    /// What sort of body it is.
    pub enum OrganizationKind {
        /// The municipality's own organisation or office.
        Municipal = "municipal",
        /// Ministry or one of its offices.
        Ministry = "ministry",
        /// Health authority or medical university.
        Health = "health",
        /// Welfare and relief bodies.
        Welfare = "welfare",
        /// Trains: vocational bodies, academic centres.
        Training = "training",
        /// University.
        University = "university",
        /// Bank or fund.
        Bank = "bank",
        /// Knowledge-based company.
        KnowledgeBased = "knowledge_based",
        /// Social entrepreneur.
        SocialEntrepreneur = "social_entrepreneur",
        /// Supporter company that buys or places orders.
        Supporter = "supporter",
        /// Runs shops.
        ShopOperator = "shop_operator",
        /// A centre of the programme with its own staff.
        Centre = "centre",
        /// City council and its commissions.
        Council = "council",
        /// Treatment centres, shelters, charities.
        Charity = "charity",
    }
}

/// Somebody has this code already.
pub const CODE_TAKEN: Reason = Reason::new("organization_code_taken", 409);

/// A body.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Short and lasting: `labour-tehran`.
    pub code: String,
    /// Its sort.
    pub kind: OrganizationKind,
    /// Its name today, in Persian; earlier ones are in [`names`].
    pub name_fa: String,
    /// Its name today, in English.
    pub name_en: String,
    /// The number its link messages go to; may be empty.
    pub phone: String,
    /// Its first day.
    pub valid_from: Date,
    /// The last day.
    pub valid_until: Option<Date>,
    /// The body it stands under.
    pub parent_id: Option<OrganizationId>,
    /// The body it has gone into.
    pub merged_into_id: Option<OrganizationId>,
    /// Since when that one answers for it.
    pub merged_on: Option<Date>,
    /// The number of its knowledge-based certificate, also of one that has run out.
    pub knowledge_based_id: Option<String>,
    /// Until when it is certified as knowledge-based.
    pub knowledge_based_until: Option<Date>,
}

impl Organization {
    /// True when it may be called knowledge-based on a day.
    pub fn is_knowledge_based(&self, day: Date) -> bool {
        self.knowledge_based_until.is_some_and(|last| day <= last)
    }

    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// Adds a body.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct CreateOrganization {
    /// Made by the sender.
    pub id: OrganizationId,
    /// Short and lasting.
    pub code: String,
    /// Its sort.
    pub kind: OrganizationKind,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The number its link messages go to; may be empty.
    pub phone: String,
    /// Its first day.
    pub valid_from: Date,
    /// Until when it is certified as knowledge-based.
    pub knowledge_based_until: Option<Date>,
}

impl Write for CreateOrganization {
    const NAME: &'static str = "create_organization";
    type Out = OrganizationId;
    async fn run(&self, tx: &mut Tx) -> Result<OrganizationId> {
        queries::create(tx, self)
            .await
            .map_err(|error| error.or_reason("ux_organization_code", &CODE_TAKEN))?;
        let detail = serde_json::json!({ "code": self.code });
        audit::record(
            tx,
            "organization_created",
            "organization",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}
