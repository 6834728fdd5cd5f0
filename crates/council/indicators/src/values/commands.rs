use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{NewValue, month, queries};
use crate::statistics;

/// The value was corrected before; correct the newer one.
pub const CORRECTED: Reason = Reason::new("value_corrected", 409);
/// A correction says why.
pub const REASON_MISSING: Reason = Reason::new("correction_reason_missing", 422);

/// Publishes figures that were counted just before. What was published for the day stays as it
/// is; gives the number of values added. From then on each month publishes itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishValues {
    /// The day they hold for.
    pub as_of: Date,
    /// The figures.
    pub values: Vec<NewValue>,
}

impl Write for PublishValues {
    const NAME: &'static str = "publish_values";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let mut added = 0;
        for value in &self.values {
            let id = tx.new_id();
            added += sql(
                "INSERT INTO indicator_value (id, code, version, as_of, region, amount, subjects, reason,
                 taken_by, taken_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9) ON CONFLICT DO NOTHING",
            )
            .bind(id)
            .bind(&value.code)
            .bind(value.version)
            .bind(self.as_of)
            .bind(&value.region)
            .bind(value.amount)
            .bind(value.subjects)
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute(tx)
            .await?;
        }
        let added = i64::try_from(added).unwrap_or(i64::MAX);
        month::plan(tx).await?;
        statistics::changed(tx).await?;
        audit::record(
            tx,
            "values_published",
            "figure",
            None,
            json!({ "as_of": self.as_of, "added": added }),
        )
        .await?;
        Ok(added)
    }
}

/// Counts and publishes in one write: for programs that have no reader beside them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TakeValues {}

impl Write for TakeValues {
    const NAME: &'static str = "take_values";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let as_of = tx.today();
        let values = queries::count(tx, as_of).await?;
        PublishValues { as_of, values }.run(tx).await
    }
}

/// Corrects a published value: the old one stays in sight, the new one names it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CorrectValue {
    /// Made by the sender.
    pub id: Uuid,
    /// Which value.
    pub corrects_id: Uuid,
    /// The right number.
    pub amount: i64,
    /// Why the old one was wrong.
    pub reason: String,
}

impl Write for CorrectValue {
    const NAME: &'static str = "correct_value";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let reason = persian::clean(&self.reason);
        if reason.is_empty() {
            return REASON_MISSING.at("reason");
        }
        sql("INSERT INTO indicator_value (id, code, version, as_of, region, amount, subjects, corrects_id,
             reason, taken_by, taken_at)
             SELECT $1, v.code, v.version, v.as_of, v.region, $3, v.subjects, v.id, $4, $5, $6
             FROM indicator_value v WHERE v.id = $2")
        .bind(self.id)
        .bind(self.corrects_id)
        .bind(self.amount)
        .bind(reason)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute_one(tx)
        .await
        .map_err(|error| error.or_reason("ux_indicator_value_corrects", &CORRECTED))?;
        statistics::changed(tx).await?;
        audit::record(
            tx,
            "value_corrected",
            "figure",
            Some(self.id),
            json!({ "corrects": self.corrects_id }),
        )
        .await?;
        Ok(self.id)
    }
}
