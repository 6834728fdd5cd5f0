//! The same for machines: goods that leave, and discrepancies to be explained.

use access::contract::Gives;
use access::{Answer, Ask, Key, Need, Nothing, Routes};
use axum::extract::Path;
use db::Write;
use organizations::PlaceId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{MoveOut, MovementKind, ResolveDiscrepancy, STOCK_FIELD, open_discrepancies, pages};
use crate::agreements::Payer;
use crate::receipts::pages::places;
use crate::{GOODS_RECEIVE, STOCK_READ};

pub(crate) fn routes() -> Routes {
    let receive = Need::May(&GOODS_RECEIVE);
    Routes::new()
        .api_post("/api/v1/lots/{code}/removals", receive, remove)
        .api_get("/api/v1/discrepancies", Need::May(&STOCK_READ), list)
        .api_post("/api/v1/discrepancies/{id}/resolution", receive, resolve)
}

async fn run<W: Write<Out = ()>>(ask: &Ask, key: Uuid, command: W) -> Outcome<Answer<Nothing>> {
    let answer = ask.once(key, command).await?;
    let status = Ask::status(&answer);
    ask.json(status, &Nothing {})
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LotRemoval")]
struct Removal {
    id: Uuid,
    place_id: PlaceId,
    kind: MovementKind,
    quantity: i64,
    #[serde(default)]
    payer: Option<Payer>,
    #[serde(default)]
    reason: String,
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn remove(
    ask: Ask,
    Path(code): Path<String>,
    Json(body): Json<Removal>,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (lot, _) = pages::seen(&mut conn, &ask, &code).await?;
    let own = places(&mut conn, &ask, GOODS_RECEIVE.roles).await?;
    drop(conn);
    if !own.iter().any(|place| place.id == body.place_id) {
        return Err(Failure::NotFound);
    }
    let reason = persian::clean(&body.reason);
    if reason.chars().count() > 200 {
        return STOCK_FIELD.at("reason").map_err(Failure::from);
    }
    let command = MoveOut {
        id: body.id,
        lot_id: lot.id,
        place_id: body.place_id,
        quantity: body.quantity,
        kind: body.kind,
        payer: body.payer,
        reason,
    };
    run(&ask, body.id, command).await
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let items = open_discrepancies(&mut ask.read().await?, &ask.viewer).await?;
    ask.whole(items)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "DiscrepancyResolution")]
struct Resolution {
    resolution: String,
}

/// Another body's, or one that was resolved before the key was used, is not there.
async fn resolve(
    ask: Ask,
    Path(id): Path<Uuid>,
    Key(key): Key,
    Json(body): Json<Resolution>,
) -> Outcome<impl Gives> {
    let place = super::discrepancies::place_of(&mut ask.read().await?, id).await?;
    let own = places(&mut ask.read().await?, &ask, GOODS_RECEIVE.roles).await?;
    if !own.iter().any(|one| one.id == place) {
        return Err(Failure::NotFound);
    }
    let resolution = persian::clean(&body.resolution);
    if !(1..=300).contains(&resolution.chars().count()) {
        return STOCK_FIELD.at("resolution").map_err(Failure::from);
    }
    run(&ask, key, ResolveDiscrepancy { id, resolution }).await
}
