use db::{Result, Tx, Write, sql};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{
    GOAL_MISSING, NOT_ELIGIBLE, PLAN_BY_OTHER, PLAN_CURRENT, PLAN_STATE, PLAN_UNFINISHED, PlanId,
    STEP_MISSING, TemplateId, goals, package, steps,
};
use crate::cases::{
    CaseId, EventKind, NextAction, Stage, move_stage, must_run, record_event, set_next_action,
};
use crate::eligibility::{self, Answer3};
use crate::{assessment, days, tasks};

/// Begins a plan, with the package of a template when one is chosen.
#[derive(Serialize)]
pub struct StartPlan {
    /// Made by the sender.
    pub id: PlanId,
    /// Whose.
    pub case: CaseId,
    /// The template its package starts from.
    pub template: Option<TemplateId>,
}

impl Write for StartPlan {
    const NAME: &'static str = "start_plan";
    type Out = PlanId;
    async fn run(&self, tx: &mut Tx) -> Result<PlanId> {
        must_run(tx, self.case).await?;
        if eligibility::queries::result_for(tx, self.case).await? != Some(Answer3::Yes) {
            return NOT_ELIGIBLE.refuse();
        }
        insert(tx, self.id, self.case, None, self.template).await?;
        if let Some(template) = self.template {
            package::copy_template(tx, self.id, template).await?;
        }
        record_event(
            tx,
            self.case,
            EventKind::PlanStarted,
            json!({ "plan": self.id }),
        )
        .await?;
        Ok(self.id)
    }
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: PlanId,
    case: CaseId,
    based_on: Option<PlanId>,
    template: Option<TemplateId>,
) -> Result<()> {
    let (user, now) = (tx.origin().user, tx.now());
    // Two at once get the same number; the unique index lets one of them in.
    sql("INSERT INTO plan (id, case_id, number, based_on, template_id, state, made_by, made_at)
         VALUES ($1, $2, (SELECT CAST(coalesce(max(number), 0) + 1 AS bigint) FROM plan WHERE case_id = $2),
         $3, $4, 'draft', $5, $6)")
    .bind(id)
    .bind(case)
    .bind(based_on)
    .bind(template)
    .bind(user)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
    .map_err(|error| {
        error.or_reason("ux_plan_current", &PLAN_CURRENT).or_reason("ux_plan_number", &PLAN_CURRENT)
    })
}

/// The case of a plan that is being written. The row is touched, so that a proposal waits.
pub(super) async fn must_be_draft(tx: &mut Tx, plan: PlanId) -> Result<CaseId> {
    let case: Option<CaseId> =
        sql("UPDATE plan SET state = 'draft' WHERE id = $1 AND state = 'draft' RETURNING case_id AS value")
            .bind(plan)
            .optional_scalar(tx)
            .await?;
    match case {
        Some(case) => Ok(case),
        None => PLAN_STATE.refuse(),
    }
}

/// A small change of a plan: in the audit, not in the history.
pub(super) async fn note(tx: &mut Tx, action: &str, case: CaseId, plan: PlanId) -> Result<()> {
    access::audit::record(
        tx,
        action,
        "plan",
        Some(plan.get()),
        json!({ "case": case }),
    )
    .await
}

/// Puts a plan before a supervisor. Every low domain needs a goal, here or reached in a plan that
/// this one revises, and there must be a step.
#[derive(Serialize)]
pub struct ProposePlan {
    /// Which plan.
    pub id: PlanId,
    /// Who proposes it.
    pub by: Uuid,
}

impl Write for ProposePlan {
    const NAME: &'static str = "propose_plan";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let case = must_be_draft(tx, self.id).await?;
        must_run(tx, case).await?;
        let goals = goals::list(tx, self.id).await?;
        let reached = goals::reached_before(tx, self.id).await?;
        for (code, ..) in assessment::low_domains(tx, case).await? {
            let has_goal = goals
                .iter()
                .any(|goal| goal.domain_code.as_deref() == Some(&code));
            if !has_goal && !reached.contains(&code) {
                return GOAL_MISSING.refuse();
            }
        }
        if steps::list_of(tx, self.id).await?.is_empty() {
            return STEP_MISSING.refuse();
        }
        sql("UPDATE plan SET state = 'proposed', proposed_by = $2, proposed_at = $3 WHERE id = $1")
            .bind(self.id)
            .bind(self.by)
            .bind(tx.now())
            .execute_one(tx)
            .await?;
        record_event(
            tx,
            case,
            EventKind::PlanProposed,
            json!({ "plan": self.id }),
        )
        .await?;
        let today = tx.today();
        let on = days::soon(tx, today, 3).await?;
        set_next_action(tx, case, NextAction::ApprovePlan, on, None).await
    }
}

/// Sends a proposed plan back to be mended.
#[derive(Serialize)]
pub struct ReturnPlan {
    /// Which plan.
    pub id: PlanId,
}

impl Write for ReturnPlan {
    const NAME: &'static str = "return_plan";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let case: Option<CaseId> = sql(
            "UPDATE plan SET state = 'draft', proposed_by = NULL, proposed_at = NULL
             WHERE id = $1 AND state = 'proposed' RETURNING case_id AS value",
        )
        .bind(self.id)
        .optional_scalar(tx)
        .await?;
        let Some(case) = case else {
            return PLAN_STATE.refuse();
        };
        record_event(
            tx,
            case,
            EventKind::PlanReturned,
            json!({ "plan": self.id }),
        )
        .await?;
        let today = tx.today();
        let on = days::soon(tx, today, 3).await?;
        set_next_action(tx, case, NextAction::MendPlan, on, None).await
    }
}

/// Approves a proposed plan and reserves its package's money. Not by who made or proposed it.
#[derive(Serialize)]
pub struct ApprovePlan {
    /// Which plan.
    pub id: PlanId,
    /// Who approves it.
    pub by: Uuid,
}

impl Write for ApprovePlan {
    const NAME: &'static str = "approve_plan";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let case: Option<CaseId> = sql(
            "UPDATE plan SET state = 'approved', approved_by = $2, approved_at = $3
             WHERE id = $1 AND state = 'proposed' RETURNING case_id AS value",
        )
        .bind(self.id)
        .bind(self.by)
        .bind(tx.now())
        .optional_scalar(tx)
        .await
        .map_err(|error| error.or_reason("ck_plan_other_approves", &PLAN_BY_OTHER))?;
        let Some(case) = case else {
            return PLAN_STATE.refuse();
        };
        must_run(tx, case).await?;
        package::commit_all(tx, self.id).await?;
        record_event(
            tx,
            case,
            EventKind::PlanApproved,
            json!({ "plan": self.id }),
        )
        .await?;
        let today = tx.today();
        let on = days::soon(tx, today, 3).await?;
        set_next_action(tx, case, NextAction::Contact, on, None).await
    }
}

/// She agreed to the approved plan: it runs.
#[derive(Serialize)]
pub struct AgreePlan {
    /// Which plan.
    pub id: PlanId,
}

impl Write for AgreePlan {
    const NAME: &'static str = "agree_plan";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let today = tx.today();
        let case: Option<CaseId> = sql("UPDATE plan SET state = 'active', agreed_on = $2
             WHERE id = $1 AND state = 'approved' RETURNING case_id AS value")
        .bind(self.id)
        .bind(today)
        .optional_scalar(tx)
        .await?;
        let Some(case) = case else {
            return PLAN_STATE.refuse();
        };
        record_event(tx, case, EventKind::PlanAgreed, json!({ "plan": self.id })).await?;
        self.go_on(tx, case).await
    }
}

impl AgreePlan {
    /// The first open step says what comes next.
    async fn go_on(&self, tx: &mut Tx, case: CaseId) -> Result<()> {
        use steps::StepKind as Kind;
        let today = tx.today();
        let steps = steps::list_of(tx, self.id).await?;
        let has = |kind| steps.iter().any(|step| step.kind == kind);
        let (stage, action) = match () {
            () if has(Kind::Referral) => (Stage::Referral, NextAction::Refer),
            () if has(Kind::Training) => (Stage::Training, NextAction::Enrol),
            () if has(Kind::Consulting) => (Stage::Training, NextAction::BookAdvice),
            () if has(Kind::Licence) => (Stage::Making, NextAction::GetLicence),
            () => (Stage::Making, NextAction::PrepareProduct),
        };
        move_stage(tx, case, stage).await?;
        let on = days::soon(tx, today, 2).await?;
        set_next_action(tx, case, action, on, None).await
    }
}

/// Ends a running plan whose steps and package are done; lays out the follow-ups.
#[derive(Serialize)]
pub struct CompletePlan {
    /// Which plan.
    pub id: PlanId,
}

impl Write for CompletePlan {
    const NAME: &'static str = "complete_plan";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let steps = steps::list_of(tx, self.id).await?;
        let lines = super::package(tx, self.id).await?;
        if steps
            .iter()
            .any(|step| step.state == steps::StepState::Open)
            || lines
                .iter()
                .any(|line| line.state == super::LineState::Committed)
        {
            return PLAN_UNFINISHED.refuse();
        }
        let today = tx.today();
        let case: Option<CaseId> = sql("UPDATE plan SET state = 'completed', ended_on = $2
             WHERE id = $1 AND state = 'active' RETURNING case_id AS value")
        .bind(self.id)
        .bind(today)
        .optional_scalar(tx)
        .await?;
        let Some(case) = case else {
            return PLAN_STATE.refuse();
        };
        record_event(
            tx,
            case,
            EventKind::PlanCompleted,
            json!({ "plan": self.id }),
        )
        .await?;
        tasks::lay_out_follow_ups(tx, case).await?;
        let on = days::months_after(today, tasks::FOLLOW_UP_MONTHS[0]);
        set_next_action(tx, case, NextAction::FollowUp, on, None).await
    }
}
