//! Revising: a new draft takes over what is not done. What was approved stays as it was.

use db::{Conn, Keys, Result, Tx, Write, sql};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::commands::insert;
use super::goals::GoalId;
use super::steps::{AddStep, StepId, StepState};
use super::{AddGoal, PLAN_STATE, PlanId, goals, package, steps};
use crate::cases::{CaseId, EventKind, NextAction, must_run, record_event, set_next_action};
use crate::{Sealed, days};

/// Replaces an approved or running plan by a new draft with copies of its open goals and steps.
/// Make it with [`RevisePlan::compose`].
#[derive(Serialize)]
pub struct RevisePlan {
    /// The plan to be replaced.
    pub id: PlanId,
    /// The new plan; made by the sender.
    pub new_id: PlanId,
    // Words are sealed to their rows, so the copies are sealed anew before the write.
    #[serde(skip_serializing)]
    goals: Vec<(GoalId, GoalId, Sealed)>,
    #[serde(skip_serializing)]
    steps: Vec<(StepId, StepId, Option<Sealed>)>,
}

impl RevisePlan {
    /// Copies the words of what is open.
    pub async fn compose(conn: &mut Conn, keys: &Keys, id: PlanId, new_id: PlanId) -> Result<Self> {
        let mut revise = Self {
            id,
            new_id,
            goals: Vec::new(),
            steps: Vec::new(),
        };
        for goal in goals::list(conn, id).await? {
            if goal.reached_on.is_none() {
                let copy = GoalId::new(copy_id(keys, new_id, goal.id.get()));
                let words = AddGoal::seal(keys, copy, &goal.words(keys)?);
                revise.goals.push((goal.id, copy, words));
            }
        }
        for step in steps::list_of(conn, id).await? {
            if step.state == StepState::Open {
                let copy = StepId::new(copy_id(keys, new_id, step.id.get()));
                let words = AddStep::seal(keys, copy, &step.words(keys)?);
                revise.steps.push((step.id, copy, words));
            }
        }
        Ok(revise)
    }
}

/// A copy's id follows from what it copies, so that a resent form makes the same rows.
fn copy_id(keys: &Keys, plan: PlanId, copied: Uuid) -> Uuid {
    let signed = keys.sign(
        "copied into plan",
        &[*plan.get().as_bytes(), *copied.as_bytes()].concat(),
    );
    let mut bytes = *plan.get().as_bytes();
    for (place, byte) in bytes.iter_mut().skip(6).zip(signed) {
        *place = byte;
    }
    uuid::Builder::from_bytes(bytes)
        .with_variant(uuid::Variant::RFC4122)
        .with_version(uuid::Version::SortRand)
        .into_uuid()
}

impl Write for RevisePlan {
    const NAME: &'static str = "revise_plan";
    type Out = PlanId;
    async fn run(&self, tx: &mut Tx) -> Result<PlanId> {
        let case: Option<CaseId> = sql("UPDATE plan SET state = 'revised', ended_on = $2
             WHERE id = $1 AND state IN ('approved', 'active') RETURNING case_id AS value")
        .bind(self.id)
        .bind(tx.today())
        .optional_scalar(tx)
        .await?;
        let Some(case) = case else {
            return PLAN_STATE.refuse();
        };
        must_run(tx, case).await?;
        insert(tx, self.new_id, case, Some(self.id), None).await?;
        package::copy_lines(tx, self.id, self.new_id).await?;
        package::release_plan(tx, self.id).await?;
        self.copy(tx).await?;
        record_event(tx, case, EventKind::PlanRevised, json!({ "plan": self.id })).await?;
        let today = tx.today();
        let on = days::soon(tx, today, 3).await?;
        set_next_action(tx, case, NextAction::Plan, on, None).await?;
        Ok(self.new_id)
    }
}

impl RevisePlan {
    /// What was reached or ended since the words were copied is not copied.
    async fn copy(&self, tx: &mut Tx) -> Result<()> {
        for (old, copy, words) in &self.goals {
            sql("INSERT INTO plan_goal (id, plan_id, domain_code, sealed, measure, baseline, target, due_on)
                 SELECT $1, $2, g.domain_code, $3, g.measure, g.baseline, g.target, g.due_on
                 FROM plan_goal g WHERE g.id = $4 AND g.reached_on IS NULL")
            .bind(*copy)
            .bind(self.new_id)
            .bind(words.bytes())
            .bind(*old)
            .execute(tx)
            .await?;
        }
        for (old, copy, words) in &self.steps {
            sql("INSERT INTO plan_step (id, plan_id, case_id, kind, sealed, organization_id, due_on, state,
                 origin_id, article_ref) SELECT $1, $2, s.case_id, s.kind, $3, s.organization_id, s.due_on, 'open',
                 coalesce(s.origin_id, s.id), s.article_ref FROM plan_step s WHERE s.id = $4 AND s.state = 'open'")
            .bind(*copy)
            .bind(self.new_id)
            .bind(words.as_ref().map(Sealed::bytes))
            .bind(*old)
            .execute(tx)
            .await?;
        }
        Ok(())
    }
}
