//! Needs for machines: `/api/v1/needs`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Failure, Json, Outcome};

use super::pages::{Wanted, may_withdraw};
use super::{Filter, Need, NeedId, RaiseNeed, WithdrawNeed};
use crate::offers::Offer;
use crate::pilots::Pilot;
use crate::{NEED_RAISE, NEED_READ, offers, pilots, products};

pub(crate) fn routes() -> Routes {
    let (read, raise) = (Asks::May(&NEED_READ), Asks::May(&NEED_RAISE));
    Routes::new()
        .api_get("/api/v1/needs", read, list)
        .api_post("/api/v1/needs", raise, create)
        .api_get("/api/v1/needs/{id}", read, show)
        .api_post("/api/v1/needs/{id}/withdrawal", raise, withdraw)
}

async fn list(ask: Ask, limit: Limit, Query(wanted): Query<Wanted>) -> Outcome<impl Gives> {
    let filter = Filter {
        state: wanted.state,
        before: wanted.cursor,
    };
    let mut items = super::list(
        &mut ask.read().await?,
        &ask.viewer,
        &filter,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut items, |need| need.id);
    ask.list(items, next)
}

/// A need with the offers and pilots the asker may see.
#[derive(Serialize, JsonSchema)]
struct NeedFile {
    need: Need,
    offers: Vec<Offer>,
    pilots: Vec<Pilot>,
}

/// The need with the offers and pilots the viewer may see.
async fn show(ask: Ask, Path(id): Path<NeedId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let need = super::get_for(&mut conn, &ask.viewer, id).await?;
    let offers = offers::list_for(&mut conn, &ask.viewer, id).await?;
    let pilots = pilots::list_of(&mut conn, &ask.viewer, id).await?;
    let body = NeedFile {
        need,
        offers,
        pilots,
    };
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<RaiseNeed>) -> Outcome<impl Gives> {
    let own = ask.viewer.bodies_as(NEED_RAISE.roles);
    if !own.contains(&command.organization_id.get()) {
        return Err(Failure::NotFound);
    }
    if let Some(product) = command.product_id
        && products::find(&mut ask.read().await?, product)
            .await?
            .is_none()
    {
        return crate::RECORD_UNKNOWN
            .at("product_id")
            .map_err(Failure::from);
    }
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

async fn withdraw(ask: Ask, Path(id): Path<NeedId>, Key(key): Key) -> Outcome<impl Gives> {
    let need = super::get(&mut ask.read().await?, id).await?;
    if !may_withdraw(&ask, &need) {
        return Err(Failure::NotFound);
    }
    ask.once(key, WithdrawNeed { id }).await?;
    ask.json(
        StatusCode::OK,
        &super::get(&mut ask.read().await?, id).await?,
    )
}
