//! Consultants and consultations for machines.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use casework::cases::Evidence;
use casework::{CaseId, StepId, StepKind};
use persian::{Date, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use web::{Failure, Json, Outcome as Answer};

use super::desk::check_user;
use super::pages::{ADVICE, NOTE, Wanted, consultation_of};
use super::{
    AddConsultant, BookConsultation, ConsultantId, Consultation, ConsultationId, ConsultationState,
    EndConsultation, Filter, HoldConsultation, Outcome, PAGE, list_consultants, queries,
};
use crate::Agreed;
use crate::bounds::{is_ahead, key_of, words};
use crate::enrolments::api::own_step;
use crate::enrolments::pages::step_for;
use crate::shown::cut;
use crate::{CONSULTANT_ADD, CONSULTATION_BOOK, CONSULTATION_READ};

pub(crate) fn routes() -> Routes {
    let (read, book) = (Need::May(&CONSULTATION_READ), Need::May(&CONSULTATION_BOOK));
    Routes::new()
        .get("/api/v1/consultants", read, consultants)
        .post("/api/v1/consultants", Need::May(&CONSULTANT_ADD), add)
        .get("/api/v1/consultations", read, list)
        .post("/api/v1/consultations", book, create)
        .get("/api/v1/consultations/{id}", read, show)
        .post("/api/v1/consultations/{id}/result", read, hold)
        .post("/api/v1/consultations/{id}/end", read, end)
}

/// A consultation as machines see it.
#[derive(Serialize)]
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

async fn consultants(ask: Ask) -> Answer {
    let items = list_consultants(&mut ask.read().await?).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

fn status(is_repeat: bool) -> StatusCode {
    match is_repeat {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    }
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn add(ask: Ask, Json(command): Json<AddConsultant>) -> Answer {
    check_user(&ask, command.user_id).await?;
    let key = command.id.get();
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Answer {
    let filter = Filter {
        state: wanted.state,
        before: wanted.cursor,
    };
    let mut conn = ask.read().await?;
    let mut items = queries::list(&mut conn, &ask.viewer, ask.now(), &filter).await?;
    let next = cut(&mut items, PAGE, |one| one.id.get());
    let items: Vec<Item> = items.into_iter().map(Item::from).collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

async fn show(ask: Ask, Path(id): Path<ConsultationId>) -> Answer {
    let mut conn = ask.read().await?;
    let one = consultation_of(&ask, &mut conn, id).await?;
    ask.json(StatusCode::OK, &Item::from(one))
}

#[derive(Deserialize)]
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
async fn create(ask: Ask, Json(wanted): Json<Booking>) -> Answer {
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
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

#[derive(Deserialize)]
struct Piece {
    words: String,
    due_on: Date,
}

#[derive(Deserialize)]
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
    headers: HeaderMap,
    Json(found): Json<Found>,
) -> Answer {
    let key = key_of(&headers)?;
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
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    again(&ask, id).await
}

async fn again(ask: &Ask, id: ConsultationId) -> Answer {
    let one = queries::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &Item::from(one))
}

#[derive(Deserialize)]
struct Ending {
    is_missed: bool,
}

async fn end(
    ask: Ask,
    Path(id): Path<ConsultationId>,
    headers: HeaderMap,
    Json(ending): Json<Ending>,
) -> Answer {
    let key = key_of(&headers)?;
    consultation_of(&ask, &mut ask.read().await?, id).await?;
    let command = EndConsultation {
        id,
        is_missed: ending.is_missed,
    };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    again(&ask, id).await
}
