//! Budget: what was granted, what is promised, what is spent; never more than granted.

pub mod api;
pub(crate) mod pages;

use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use money::Rial;
use persian::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::assessment::pick;

db::id!(
    /// A line of the budget.
    pub BudgetLineId
);

/// Not enough is left on a line of the budget.
pub const BUDGET_SHORT: Reason = Reason::new("budget_short", 409);

/// The largest single grant, in rials: many of them stay far within 64 bits.
pub const LARGEST: i64 = 100_000_000_000_000;

/// A line of the budget.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct BudgetLine {
    /// Its id.
    pub id: BudgetLineId,
    /// `training`
    pub code: String,
    /// Persian name.
    pub name_fa: String,
    /// English name.
    pub name_en: String,
    /// What may be used.
    pub granted: Rial,
    /// Promised by approved plans, not yet delivered.
    pub committed: Rial,
    /// Delivered.
    pub spent: Rial,
}

impl BudgetLine {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        pick(lang, &self.name_fa, &self.name_en)
    }

    /// What is left to promise.
    pub fn left(&self) -> Rial {
        Rial::new(self.granted.get() - self.committed.get() - self.spent.get())
    }
}

/// All lines, by code.
pub async fn list(conn: &mut Conn) -> Result<Vec<BudgetLine>> {
    sql("SELECT id, code, name_fa, name_en, granted, committed, spent FROM budget_line ORDER BY code")
        .all(conn)
        .await
}

/// Adds money to a line. A grant is never taken back here: what is granted stays granted.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct GrantBudget {
    /// Which line, by code.
    pub code: String,
    /// How much more.
    pub amount: Rial,
}

impl Write for GrantBudget {
    const NAME: &'static str = "grant_budget";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let id: BudgetLineId = sql(
            "UPDATE budget_line SET granted = granted + $2 WHERE code = $1 RETURNING id AS value",
        )
        .bind(&self.code)
        .bind(self.amount)
        .scalar(tx)
        .await?;
        record(tx, id, "granted", self.amount, None).await?;
        let detail = json!({ "line": self.code, "amount": self.amount });
        access::audit::record(tx, "budget_granted", "budget_line", Some(id.get()), detail).await
    }
}

async fn record(
    tx: &mut Tx,
    line: BudgetLineId,
    kind: &str,
    amount: Rial,
    package: Option<Uuid>,
) -> Result<()> {
    sql("INSERT INTO budget_movement (id, budget_line_id, kind, amount, package_line_id, user_id, happened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(tx.new_id())
    .bind(line)
    .bind(kind)
    .bind(amount)
    .bind(package)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Promises an amount for a line of a package; refuses when too little is left.
pub(crate) async fn commit(
    tx: &mut Tx,
    line: BudgetLineId,
    amount: Rial,
    package: Uuid,
) -> Result<()> {
    if amount == Rial::ZERO {
        return Ok(());
    }
    let done = sql("UPDATE budget_line SET committed = committed + $2
         WHERE id = $1 AND committed + spent + $2 <= granted")
    .bind(line)
    .bind(amount)
    .execute(tx)
    .await?;
    if done == 0 {
        return BUDGET_SHORT.refuse();
    }
    record(tx, line, "committed", amount, Some(package)).await
}

/// A promise was kept: it becomes spent.
pub(crate) async fn spend(
    tx: &mut Tx,
    line: BudgetLineId,
    amount: Rial,
    package: Uuid,
) -> Result<()> {
    if amount == Rial::ZERO {
        return Ok(());
    }
    sql("UPDATE budget_line SET committed = committed - $2, spent = spent + $2 WHERE id = $1")
        .bind(line)
        .bind(amount)
        .execute_one(tx)
        .await?;
    record(tx, line, "spent", amount, Some(package)).await
}

/// A promise was not needed: it can be promised again.
pub(crate) async fn release(
    tx: &mut Tx,
    line: BudgetLineId,
    amount: Rial,
    package: Uuid,
) -> Result<()> {
    if amount == Rial::ZERO {
        return Ok(());
    }
    sql("UPDATE budget_line SET committed = committed - $2 WHERE id = $1")
        .bind(line)
        .bind(amount)
        .execute_one(tx)
        .await?;
    record(tx, line, "released", amount, Some(package)).await
}
