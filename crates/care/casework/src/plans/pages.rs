use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::{Conn, Keys, Write};
use maud::Markup;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::steps::{self, EndStep, StepId};
use super::{
    AgreePlan, ApprovePlan, CompletePlan, DeliverLine, DropLine, GoalId, PackageLineId, Plan,
    PlanId, ProposePlan, ReachGoal, ReturnPlan, RevisePlan, StartPlan, forms, goals, package,
    queries, views,
};
use crate::cases::{CaseId, Head, head};
use crate::eligibility::Answer3;
use crate::{
    CASE_READ, PLAN_APPROVE, PLAN_WRITE, WORDS, assessment, budget, days, eligibility, shown,
};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/plan", Need::May(&CASE_READ), show)
        .post("/cases/{id}/plans", Need::May(&PLAN_WRITE), start)
        .post("/plans/{id}/goals", Need::May(&PLAN_WRITE), add_goal)
        .post("/plans/{id}/steps", Need::May(&PLAN_WRITE), add_step)
        .post("/plans/{id}/lines", Need::May(&PLAN_WRITE), add_line)
        .post("/plans/{id}/propose", Need::May(&PLAN_WRITE), propose)
        .post("/plans/{id}/return", Need::May(&PLAN_APPROVE), send_back)
        .post("/plans/{id}/approve", Need::May(&PLAN_APPROVE), approve)
        .post("/plans/{id}/agree", Need::May(&PLAN_WRITE), agree)
        .post("/plans/{id}/complete", Need::May(&PLAN_WRITE), complete)
        .post("/plans/{id}/revise", Need::May(&PLAN_WRITE), revise)
        .post("/goals/{id}/reached", Need::May(&PLAN_WRITE), reach_goal)
        .post("/steps/{id}/end", Need::May(&PLAN_WRITE), end_step)
        .post(
            "/package-lines/{id}/deliver",
            Need::May(&PLAN_WRITE),
            deliver,
        )
        .post(
            "/package-lines/{id}/drop",
            Need::May(&PLAN_WRITE),
            drop_line,
        )
}

async fn show(ask: Ask, Path(id): Path<CaseId>) -> Outcome {
    let mut conn = ask.read().await?;
    let head = head(&ask, &mut conn, id).await?;
    let today = ask.now().date();
    let soon = days::soon(&mut conn, today, 10).await?;
    drop(conn);
    let form = Form::prefilled([
        (
            "goal_on",
            shown::day_text(&ask.page, days::months_after(today, 6)),
        ),
        ("step_on", shown::day_text(&ask.page, soon)),
    ]);
    let view = page(&ask, &head, &form, &FormErrors::default()).await?;
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.html(&head.name, view)
}

/// Loads the plan tab; with a form of it that came back, where there is one.
async fn page(ask: &Ask, head: &Head, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let case = head.case.id;
    let plans = queries::list(&mut conn, case).await?;
    let current = queries::current(&mut conn, case).await?;
    let shown = current.or_else(|| plans.first().cloned());
    // Which domains are low tells of her health, and words are about her: both may be hidden.
    let low = match head.is_sensitive_seen {
        true => assessment::low_domains(&mut conn, case).await?,
        false => Vec::new(),
    };
    let keys = head.keys(&ask.city.keys);
    let content = match shown {
        Some(plan) => Some(content(ask, &mut conn, plan, low, keys).await?),
        None => None,
    };
    let groups = match head.is_sensitive_seen {
        true => people::groups::of(&mut conn, head.case.person_id).await?,
        false => Vec::new(),
    };
    let view = views::Tab {
        head,
        is_eligible: eligibility::result_for(&mut conn, case).await? == Some(Answer3::Yes),
        templates: queries::templates_for(&mut conn, &groups).await?,
        bodies: organizations::list(&mut conn, None).await?,
        budget: budget::list(&mut conn).await?,
        content,
        plans,
        form,
        errors,
    };
    Ok(views::tab(ask, &view))
}

async fn content(
    ask: &Ask,
    conn: &mut Conn,
    plan: Plan,
    mut low: Vec<(String, String, String)>,
    keys: Option<&Keys>,
) -> Outcome<views::Content> {
    let hidden = ask.page.t(&WORDS, "answer-hidden");
    let mut goals = Vec::new();
    for goal in goals::list(conn, plan.id).await? {
        let words = match keys {
            Some(keys) => goal.words(keys)?,
            None => hidden.clone(),
        };
        goals.push((words, goal));
    }
    let mut steps = Vec::new();
    for step in steps::list_of(conn, plan.id).await? {
        let words = match keys {
            Some(keys) => step.words(keys)?,
            None if step.sealed.is_some() => hidden.clone(),
            None => String::new(),
        };
        steps.push((words, step));
    }
    let lines = queries::package(conn, plan.id).await?;
    let reached = goals::reached_before(conn, plan.id).await?;
    low.retain(|(code, ..)| !reached.contains(code));
    Ok(views::Content {
        plan,
        goals,
        steps,
        lines,
        low,
    })
}

/// The top of the case of a plan, when the viewer may see it.
pub(super) async fn head_of(ask: &Ask, plan: PlanId) -> Outcome<Head> {
    let mut conn = ask.read().await?;
    let case = queries::get(&mut conn, plan).await?.case_id;
    head(ask, &mut conn, case).await
}

/// The same, for whoever may approve plans of the body that carries the case.
pub(super) async fn approver(ask: &Ask, plan: PlanId) -> Outcome<Head> {
    let head = head_of(ask, plan).await?;
    match head.case.lets(&ask.viewer, &PLAN_APPROVE) {
        true => Ok(head),
        false => Err(Failure::Forbidden),
    }
}

/// Runs a command of the plan tab: on to the tab, or the tab again with its errors.
async fn settle<W: Write>(
    ask: &Ask,
    head: &Head,
    form: &Form,
    command: Result<W, FormErrors>,
    done: &str,
) -> Outcome {
    let errors = match command {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            if ask
                .refused(ask.post(form, command).await, &mut errors)?
                .is_some()
            {
                let path = format!("/cases/{}/plan", head.case.id);
                return ask.see_with(path, &ask.page.t(&WORDS, done));
            }
            errors
        }
    };
    let view = page(ask, head, form, &errors).await?;
    ask.again(&head.name, view)
}

pub(super) fn user(ask: &Ask) -> Outcome<Uuid> {
    ask.viewer.user_id().ok_or(Failure::Forbidden)
}

async fn start(ask: Ask, Path(case): Path<CaseId>, form: Form) -> Outcome {
    let head = head(&ask, &mut ask.read().await?, case).await?;
    let id = PlanId::new(form.key()?);
    let mut read = form.read(&ask.page);
    let template = read.optional_choice("template");
    let command = template
        .map(|template| StartPlan { id, case, template })
        .ok_or(read.errors);
    settle(&ask, &head, &form, command, "plan-started").await
}

async fn add_goal(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    let command = forms::goal(&ask, id, &form)?;
    settle(&ask, &head, &form, command, "goal-added").await
}

async fn add_step(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    let command = forms::step(&ask, id, &form)?;
    settle(&ask, &head, &form, command, "step-added").await
}

async fn add_line(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    let command = forms::line(&ask, id, &form)?;
    settle(&ask, &head, &form, command, "line-added").await
}

async fn propose(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    let command = Ok(ProposePlan {
        id,
        by: user(&ask)?,
    });
    settle(&ask, &head, &form, command, "plan-proposed").await
}

async fn send_back(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = approver(&ask, id).await?;
    settle(&ask, &head, &form, Ok(ReturnPlan { id }), "plan-returned").await
}

async fn approve(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = approver(&ask, id).await?;
    let command = Ok(ApprovePlan {
        id,
        by: user(&ask)?,
    });
    settle(&ask, &head, &form, command, "plan-approved").await
}

async fn agree(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    let mut read = form.read(&ask.page);
    if !read.ticked("plan_agreed") {
        read.wrong::<()>("plan_agreed", ask.page.t(&WORDS, "plan-agree-needed"));
    }
    let command = if read.is_good() {
        Ok(AgreePlan { id })
    } else {
        Err(read.errors)
    };
    settle(&ask, &head, &form, command, "plan-agreed").await
}

async fn complete(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    settle(
        &ask,
        &head,
        &form,
        Ok(CompletePlan { id }),
        "plan-completed",
    )
    .await
}

async fn revise(ask: Ask, Path(id): Path<PlanId>, form: Form) -> Outcome {
    let head = head_of(&ask, id).await?;
    let new = PlanId::new(form.key()?);
    let command = RevisePlan::compose(&mut ask.read().await?, &ask.city.keys, id, new).await?;
    settle(&ask, &head, &form, Ok(command), "plan-revised").await
}

async fn reach_goal(ask: Ask, Path(id): Path<GoalId>, form: Form) -> Outcome {
    let plan = goals::plan_of(&mut ask.read().await?, id).await?;
    let head = head_of(&ask, plan).await?;
    settle(
        &ask,
        &head,
        &form,
        Ok(ReachGoal { id }),
        "goal-reached-done",
    )
    .await
}

async fn end_step(ask: Ask, Path(id): Path<StepId>, form: Form) -> Outcome {
    let step = steps::get(&mut ask.read().await?, id).await?;
    let head = head_of(&ask, step.plan_id).await?;
    let is_done = match form.raw("end") {
        "done" => true,
        "dropped" => false,
        _ => return Err(Failure::Unreadable("end".into())),
    };
    settle(
        &ask,
        &head,
        &form,
        Ok(EndStep { id, is_done }),
        "step-ended",
    )
    .await
}

async fn deliver(ask: Ask, Path(id): Path<PackageLineId>, form: Form) -> Outcome {
    let plan = package::plan_of(&mut ask.read().await?, id).await?;
    let head = head_of(&ask, plan).await?;
    settle(&ask, &head, &form, Ok(DeliverLine { id }), "line-delivered").await
}

async fn drop_line(ask: Ask, Path(id): Path<PackageLineId>, form: Form) -> Outcome {
    let plan = package::plan_of(&mut ask.read().await?, id).await?;
    let head = head_of(&ask, plan).await?;
    settle(&ask, &head, &form, Ok(DropLine { id }), "line-dropped").await
}
