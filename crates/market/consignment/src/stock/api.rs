//! The same for machines: goods that leave, and discrepancies to be explained.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use db::Write;
use organizations::PlaceId;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::{MoveOut, MovementKind, ResolveDiscrepancy, STOCK_FIELD, open_discrepancies, pages};
use crate::agreements::Payer;
use crate::receipts::pages::places;
use crate::{GOODS_RECEIVE, STOCK_READ};

pub(crate) fn routes() -> Routes {
    let receive = Need::May(&GOODS_RECEIVE);
    Routes::new()
        .post("/api/v1/lots/{code}/removals", receive, remove)
        .get("/api/v1/discrepancies", Need::May(&STOCK_READ), list)
        .post("/api/v1/discrepancies/{id}/resolution", receive, resolve)
}

/// The sender's key: the `Idempotency-Key` header, a UUID.
pub(crate) fn key(headers: &HeaderMap) -> Outcome<Uuid> {
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok());
    key.and_then(|key| key.trim_matches('"').parse().ok())
        .ok_or_else(|| Failure::Unreadable("the header Idempotency-Key must be a UUID".into()))
}

async fn run<W: Write<Out = ()>>(ask: &Ask, key: Uuid, command: W) -> Outcome {
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    let status = match answer.is_repeat {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    ask.json(status, &json!({}))
}

#[derive(Deserialize)]
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
async fn remove(ask: Ask, Path(code): Path<String>, Json(body): Json<Removal>) -> Outcome {
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

async fn list(ask: Ask) -> Outcome {
    let items = open_discrepancies(&mut ask.read().await?, &ask.viewer).await?;
    ask.json(StatusCode::OK, &json!({ "items": items }))
}

#[derive(Deserialize)]
struct Resolution {
    resolution: String,
}

/// Another body's, or one that was resolved before the key was used, is not there.
async fn resolve(
    ask: Ask,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    Json(body): Json<Resolution>,
) -> Outcome {
    let key = key(&headers)?;
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
