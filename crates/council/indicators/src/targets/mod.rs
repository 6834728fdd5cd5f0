//! What a figure should reach in a Jalali year, and how far it is.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use queries::{of_figure, of_year, progress};

use crate::figures::{self, Told};

/// Targets are set for years between these.
pub const TARGET_YEAR: Reason = Reason::new("target_year", 422);
/// A target is more than nothing.
pub const TARGET_AMOUNT: Reason = Reason::new("target_amount", 422);

/// What a figure should reach in a year, as it holds.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "FigureTarget")]
pub struct Target {
    /// Its id.
    pub id: Uuid,
    /// The figure's code.
    pub code: String,
    /// The Jalali year.
    pub year: i64,
    /// The number to be reached, in the figure's unit.
    pub amount: i64,
    /// Where it comes from: an article, a resolution, a plan.
    pub reason: String,
    /// Since when.
    pub set_at: Timestamp,
}

/// A target beside what has been reached of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "TargetProgress")]
pub struct Progress {
    /// The target.
    pub target: Target,
    /// Of a figure told by months what this year's months hold together, of another one its number
    /// today; none when it may not be told.
    pub reached: Option<i64>,
    /// So few people stand behind it that it is not told.
    pub is_hidden: bool,
    /// Hundredths of a per cent of the target.
    pub share: Option<i64>,
    /// Hundredths of a per cent of the year that have passed.
    pub year_share: i64,
}

impl Progress {
    /// As it may be told.
    pub fn told(&self) -> Told {
        Told {
            amount: self.reached,
            is_hidden: self.is_hidden,
        }
    }

    /// Further behind than the year: a share of the target smaller than the share of the year.
    pub fn is_behind(&self) -> bool {
        self.share.is_some_and(|share| share < self.year_share)
    }
}

/// Says what a figure should reach in a year; without a number the target is taken away.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SetFigureTarget")]
pub struct SetTarget {
    /// Made by the sender.
    pub id: Uuid,
    /// Which figure.
    pub code: String,
    /// Which Jalali year.
    pub year: i64,
    /// The number, in the figure's unit.
    pub amount: Option<i64>,
    /// Where it comes from.
    pub reason: String,
}

impl Write for SetTarget {
    const NAME: &'static str = "set_target";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        figures::definition(tx, &self.code).await?;
        if !(1390..=1500).contains(&self.year) {
            return TARGET_YEAR.at("year");
        }
        if self.amount.is_some_and(|amount| amount <= 0) {
            return TARGET_AMOUNT.at("amount");
        }
        let reason = persian::clean(&self.reason);
        if reason.is_empty() || reason.chars().count() > 300 {
            return crate::values::REASON_MISSING.at("reason");
        }
        sql(
            "INSERT INTO indicator_target (id, code, jalali_year, amount, reason, set_by, set_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(&self.code)
        .bind(self.year)
        .bind(self.amount)
        .bind(reason)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let detail = json!({ "code": self.code, "year": self.year, "amount": self.amount });
        audit::record(tx, "target_set", "figure", Some(self.id), detail).await?;
        Ok(self.id)
    }
}
