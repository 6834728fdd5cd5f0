//! The package: what she gets, line by line, and what it takes from the budget.

use db::{Result, Tx, Write, sql};
use money::Rial;
use serde::Serialize;
use serde_json::json;

use super::{
    LINE_STATE, LineKind, LineState, PLAN_STATE, PackageLineId, PlanId, PlanState, TemplateId,
    Unit, commands,
};
use crate::budget::{self, BudgetLineId};
use crate::cases::{CaseId, EventKind, record_event};

/// Adds a line of one's own to a plan that is being written.
#[derive(Serialize)]
pub struct AddPackageLine {
    /// Made by the sender.
    pub id: PackageLineId,
    /// Which plan.
    pub plan: PlanId,
    /// What it gives.
    pub kind: LineKind,
    /// What it is, as typed; stands for both languages.
    pub name: String,
    /// Counted in.
    pub unit: Unit,
    /// How many, 1 to 10,000.
    pub quantity: i64,
    /// Cost of one.
    pub unit_cost: Rial,
    /// The line of the budget that pays.
    pub budget_line: BudgetLineId,
}

impl Write for AddPackageLine {
    const NAME: &'static str = "add_package_line";
    type Out = PackageLineId;
    async fn run(&self, tx: &mut Tx) -> Result<PackageLineId> {
        let case = commands::must_be_draft(tx, self.plan).await?;
        let amount = self.unit_cost.checked_mul(self.quantity);
        let amount = amount.map_err(db::Error::other)?;
        sql("INSERT INTO package_line (id, plan_id, kind, name_fa, name_en, unit, quantity, unit_cost,
             amount, budget_line_id, state) VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, 'wished')")
        .bind(self.id)
        .bind(self.plan)
        .bind(self.kind)
        .bind(&self.name)
        .bind(self.unit)
        .bind(self.quantity)
        .bind(self.unit_cost)
        .bind(amount)
        .bind(self.budget_line)
        .execute(tx)
        .await?;
        commands::note(tx, "package_line_added", case, self.plan).await?;
        Ok(self.id)
    }
}

/// Adds the line that a committee decided for a case to its current plan. In a plan that is still
/// written it is wished like any other; in an approved one its money is reserved at once, for the
/// committee is the second hand. Added again under the same id, it stays as it is.
#[derive(Serialize)]
pub struct AddDecidedLine {
    /// The decision's id; the line gets it.
    pub id: PackageLineId,
    /// Whose.
    pub case: CaseId,
    /// What it gives.
    pub kind: LineKind,
    /// What it is; stands for both languages.
    pub name: String,
    /// How many.
    pub quantity: i64,
    /// Cost of one.
    pub unit_cost: Rial,
    /// The line of the budget that pays.
    pub budget_line: BudgetLineId,
}

impl Write for AddDecidedLine {
    const NAME: &'static str = "add_decided_line";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        crate::cases::must_run(tx, self.case).await?;
        // The plan's row is held, so nobody approves or ends it meanwhile.
        let held = sql("UPDATE plan SET number = number WHERE case_id = $1
             AND state IN ('draft', 'approved', 'active') RETURNING id, state")
        .bind(self.case)
        .rows(tx)
        .await?;
        let Some(row) = held.first() else {
            return PLAN_STATE.refuse();
        };
        let (plan, state): (PlanId, PlanState) = (row.get("id")?, row.get("state")?);
        let amount = self.unit_cost.checked_mul(self.quantity);
        let amount = amount.map_err(db::Error::other)?;
        let (is_draft, mut line_state) = (state == PlanState::Draft, LineState::Committed);
        if is_draft {
            line_state = LineState::Wished;
        }
        let added = sql(
            "INSERT INTO package_line (id, plan_id, kind, name_fa, name_en, unit, quantity, unit_cost, amount,
             budget_line_id, state) VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
        )
        .bind(self.id)
        .bind(plan)
        .bind(self.kind)
        .bind(&self.name)
        .bind(Unit::Piece)
        .bind(self.quantity)
        .bind(self.unit_cost)
        .bind(amount)
        .bind(self.budget_line)
        .bind(line_state)
        .execute(tx)
        .await?;
        if added == 0 {
            // Its own line from an earlier time, or one that only has the same id.
            let own: i64 = sql(
                "SELECT count(*) AS value FROM package_line l JOIN plan p ON p.id = l.plan_id
                 WHERE l.id = $1 AND p.case_id = $2",
            )
            .bind(self.id)
            .bind(self.case)
            .scalar(tx)
            .await?;
            return match own {
                0 => LINE_STATE.refuse(),
                _ => Ok(()),
            };
        }
        if !is_draft {
            budget::commit(tx, self.budget_line, amount, self.id.get()).await?;
        }
        commands::note(tx, "package_line_added", self.case, plan).await
    }
}

/// Copies a template's lines into a plan.
pub(super) async fn copy_template(tx: &mut Tx, plan: PlanId, template: TemplateId) -> Result<()> {
    let rows = sql(
        "SELECT l.id, l.kind, l.name_fa, l.name_en, l.unit, l.quantity, l.unit_cost, l.budget_line_id
         FROM package_template_line l JOIN package_template t ON t.id = l.template_id
         WHERE t.id = $1 AND t.state = 'published' ORDER BY l.place",
    )
    .bind(template)
    .rows(tx)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in &rows {
        let (quantity, cost): (i64, i64) = (row.get("quantity")?, row.get("unit_cost")?);
        lines.push(vec![
            tx.new_id().into(),
            plan.into(),
            row.get::<uuid::Uuid>("id")?.into(),
            row.get::<LineKind>("kind")?.into(),
            row.get::<String>("name_fa")?.into(),
            row.get::<String>("name_en")?.into(),
            row.get::<Unit>("unit")?.into(),
            quantity.into(),
            cost.into(),
            quantity.saturating_mul(cost).into(),
            row.get::<BudgetLineId>("budget_line_id")?.into(),
            "wished".into(),
        ]);
    }
    let head =
        "INSERT INTO package_line (id, plan_id, template_line_id, kind, name_fa, name_en, unit,
         quantity, unit_cost, amount, budget_line_id, state)";
    db::insert_many(tx, head, 12, lines).await.map(drop)
}

/// Copies the lines of an older plan that are still to come.
pub(super) async fn copy_lines(tx: &mut Tx, from: PlanId, to: PlanId) -> Result<()> {
    for line in super::package(tx, from).await? {
        if !matches!(line.state, LineState::Wished | LineState::Committed) {
            continue;
        }
        sql("INSERT INTO package_line (id, plan_id, kind, name_fa, name_en, unit, quantity, unit_cost,
             amount, budget_line_id, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'wished')")
        .bind(tx.new_id())
        .bind(to)
        .bind(line.kind)
        .bind(line.name_fa)
        .bind(line.name_en)
        .bind(line.unit)
        .bind(line.quantity)
        .bind(line.unit_cost)
        .bind(line.amount)
        .bind(line.budget_line_id)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// Reserves the money of a whole package; lines of the budget are locked in one order.
pub(super) async fn commit_all(tx: &mut Tx, plan: PlanId) -> Result<()> {
    let mut lines = super::package(tx, plan).await?;
    lines.sort_by_key(|line| (line.budget_line_id, line.id));
    for line in lines {
        budget::commit(tx, line.budget_line_id, line.amount, line.id.get()).await?;
    }
    sql("UPDATE package_line SET state = 'committed' WHERE plan_id = $1 AND state = 'wished'")
        .bind(plan)
        .execute(tx)
        .await
        .map(drop)
}

/// Gives back what a case's packages reserved and did not deliver.
pub async fn release_reserved(tx: &mut Tx, case: CaseId) -> Result<()> {
    let plans: Vec<PlanId> = sql("SELECT id AS value FROM plan WHERE case_id = $1 ORDER BY id")
        .bind(case)
        .scalars(tx)
        .await?;
    for plan in plans {
        release_plan(tx, plan).await?;
    }
    Ok(())
}

/// Gives back what one plan reserved and did not deliver.
pub(super) async fn release_plan(tx: &mut Tx, plan: PlanId) -> Result<()> {
    let mut lines = super::package(tx, plan).await?;
    lines.sort_by_key(|line| (line.budget_line_id, line.id));
    for line in lines {
        // Only the write that changes the row gives the money back.
        let changed =
            sql("UPDATE package_line SET state = 'released' WHERE id = $1 AND state = 'committed'")
                .bind(line.id)
                .execute(tx)
                .await?;
        if changed == 1 {
            budget::release(tx, line.budget_line_id, line.amount, line.id.get()).await?;
        }
    }
    Ok(())
}

/// A line of an approved package reached her.
#[derive(Serialize)]
pub struct DeliverLine {
    /// Which line.
    pub id: PackageLineId,
}

impl Write for DeliverLine {
    const NAME: &'static str = "deliver_line";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let rows = sql(
            "UPDATE package_line SET state = 'delivered', delivered_on = $2, delivered_by = $3
             WHERE id = $1 AND state = 'committed' RETURNING plan_id, budget_line_id, amount",
        )
        .bind(self.id)
        .bind(tx.today())
        .bind(tx.origin().user)
        .rows(tx)
        .await?;
        let Some(row) = rows.first() else {
            return LINE_STATE.refuse();
        };
        let line: BudgetLineId = row.get("budget_line_id")?;
        budget::spend(tx, line, row.get("amount")?, self.id.get()).await?;
        let case = super::get(tx, row.get("plan_id")?).await?.case_id;
        record_event(
            tx,
            case,
            EventKind::PackageDelivered,
            json!({ "line": self.id }),
        )
        .await
    }
}

/// Takes a line out: while the plan is written it goes, later what it reserved goes back.
#[derive(Serialize)]
pub struct DropLine {
    /// Which line.
    pub id: PackageLineId,
}

impl Write for DropLine {
    const NAME: &'static str = "drop_line";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let rows = sql(
            "UPDATE package_line SET state = 'released' WHERE id = $1 AND (state = 'committed'
             OR (state = 'wished' AND EXISTS (SELECT 1 FROM plan p
                 WHERE p.id = package_line.plan_id AND p.state = 'draft')))
             RETURNING plan_id, budget_line_id, amount",
        )
        .bind(self.id)
        .rows(tx)
        .await?;
        let Some(row) = rows.first() else {
            return LINE_STATE.refuse();
        };
        let plan: PlanId = row.get("plan_id")?;
        let found = super::get(tx, plan).await?;
        // A draft has reserved nothing.
        if found.state != super::PlanState::Draft {
            let line: BudgetLineId = row.get("budget_line_id")?;
            budget::release(tx, line, row.get("amount")?, self.id.get()).await?;
        }
        commands::note(tx, "package_line_dropped", found.case_id, plan).await
    }
}

/// The plan of a line.
pub(crate) async fn plan_of(conn: &mut db::Conn, line: PackageLineId) -> Result<PlanId> {
    sql("SELECT plan_id AS value FROM package_line WHERE id = $1")
        .bind(line)
        .scalar(conn)
        .await
}
