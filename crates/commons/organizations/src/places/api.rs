//! Places for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, Outcome};

use super::{Hours, Place, PlaceId, ShowPlace, get, hours_of, list_of};
use crate::{CHANGE, OrganizationId, READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/organizations/{id}/places", Need::May(&READ), list)
        .api_post(
            "/api/v1/organizations/{id}/places/{place}",
            Need::May(&CHANGE),
            show_place,
        )
}

async fn list(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    crate::bodies::get(&mut conn, id).await?;
    ask.whole(list_of(&mut conn, id).await?)
}

/// What everybody may know of a place.
#[derive(Deserialize, JsonSchema)]
struct Face {
    address: String,
    trade: String,
    is_listed: bool,
    hours: Vec<Hours>,
}

/// A place with its hours.
#[derive(Serialize, JsonSchema)]
struct PlaceFace {
    place: Place,
    hours: Vec<Hours>,
}

async fn show_place(
    ask: Ask,
    Path((id, place)): Path<(OrganizationId, PlaceId)>,
    Key(key): Key,
    Json(face): Json<Face>,
) -> Outcome<impl Gives> {
    super::pages::of(&ask, id, place).await?;
    let command = ShowPlace {
        id: place,
        address: face.address,
        trade: face.trade,
        is_listed: face.is_listed,
        hours: face.hours,
    };
    ask.once(key, command).await?;
    let mut conn = ask.read().await?;
    let body = PlaceFace {
        place: get(&mut conn, place).await?,
        hours: hours_of(&mut conn, place).await?,
    };
    ask.json(StatusCode::OK, &body)
}
