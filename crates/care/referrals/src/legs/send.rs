//! Drafting and sending.

use casework::{CaseId, CaseState, NextAction, Stage, StepId};
use db::{Keys, Result, Tx, Write};
use organizations::{OrganizationId, ServiceId, calendar, services};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;
use web::City;

use super::moves::DAYS_TO_LOOK;
use super::states::{Action, Actor, Clock, Debtor, State, allows};
use super::{
    By, CASE_CLOSED, Leg, LegId, NO_CONSENT, NOT_NOW, Note, SAME_BODY, STEP_ELSEWHERE, TOO_EARLY,
    queries, telling,
};
use crate::chains;
use crate::clock;
use crate::links::{self, LINKS};
use crate::parcels::{self, Parcel};
use crate::reference;
use access::FreshLink;

/// A leg to be drafted.
#[derive(Clone, Debug, Serialize)]
pub struct NewLeg {
    /// Made by the sender.
    pub id: LegId,
    /// For which case; its body is the sender.
    pub case_id: CaseId,
    /// The plan step it fulfils.
    pub step_id: Option<StepId>,
    /// Who is asked.
    pub organization_id: OrganizationId,
    /// For what; a service of that body.
    pub service_id: ServiceId,
}

/// Drafts a leg that nobody but the sender sees.
#[derive(Serialize)]
pub struct DraftLeg {
    /// The leg.
    pub new: NewLeg,
    /// Who drafts it.
    pub by: By,
}

impl Write for DraftLeg {
    const NAME: &'static str = "draft_leg";
    /// Its number.
    type Out = String;
    async fn run(&self, tx: &mut Tx) -> Result<String> {
        Ok(draft(tx, &self.new, self.by, None, None).await?.number)
    }
}

/// Nothing is asked of other bodies for a case that is closed.
pub(super) async fn is_closed(tx: &mut Tx, case: CaseId) -> Result<bool> {
    let case = casework::find(tx, case).await?.ok_or(db::Error::NotFound)?;
    Ok(case.state == CaseState::Closed)
}

/// The place of a leg in a running chain.
#[derive(Clone, Copy)]
pub(crate) struct InChain {
    pub chain: Uuid,
    pub template_leg: Uuid,
}

/// [`DraftLeg`] inside another write. A leg that is there already stays as it is.
pub(crate) async fn draft(
    tx: &mut Tx,
    new: &NewLeg,
    by: By,
    place: Option<InChain>,
    parent: Option<LegId>,
) -> Result<Leg> {
    if let Some(leg) = queries::find(tx, new.id).await? {
        return Ok(leg);
    }
    let case = casework::cases::find(tx, new.case_id)
        .await?
        .ok_or(db::Error::NotFound)?;
    let service = services::get(tx, new.service_id).await?;
    if service.organization_id != new.organization_id {
        return Err(db::Error::NotFound);
    }
    let carrier = organizations::answering(tx, case.organization_id).await?;
    if carrier.id == new.organization_id || case.organization_id == new.organization_id {
        return SAME_BODY.at("service");
    }
    if case.state == CaseState::Closed {
        return CASE_CLOSED.refuse();
    }
    organizations::must_stand(tx, new.organization_id, "service").await?;
    if let Some(step) = new.step_id {
        step_of_case(tx, step, case.id, "step").await?;
    }
    let leg = Leg {
        id: new.id,
        number: queries::next_number(tx).await?,
        case_id: new.case_id,
        person_id: case.person_id.get(),
        step_id: new.step_id.map(StepId::get),
        chain_id: place.map(|place| place.chain),
        template_leg_id: place.map(|place| place.template_leg),
        parent_id: parent.map(LegId::get),
        sender_id: case.organization_id,
        organization_id: new.organization_id,
        service_id: new.service_id,
        service: service.code,
        state: State::Draft,
        debtor: Debtor::Nobody,
        clock: Clock::Stopped,
        due_on: None,
        paused_on: None,
        review_on: None,
        appointment_on: None,
        round: 0,
        reminders: 0,
        is_returned: false,
        consent_id: None,
        sent_at: None,
        seen_at: None,
        answered_at: None,
        done_at: None,
        decline_code: None,
        outcome: None,
        result: None,
        void_asked_by: None,
        made_at: tx.now(),
    };
    queries::insert(tx, &leg).await?;
    let note = Note::none(tx.new_id());
    queries::add_event(tx, &leg, "draft", by, &note, json!({})).await?;
    Ok(leg)
}

/// Refuses a plan step that belongs to another case: its leg would finish it.
pub(crate) async fn step_of_case(
    tx: &mut Tx,
    step: StepId,
    case: CaseId,
    field: &str,
) -> Result<()> {
    match casework::steps::get(tx, step).await {
        Ok(found) if found.case_id == case => Ok(()),
        Ok(_) | Err(db::Error::NotFound) => STEP_ELSEWHERE.at(field),
        Err(other) => Err(other),
    }
}

/// Sends a leg: its parcel, its letter's number, its link, its clock. Make it with
/// [`SendLeg::compose`].
#[derive(Serialize)]
pub struct SendLeg {
    /// Which leg.
    pub leg: LegId,
    /// The leg itself, when it was not drafted before.
    pub new: Option<NewLeg>,
    /// The consent it rests on.
    pub consent: Uuid,
    /// What the receiver may know.
    pub parcel: Parcel,
    /// The link for the receiver's phone.
    pub link: FreshLink,
    /// Who sends.
    pub by: By,
    /// What was written beside it.
    pub note: Note,
}

impl SendLeg {
    /// Gathers all that a leg needs: the consent, the parcel it covers, a fresh link. Refuses
    /// with [`NO_CONSENT`] when no consent reaches the body.
    pub async fn compose(city: &City, new: NewLeg, by: By, words: &str) -> Result<Self> {
        let mut conn = city.db.read().await?;
        let today = city.db.clock().today();
        let case = casework::cases::find(&mut conn, new.case_id)
            .await?
            .ok_or(db::Error::NotFound)?;
        let service = services::get(&mut conn, new.service_id).await?;
        let receiver = new.organization_id.get();
        let consent =
            parcels::consent_for(&mut conn, case.person_id.get(), receiver, today).await?;
        let Some(consent) = consent else {
            return NO_CONSENT.refuse();
        };
        let id = city.db.new_id();
        let keys: &Keys = &city.keys;
        let parcel = Parcel::compose(&mut conn, keys, id, &case, &service.code, &consent).await?;
        Ok(Self {
            leg: new.id,
            new: Some(new),
            consent: consent.id,
            parcel,
            link: LINKS.fresh(city),
            by,
            note: Note::seal(keys, city.db.new_id(), words),
        })
    }

    /// [`SendLeg::compose`] for a leg that was drafted before.
    pub async fn of_draft(city: &City, leg: &Leg, by: By, words: &str) -> Result<Self> {
        let new = NewLeg {
            id: leg.id,
            case_id: leg.case_id,
            step_id: leg.step_id.map(StepId::new),
            organization_id: leg.organization_id,
            service_id: leg.service_id,
        };
        let mut send = Self::compose(city, new, by, words).await?;
        send.new = None;
        Ok(send)
    }
}

impl Write for SendLeg {
    const NAME: &'static str = "send_leg";
    /// Its number, which is also the letter's.
    type Out = String;
    async fn run(&self, tx: &mut Tx) -> Result<String> {
        let old = match &self.new {
            Some(new) => draft(tx, new, self.by, None, None).await?,
            None => queries::get(tx, self.leg).await?,
        };
        if !old.state.is_unsent() && old.consent_id == Some(self.consent) {
            return Ok(old.number);
        }
        let asks = self.by.actor == Actor::SenderWorker
            && reference::term(tx, &old.service).await?.needs_release;
        if asks && old.state == State::AwaitingRelease {
            return Ok(old.number);
        }
        if !allows(old.state, self.by.actor, Action::Send) {
            return NOT_NOW.refuse();
        }
        if is_closed(tx, old.case_id).await? {
            return CASE_CLOSED.refuse();
        }
        if !chains::is_ready(tx, &old).await? {
            return TOO_EARLY.refuse();
        }
        if asks {
            return self.ask_release(tx, &old).await;
        }
        let service = services::get(tx, old.service_id).await?;
        let today = tx.today();
        let due = calendar::working_day_after(tx, today, service.days_to_answer).await?;
        let leg = Leg {
            state: State::Sent,
            debtor: Debtor::Receiver,
            clock: Clock::Running,
            due_on: Some(due),
            consent_id: Some(self.consent),
            sent_at: Some(tx.now()),
            round: 1,
            ..old.clone()
        };
        if !queries::save(tx, &old, &leg).await? {
            return NOT_NOW.refuse();
        }
        parcels::give(tx, &leg, self.consent, &self.parcel).await?;
        queries::add_event(tx, &leg, "send", self.by, &self.note, json!({})).await?;
        links::send(tx, &self.link, &leg, "referral").await?;
        clock::schedule(tx, &leg).await?;
        casework::move_stage(tx, leg.case_id, Stage::Referral).await?;
        chains::settle_case(tx, leg.case_id, NextAction::AwaitBody).await?;
        telling::tell(tx, &old, &leg).await?;
        let detail =
            json!({ "number": leg.number, "to": leg.organization_id, "consent": self.consent });
        access::audit::record(tx, "leg_sent", "leg", Some(leg.id.get()), detail).await?;
        Ok(leg.number)
    }
}

impl SendLeg {
    /// The leg waits for its supervisor's word. Parcel and link are made when it is given: what was
    /// agreed then counts.
    async fn ask_release(&self, tx: &mut Tx, old: &Leg) -> Result<String> {
        let today = tx.today();
        let leg = Leg {
            state: State::AwaitingRelease,
            debtor: Debtor::Sender,
            clock: Clock::Running,
            due_on: Some(calendar::working_day_after(tx, today, DAYS_TO_LOOK).await?),
            ..old.clone()
        };
        if !queries::save(tx, old, &leg).await? {
            return NOT_NOW.refuse();
        }
        queries::add_event(tx, &leg, "ask_release", self.by, &self.note, json!({})).await?;
        chains::settle_case(tx, leg.case_id, NextAction::ReleaseLeg).await?;
        telling::tell(tx, old, &leg).await?;
        let detail = json!({ "number": leg.number, "to": leg.organization_id });
        access::audit::record(tx, "leg_held", "leg", Some(leg.id.get()), detail).await?;
        Ok(leg.number)
    }
}
