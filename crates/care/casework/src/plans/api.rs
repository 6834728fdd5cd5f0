//! Plans for machines: the same commands, the same rules.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use money::Rial;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::Outcome;

use super::forms::{DEAREST, LENGTH, MANY, NAME_LENGTH};
use super::pages::{approver, head_of, user};
use super::steps::{self, AddStep, EndStep, StepId, StepKind, StepState};
use super::{
    AddGoal, AddPackageLine, AgreePlan, ApprovePlan, CompletePlan, DeliverLine, DropLine, GoalId,
    LineKind, Measure, PackageLine, PackageLineId, Plan, PlanId, ProposePlan, ReachGoal,
    ReturnPlan, RevisePlan, StartPlan, TemplateId, Unit, goals, package, queries,
};
use crate::budget::BudgetLineId;
use crate::cases::api::{Done, done, made};
use crate::cases::{CaseId, head};
use crate::{CASE_READ, PLAN_APPROVE, PLAN_WRITE, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get(
            "/api/v1/package-templates",
            Need::May(&CASE_READ),
            templates,
        )
        .api_get("/api/v1/cases/{id}/plans", Need::May(&CASE_READ), list)
        .api_post("/api/v1/cases/{id}/plans", Need::May(&PLAN_WRITE), start)
        .api_post("/api/v1/plans/{id}/goals", Need::May(&PLAN_WRITE), add_goal)
        .api_post("/api/v1/plans/{id}/steps", Need::May(&PLAN_WRITE), add_step)
        .api_post("/api/v1/plans/{id}/lines", Need::May(&PLAN_WRITE), add_line)
        .api_post("/api/v1/plans/{id}/changes", Need::May(&PLAN_WRITE), change)
        .api_post(
            "/api/v1/plans/{id}/approval",
            Need::May(&PLAN_APPROVE),
            answer,
        )
        .api_post(
            "/api/v1/goals/{id}/reached",
            Need::May(&PLAN_WRITE),
            reach_goal,
        )
        .api_post("/api/v1/steps/{id}/end", Need::May(&PLAN_WRITE), end_step)
        .api_post(
            "/api/v1/package-lines/{id}/deliver",
            Need::May(&PLAN_WRITE),
            deliver,
        )
        .api_post(
            "/api/v1/package-lines/{id}/drop",
            Need::May(&PLAN_WRITE),
            drop_line,
        )
}

async fn templates(ask: Ask) -> Outcome<impl Gives> {
    let items = queries::templates_for(&mut ask.read().await?, &[]).await?;
    ask.whole(items)
}

/// A goal; its words only for whom the person's consent covers.
#[derive(Serialize, JsonSchema)]
struct GoalItem {
    id: GoalId,
    domain: Option<String>,
    words: Option<String>,
    measure: Measure,
    baseline: i64,
    target: i64,
    due_on: Date,
    reached_on: Option<Date>,
}

/// A step.
#[derive(Serialize, JsonSchema)]
struct StepItem {
    id: StepId,
    kind: StepKind,
    words: Option<String>,
    state: StepState,
    organization_id: Option<OrganizationId>,
    due_on: Date,
    ended_on: Option<Date>,
    evidence: Option<String>,
}

/// A plan with all it holds.
#[derive(Serialize, JsonSchema)]
struct PlanItem {
    #[serde(flatten)]
    plan: Plan,
    goals: Vec<GoalItem>,
    steps: Vec<StepItem>,
    package: Vec<PackageLine>,
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let keys = head.keys(&ask.city.keys);
    let mut items = Vec::new();
    for plan in queries::list(&mut conn, id).await? {
        let mut goals_out = Vec::new();
        for goal in goals::list(&mut conn, plan.id).await? {
            let words = keys.map(|keys| goal.words(keys)).transpose()?;
            let domain = goal.domain_code.clone().filter(|_| keys.is_some());
            goals_out.push(GoalItem {
                id: goal.id,
                domain,
                words,
                measure: goal.measure,
                baseline: goal.baseline,
                target: goal.target,
                due_on: goal.due_on,
                reached_on: goal.reached_on,
            });
        }
        let mut steps_out = Vec::new();
        for step in steps::list_of(&mut conn, plan.id).await? {
            let words = keys.map(|keys| step.words(keys)).transpose()?;
            steps_out.push(StepItem {
                id: step.id,
                kind: step.kind,
                words,
                state: step.state,
                organization_id: step.organization_id,
                due_on: step.due_on,
                ended_on: step.ended_on,
                evidence: step.evidence.clone(),
            });
        }
        items.push(PlanItem {
            package: queries::package(&mut conn, plan.id).await?,
            goals: goals_out,
            steps: steps_out,
            plan,
        });
    }
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewPlan")]
struct Start {
    id: PlanId,
    template: Option<TemplateId>,
}

async fn start(
    ask: Ask,
    Path(case): Path<CaseId>,
    web::Json(body): web::Json<Start>,
) -> Outcome<impl Gives> {
    head(&ask, &mut ask.read().await?, case).await?;
    let command = StartPlan {
        id: body.id,
        case,
        template: body.template,
    };
    made(&ask, body.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
struct GoalBody {
    id: GoalId,
    domain: Option<String>,
    words: String,
    measure: Measure,
    baseline: i64,
    target: i64,
    due_on: Date,
}

async fn add_goal(
    ask: Ask,
    Path(plan): Path<PlanId>,
    web::Json(body): web::Json<GoalBody>,
) -> Outcome<impl Gives> {
    head_of(&ask, plan).await?;
    let most = if body.measure == Measure::MonthlyIncome {
        DEAREST
    } else {
        MANY
    };
    let words = bounds::words(&body.words, LENGTH, "/words")?;
    let domain = bounds::optional_words(body.domain.as_deref().unwrap_or_default(), 60, "/domain")?;
    let command = AddGoal {
        id: body.id,
        plan,
        domain_code: Some(domain).filter(|code| !code.is_empty()),
        words: AddGoal::seal(&ask.city.keys, body.id, &words),
        measure: body.measure,
        baseline: bounds::within(body.baseline, 0, most, "/baseline")?,
        target: bounds::within(body.target, 0, most, "/target")?,
        due_on: bounds::ahead(body.due_on, ask.now().date(), "/due_on")?,
    };
    made(&ask, body.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
struct StepBody {
    id: StepId,
    kind: StepKind,
    #[serde(default)]
    words: String,
    organization_id: Option<OrganizationId>,
    due_on: Date,
    /// The article of the law it rests on: `home-business/art_3`.
    #[serde(default)]
    article_ref: String,
}

async fn add_step(
    ask: Ask,
    Path(plan): Path<PlanId>,
    web::Json(body): web::Json<StepBody>,
) -> Outcome<impl Gives> {
    head_of(&ask, plan).await?;
    let words = bounds::optional_words(&body.words, LENGTH, "/words")?;
    if let Some(id) = body.organization_id {
        organizations::get(&mut ask.read().await?, id).await?;
    }
    let command = AddStep {
        id: body.id,
        plan,
        kind: body.kind,
        words: AddStep::seal(&ask.city.keys, body.id, &words),
        organization: body.organization_id,
        due_on: bounds::ahead(body.due_on, ask.now().date(), "/due_on")?,
        article_ref: body.article_ref,
    };
    made(&ask, body.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
struct LineBody {
    id: PackageLineId,
    kind: LineKind,
    name: String,
    unit: Unit,
    quantity: i64,
    unit_cost: i64,
    budget_line_id: BudgetLineId,
}

async fn add_line(
    ask: Ask,
    Path(plan): Path<PlanId>,
    web::Json(body): web::Json<LineBody>,
) -> Outcome<impl Gives> {
    head_of(&ask, plan).await?;
    let command = AddPackageLine {
        id: body.id,
        plan,
        kind: body.kind,
        name: bounds::words(&body.name, NAME_LENGTH, "/name")?,
        unit: body.unit,
        quantity: bounds::within(body.quantity, 1, MANY, "/quantity")?,
        unit_cost: Rial::new(bounds::within(body.unit_cost, 0, DEAREST, "/unit_cost")?),
        budget_line: body.budget_line_id,
    };
    made(&ask, body.id.get(), command).await
}

/// One change of a plan as a whole.
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "change", rename_all = "snake_case")]
#[schemars(rename = "PlanChange")]
enum Change {
    Propose,
    Agree,
    Complete,
    Revise { new_id: PlanId },
}

async fn change(
    ask: Ask,
    Path(id): Path<PlanId>,
    Key(key): Key,
    web::Json(change): web::Json<Change>,
) -> Outcome<impl Gives> {
    head_of(&ask, id).await?;
    let new = match change {
        Change::Propose => {
            let by = user(&ask)?;
            ask.once(key, ProposePlan { id, by }).await?;
            None
        }
        Change::Agree => {
            ask.once(key, AgreePlan { id }).await?;
            None
        }
        Change::Complete => {
            ask.once(key, CompletePlan { id }).await?;
            None
        }
        Change::Revise { new_id } => {
            let mut conn = ask.read().await?;
            let command = RevisePlan::compose(&mut conn, &ask.city.keys, id, new_id).await?;
            drop(conn);
            Some(ask.once(key, command).await?.out)
        }
    };
    ask.json(StatusCode::OK, &Done { done: new })
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PlanAnswer")]
struct Answer {
    is_approved: bool,
}

async fn answer(
    ask: Ask,
    Path(id): Path<PlanId>,
    Key(key): Key,
    web::Json(answer): web::Json<Answer>,
) -> Outcome<impl Gives> {
    approver(&ask, id).await?;
    let by = user(&ask)?;
    match answer.is_approved {
        true => done(&ask, key, ApprovePlan { id, by }).await,
        false => done(&ask, key, ReturnPlan { id }).await,
    }
}

async fn reach_goal(ask: Ask, Path(id): Path<GoalId>, Key(key): Key) -> Outcome<impl Gives> {
    let plan = goals::plan_of(&mut ask.read().await?, id).await?;
    head_of(&ask, plan).await?;
    done(&ask, key, ReachGoal { id }).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "StepEnd")]
struct End {
    is_done: bool,
}

async fn end_step(
    ask: Ask,
    Path(id): Path<StepId>,
    Key(key): Key,
    web::Json(end): web::Json<End>,
) -> Outcome<impl Gives> {
    let step = steps::get(&mut ask.read().await?, id).await?;
    head_of(&ask, step.plan_id).await?;
    done(
        &ask,
        key,
        EndStep {
            id,
            is_done: end.is_done,
        },
    )
    .await
}

async fn line_of(ask: &Ask, id: PackageLineId) -> Outcome<()> {
    let plan = package::plan_of(&mut ask.read().await?, id).await?;
    head_of(ask, plan).await.map(drop)
}

async fn deliver(ask: Ask, Path(id): Path<PackageLineId>, Key(key): Key) -> Outcome<impl Gives> {
    line_of(&ask, id).await?;
    done(&ask, key, DeliverLine { id }).await
}

async fn drop_line(ask: Ask, Path(id): Path<PackageLineId>, Key(key): Key) -> Outcome<impl Gives> {
    line_of(&ask, id).await?;
    done(&ask, key, DropLine { id }).await
}
