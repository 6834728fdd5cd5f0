//! What comes next for a case after something was learned: the plan tells.

use casework::steps::StepState;
use casework::{CaseId, NextAction, StepKind, steps};
use db::{Result, Tx};
use organizations::calendar;

/// Working days until a next action is due.
const SOON: i64 = 3;

/// Sets a next action that is due in a few working days.
pub(crate) async fn set_soon(tx: &mut Tx, case: CaseId, action: NextAction) -> Result<()> {
    let today = tx.today();
    let on = calendar::working_day_after(tx, today, SOON).await?;
    casework::set_next_action(tx, case, action, on, None).await
}

/// Sets the next action by the plan's first open step; without one, the first product.
pub(crate) async fn after(tx: &mut Tx, case: CaseId) -> Result<()> {
    let steps = steps::list(tx, case).await?;
    let open = steps.iter().find(|step| step.state == StepState::Open);
    let action = match open.map(|step| step.kind) {
        Some(StepKind::Training) => NextAction::Enrol,
        Some(StepKind::Consulting) => NextAction::BookAdvice,
        Some(StepKind::Referral) => NextAction::Refer,
        Some(StepKind::Licence) => NextAction::GetLicence,
        Some(StepKind::Sale) => NextAction::BringGoods,
        Some(StepKind::FollowUp) => NextAction::FollowUp,
        Some(StepKind::Product | StepKind::Other) | None => NextAction::PrepareProduct,
    };
    set_soon(tx, case, action).await
}
