use access::Ask;
use money::Rial;
use organizations::OrganizationId;
use web::{Form, FormErrors, Outcome};

use super::steps::{AddStep, StepId, StepKind};
use super::{AddGoal, AddPackageLine, GoalId, LineKind, Measure, PackageLineId, PlanId, Unit};
use crate::bounds;
use crate::budget::BudgetLineId;

/// Letters of a goal or step.
pub(super) const LENGTH: usize = 500;
/// Letters of a package line's name.
pub(super) const NAME_LENGTH: usize = 120;
/// Largest count in a package line or goal that is no money.
pub(super) const MANY: i64 = 10_000;
/// Largest cost of one, in rials: quantity times it stays far within 64 bits.
pub(super) const DEAREST: i64 = 1_000_000_000_000;

pub(super) fn goal(ask: &Ask, plan: PlanId, form: &Form) -> Outcome<Result<AddGoal, FormErrors>> {
    let id = GoalId::new(form.key()?);
    let mut read = form.read(&ask.page);
    let domain_code = read.optional_text("goal_domain", 60);
    let words = read.text("goal_words", LENGTH);
    let measure: Option<Measure> = read.choice("goal_measure");
    let is_money = measure == Some(Measure::MonthlyIncome);
    let mut value = |name: &str| match is_money {
        true => read.toman_or_zero(name).map(Rial::get),
        false => read.number(name, 0, MANY),
    };
    let (baseline, target) = (value("goal_baseline"), value("goal_target"));
    let due_on = bounds::day_ahead(&mut read, &ask.page, "goal_on");
    let (Some(domain), Some(words), Some(measure), Some(baseline), Some(target), Some(due_on)) =
        (domain_code, words, measure, baseline, target, due_on)
    else {
        return Ok(Err(read.errors));
    };
    Ok(Ok(AddGoal {
        id,
        plan,
        domain_code: Some(domain).filter(|code| !code.is_empty()),
        words: AddGoal::seal(&ask.city.keys, id, &words),
        measure,
        baseline,
        target,
        due_on,
    }))
}

pub(super) fn step(ask: &Ask, plan: PlanId, form: &Form) -> Outcome<Result<AddStep, FormErrors>> {
    let id = StepId::new(form.key()?);
    let mut read = form.read(&ask.page);
    let kind: Option<StepKind> = read.choice("step_kind");
    let words = read.optional_text("step_words", LENGTH);
    let organization: Option<Option<OrganizationId>> = read.optional_choice("step_body");
    let due_on = bounds::day_ahead(&mut read, &ask.page, "step_on");
    let article_ref = read.optional_text("step_article", 100).unwrap_or_default();
    let (Some(kind), Some(words), Some(organization), Some(due_on)) =
        (kind, words, organization, due_on)
    else {
        return Ok(Err(read.errors));
    };
    let words = AddStep::seal(&ask.city.keys, id, &words);
    Ok(Ok(AddStep {
        id,
        plan,
        kind,
        words,
        organization,
        due_on,
        article_ref,
    }))
}

pub(super) fn line(
    ask: &Ask,
    plan: PlanId,
    form: &Form,
) -> Outcome<Result<AddPackageLine, FormErrors>> {
    let id = PackageLineId::new(form.key()?);
    let mut read = form.read(&ask.page);
    let kind: Option<LineKind> = read.choice("line_kind");
    let name = read.text("line_name", NAME_LENGTH);
    let unit: Option<Unit> = read.choice("line_unit");
    let quantity = read.number("line_quantity", 1, MANY);
    let cost = read
        .toman_or_zero("line_cost")
        .filter(|cost| cost.get() <= DEAREST);
    if cost.is_none() && read.errors.get("line_cost").is_none() {
        let sentence = web::WORDS.text(ask.lang(), "field-amount-too-large", &[]);
        read.wrong::<()>("line_cost", sentence);
    }
    let budget_line: Option<BudgetLineId> = read.choice("line_budget");
    let (Some(kind), Some(name), Some(unit), Some(quantity), Some(unit_cost), Some(budget_line)) =
        (kind, name, unit, quantity, cost, budget_line)
    else {
        return Ok(Err(read.errors));
    };
    Ok(Ok(AddPackageLine {
        id,
        plan,
        kind,
        name,
        unit,
        quantity,
        unit_cost,
        budget_line,
    }))
}
