//! Chains: who comes after whom. A template's graph becomes the draft legs of one case, and each
//! finished leg says what the case does next.

mod queries;

use casework::cases::Waiting;
use casework::{CaseId, NextAction, StepId};
use db::{Reason, Result, Tx, Write};
use organizations::{OrganizationId, ServiceId, calendar};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::legs::send::{InChain, draft, step_of_case};
use crate::legs::states::{Actor, Channel, Debtor, Delivery, State};
use crate::legs::{Act, By, Leg, LegId, NewLeg, Note, list_for_case, queries as legs, telling};
use crate::reference::{self, Consequence};

pub(crate) use queries::list;
pub use queries::{Template, TemplateLeg, current, legs_of};

/// No such chain, or a body missing for one of its legs.
pub const CHAIN_INCOMPLETE: Reason = Reason::new("chain_incomplete", 422);

db::text_enum! {
    /// When a leg of a chain may start.
    pub enum Starts {
        /// At once.
        AtOnce = "at_once",
        /// When every leg before it is done.
        AfterAll = "after_all",
        /// When one leg before it is done.
        AfterAny = "after_any",
    }
}

/// Whom one leg of a chain goes to.
#[derive(Clone, Debug, Serialize)]
pub struct Chosen {
    /// The template leg's code: `approval`.
    pub code: String,
    /// The draft's id, made by the sender; a resent form brings another, which is not used.
    #[serde(skip_serializing)]
    pub leg: LegId,
    /// The body asked.
    pub organization_id: OrganizationId,
    /// Its service.
    pub service_id: ServiceId,
    /// The plan step this leg fulfils, when it is not the chain's own.
    pub step_id: Option<StepId>,
}

/// Turns a template into draft legs for a case. Running chains keep the version they began with.
#[derive(Serialize)]
pub struct StartChain {
    /// Made by the sender.
    pub id: Uuid,
    /// The template's code: `home_food`.
    pub template: String,
    /// For which case.
    pub case_id: CaseId,
    /// The plan step the chain fulfils.
    pub step_id: Option<StepId>,
    /// One body for each leg of the template.
    pub chosen: Vec<Chosen>,
    /// Who starts it.
    pub by: By,
}

impl Write for StartChain {
    const NAME: &'static str = "start_chain";
    /// The draft legs, in the template's order.
    type Out = Vec<LegId>;
    async fn run(&self, tx: &mut Tx) -> Result<Vec<LegId>> {
        let today = tx.today();
        let Some(template) = current(tx, &self.template, today).await? else {
            return CHAIN_INCOMPLETE.at("template");
        };
        queries::insert(tx, self.id, template.id, self.case_id).await?;
        let mut made = Vec::new();
        for leg in legs_of(tx, template.id).await? {
            let Some(chosen) = self.chosen.iter().find(|chosen| chosen.code == leg.code) else {
                return CHAIN_INCOMPLETE.at(leg.code);
            };
            if let Some(step) = chosen.step_id {
                let field = format!("step-{}", leg.code);
                step_of_case(tx, step, self.case_id, &field).await?;
            }
            let new = NewLeg {
                id: chosen.leg,
                case_id: self.case_id,
                step_id: chosen.step_id.or(self.step_id),
                organization_id: chosen.organization_id,
                service_id: chosen.service_id,
            };
            let place = InChain {
                chain: self.id,
                template_leg: leg.id,
            };
            made.push(draft(tx, &new, self.by, Some(place), None).await?.id);
        }
        settle_case(tx, self.case_id, NextAction::Refer).await?;
        let detail = json!({ "template": self.template, "version": template.version });
        access::audit::record(
            tx,
            "chain_started",
            "case",
            Some(self.case_id.get()),
            detail,
        )
        .await?;
        Ok(made)
    }
}

/// True when every leg that must come before this one is done.
pub(crate) async fn is_ready(tx: &mut Tx, leg: &Leg) -> Result<bool> {
    let (Some(chain), Some(place)) = (leg.chain_id, leg.template_leg_id) else {
        return Ok(true);
    };
    let legs = legs::list_of_chain(tx, chain).await?;
    is_ready_among(tx, place, &legs).await
}

async fn is_ready_among(tx: &mut Tx, place: Uuid, legs: &[Leg]) -> Result<bool> {
    let starts = queries::starts(tx, place).await?;
    let before = queries::before(tx, place).await?;
    let mut done = before.iter().map(|id| {
        legs.iter()
            .any(|leg| leg.template_leg_id == Some(*id) && is_delivered(leg))
    });
    Ok(match starts {
        Starts::AtOnce => true,
        Starts::AfterAll => done.all(|is_done| is_done),
        Starts::AfterAny => before.is_empty() || done.any(|is_done| is_done),
    })
}

fn is_delivered(leg: &Leg) -> bool {
    leg.state == State::Completed && leg.outcome == Some(Delivery::Delivered)
}

/// What an act means for the plan, the chain and the case.
pub(crate) async fn follow(tx: &mut Tx, leg: &Leg, act: &Act) -> Result<()> {
    match act {
        Act::Complete { outcome, returned } => {
            if *outcome == Delivery::Delivered {
                finish_step(tx, leg).await?;
            }
            if let Some(parent) = leg.parent_id {
                finish_parent(tx, LegId::new(parent), *outcome, returned).await?;
            }
            let next = match outcome {
                Delivery::Delivered => reference::next_action(tx, &leg.service).await?,
                Delivery::Partly => NextAction::Contact,
                Delivery::Not => NextAction::FindOtherBody,
            };
            settle_case(tx, leg.case_id, next).await
        }
        Act::Decline { .. } if leg.is_refusal_open() => {
            act_now(tx, leg.case_id, NextAction::CheckRefusal).await
        }
        Act::Decline { .. } | Act::Uphold => {
            let next = match reference::consequence(tx, leg.decline_code.as_deref()).await? {
                Consequence::Retry => NextAction::Refer,
                Consequence::NextBody => NextAction::FindOtherBody,
                Consequence::Plan => NextAction::MendPlan,
                Consequence::Park => NextAction::LookAgain,
            };
            act_now(tx, leg.case_id, next).await
        }
        Act::Expire => act_now(tx, leg.case_id, NextAction::FindOtherBody).await,
        Act::Forward { .. } => act_now(tx, leg.case_id, NextAction::Refer).await,
        Act::Confirm { agrees: false } => act_now(tx, leg.case_id, NextAction::Contact).await,
        Act::Confirm { agrees: true } | Act::Open | Act::Start => Ok(()),
        _ => settle_case(tx, leg.case_id, NextAction::Contact).await,
    }
}

async fn finish_step(tx: &mut Tx, leg: &Leg) -> Result<()> {
    let Some(step) = leg.step_id else {
        return Ok(());
    };
    // A step that several legs share is done when the last of them is.
    let mine = casework::steps::lives_on(tx, StepId::new(step)).await?;
    for other in list_for_case(tx, leg.case_id).await? {
        let is_open = other.state.is_waiting() || other.state == State::Draft;
        if let Some(step) = other.step_id.filter(|_| is_open && other.id != leg.id)
            && casework::steps::lives_on(tx, StepId::new(step)).await? == mine
        {
            return Ok(());
        }
    }
    let evidence = format!("leg:{}", leg.id);
    casework::steps::finish(tx, StepId::new(step), &evidence).await
}

/// A leg that was handed on ends with the leg it became.
async fn finish_parent(
    tx: &mut Tx,
    parent: LegId,
    outcome: Delivery,
    returned: &Option<crate::legs::Returned>,
) -> Result<()> {
    let old = legs::get(tx, parent).await?;
    if old.state != State::Forwarded {
        return Ok(());
    }
    let new = Leg {
        state: State::Completed,
        outcome: Some(outcome),
        result: returned.as_ref().map(serde_json::to_value).transpose()?,
        done_at: Some(tx.now()),
        ..old.clone()
    };
    if legs::save(tx, &old, &new).await? {
        let by = By {
            actor: Actor::System,
            channel: Channel::System,
        };
        let note = Note::none(tx.new_id());
        legs::add_event(tx, &new, "complete", by, &note, json!({})).await?;
        telling::tell(tx, &old, &new).await?;
    }
    Ok(())
}

/// Sets a next action for the next working day.
pub(crate) async fn act_now(tx: &mut Tx, case: CaseId, next: NextAction) -> Result<()> {
    let today = tx.today();
    let on = calendar::working_day_after(tx, today, 1).await?;
    casework::set_next_action(tx, case, next, on, None).await
}

/// Says what the case does next, from what its legs wait for; `otherwise` when they wait for
/// nothing.
pub(crate) async fn settle_case(tx: &mut Tx, case: CaseId, otherwise: NextAction) -> Result<()> {
    let legs = list_for_case(tx, case).await?;
    if let Some(leg) = legs.iter().find(|leg| leg.debtor == Debtor::Sender) {
        let next = match leg.state {
            State::AwaitingRelease => NextAction::ReleaseLeg,
            State::Declined => NextAction::CheckRefusal,
            _ => NextAction::AnswerBody,
        };
        return act_now(tx, case, next).await;
    }
    for leg in legs.iter().filter(|leg| leg.state == State::Draft) {
        if is_ready(tx, leg).await? {
            return act_now(tx, case, NextAction::Refer).await;
        }
    }
    let waiting = legs.iter().filter(|leg| leg.state.is_waiting());
    match waiting.min_by_key(|leg| leg.owed_on()) {
        Some(leg) => {
            let today = tx.today();
            let on = leg.owed_on().unwrap_or(today);
            let (action, waiting) = match leg.debtor {
                Debtor::Person => (NextAction::Contact, Waiting::Person),
                _ => (NextAction::AwaitBody, Waiting::Body(leg.organization_id)),
            };
            casework::set_next_action(tx, case, action, on, Some(&waiting)).await
        }
        None => act_now(tx, case, otherwise).await,
    }
}
