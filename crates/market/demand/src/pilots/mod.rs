//! Pilots: an accepted offer tried in small.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Write};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use queries::{PAGE, get, get_for, list, list_of};

use crate::needs::{self, NEED_STATE, NeedId, NeedState};
use crate::offers::{self, OFFER_STATE, OfferId, OfferState};

db::id!(
    /// A pilot.
    pub PilotId
);

db::text_enum! {
    /// Whether a pilot runs.
    pub enum PilotState {
        /// It runs.
        Running = "running",
        /// Its result is known.
        Ended = "ended",
    }
}

db::text_enum! {
    /// What a pilot showed.
    pub enum PilotResult {
        /// The need is answered.
        Solved = "solved",
        /// It is better than before.
        Partly = "partly",
        /// It did not help.
        NotSolved = "not_solved",
    }
}

/// The pilot's result is recorded already.
pub const PILOT_ENDED: Reason = Reason::new("pilot_ended", 409);
/// A pilot ends after it starts.
pub const PILOT_PERIOD: Reason = Reason::new("pilot_period", 422);

/// A pilot as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Pilot {
    /// Its id.
    pub id: PilotId,
    /// The need.
    pub need_id: NeedId,
    /// The offer that is tried.
    pub offer_id: OfferId,
    /// The company.
    pub organization_id: OrganizationId,
    /// Whether it runs.
    pub state: PilotState,
    /// First day.
    pub started_on: Date,
    /// Last day, as planned.
    pub ends_on: Date,
    /// The day its result was recorded.
    pub ended_on: Option<Date>,
    /// What is measured: «ماندگاری».
    pub measure: String,
    /// In what: «روز».
    pub unit: String,
    /// Before.
    pub baseline: i64,
    /// What is hoped for.
    pub goal: Option<i64>,
    /// After.
    pub outcome: Option<i64>,
    /// What it showed.
    pub result: Option<PilotResult>,
    /// The result in words; may be empty.
    pub description: String,
}

/// Starts trying an accepted offer.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct StartPilot {
    /// Made by the sender.
    pub id: PilotId,
    /// The accepted offer.
    pub offer: OfferId,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// What is measured.
    pub measure: String,
    /// In what.
    pub unit: String,
    /// The value before; not negative.
    pub baseline: i64,
    /// What is hoped for; not negative.
    #[serde(default)]
    pub goal: Option<i64>,
}

impl Write for StartPilot {
    const NAME: &'static str = "start_pilot";
    type Out = PilotId;
    async fn run(&self, tx: &mut Tx) -> Result<PilotId> {
        if self.ends_on < self.starts_on {
            return PILOT_PERIOD.at("ends_on");
        }
        crate::fits(&self.measure, 80, "measure")?;
        crate::fits(&self.unit, 40, "unit")?;
        let offer = offers::get(tx, self.offer).await?;
        if offer.state != OfferState::Accepted {
            return OFFER_STATE.refuse();
        }
        if !needs::move_state(tx, offer.need_id, NeedState::Matched, NeedState::Piloting).await? {
            return NEED_STATE.refuse();
        }
        queries::create(tx, self, &offer)
            .await
            .map_err(crate::out_of_range)?;
        let detail = json!({ "need": offer.need_id, "offer": self.offer });
        audit::record(tx, "pilot_started", "pilot", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// Records what a pilot showed. Solved or partly solved answers the need; otherwise it opens again.
#[derive(Clone, Serialize, Deserialize)]
pub struct EndPilot {
    /// Which.
    pub id: PilotId,
    /// What it showed.
    pub result: PilotResult,
    /// The value after; not negative.
    pub outcome: i64,
    /// The result in words; may be empty.
    pub description: String,
}

impl Write for EndPilot {
    const NAME: &'static str = "end_pilot";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !self.description.trim().is_empty() {
            crate::fits(&self.description, 2000, "description")?;
        }
        if !queries::end(tx, self).await.map_err(crate::out_of_range)? {
            return PILOT_ENDED.refuse();
        }
        let need = queries::get(tx, self.id).await?.need_id;
        let to = match self.result {
            PilotResult::Solved | PilotResult::Partly => NeedState::Answered,
            PilotResult::NotSolved => NeedState::Open,
        };
        if !needs::move_state(tx, need, NeedState::Piloting, to).await? {
            return NEED_STATE.refuse();
        }
        match to {
            NeedState::Answered => offers::decline_rest(tx, need).await?,
            _ => offers::close_accepted(tx, need).await?,
        }
        let detail = json!({ "need": need, "result": self.result });
        audit::record(tx, "pilot_ended", "pilot", Some(self.id.get()), detail).await
    }
}
