//! Pilots for machines: `/api/v1/pilots`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Json, Outcome};

use super::pages::{Cursor, MOST, run_by};
use super::{EndPilot, PilotId, PilotResult, StartPilot};
use crate::offers::pages::answerable;
use crate::{NEED_READ, PILOT_RUN, VALUE_WRONG};

pub(crate) fn routes() -> Routes {
    let (read, run) = (Asks::May(&NEED_READ), Asks::May(&PILOT_RUN));
    Routes::new()
        .api_get("/api/v1/pilots", read, list)
        .api_post("/api/v1/pilots", run, create)
        .api_get("/api/v1/pilots/{id}", read, show)
        .api_post("/api/v1/pilots/{id}/result", run, end)
}

async fn list(ask: Ask, limit: Limit, Query(query): Query<Cursor>) -> Outcome<impl Gives> {
    let mut items = super::list(
        &mut ask.read().await?,
        &ask.viewer,
        query.cursor,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut items, |pilot| pilot.id);
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<PilotId>) -> Outcome<impl Gives> {
    let pilot = super::get_for(&mut ask.read().await?, &ask.viewer, id).await?;
    ask.json(StatusCode::OK, &pilot)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<StartPilot>) -> Outcome<impl Gives> {
    answerable(&ask, command.offer).await?;
    if command.goal.is_some_and(|goal| goal > MOST) {
        return VALUE_WRONG.at("goal").map_err(web::Failure::from);
    }
    if command.baseline > MOST {
        return VALUE_WRONG.at("baseline").map_err(web::Failure::from);
    }
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "PilotEnd")]
struct Found {
    result: PilotResult,
    outcome: i64,
    #[serde(default)]
    description: String,
}

async fn end(
    ask: Ask,
    Path(id): Path<PilotId>,
    Key(key): Key,
    Json(found): Json<Found>,
) -> Outcome<impl Gives> {
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
    ask.once(key, command).await?;
    let pilot = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &pilot)
}
