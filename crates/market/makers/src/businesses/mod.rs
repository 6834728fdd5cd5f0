//! Home businesses: what a maker does, where and how.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;

use access::audit;
use contacts::ContactId;
use db::{FromRow, Reason, Result, Tx, Write};
use organizations::OrganizationId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use queries::{find_open, get};

db::id!(
    /// A home business.
    pub BusinessId
);

db::text_enum! {
    /// The three ways of home working that the law knows; ownership and tax differ.
    pub enum WorkMode {
        /// On her own account.
        Independent = "independent",
        /// By the piece for an employer.
        Piecework = "piecework",
        /// With a supporter or in a cooperative.
        Partnered = "partnered",
    }
}

db::text_enum! {
    /// Where a business stands.
    pub enum BusinessState {
        /// Not working yet.
        Planned = "planned",
        /// Working.
        Active = "active",
        /// Resting.
        Paused = "paused",
        /// Over.
        Closed = "closed",
    }
}

/// The maker has an open business already.
pub const BUSINESS_OPEN: Reason = Reason::new("business_open", 409);

/// A field is missing or longer than it may be.
pub const BUSINESS_FIELD: Reason = Reason::new("business_field", 422);

/// A home business.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct HomeBusiness {
    /// Its id.
    pub id: BusinessId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// The field of work's code.
    pub field_code: String,
    /// The craft as the public reads it, in Persian.
    pub craft_fa: String,
    /// The craft in English.
    pub craft_en: String,
    /// How she works.
    pub work_mode: WorkMode,
    /// Where she works, in words; never public.
    pub place_note: String,
    /// Where it stands.
    pub state: BusinessState,
    /// Its first day.
    pub started_on: Date,
}

impl HomeBusiness {
    /// The craft in a language.
    pub fn craft(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.craft_fa,
            Lang::En => &self.craft_en,
        }
    }
}

/// Opens a home business.
#[derive(Clone, Serialize, Deserialize)]
pub struct OpenBusiness {
    /// Made by the sender.
    pub id: BusinessId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// The field of work's code.
    pub field_code: String,
    /// The craft in Persian, as the public reads it.
    pub craft_fa: String,
    /// The craft in English.
    pub craft_en: String,
    /// How she works.
    pub work_mode: WorkMode,
    /// Where she works, in words.
    pub place_note: String,
    /// Planned or active.
    pub state: BusinessState,
    /// Its first day.
    pub started_on: Date,
    /// The body that looks after it, when one does.
    pub organization_id: Option<OrganizationId>,
}

impl Write for OpenBusiness {
    const NAME: &'static str = "open_business";
    type Out = BusinessId;
    async fn run(&self, tx: &mut Tx) -> Result<BusinessId> {
        queries::create(tx, self)
            .await
            .map_err(|error| error.or_reason("ux_home_business_open", &BUSINESS_OPEN))?;
        let detail = serde_json::json!({ "contact": self.contact_id, "field": self.field_code });
        audit::record(
            tx,
            "business_opened",
            "home_business",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Moves a business to another state.
#[derive(Clone, Serialize, Deserialize)]
pub struct SetBusinessState {
    /// Which.
    pub id: BusinessId,
    /// Where it stands now.
    pub state: BusinessState,
}

impl Write for SetBusinessState {
    const NAME: &'static str = "set_business_state";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        queries::set_state(tx, self.id, self.state)
            .await
            .map_err(|error| error.or_reason("ux_home_business_open", &BUSINESS_OPEN))?;
        let detail = serde_json::json!({ "state": self.state });
        audit::record(
            tx,
            "business_moved",
            "home_business",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}
