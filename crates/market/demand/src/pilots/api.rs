//! Pilots for machines: `/api/v1/pilots`.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use web::{Json, Outcome};

use super::pages::{Cursor, MOST, run_by};
use super::{EndPilot, PAGE, PilotId, PilotResult, StartPilot};
use crate::offers::pages::answerable;
use crate::shown::{cut, key_of, status};
use crate::{NEED_READ, PILOT_RUN, VALUE_WRONG};

pub(crate) fn routes() -> Routes {
    let (read, run) = (Asks::May(&NEED_READ), Asks::May(&PILOT_RUN));
    Routes::new()
        .get("/api/v1/pilots", read, list)
        .post("/api/v1/pilots", run, create)
        .get("/api/v1/pilots/{id}", read, show)
        .post("/api/v1/pilots/{id}/result", run, end)
}

async fn list(ask: Ask, Query(query): Query<Cursor>) -> Outcome {
    let mut items = super::list(&mut ask.read().await?, &ask.viewer, query.cursor).await?;
    let next = cut(&mut items, PAGE, |pilot| pilot.id.get());
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

async fn show(ask: Ask, Path(id): Path<PilotId>) -> Outcome {
    let pilot = super::get_for(&mut ask.read().await?, &ask.viewer, id).await?;
    ask.json(StatusCode::OK, &pilot)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<StartPilot>) -> Outcome {
    answerable(&ask, command.offer).await?;
    if command.baseline > MOST {
        return VALUE_WRONG.at("baseline").map_err(web::Failure::from);
    }
    let key = command.id.get();
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

#[derive(Deserialize)]
struct Found {
    result: PilotResult,
    outcome: i64,
    #[serde(default)]
    description: String,
}

async fn end(
    ask: Ask,
    Path(id): Path<PilotId>,
    headers: HeaderMap,
    Json(found): Json<Found>,
) -> Outcome {
    let key = key_of(&headers)?;
    run_by(&ask, id).await?;
    if found.outcome > MOST {
        return VALUE_WRONG.at("outcome").map_err(web::Failure::from);
    }
    let command = EndPilot {
        id,
        result: found.result,
        outcome: found.outcome,
        description: found.description,
    };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    let pilot = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &pilot)
}
