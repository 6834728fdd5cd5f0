//! Goals of a plan: what will be different, measured, by when.

use db::{Conn, FromRow, Keys, Result, Tx, Write, sql};
use persian::Date;
use serde::Serialize;

use super::{PLAN_STATE, PlanId};
use crate::Sealed;

db::id!(
    /// A goal.
    pub GoalId
);

db::text_enum! {
    /// In what a goal is measured.
    pub enum Measure {
        /// Income a month, in rials.
        MonthlyIncome = "monthly_income",
        /// Products on sale.
        Products = "products",
        /// Certificates.
        Certificate = "certificate",
        /// Licences.
        Licence = "licence",
        /// The domain's score of 1 to 5.
        Score = "score",
        /// Something else, told in the goal's words.
        Other = "other",
    }
}

/// A goal as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Goal {
    /// Its id.
    pub id: GoalId,
    /// The domain of the assessment it answers.
    pub domain_code: Option<String>,
    /// Its words, sealed.
    pub sealed: Vec<u8>,
    /// Measured in.
    pub measure: Measure,
    /// Where she stands now.
    pub baseline: i64,
    /// Where she wants to be.
    pub target: i64,
    /// By when.
    pub due_on: Date,
    /// When it was reached.
    pub reached_on: Option<Date>,
}

impl Goal {
    /// Its words.
    pub fn words(&self, keys: &Keys) -> Result<String> {
        crate::sealed::open(keys, "plan_goal", "sealed", self.id.get(), &self.sealed)
    }
}

/// Adds a goal to a plan that is being written.
#[derive(Serialize)]
pub struct AddGoal {
    /// Made by the sender.
    pub id: GoalId,
    /// Which plan.
    pub plan: PlanId,
    /// The domain it answers.
    pub domain_code: Option<String>,
    /// Its words: `Sealed::new(keys, "plan_goal", "sealed", id, words)`.
    pub words: Sealed,
    /// Measured in.
    pub measure: Measure,
    /// Where she stands now.
    pub baseline: i64,
    /// Where she wants to be.
    pub target: i64,
    /// By when.
    pub due_on: Date,
}

impl AddGoal {
    /// Seals the words of a goal.
    pub fn seal(keys: &Keys, id: GoalId, words: &str) -> Sealed {
        Sealed::new(keys, "plan_goal", "sealed", id.get(), words)
    }
}

impl Write for AddGoal {
    const NAME: &'static str = "add_goal";
    type Out = GoalId;
    async fn run(&self, tx: &mut Tx) -> Result<GoalId> {
        let case = super::commands::must_be_draft(tx, self.plan).await?;
        sql("INSERT INTO plan_goal (id, plan_id, domain_code, sealed, measure, baseline, target, due_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(self.id)
        .bind(self.plan)
        .bind(self.domain_code.clone())
        .bind(self.words.bytes())
        .bind(self.measure)
        .bind(self.baseline)
        .bind(self.target)
        .bind(self.due_on)
        .execute(tx)
        .await?;
        super::commands::note(tx, "goal_added", case, self.plan).await?;
        Ok(self.id)
    }
}

/// A goal of a running plan was reached.
#[derive(Serialize)]
pub struct ReachGoal {
    /// Which goal.
    pub id: GoalId,
}

impl Write for ReachGoal {
    const NAME: &'static str = "reach_goal";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let plan: Option<PlanId> = sql(
            "UPDATE plan_goal SET reached_on = $2 WHERE id = $1 AND reached_on IS NULL
             AND EXISTS (SELECT 1 FROM plan p WHERE p.id = plan_goal.plan_id AND p.state = 'active')
             RETURNING plan_id AS value",
        )
        .bind(self.id)
        .bind(tx.today())
        .optional_scalar(tx)
        .await?;
        let Some(plan) = plan else {
            return PLAN_STATE.refuse();
        };
        let case = super::get(tx, plan).await?.case_id;
        super::commands::note(tx, "goal_reached", case, plan).await
    }
}

/// A plan's goals, by day.
pub async fn list(conn: &mut Conn, plan: PlanId) -> Result<Vec<Goal>> {
    sql("SELECT id, domain_code, sealed, measure, baseline, target, due_on, reached_on FROM plan_goal
         WHERE plan_id = $1 ORDER BY due_on, id")
    .bind(plan)
    .all(conn)
    .await
}

/// The domains whose goals were reached in the plans that a plan revises.
pub(super) async fn reached_before(conn: &mut Conn, plan: PlanId) -> Result<Vec<String>> {
    let mut reached = Vec::new();
    let mut earlier = super::get(conn, plan).await?.based_on;
    while let Some(id) = earlier {
        let goals = list(conn, id).await?.into_iter();
        let done = goals.filter(|goal| goal.reached_on.is_some());
        reached.extend(done.filter_map(|goal| goal.domain_code));
        earlier = super::get(conn, id).await?.based_on;
    }
    Ok(reached)
}

/// The plan of a goal.
pub(crate) async fn plan_of(conn: &mut Conn, goal: GoalId) -> Result<PlanId> {
    sql("SELECT plan_id AS value FROM plan_goal WHERE id = $1")
        .bind(goal)
        .scalar(conn)
        .await
}
