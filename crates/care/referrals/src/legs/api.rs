//! Legs for machines: the same commands, the same rules.

use std::collections::BTreeMap;

use access::contract::Gives;
use access::grants::Category;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use casework::{CaseId, StepId, months_after};
use db::Conn;
use organizations::{ServiceId, services};
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::pages::case_of;
use super::states::{Action, Actor, Channel, Clock, Debtor, Delivery, State};
use super::{
    ANSWER, Act, By, COORDINATE, Leg, LegId, MoveLeg, NewLeg, Note, OVERSEE, Returned, SEND,
    SendLeg, queries, shown,
};
use crate::chains::{Chosen, StartChain};
use crate::letters;
use crate::parcels::{AgreeToReferral, Snapshot};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/legs", Need::Staff, list)
        .api_post("/api/v1/legs", Need::May(&SEND), create)
        .api_get("/api/v1/legs/overdue", Need::May(&OVERSEE), overdue)
        .api_get("/api/v1/legs/{id}", Need::Staff, show)
        .api_get("/api/v1/legs/{id}/letter", Need::May(&SEND), letters::print)
        .api_get("/api/v1/legs/{id}/parcel", Need::Staff, parcel)
        .api_get("/api/v1/legs/{id}/events", Need::Staff, events)
        .api_post("/api/v1/legs/{id}/send", Need::May(&SEND), send)
        .api_post("/api/v1/legs/{id}/acts", Need::Staff, act)
        .api_post("/api/v1/chains", Need::May(&SEND), start_chain)
        .api_post("/api/v1/referral-consents", Need::May(&SEND), agree)
}

/// A leg as machines see it: no fact about the person.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LegItem")]
struct Item {
    id: LegId,
    number: String,
    case_id: CaseId,
    sender_id: Uuid,
    organization_id: Uuid,
    service_id: ServiceId,
    service: String,
    state: State,
    debtor: Debtor,
    clock: Clock,
    due_on: Option<Date>,
    review_on: Option<Date>,
    days_late: i64,
    sent_at: Option<Timestamp>,
    seen_at: Option<Timestamp>,
    answered_at: Option<Timestamp>,
    done_at: Option<Timestamp>,
    decline_code: Option<String>,
    outcome: Option<Delivery>,
    #[schemars(with = "Option<Returned>")]
    result: Option<serde_json::Value>,
    actions: Vec<Action>,
}

impl Item {
    fn of(leg: Leg, actor: Option<Actor>, today: Date) -> Self {
        Self {
            actions: actor.map(|actor| leg.actions(actor)).unwrap_or_default(),
            days_late: leg.days_late(today),
            id: leg.id,
            number: leg.number,
            case_id: leg.case_id,
            sender_id: leg.sender_id.get(),
            organization_id: leg.organization_id.get(),
            service_id: leg.service_id,
            service: leg.service,
            state: leg.state,
            debtor: leg.debtor,
            clock: leg.clock,
            due_on: leg.due_on,
            review_on: leg.review_on,
            sent_at: leg.sent_at,
            seen_at: leg.seen_at,
            answered_at: leg.answered_at,
            done_at: leg.done_at,
            decline_code: leg.decline_code,
            outcome: leg.outcome,
            result: leg.result,
        }
    }
}

/// The viewer's part in a leg, whichever side; another body's leg is not found.
fn actor(ask: &Ask, leg: &Leg) -> Outcome<Actor> {
    let sender = leg
        .sender_actor(&ask.viewer)
        .filter(|_| SEND.is_held_by(&ask.viewer));
    sender
        .or_else(|| leg.receiver_actor(&ask.viewer))
        .or_else(|| secretariat(ask, leg))
        .ok_or(Failure::NotFound)
}

/// The secretariat has a part in every leg that is no draft; it reads no parcel.
fn secretariat(ask: &Ask, leg: &Leg) -> Option<Actor> {
    let has_part = leg.state != State::Draft && COORDINATE.is_held_by(&ask.viewer);
    has_part.then_some(Actor::Secretariat)
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    cursor: Option<Uuid>,
}

async fn list(ask: Ask, limit: Limit, Query(filter): Query<Filter>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let senders = ask.viewer.bodies_as(SEND.roles);
    let receivers = ask.viewer.bodies_as(ANSWER.roles);
    let most = limit.and_one();
    let mut legs =
        queries::list_of_bodies(&mut conn, &senders, &receivers, filter.cursor, most).await?;
    let next = limit.cut(&mut legs, |leg| leg.id);
    let today = ask.now().date();
    let item = |leg: Leg| {
        let actor = actor(&ask, &leg).ok();
        Item::of(leg, actor, today)
    };
    let items: Vec<Item> = legs.into_iter().map(item).collect();
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<LegId>) -> Outcome<impl Gives> {
    let leg = queries::get(&mut ask.read().await?, id).await?;
    let actor = actor(&ask, &leg)?;
    ask.json(
        StatusCode::OK,
        &Item::of(leg, Some(actor), ask.now().date()),
    )
}

/// The facts a leg carries.
#[derive(Serialize, JsonSchema)]
struct ParcelItem {
    leg_id: LegId,
    fields: BTreeMap<String, serde_json::Value>,
}

/// What the receiver may know of the person; for the sender also when it was called back.
async fn parcel(ask: Ask, Path(id): Path<LegId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (leg, held) = opened(&ask, &mut conn, id).await?;
    drop(conn);
    let held = held.ok_or(Failure::NotFound)?;
    ask.seen("leg", Some(id.get()), vec![leg.person_id]).await?;
    ask.json(
        StatusCode::OK,
        &ParcelItem {
            leg_id: id,
            fields: held.values.into_iter().collect(),
        },
    )
}

/// The leg and its parcel, as far as this viewer may read it.
async fn opened(ask: &Ask, conn: &mut Conn, id: LegId) -> Outcome<(Leg, Option<Snapshot>)> {
    let leg = queries::get(conn, id).await?;
    actor(ask, &leg)?;
    let held = match super::pages::sent_leg(ask, conn, id).await {
        Ok(_) => shown::parcel(ask, conn, &leg).await?,
        Err(_) if leg.receiver_actor(&ask.viewer).is_some() => {
            shown::parcel_for_receiver(ask, conn, &leg).await?
        }
        Err(failure) => return Err(failure),
    };
    Ok((leg, held))
}

/// What happened to a leg.
#[derive(Serialize, JsonSchema)]
struct LegEventItem {
    id: Uuid,
    happened_at: Timestamp,
    act: String,
    channel: Channel,
    actor: String,
    note: Option<String>,
}

/// What happened to a leg, newest first; a receiver reads it while its parcel lasts.
async fn events(ask: Ask, Path(id): Path<LegId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (leg, held) = opened(&ask, &mut conn, id).await?;
    let is_sender = leg.sender_actor(&ask.viewer).is_some();
    let told = match is_sender || held.is_some() {
        true => shown::history(&mut conn, &ask.city.keys, &leg).await?,
        false => Vec::new(),
    };
    drop(conn);
    ask.seen("leg", Some(id.get()), vec![leg.person_id]).await?;
    let items: Vec<_> = told
        .iter()
        .map(|told| LegEventItem {
            id: told.event.id,
            happened_at: told.event.happened_at,
            act: told.event.act.clone(),
            channel: told.event.channel,
            actor: told.event.actor.clone(),
            note: told.note.clone(),
        })
        .collect();
    ask.whole(items)
}

async fn overdue(ask: Ask) -> Outcome<impl Gives> {
    let items = queries::overdue(&mut ask.read().await?, ask.now().date()).await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewLeg")]
struct Wanted {
    id: LegId,
    case_id: CaseId,
    step_id: Option<StepId>,
    service_id: ServiceId,
    #[serde(default)]
    note: String,
}

/// A leg that was sent, and its letter's number.
#[derive(Serialize, JsonSchema)]
struct Numbered {
    id: LegId,
    number: String,
}

async fn create(ask: Ask, Json(wanted): Json<Wanted>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let case = case_of(&ask, &mut conn, wanted.case_id).await?;
    let service = services::get(&mut conn, wanted.service_id).await?;
    drop(conn);
    let new = NewLeg {
        id: wanted.id,
        case_id: case.id,
        step_id: wanted.step_id,
        organization_id: service.organization_id,
        service_id: service.id,
    };
    let words = note(&wanted.note)?;
    let command = SendLeg::compose(&ask.city, new, By::desk(Actor::SenderWorker), &words).await?;
    let answer = ask.once(wanted.id.get(), command).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &Numbered {
            id: wanted.id,
            number: answer.out.clone(),
        },
    )
}

async fn send(ask: Ask, Path(id): Path<LegId>, Key(key): Key) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (leg, _, actor) = super::pages::sent_leg(&ask, &mut conn, id).await?;
    drop(conn);
    let command = SendLeg::of_draft(&ask.city, &leg, By::desk(actor), "").await?;
    let answer = ask.once(key, command).await?;
    ask.json(
        StatusCode::OK,
        &Numbered {
            id,
            number: answer.out.clone(),
        },
    )
}

/// An act as machines send it: `{"act":"accept","appointment_on":null,"note":"…"}`.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LegActWished")]
struct Wished {
    #[serde(flatten)]
    act: Act,
    #[serde(default)]
    note: String,
}

fn note(text: &str) -> Outcome<String> {
    let text = persian::clean_lines(text);
    let is_short = text.chars().count() <= super::forms::NOTE;
    if is_short {
        Ok(text)
    } else {
        Err(Failure::Unreadable("/note".into()))
    }
}

/// What a leg's acts may carry; the same bounds as the forms.
fn bounded(act: Act, today: Date) -> Outcome<Act> {
    let wrong = |place: &str| Err(Failure::Unreadable(place.to_owned()));
    match &act {
        Act::Complete { returned, .. } => {
            let returned = returned.clone().unwrap_or_default();
            let number = returned.licence_number.unwrap_or_default();
            if number.chars().count() > super::forms::CODE {
                return wrong("/returned/licence_number");
            }
        }
        Act::Decline { code } if code.chars().count() > super::forms::CODE => {
            return wrong("/code");
        }
        Act::Waitlist { review_on } | Act::Hold { review_on }
            if *review_on > months_after(today, LONGEST) =>
        {
            return wrong("/review_on");
        }
        Act::Accept {
            appointment_on: Some(day),
        } if *day > months_after(today, LONGEST) => return wrong("/appointment_on"),
        _ => {}
    }
    Ok(act)
}

/// Months that may be planned ahead, and that a consent may hold.
const LONGEST: i64 = 36;

async fn act(
    ask: Ask,
    Path(id): Path<LegId>,
    Key(key): Key,
    Json(wished): Json<Wished>,
) -> Outcome<impl Gives> {
    let leg = queries::get(&mut ask.read().await?, id).await?;
    let actor = actor(&ask, &leg)?;
    let note = Note::seal(&ask.city.keys, ask.city.db.new_id(), &note(&wished.note)?);
    let command = MoveLeg {
        leg: id,
        act: bounded(wished.act, ask.now().date())?,
        by: By::desk(actor),
        note,
    };
    let answer = ask.once(key, command).await?;
    ask.json(StatusCode::OK, &answer.out)
}

#[derive(Deserialize, JsonSchema)]
struct NewChain {
    id: Uuid,
    template: String,
    case_id: CaseId,
    step_id: Option<StepId>,
    legs: Vec<ChosenLeg>,
}

#[derive(Deserialize, JsonSchema)]
struct ChosenLeg {
    code: String,
    service_id: ServiceId,
    step_id: Option<StepId>,
}

/// A chain and its legs.
#[derive(Serialize, JsonSchema)]
struct ChainStarted {
    id: Uuid,
    legs: Vec<LegId>,
}

async fn start_chain(ask: Ask, Json(new): Json<NewChain>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    case_of(&ask, &mut conn, new.case_id).await?;
    let mut chosen = Vec::with_capacity(new.legs.len());
    for leg in new.legs {
        let service = services::get(&mut conn, leg.service_id).await?;
        chosen.push(Chosen {
            code: leg.code,
            leg: LegId::new(ask.city.db.new_id()),
            organization_id: service.organization_id,
            service_id: service.id,
            step_id: leg.step_id,
        });
    }
    drop(conn);
    let command = StartChain {
        id: new.id,
        template: new.template,
        case_id: new.case_id,
        step_id: new.step_id,
        chosen,
        by: By::desk(Actor::SenderWorker),
    };
    let answer = ask.once(new.id, command).await?;
    let status = Ask::status(&answer);
    ask.json(
        status,
        &ChainStarted {
            id: new.id,
            legs: answer.out.clone(),
        },
    )
}

async fn agree(ask: Ask, Json(command): Json<AgreeToReferral>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    case_of(&ask, &mut conn, command.case_id).await?;
    let today = ask.now().date();
    if !(today..=months_after(today, LONGEST)).contains(&command.valid_until) {
        return Err(Failure::Unreadable("/valid_until".into()));
    }
    if command.categories.is_empty() || command.categories.len() > Category::ALL.len() {
        return Err(Failure::Unreadable("/categories".into()));
    }
    match organizations::get(&mut conn, command.organization_id).await {
        Ok(_) => {}
        Err(db::Error::NotFound) => return Err(Failure::Unreadable("/organization_id".into())),
        Err(other) => return Err(other.into()),
    }
    drop(conn);
    let answer = ask.once(command.id, command).await?;
    ask.made(answer)
}
