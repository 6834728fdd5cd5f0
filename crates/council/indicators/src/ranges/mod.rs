//! Between what a figure should stay. One outside of it comes on the committee's next agenda.

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

pub use queries::{of_figure, out_of_range};

use crate::figures::{self, Definition};

/// The least is more than the most.
pub const RANGE_ORDER: Reason = Reason::new("range_order", 422);

/// A figure's range as it holds.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "FigureRange")]
pub struct Range {
    /// Its id.
    pub id: Uuid,
    /// The figure's code.
    pub code: String,
    /// No less than this.
    pub least: Option<i64>,
    /// No more than this.
    pub most: Option<i64>,
    /// Why.
    pub reason: String,
    /// Since when.
    pub set_at: Timestamp,
}

impl Range {
    /// True for a number inside, and for a figure that has none yet.
    pub fn holds(&self, number: Option<i64>) -> bool {
        let Some(number) = number else { return true };
        self.least.is_none_or(|least| number >= least)
            && self.most.is_none_or(|most| number <= most)
    }
}

/// A figure outside its range.
#[derive(Clone, Debug)]
pub struct Outside {
    /// What it means.
    pub definition: Definition,
    /// Its number.
    pub number: i64,
    /// Where it should be.
    pub range: Range,
}

/// Says between what a figure should stay; without bounds it may be anything.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetRange {
    /// Made by the sender.
    pub id: Uuid,
    /// Which figure.
    pub code: String,
    /// No less than this.
    pub least: Option<i64>,
    /// No more than this.
    pub most: Option<i64>,
    /// Why.
    pub reason: String,
}

impl Write for SetRange {
    const NAME: &'static str = "set_range";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        figures::definition(tx, &self.code).await?;
        if matches!((self.least, self.most), (Some(least), Some(most)) if least > most) {
            return RANGE_ORDER.at("most");
        }
        let reason = persian::clean(&self.reason);
        if reason.is_empty() || reason.chars().count() > 300 {
            return crate::values::REASON_MISSING.at("reason");
        }
        sql(
            "INSERT INTO indicator_range (id, code, least, most, reason, set_by, set_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(&self.code)
        .bind(self.least)
        .bind(self.most)
        .bind(reason)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let detail = json!({ "code": self.code, "least": self.least, "most": self.most });
        audit::record(tx, "range_set", "figure", Some(self.id), detail).await?;
        Ok(self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_bounds_and_what_is_not_counted_yet() {
        let range = |least, most| Range {
            id: Uuid::nil(),
            code: "reached".into(),
            least,
            most,
            reason: "x".into(),
            set_at: Timestamp::from_unix(0),
        };
        let inside = [
            (Some(3), Some(5), 3),
            (Some(3), Some(5), 5),
            (None, Some(5), -9),
            (Some(3), None, 99),
        ];
        for (least, most, number) in inside {
            assert!(
                range(least, most).holds(Some(number)),
                "{least:?} {most:?} {number}"
            );
        }
        assert!(!range(Some(3), None).holds(Some(2)));
        assert!(!range(None, Some(5)).holds(Some(6)));
        assert!(range(Some(3), Some(5)).holds(None));
    }
}
