//! Needs: what makers lack.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use organizations::{HelpKind, OrganizationId};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use queries::{Filter, PAGE, get, get_for, list};
pub(crate) use queries::{move_state, open};
pub(crate) use views::helps;

db::id!(
    /// A need.
    pub NeedId
);

db::text_enum! {
    /// Where a need stands.
    pub enum NeedState {
        /// Companies may offer.
        Open = "open",
        /// An offer was accepted.
        Matched = "matched",
        /// The offer is being tried.
        Piloting = "piloting",
        /// The trial solved it, wholly or in part.
        Answered = "answered",
        /// It is no longer asked for.
        Withdrawn = "withdrawn",
    }
}

/// The need is not in the state this asks for.
pub const NEED_STATE: Reason = Reason::new("need_state", 409);

/// A need as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Need {
    /// Its id.
    pub id: NeedId,
    /// The body that raised it.
    pub organization_id: OrganizationId,
    /// What is lacking, in a few words.
    pub title: String,
    /// More about it; nothing about any person.
    pub description: String,
    /// The product it is about.
    pub product_id: Option<Uuid>,
    /// Or the craft; may be empty when there is a product.
    pub craft: String,
    /// What kind of help it asks for.
    pub help: Option<HelpKind>,
    /// The region it comes from; none when it is the whole city's.
    pub region: Option<i64>,
    /// Where it stands.
    pub state: NeedState,
    /// The day it was raised.
    pub raised_on: Date,
    /// The day it was answered or withdrawn.
    pub ended_on: Option<Date>,
}

/// Raises a need.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct RaiseNeed {
    /// Made by the sender.
    pub id: NeedId,
    /// The body that raises it.
    pub organization_id: OrganizationId,
    /// What is lacking, in a few words.
    pub title: String,
    /// More about it; nothing about any person.
    pub description: String,
    /// The product it is about.
    pub product_id: Option<Uuid>,
    /// Or the craft.
    pub craft: String,
    /// What kind of help it asks for.
    #[serde(default)]
    pub help: Option<HelpKind>,
    /// The region it comes from, 1 to 99.
    #[serde(default)]
    pub region: Option<i64>,
}

impl Write for RaiseNeed {
    const NAME: &'static str = "raise_need";
    type Out = NeedId;
    async fn run(&self, tx: &mut Tx) -> Result<NeedId> {
        crate::fits(&self.title, 120, "title")?;
        crate::fits(&self.description, 2000, "description")?;
        if persian::clean(&self.craft).chars().count() > 80 {
            return crate::VALUE_WRONG.at("craft");
        }
        queries::create(tx, self)
            .await
            .map_err(crate::out_of_range)?;
        let detail = json!({ "organization": self.organization_id, "product": self.product_id });
        audit::record(tx, "need_raised", "need", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// The need is no longer asked for; standing offers are declined.
#[derive(Clone, Serialize, Deserialize)]
pub struct WithdrawNeed {
    /// Which.
    pub id: NeedId,
}

impl Write for WithdrawNeed {
    const NAME: &'static str = "withdraw_need";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !move_state(tx, self.id, NeedState::Open, NeedState::Withdrawn).await? {
            return NEED_STATE.refuse();
        }
        crate::offers::decline_rest(tx, self.id).await?;
        crate::approaches::close_puts(tx, self.id).await?;
        audit::record(tx, "need_withdrawn", "need", Some(self.id.get()), json!({})).await
    }
}
