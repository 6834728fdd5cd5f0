use access::Ask;
use maud::{Markup, html};
use money::Rial;
use organizations::Organization;
use web::parts::{self, Column, Drawing, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::goals::Goal;
use super::steps::{Step, StepKind, StepState};
use super::{LineKind, LineState, Measure, PackageLine, Plan, PlanState, Template, Unit};
use crate::assessment::pick;
use crate::budget::BudgetLine;
use crate::cases::{CaseState, Head, Tab as CaseTab, header};
use crate::shown::{Fields, act, folded, options, word};
use crate::{PLAN_APPROVE, PLAN_WRITE, WORDS};

// words: plan-state-* measure-* step-* step-state-* line-* line-state-* unit-* field-*

/// What the plan tab shows.
pub(super) struct Tab<'a> {
    pub head: &'a Head,
    pub is_eligible: bool,
    pub templates: Vec<Template>,
    pub bodies: Vec<Organization>,
    pub budget: Vec<BudgetLine>,
    pub content: Option<Content>,
    pub plans: Vec<Plan>,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

/// A plan with all that is in it; words opened.
pub(super) struct Content {
    pub plan: Plan,
    pub goals: Vec<(String, Goal)>,
    pub steps: Vec<(String, Step)>,
    pub lines: Vec<PackageLine>,
    /// Low domains of the newest assessment: code, Persian and English name.
    pub low: Vec<(String, String, String)>,
}

impl Content {
    fn is(&self, state: PlanState) -> bool {
        self.plan.state == state
    }
}

pub(super) fn tab(ask: &Ask, tab: &Tab) -> Markup {
    let p = &ask.page;
    let is_running = tab.head.case.state == CaseState::Open;
    let may_write = is_running && tab.head.case.lets(&ask.viewer, &PLAN_WRITE);
    let has_current = tab.content.as_ref().is_some_and(|content| {
        !matches!(
            content.plan.state,
            PlanState::Completed | PlanState::Revised
        )
    });
    html! {
        (header(p, tab.head, CaseTab::Plan))
        (parts::error_summary(p, tab.errors))
        @if let Some(content) = &tab.content { (plan(ask, tab, content, may_write)) }
        @if !has_current { (start(p, tab, may_write)) }
        (earlier(p, tab))
    }
}

fn start(p: &Page, tab: &Tab, may_write: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields {
        p,
        form: tab.form,
        errors: tab.errors,
    };
    let option = |template: &Template| {
        let name = pick(p.lang, &template.name_fa, &template.name_en);
        (
            template.id.to_string(),
            format!("{name} · {}", template.total.toman_text(p.lang)),
        )
    };
    html! {
        @if !tab.is_eligible {
            (parts::empty_state(Drawing::Loom, &t("plan-not-yet"), &t("plan-not-yet-help"), None))
        } @else if may_write {
            h2 { (t("plan-start-title")) }
            p { (t("plan-start-lead")) }
            (parts::form(p, &format!("/cases/{}/plans", tab.head.case.id), html! {
                (fields.select("template", tab.templates.iter().map(option).collect(), false))
                (parts::primary_button(&t("plan-start")))
            }))
        }
    }
}

fn plan(ask: &Ask, tab: &Tab, content: &Content, may_write: bool) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let is_draft = content.is(PlanState::Draft);
    html! {
        h2 { (p.tr(&WORDS, "plan-number", &[("number", content.plan.number.into())])) " " (badge(p, content.plan.state)) }
        (signatures(p, &content.plan))
        (acts(ask, tab, content, may_write))
        h3 { (t("goals-title")) }
        @if is_draft { (missing_goals(p, content)) }
        (goals(p, content, may_write))
        @if is_draft && may_write { (goal_form(p, tab, content)) }
        h3 { (t("steps-title")) }
        (steps(p, tab, content, may_write))
        @if is_draft && may_write { (step_form(p, tab, content)) }
        h3 { (t("package-title")) }
        (package(p, tab, content, may_write))
        @if is_draft && may_write { (line_form(p, tab, content)) }
    }
}

fn badge(p: &Page, state: PlanState) -> Markup {
    let tone = match state {
        PlanState::Draft | PlanState::Revised => Tone::Plain,
        PlanState::Proposed => Tone::Warning,
        PlanState::Approved | PlanState::Active => Tone::Active,
        PlanState::Completed => Tone::Good,
    };
    parts::badge(tone, &word(p, "plan-state", state))
}

fn signatures(p: &Page, plan: &Plan) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut pairs = Vec::new();
    if let (Some(name), Some(at)) = (&plan.proposed_name, plan.proposed_at) {
        pairs.push((
            t("plan-proposed-by"),
            html! { bdi { (name) } " · " (p.moment(at)) },
        ));
    }
    if let (Some(name), Some(at)) = (&plan.approved_name, plan.approved_at) {
        pairs.push((
            t("plan-approved-by"),
            html! { bdi { (name) } " · " (p.moment(at)) },
        ));
    }
    if let Some(day) = plan.agreed_on {
        pairs.push((t("plan-agreed-on"), p.date(day)));
    }
    if let Some(day) = plan.ended_on {
        pairs.push((t("plan-ended-on"), p.date(day)));
    }
    html! { @if !pairs.is_empty() { (parts::facts(&pairs)) } }
}

/// What can be done with the plan as a whole, one main act at a time.
fn acts(ask: &Ask, tab: &Tab, content: &Content, may_write: bool) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let at = |path: &str| format!("/plans/{}/{path}", content.plan.id);
    let main =
        |path: &str, key: &str| parts::inline_form(p, &at(path), parts::primary_button(&t(key)));
    let me = ask.viewer.user_id();
    let is_other = content.plan.proposed_by != me && content.plan.made_by != me;
    match content.plan.state {
        PlanState::Draft if may_write => {
            html! { p { (t("plan-draft-help")) } (main("propose", "plan-propose")) }
        }
        PlanState::Proposed if tab.head.case.lets(&ask.viewer, &PLAN_APPROVE) && is_other => {
            html! {
                (parts::buttons(html! { (main("approve", "plan-approve")) (act(p, &at("return"), &t("plan-return"))) }))
            }
        }
        PlanState::Proposed => {
            html! { (parts::notice(p, Tone::Warning, html! { (t("plan-waits")) })) }
        }
        PlanState::Approved if may_write => html! {
            (parts::form(p, &at("agree"), html! {
                (parts::tick(p, "plan_agreed", &t("plan-agree-sentence"), false, tab.errors.get("plan_agreed")))
                (parts::primary_button(&t("plan-agree")))
            }))
            (act(p, &at("revise"), &t("plan-revise")))
        },
        PlanState::Active if may_write => html! {
            (parts::buttons(html! { (act(p, &at("complete"), &t("plan-complete"))) (act(p, &at("revise"), &t("plan-revise"))) }))
        },
        _ => Markup::default(),
    }
}

fn missing_goals(p: &Page, content: &Content) -> Markup {
    let answered = |code: &str| {
        content
            .goals
            .iter()
            .any(|(_, goal)| goal.domain_code.as_deref() == Some(code))
    };
    let missing: Vec<&str> = content
        .low
        .iter()
        .filter(|(code, ..)| !answered(code))
        .map(|(_, fa, en)| pick(p.lang, fa, en))
        .collect();
    html! {
        @if !missing.is_empty() {
            (parts::notice(p, Tone::Warning, html! {
                p { (p.t(&WORDS, "goals-missing")) }
                ul { @for name in missing { li { (name) } } }
            }))
        }
    }
}

fn measured(p: &Page, measure: Measure, value: i64) -> Markup {
    match measure {
        Measure::MonthlyIncome => p.money(Rial::new(value)),
        _ => html! { bdi { (p.number(value)) } },
    }
}

fn goals(p: &Page, content: &Content, may_write: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let keys = [
        "col-goal",
        "col-measure",
        "col-baseline",
        "col-target",
        "col-due",
        "col-state",
    ];
    let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
    let row = |(words, goal): &(String, Goal)| {
        vec![
            html! { bdi { (words) } },
            html! { (word(p, "measure", goal.measure)) },
            measured(p, goal.measure, goal.baseline),
            measured(p, goal.measure, goal.target),
            p.date(goal.due_on),
            html! {
                @if let Some(day) = goal.reached_on { (parts::badge(Tone::Good, &t("goal-reached"))) " " (p.date(day)) }
                @else if may_write && content.is(PlanState::Active) {
                    (act(p, &format!("/goals/{}/reached", goal.id), &t("goal-reach")))
                } @else { (t("goal-open")) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = content.goals.iter().map(row).collect();
    parts::table(&t("goals-title"), &columns, &rows, &t("goals-empty"))
}

fn goal_form(p: &Page, tab: &Tab, content: &Content) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields {
        p,
        form: tab.form,
        errors: tab.errors,
    };
    let domains = content
        .low
        .iter()
        .map(|(code, fa, en)| (code.clone(), pick(p.lang, fa, en).to_owned()));
    let names = [
        "goal_words",
        "goal_measure",
        "goal_baseline",
        "goal_target",
        "goal_on",
    ];
    let is_open = names.iter().any(|name| tab.errors.get(name).is_some());
    folded(
        &t("goal-add"),
        is_open,
        parts::form(
            p,
            &format!("/plans/{}/goals", content.plan.id),
            html! {
                (fields.text("goal_words", Kind::Text, true))
                (fields.select("goal_domain", domains.collect(), false))
                (fields.select("goal_measure", options(p, "measure", Measure::ALL), true))
                (fields.text("goal_baseline", Kind::Numeric, true))
                (fields.text("goal_target", Kind::Numeric, true))
                p.hint { (t("goal-units")) }
                (fields.day("goal_on"))
                (parts::secondary_button(&t("goal-save")))
            },
        ),
    )
}

fn steps(p: &Page, tab: &Tab, content: &Content, may_write: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let keys = ["col-step", "col-body", "col-due", "col-state"];
    let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
    let body = |step: &Step| {
        let found = tab
            .bodies
            .iter()
            .find(|body| Some(body.id) == step.organization_id);
        found
            .map(|body| body.name(p.lang).to_owned())
            .unwrap_or_default()
    };
    let row = |(words, step): &(String, Step)| {
        vec![
            html! {
                strong { (word(p, "step", step.kind)) } @if !words.is_empty() { br; bdi { (words) } }
                @if let Some(address) = &step.article_ref { br; code dir="ltr" { (address) } }
            },
            html! { bdi { (body(step)) } },
            p.date(step.due_on),
            html! {
                @if let Some(day) = step.ended_on {
                    (parts::badge(if step.state == StepState::Done { Tone::Good } else { Tone::Plain }, &word(p, "step-state", step.state)))
                    " " (p.date(day))
                } @else if may_write && content.is(PlanState::Active) {
                    (parts::inline_form(p, &format!("/steps/{}/end", step.id), html! {
                        (parts::choice_button("end", "done", &t("step-done-act"), false))
                        (parts::choice_button("end", "dropped", &t("step-drop"), false))
                    }))
                } @else { (word(p, "step-state", step.state)) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = content.steps.iter().map(row).collect();
    parts::table(&t("steps-title"), &columns, &rows, &t("steps-empty"))
}

fn step_form(p: &Page, tab: &Tab, content: &Content) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields {
        p,
        form: tab.form,
        errors: tab.errors,
    };
    let bodies = tab
        .bodies
        .iter()
        .map(|body| (body.id.to_string(), body.name(p.lang).to_owned()));
    let is_open = ["step_kind", "step_words", "step_on"]
        .iter()
        .any(|name| tab.errors.get(name).is_some());
    folded(
        &t("step-add"),
        is_open,
        parts::form(
            p,
            &format!("/plans/{}/steps", content.plan.id),
            html! {
                (fields.select("step_kind", options(p, "step", StepKind::ALL), true))
                (fields.text("step_words", Kind::Text, false))
                (fields.select("step_body", bodies.collect(), false))
                (fields.day("step_on"))
                (fields.text("step_article", Kind::Code, false))
                (parts::secondary_button(&t("step-save")))
            },
        ),
    )
}

fn package(p: &Page, tab: &Tab, content: &Content, may_write: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("col-line")),
        Column::text(t("col-quantity")),
        Column::figures(t("col-amount")),
        Column::text(t("col-budget")),
        Column::text(t("col-state")),
    ];
    let kept = content
        .lines
        .iter()
        .filter(|line| !(line.state == LineState::Released && content.is(PlanState::Draft)));
    let kept: Vec<&PackageLine> = kept.collect();
    let total: Rial = Rial::new(
        kept.iter()
            .filter(|l| l.state != LineState::Released)
            .map(|l| l.amount.get())
            .sum(),
    );
    let row = |line: &&PackageLine| {
        let left = tab
            .budget
            .iter()
            .find(|one| one.id == line.budget_line_id)
            .map(BudgetLine::left);
        vec![
            html! { bdi { (line.name(p.lang)) } },
            html! { (p.number(line.quantity)) " " (word(p, "unit", line.unit)) },
            p.money(line.amount),
            html! {
                (pick(p.lang, &line.budget_fa, &line.budget_en))
                @if let Some(left) = left.filter(|_| line.state == LineState::Wished) { br; (t("budget-left")) " " (p.money(left)) }
            },
            line_state(p, content, line, may_write),
        ]
    };
    let rows: Vec<Vec<Markup>> = kept.iter().map(row).collect();
    html! {
        (parts::table(&t("package-title"), &columns, &rows, &t("package-empty")))
        @if !kept.is_empty() { p { (t("package-total")) " " strong { (p.money(total)) } } }
    }
}

fn line_state(p: &Page, content: &Content, line: &PackageLine, may_write: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let at = |path: &str| format!("/package-lines/{}/{path}", line.id);
    let is_running = content.is(PlanState::Active);
    html! {
        @match line.state {
            LineState::Wished if may_write && content.is(PlanState::Draft) => (act(p, &at("drop"), &t("line-drop"))),
            LineState::Committed if may_write && is_running => {
                (act(p, &at("deliver"), &t("line-deliver"))) (act(p, &at("drop"), &t("line-drop")))
            }
            LineState::Delivered => {
                (parts::badge(Tone::Good, &word(p, "line-state", line.state)))
                @if let Some(day) = line.delivered_on { " " (p.date(day)) }
            }
            state => (word(p, "line-state", state)),
        }
    }
}

fn line_form(p: &Page, tab: &Tab, content: &Content) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields {
        p,
        form: tab.form,
        errors: tab.errors,
    };
    let budget = tab
        .budget
        .iter()
        .map(|line| (line.id.to_string(), line.name(p.lang).to_owned()));
    let names = [
        "line_kind",
        "line_name",
        "line_unit",
        "line_quantity",
        "line_cost",
        "line_budget",
    ];
    let is_open = names.iter().any(|name| tab.errors.get(name).is_some());
    folded(
        &t("line-add"),
        is_open,
        parts::form(
            p,
            &format!("/plans/{}/lines", content.plan.id),
            html! {
                (fields.select("line_kind", options(p, "line", LineKind::ALL), true))
                (fields.text("line_name", Kind::Text, true))
                (fields.select("line_unit", options(p, "unit", Unit::ALL), true))
                (fields.text("line_quantity", Kind::Numeric, true))
                (fields.money("line_cost", true))
                (fields.select("line_budget", budget.collect(), true))
                (parts::secondary_button(&t("line-save")))
            },
        ),
    )
}

fn earlier(p: &Page, tab: &Tab) -> Markup {
    html! {
        @if tab.plans.len() > 1 {
            h2 { (p.t(&WORDS, "plans-all")) }
            ul {
                @for plan in &tab.plans {
                    li { (p.tr(&WORDS, "plan-number", &[("number", plan.number.into())])) " " (badge(p, plan.state)) }
                }
            }
        }
    }
}
