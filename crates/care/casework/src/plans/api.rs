//! Plans for machines: the same commands, the same rules.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use money::Rial;
use organizations::OrganizationId;
use persian::Date;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use web::Outcome;

use super::forms::{DEAREST, LENGTH, MANY, NAME_LENGTH};
use super::pages::{approver, head_of, user};
use super::steps::{self, AddStep, EndStep, StepId, StepKind};
use super::{
    AddGoal, AddPackageLine, AgreePlan, ApprovePlan, CompletePlan, DeliverLine, DropLine, GoalId,
    LineKind, Measure, PackageLineId, PlanId, ProposePlan, ReachGoal, ReturnPlan, RevisePlan,
    StartPlan, TemplateId, Unit, goals, package, queries,
};
use crate::budget::BudgetLineId;
use crate::cases::api::{done, made};
use crate::cases::{CaseId, head};
use crate::{CASE_READ, PLAN_APPROVE, PLAN_WRITE, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/api/v1/package-templates",
            Need::May(&CASE_READ),
            templates,
        )
        .get("/api/v1/cases/{id}/plans", Need::May(&CASE_READ), list)
        .post("/api/v1/cases/{id}/plans", Need::May(&PLAN_WRITE), start)
        .post("/api/v1/plans/{id}/goals", Need::May(&PLAN_WRITE), add_goal)
        .post("/api/v1/plans/{id}/steps", Need::May(&PLAN_WRITE), add_step)
        .post("/api/v1/plans/{id}/lines", Need::May(&PLAN_WRITE), add_line)
        .post("/api/v1/plans/{id}/changes", Need::May(&PLAN_WRITE), change)
        .post(
            "/api/v1/plans/{id}/approval",
            Need::May(&PLAN_APPROVE),
            answer,
        )
        .post(
            "/api/v1/goals/{id}/reached",
            Need::May(&PLAN_WRITE),
            reach_goal,
        )
        .post("/api/v1/steps/{id}/end", Need::May(&PLAN_WRITE), end_step)
        .post(
            "/api/v1/package-lines/{id}/deliver",
            Need::May(&PLAN_WRITE),
            deliver,
        )
        .post(
            "/api/v1/package-lines/{id}/drop",
            Need::May(&PLAN_WRITE),
            drop_line,
        )
}

async fn templates(ask: Ask) -> Outcome {
    let items = queries::templates_for(&mut ask.read().await?, &[]).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn list(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let keys = head.keys(&ask.city.keys);
    let mut items = Vec::new();
    for plan in queries::list(&mut conn, id).await? {
        let mut goals_out: Vec<Json> = Vec::new();
        for goal in goals::list(&mut conn, plan.id).await? {
            let words = keys.map(|keys| goal.words(keys)).transpose()?;
            let domain = goal.domain_code.as_ref().filter(|_| keys.is_some());
            goals_out.push(json!({
                "id": goal.id, "domain": domain, "words": words,
                "measure": goal.measure, "baseline": goal.baseline, "target": goal.target,
                "due_on": goal.due_on, "reached_on": goal.reached_on,
            }));
        }
        let mut steps_out: Vec<Json> = Vec::new();
        for step in steps::list_of(&mut conn, plan.id).await? {
            let words = keys.map(|keys| step.words(keys)).transpose()?;
            steps_out.push(json!({
                "id": step.id, "kind": step.kind, "words": words, "state": step.state,
                "organization_id": step.organization_id, "due_on": step.due_on,
                "ended_on": step.ended_on, "evidence": step.evidence,
            }));
        }
        let lines = queries::package(&mut conn, plan.id).await?;
        let mut item = json!(plan);
        item["goals"] = json!(goals_out);
        item["steps"] = json!(steps_out);
        item["package"] = json!(lines);
        items.push(item);
    }
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

#[derive(Deserialize)]
struct Start {
    id: PlanId,
    template: Option<TemplateId>,
}

async fn start(ask: Ask, Path(case): Path<CaseId>, web::Json(body): web::Json<Start>) -> Outcome {
    head(&ask, &mut ask.read().await?, case).await?;
    let command = StartPlan {
        id: body.id,
        case,
        template: body.template,
    };
    made(&ask, body.id.get(), command).await
}

#[derive(Deserialize)]
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
) -> Outcome {
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

#[derive(Deserialize)]
struct StepBody {
    id: StepId,
    kind: StepKind,
    #[serde(default)]
    words: String,
    organization_id: Option<OrganizationId>,
    due_on: Date,
}

async fn add_step(
    ask: Ask,
    Path(plan): Path<PlanId>,
    web::Json(body): web::Json<StepBody>,
) -> Outcome {
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
    };
    made(&ask, body.id.get(), command).await
}

#[derive(Deserialize)]
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
) -> Outcome {
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
#[derive(Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
enum Change {
    Propose,
    Agree,
    Complete,
    Revise { new_id: PlanId },
}

async fn change(
    ask: Ask,
    Path(id): Path<PlanId>,
    headers: HeaderMap,
    web::Json(change): web::Json<Change>,
) -> Outcome {
    let key = bounds::key_of(&headers)?;
    head_of(&ask, id).await?;
    match change {
        Change::Propose => {
            let by = user(&ask)?;
            done(&ask, key, ProposePlan { id, by }).await
        }
        Change::Agree => done(&ask, key, AgreePlan { id }).await,
        Change::Complete => done(&ask, key, CompletePlan { id }).await,
        Change::Revise { new_id } => {
            let mut conn = ask.read().await?;
            let command = RevisePlan::compose(&mut conn, &ask.city.keys, id, new_id).await?;
            drop(conn);
            done(&ask, key, command).await
        }
    }
}

#[derive(Deserialize)]
struct Answer {
    is_approved: bool,
}

async fn answer(
    ask: Ask,
    Path(id): Path<PlanId>,
    headers: HeaderMap,
    web::Json(answer): web::Json<Answer>,
) -> Outcome {
    let key = bounds::key_of(&headers)?;
    approver(&ask, id).await?;
    let by = user(&ask)?;
    match answer.is_approved {
        true => done(&ask, key, ApprovePlan { id, by }).await,
        false => done(&ask, key, ReturnPlan { id }).await,
    }
}

async fn reach_goal(ask: Ask, Path(id): Path<GoalId>, headers: HeaderMap) -> Outcome {
    let key = bounds::key_of(&headers)?;
    let plan = goals::plan_of(&mut ask.read().await?, id).await?;
    head_of(&ask, plan).await?;
    done(&ask, key, ReachGoal { id }).await
}

#[derive(Deserialize)]
struct End {
    is_done: bool,
}

async fn end_step(
    ask: Ask,
    Path(id): Path<StepId>,
    headers: HeaderMap,
    web::Json(end): web::Json<End>,
) -> Outcome {
    let key = bounds::key_of(&headers)?;
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

async fn deliver(ask: Ask, Path(id): Path<PackageLineId>, headers: HeaderMap) -> Outcome {
    let key = bounds::key_of(&headers)?;
    line_of(&ask, id).await?;
    done(&ask, key, DeliverLine { id }).await
}

async fn drop_line(ask: Ask, Path(id): Path<PackageLineId>, headers: HeaderMap) -> Outcome {
    let key = bounds::key_of(&headers)?;
    line_of(&ask, id).await?;
    done(&ask, key, DropLine { id }).await
}
