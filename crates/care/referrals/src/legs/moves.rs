//! What is done to a leg once it was sent. Every change goes through [`apply`].

use db::{Result, Tx, Write};
use organizations::{calendar, services};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::send::{draft, is_closed};
use super::states::{Clock, Debtor, State, allows};
use super::{
    ANSWERED, Act, By, CASE_CLOSED, Leg, LegId, NOT_NOW, NewLeg, Note, REVIEW_PAST, SECOND_PERSON,
    UNKNOWN_CODE, queries, telling,
};
use crate::parcels::{self, EndReason};
use crate::{chains, clock, reference};

/// Where a leg stands after an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Moved {
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: State,
    /// False when it stood there already and nothing was done.
    pub is_new: bool,
}

/// Does one act to a leg. The caller has decided in which part the asker acts.
#[derive(Serialize)]
pub struct MoveLeg {
    /// Which leg.
    pub leg: LegId,
    /// What is done.
    pub act: Act,
    /// By whom, through which channel.
    pub by: By,
    /// What was written beside it.
    pub note: Note,
}

impl Write for MoveLeg {
    const NAME: &'static str = "move_leg";
    type Out = Moved;
    async fn run(&self, tx: &mut Tx) -> Result<Moved> {
        apply(tx, self.leg, &self.act, self.by, &self.note).await
    }
}

/// Working days in which the sender's side looks at a refusal, or at what waits for release.
pub(super) const DAYS_TO_LOOK: i64 = 2;

/// How often a leg is read again when someone else was quicker.
const TRIES: usize = 3;

/// Does one act inside another write. The same act twice has one effect.
pub(crate) async fn apply(tx: &mut Tx, id: LegId, act: &Act, by: By, note: &Note) -> Result<Moved> {
    for _ in 0..TRIES {
        let old = queries::get(tx, id).await?;
        if act.is_done_on(&old) {
            return Ok(Moved {
                number: old.number,
                state: old.state,
                is_new: false,
            });
        }
        let is_check = matches!(act, Act::Uphold | Act::SendBack);
        if !allows(old.state, by.actor, act.action()) || (is_check && !old.is_refusal_open()) {
            let is_too_late = act.is_an_answer() && old.answered_at.is_some();
            return if is_too_late {
                ANSWERED.refuse()
            } else {
                NOT_NOW.refuse()
            };
        }
        let new = after(tx, &old, act).await?;
        if !queries::save(tx, &old, &new).await? {
            continue;
        }
        let told = told(&old, &new, act);
        let detail = serde_json::to_value(act)?;
        queries::add_event(tx, &new, told, by, note, detail.clone()).await?;
        consequences(tx, &old, &new, act, by).await?;
        telling::tell(tx, &old, &new).await?;
        let detail = json!({ "number": new.number, "act": told, "channel": by.channel });
        access::audit::record(tx, "leg_moved", "leg", Some(id.get()), detail).await?;
        return Ok(Moved {
            number: new.number,
            state: new.state,
            is_new: true,
        });
    }
    Err(db::Error::Busy)
}

/// The word the history shows.
fn told(old: &Leg, new: &Leg, act: &Act) -> &'static str {
    match act {
        Act::Void if new.state == old.state => "ask_void",
        Act::Confirm { agrees: false } => "contest",
        _ => act.action().as_str(),
    }
}

/// The leg as it will stand.
async fn after(tx: &mut Tx, old: &Leg, act: &Act) -> Result<Leg> {
    let (now, today) = (tx.now(), tx.today());
    let mut leg = old.clone();
    match act {
        Act::Open => leg.state = State::Seen,
        Act::AskInfo { of } => {
            leg.state = State::NeedsInfo;
            leg.debtor = if *of == Debtor::Person {
                Debtor::Person
            } else {
                Debtor::Sender
            };
            leg.clock = Clock::Paused;
            leg.paused_on = Some(today);
            // Whoever is asked has as long as the body has to answer the leg.
            let service = services::get(tx, old.service_id).await?;
            let days = service.days_to_answer.max(1);
            leg.review_on = Some(calendar::working_day_after(tx, today, days).await?);
        }
        Act::AnswerInfo => {
            let due = resumed_due(tx, old).await?;
            run(&mut leg, State::Seen, due);
            leg.review_on = None;
            leg.round += 1;
        }
        Act::Accept { appointment_on } => {
            let service = services::get(tx, old.service_id).await?;
            let due = calendar::working_day_after(tx, today, service.days_to_complete).await?;
            run(&mut leg, State::Accepted, due);
            leg.appointment_on = *appointment_on;
            leg.review_on = None;
            leg.answered_at = Some(now);
        }
        Act::Decline { code } => {
            if !reference::has_decline_code(tx, code).await? {
                return UNKNOWN_CODE.at("code");
            }
            stop(&mut leg, State::Declined);
            leg.decline_code = Some(code.clone());
            leg.answered_at = Some(now);
            leg.done_at = Some(now);
            if reference::is_checked(tx, code).await? {
                leg.debtor = Debtor::Sender;
                leg.clock = Clock::Running;
                leg.due_on = Some(calendar::working_day_after(tx, today, DAYS_TO_LOOK).await?);
                leg.done_at = None;
            }
        }
        Act::Uphold => closed(&mut leg, State::Declined, now),
        Act::SendBack => {
            let service = services::get(tx, old.service_id).await?;
            let due = calendar::working_day_after(tx, today, service.days_to_answer).await?;
            run(&mut leg, State::Seen, due);
            leg.round += 1;
            leg.reminders = 0;
            leg.is_returned = false;
            leg.answered_at = None;
            leg.decline_code = None;
        }
        Act::TakeBack => stop(&mut leg, State::Draft),
        Act::Waitlist { review_on } => {
            ahead(*review_on, today)?;
            run(&mut leg, State::Waitlisted, *review_on);
            leg.review_on = Some(*review_on);
        }
        Act::Start => leg.state = State::InService,
        Act::Hold { review_on } => {
            ahead(*review_on, today)?;
            leg.state = State::OnHold;
            leg.clock = Clock::Paused;
            leg.paused_on = Some(today);
            leg.review_on = Some(*review_on);
        }
        Act::Resume => {
            let due = resumed_due(tx, old).await?;
            run(&mut leg, State::InService, due);
            leg.review_on = None;
        }
        Act::Complete { outcome, returned } => {
            stop(&mut leg, State::Completed);
            leg.outcome = Some(*outcome);
            leg.result = returned.as_ref().map(serde_json::to_value).transpose()?;
            leg.done_at = Some(now);
        }
        Act::Confirm { .. } => {}
        Act::Withdraw => closed(&mut leg, State::Withdrawn, now),
        Act::Forward { .. } => closed(&mut leg, State::Forwarded, now),
        Act::Expire => closed(&mut leg, State::Expired, now),
        Act::Reopen => {
            if is_closed(tx, old.case_id).await? {
                return CASE_CLOSED.refuse();
            }
            let service = services::get(tx, old.service_id).await?;
            let due = calendar::working_day_after(tx, today, service.days_to_answer).await?;
            run(&mut leg, State::Sent, due);
            leg.review_on = None;
            leg.round += 1;
            leg.reminders = 0;
            leg.is_returned = false;
            leg.seen_at = None;
            leg.answered_at = None;
            leg.done_at = None;
            leg.decline_code = None;
            leg.outcome = None;
            leg.result = None;
            leg.void_asked_by = None;
        }
        Act::Void => match (old.void_asked_by, tx.origin().user) {
            (_, None) => return NOT_NOW.refuse(),
            (None, Some(user)) => leg.void_asked_by = Some(user),
            (Some(first), Some(second)) if first == second => return SECOND_PERSON.refuse(),
            (Some(_), Some(_)) => closed(&mut leg, State::Voided, now),
        },
    }
    if leg.state != State::Sent && leg.seen_at.is_none() && leg.state.is_waiting() {
        leg.seen_at = Some(now);
    }
    Ok(leg)
}

fn run(leg: &mut Leg, state: State, due: Date) {
    leg.state = state;
    leg.debtor = Debtor::Receiver;
    leg.clock = Clock::Running;
    leg.due_on = Some(due);
    leg.paused_on = None;
}

fn stop(leg: &mut Leg, state: State) {
    leg.state = state;
    leg.debtor = Debtor::Nobody;
    leg.clock = Clock::Stopped;
    leg.paused_on = None;
}

fn closed(leg: &mut Leg, state: State, now: persian::Timestamp) {
    stop(leg, state);
    leg.done_at = Some(now);
}

fn ahead(review_on: Date, today: Date) -> Result<()> {
    if review_on > today {
        Ok(())
    } else {
        REVIEW_PAST.at("review_on")
    }
}

/// The due day after a pause: the working days that were left, from today on.
async fn resumed_due(tx: &mut Tx, leg: &Leg) -> Result<Date> {
    let today = tx.today();
    let (Some(paused), Some(due)) = (leg.paused_on, leg.due_on) else {
        return Ok(today);
    };
    let left = calendar::working_days_between(tx, paused, due).await?;
    calendar::working_day_after(tx, today, left.max(1)).await
}

/// What follows from an act besides the leg's own state.
async fn consequences(tx: &mut Tx, old: &Leg, new: &Leg, act: &Act, by: By) -> Result<()> {
    match act {
        // A body whose refusal is looked at may have to answer anew: it keeps what it was told.
        Act::Decline { .. } if new.is_refusal_open() => {}
        Act::Decline { .. }
        | Act::Uphold
        | Act::Complete { .. }
        | Act::Forward { .. }
        | Act::Expire => parcels::end(tx, new, EndReason::Done).await?,
        Act::SendBack => clock::schedule(tx, new).await?,
        Act::Withdraw => parcels::end(tx, new, EndReason::Recalled).await?,
        Act::Void if new.state == State::Voided => {
            parcels::end(tx, new, EndReason::Recalled).await?;
        }
        Act::Reopen => reopen(tx, new).await?,
        Act::AnswerInfo => clock::schedule(tx, new).await?,
        Act::AskInfo { .. } | Act::Hold { .. } => clock::look_again(tx, new).await?,
        _ => {}
    }
    if let Act::Forward {
        child,
        organization_id,
        service_id,
    } = act
    {
        let new_leg = NewLeg {
            id: *child,
            case_id: old.case_id,
            step_id: old.step_id.map(casework::StepId::new),
            organization_id: *organization_id,
            service_id: *service_id,
        };
        draft(tx, &new_leg, by, None, Some(old.id)).await?;
    }
    chains::follow(tx, new, act).await
}

/// The parcel and the grant come back, if the consent still holds.
async fn reopen(tx: &mut Tx, leg: &Leg) -> Result<()> {
    let Some(parcel) = parcels::find(tx, leg.id).await? else {
        return NOT_NOW.refuse();
    };
    let fields: Vec<parcels::Field> = serde_json::from_value(parcel.fields)?;
    parcels::check_consent(tx, leg, parcel.consent_id, &fields).await?;
    parcels::revive(tx, leg.id).await?;
    parcels::grant(tx, leg, parcel.consent_id, parcel.category).await?;
    clock::schedule(tx, leg).await
}

/// What a withdrawn consent means for the legs that rest on it: whatever is unanswered is called
/// back; a body that works on a leg already loses the parcel and is told so in its history. Call
/// it in the write that withdraws the consent. Gives how many were called back.
pub async fn recall_for_consent(tx: &mut Tx, consent: uuid::Uuid) -> Result<u64> {
    let mut recalled = 0;
    for leg in queries::list_for_consent(tx, consent).await? {
        let note = Note::none(tx.new_id());
        if leg.state.is_unanswered() {
            let moved = apply(tx, leg.id, &Act::Withdraw, By::SYSTEM, &note).await?;
            recalled += u64::from(moved.is_new);
        } else {
            parcels::end(tx, &leg, EndReason::Recalled).await?;
            queries::add_event(tx, &leg, "consent_ended", By::SYSTEM, &note, json!({})).await?;
        }
    }
    Ok(recalled)
}

/// What the end of a case means for its legs: whatever waits is called back, and with it its parcel
/// and grant. Call it in the write that closes the case.
pub async fn end_for_case(tx: &mut Tx, case: casework::CaseId) -> Result<u64> {
    let mut ended = 0;
    for leg in queries::list_for_case(tx, case).await? {
        let act = match leg.state {
            State::AwaitingRelease => Act::TakeBack,
            State::Declined if leg.is_refusal_open() => Act::Uphold,
            state if state.is_waiting() => Act::Withdraw,
            _ => continue,
        };
        let note = Note::none(tx.new_id());
        apply(tx, leg.id, &act, By::SYSTEM, &note).await?;
        ended += 1;
    }
    Ok(ended)
}
