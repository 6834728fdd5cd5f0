//! Offers: what a company or supporter would do about a need.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use money::Rial;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) use queries::{close_accepted, decline_rest};
pub use queries::{get, get_for, list_for};

use crate::approaches;
use crate::needs::{self, NEED_STATE, NeedId, NeedState};

db::id!(
    /// An offer.
    pub OfferId
);

db::text_enum! {
    /// Where an offer stands.
    pub enum OfferState {
        /// It waits for an answer.
        Made = "made",
        /// It is to be tried.
        Accepted = "accepted",
        /// It is not taken.
        Declined = "declined",
        /// The company took it back.
        Withdrawn = "withdrawn",
    }
}

/// The body is over: it offers nothing any more.
pub const COMPANY_OVER: Reason = Reason::new("company_over", 403);
/// The company has a standing offer for this need.
pub const OFFER_STANDING: Reason = Reason::new("offer_standing", 409);
/// The offer was answered or taken back before.
pub const OFFER_STATE: Reason = Reason::new("offer_state", 409);

/// An offer as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// The need it answers.
    pub need_id: NeedId,
    /// The company.
    pub organization_id: OrganizationId,
    /// What it would do.
    pub description: String,
    /// What it costs, in rials.
    pub cost: i64,
    /// The reward asked when it works, in rials.
    pub reward: i64,
    /// In how many days.
    pub days: i64,
    /// Was the company certified as knowledge-based on the day it offered?
    pub as_knowledge_based: bool,
    /// Where it stands.
    pub state: OfferState,
    /// The day it was made.
    pub offered_on: Date,
    /// The day it was answered or taken back.
    pub answered_on: Option<Date>,
}

/// A company offers.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct MakeOffer {
    /// Made by the sender.
    pub id: OfferId,
    /// For which need.
    pub need: NeedId,
    /// The company or supporter.
    pub organization: OrganizationId,
    /// What it would do.
    pub description: String,
    /// What it costs; may be zero.
    pub cost: Rial,
    /// The reward asked when it works; may be zero.
    pub reward: Rial,
    /// In how many days, 1 to 730.
    pub days: i64,
}

impl Write for MakeOffer {
    const NAME: &'static str = "make_offer";
    type Out = OfferId;
    async fn run(&self, tx: &mut Tx) -> Result<OfferId> {
        crate::fits(&self.description, 2000, "description")?;
        let today = tx.today();
        let body = organizations::get(tx, self.organization).await?;
        let is_current =
            body.valid_from <= today && body.valid_until.is_none_or(|last| today <= last);
        if !is_current {
            return COMPANY_OVER.refuse();
        }
        // A certificate that ran out yesterday gives today's offer no name.
        let as_knowledge_based = body.is_knowledge_based(today);
        // Touching the need's row makes an offer and a withdrawal of the need wait for each other.
        if !needs::move_state(tx, self.need, NeedState::Open, NeedState::Open).await? {
            return NEED_STATE.refuse();
        }
        queries::create(tx, self, as_knowledge_based)
            .await
            .map_err(|error| {
                crate::out_of_range(error.or_reason("ux_offer_standing", &OFFER_STANDING))
            })?;
        approaches::offered(tx, self).await?;
        let detail = json!({ "need": self.need, "organization": self.organization });
        audit::record(tx, "offer_made", "offer", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// The company takes its offer back.
#[derive(Clone, Serialize, Deserialize)]
pub struct WithdrawOffer {
    /// Which.
    pub id: OfferId,
}

impl Write for WithdrawOffer {
    const NAME: &'static str = "withdraw_offer";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !queries::answer(tx, self.id, OfferState::Withdrawn).await? {
            return OFFER_STATE.refuse();
        }
        approaches::settle_offer(tx, self.id, approaches::State::Closed).await?;
        audit::record(
            tx,
            "offer_withdrawn",
            "offer",
            Some(self.id.get()),
            json!({}),
        )
        .await
    }
}

/// The offer is to be tried: the need is matched.
#[derive(Clone, Serialize, Deserialize)]
pub struct AcceptOffer {
    /// Which.
    pub id: OfferId,
}

impl Write for AcceptOffer {
    const NAME: &'static str = "accept_offer";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let offer = queries::get(tx, self.id).await?;
        if !needs::move_state(tx, offer.need_id, NeedState::Open, NeedState::Matched).await? {
            return NEED_STATE.refuse();
        }
        if !queries::answer(tx, self.id, OfferState::Accepted).await? {
            return OFFER_STATE.refuse();
        }
        approaches::settle_offer(tx, self.id, approaches::State::Answered).await?;
        approaches::close_puts(tx, offer.need_id).await?;
        let detail = json!({ "need": offer.need_id, "organization": offer.organization_id });
        audit::record(tx, "offer_accepted", "offer", Some(self.id.get()), detail).await
    }
}

/// The offer is not taken.
#[derive(Clone, Serialize, Deserialize)]
pub struct DeclineOffer {
    /// Which.
    pub id: OfferId,
}

impl Write for DeclineOffer {
    const NAME: &'static str = "decline_offer";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !queries::answer(tx, self.id, OfferState::Declined).await? {
            return OFFER_STATE.refuse();
        }
        approaches::settle_offer(tx, self.id, approaches::State::Answered).await?;
        audit::record(
            tx,
            "offer_declined",
            "offer",
            Some(self.id.get()),
            json!({}),
        )
        .await
    }
}
