//! Consultants and consultations for machines.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use casework::cases::Evidence;
use casework::{CaseId, StepId, StepKind};
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Json, Outcome as Answer};

use super::desk::check_user;
use super::pages::{ADVICE, NOTE, Wanted, consultation_of};
use super::{
    AddConsultant, BookConsultation, ConsultantId, Consultation, ConsultationId, ConsultationState,
    EndConsultation, Filter, HoldConsultation, Outcome, list_consultants, queries,
};
use crate::bounds::{is_ahead, words};
use crate::enrolments::api::own_step;
use crate::enrolments::pages::step_for;
use crate::{Agreed, CONSULTANT_ADD, CONSULTATION_BOOK, CONSULTATION_READ};

pub(crate) fn routes() -> Routes {
    let (read, book) = (Need::May(&CONSULTATION_READ), Need::May(&CONSULTATION_BOOK));
    Routes::new()
        .api_get("/api/v1/consultants", read, consultants)
        .api_post("/api/v1/consultants", Need::May(&CONSULTANT_ADD), add)
        .api_get("/api/v1/consultations", read, list)
        .api_post("/api/v1/consultations", book, create)
        .api_get("/api/v1/consultations/{id}", read, show)
        .api_post("/api/v1/consultations/{id}/result", read, hold)
        .api_post("/api/v1/consultations/{id}/end", read, end)
}

/// A consultation as machines see it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ConsultationItem")]
struct Item {
    id: ConsultationId,
    consultant_id: ConsultantId,
    case_id: CaseId,
    step_id: Option<StepId>,
    starts_at: Timestamp,
    ends_at: Timestamp,
    state: ConsultationState,
    outcome: Option<Outcome>,
    advices: i64,
}

impl From<Consultation> for Item {
    fn from(one: Consultation) -> Self {
        Self {
            id: one.id,
            consultant_id: one.consultant_id,
            case_id: one.case_id,
            step_id: one.step_id,
            starts_at: one.starts_at,
            ends_at: one.ends_at,
            state: one.state,
            outcome: one.outcome,
            advices: one.advices,
        }
    }
}

async fn consultants(ask: Ask) -> Answer<impl Gives> {
    let items = list_consultants(&mut ask.read().await?).await?;
    ask.whole(items)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn add(ask: Ask, Json(command): Json<AddConsultant>) -> Answer<impl Gives> {
    check_user(&ask, command.user_id).await?;
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

async fn list(ask: Ask, limit: Limit, Query(wanted): Query<Wanted>) -> Answer<impl Gives> {
    let filter = Filter {
        state: wanted.state,
        before: wanted.cursor,
    };
    let mut conn = ask.read().await?;
    let mut items =
        queries::list(&mut conn, &ask.viewer, ask.now(), &filter, limit.and_one()).await?;
    let next = limit.cut(&mut items, |one| one.id);
    let items: Vec<Item> = items.into_iter().map(Item::from).collect();
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<ConsultationId>) -> Answer<impl Gives> {
    let mut conn = ask.read().await?;
    let one = consultation_of(&ask, &mut conn, id).await?;
    ask.json(StatusCode::OK, &Item::from(one))
}

#[derive(Deserialize, JsonSchema)]
struct Booking {
    id: ConsultationId,
    consultant_id: ConsultantId,
    case_id: CaseId,
    /// Left out: the plan's first open consulting step.
    step_id: Option<StepId>,
    starts_at: Timestamp,
    minutes: i64,
    /// That she agreed to be known to the consultant's body; left out when a consent says so already.
    agreed: Option<Evidence>,
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(wanted): Json<Booking>) -> Answer<impl Gives> {
    let mut conn = ask.read().await?;
    let case = casework::get(&mut conn, &ask.viewer, ask.now(), wanted.case_id).await?;
    if !is_ahead(wanted.starts_at.date(), ask.now().date()) {
        return super::TIME_WRONG.at("starts_at").map_err(Failure::from);
    }
    let step = match wanted.step_id {
        Some(step) => own_step(&mut conn, case.id, step).await?,
        // A repeat must mean the same command, whatever the plan says by now.
        None => match queries::step_of(&mut conn, wanted.id).await? {
            Some(known) => known,
            None => step_for(&mut conn, case.id, StepKind::Consulting).await?,
        },
    };
    drop(conn);
    let command = BookConsultation {
        id: wanted.id,
        consultant: wanted.consultant_id,
        case: case.id,
        step,
        starts_at: wanted.starts_at,
        minutes: wanted.minutes,
        agreed: wanted.agreed.map(|evidence| Agreed {
            id: wanted.id.get(),
            evidence,
        }),
    };
    let key = wanted.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Advice")]
struct Piece {
    words: String,
    due_on: Date,
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ConsultationResult")]
struct Found {
    outcome: Outcome,
    #[serde(default)]
    note: String,
    #[serde(default)]
    advice: Vec<Piece>,
}

/// Most pieces of advice of one consultation.
const MOST: usize = 10;

async fn hold(
    ask: Ask,
    Path(id): Path<ConsultationId>,
    Key(key): Key,
    Json(found): Json<Found>,
) -> Answer<impl Gives> {
    let mut conn = ask.read().await?;
    let one = consultation_of(&ask, &mut conn, id).await?;
    drop(conn);
    let keys = &ask.city.keys;
    let note = match found.note.trim() {
        "" => String::new(),
        typed => words(typed, NOTE, "note")?,
    };
    if found.advice.len() > MOST {
        return Err(Failure::Unreadable("advice".into()));
    }
    let mut advice = Vec::with_capacity(found.advice.len());
    for (place, piece) in (0..).zip(&found.advice) {
        let text = words(&piece.words, ADVICE, "advice")?;
        if !is_ahead(piece.due_on, ask.now().date()) {
            return Err(Failure::Unreadable("advice".into()));
        }
        advice.push(HoldConsultation::advice(
            keys,
            id,
            one.case_id,
            place,
            &text,
            piece.due_on,
        ));
    }
    let command = HoldConsultation {
        id,
        outcome: found.outcome,
        note: HoldConsultation::seal(keys, id, &note),
        advice,
    };
    ask.once(key, command).await?;
    again(&ask, id).await
}

async fn again(ask: &Ask, id: ConsultationId) -> Answer<access::Answer<Item>> {
    let one = queries::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &Item::from(one))
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "ConsultationEnd")]
struct Ending {
    is_missed: bool,
}

async fn end(
    ask: Ask,
    Path(id): Path<ConsultationId>,
    Key(key): Key,
    Json(ending): Json<Ending>,
) -> Answer<impl Gives> {
    consultation_of(&ask, &mut ask.read().await?, id).await?;
    let command = EndConsultation {
        id,
        is_missed: ending.is_missed,
    };
    ask.once(key, command).await?;
    again(&ask, id).await
}
