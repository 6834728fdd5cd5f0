//! What an action should come to, and what it may cost, year by year.

use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use money::Rial;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::ActionId;
use crate::articles::CITED_FIGURE_UNKNOWN;
use crate::wording::required;

/// The year is none of the programme's time, or the number is not more than nothing.
pub const YEARLY: Reason = Reason::new("plan_yearly", 422);

/// What an action should come to in a year.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ActionTarget")]
pub struct Target {
    /// Its action.
    pub action_id: ActionId,
    /// The Jalali year.
    pub year: i64,
    /// How many.
    pub quantity: i64,
    /// Of what unit, in Persian.
    pub unit_fa: String,
    /// Of what unit, in English.
    pub unit_en: String,
    /// The figure that shows it.
    pub indicator_code: Option<String>,
}

/// What an action may cost in a year.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ActionBudget")]
pub struct Budget {
    /// Its action.
    pub action_id: ActionId,
    /// The Jalali year.
    pub year: i64,
    /// The line that pays.
    pub line: String,
    /// How much, in rials.
    pub amount: Rial,
}

/// Sets what an action should come to in a year; set again, the last word holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SetActionTarget")]
pub struct SetTarget {
    /// Made by the sender.
    pub id: Uuid,
    /// The action.
    pub action_id: ActionId,
    /// The Jalali year.
    pub year: i64,
    /// How many, more than nothing.
    pub quantity: i64,
    /// Of what unit, in Persian.
    pub unit_fa: String,
    /// Of what unit, in English.
    pub unit_en: String,
    /// Code of the figure that shows it.
    pub indicator_code: Option<String>,
}

impl Write for SetTarget {
    const NAME: &'static str = "set_target";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        if let Some(code) = &self.indicator_code
            && !indicators::is_known(tx, code).await?
        {
            return CITED_FIGURE_UNKNOWN.with(&[("code", code.clone())]);
        }
        sql("INSERT INTO action_target (id, action_id, year, quantity, unit_fa, unit_en, indicator_code, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (action_id, year, unit_fa)
             DO UPDATE SET quantity = excluded.quantity, indicator_code = excluded.indicator_code")
        .bind(self.id)
        .bind(self.action_id)
        .bind(self.year)
        .bind(self.quantity)
        .bind(required(&self.unit_fa, "unit_fa", 60)?)
        .bind(required(&self.unit_en, "unit_en", 60)?)
        .bind(self.indicator_code.clone())
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| {
            error
                .or_reason("ck_action_target_year", &YEARLY)
                .or_reason("ck_action_target_quantity", &YEARLY)
        })?;
        let detail = json!({ "year": self.year, "quantity": self.quantity });
        audit::record(
            tx,
            "target_set",
            "action",
            Some(self.action_id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// Sets what an action may cost in a year; set again, the last word holds.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "SetActionBudget")]
pub struct SetBudget {
    /// Made by the sender.
    pub id: Uuid,
    /// The action.
    pub action_id: ActionId,
    /// The Jalali year.
    pub year: i64,
    /// The line that pays.
    pub line: String,
    /// How much, in rials; more than nothing.
    pub amount: Rial,
}

impl Write for SetBudget {
    const NAME: &'static str = "set_action_budget";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        sql(
            "INSERT INTO action_budget (id, action_id, year, line, amount, made_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (action_id, year, line)
             DO UPDATE SET amount = excluded.amount",
        )
        .bind(self.id)
        .bind(self.action_id)
        .bind(self.year)
        .bind(required(&self.line, "line", 120)?)
        .bind(self.amount)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| {
            error
                .or_reason("ck_action_budget_year", &YEARLY)
                .or_reason("ck_action_budget_amount", &YEARLY)
        })?;
        let detail = json!({ "year": self.year, "amount": self.amount });
        audit::record(
            tx,
            "budget_set",
            "action",
            Some(self.action_id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}
