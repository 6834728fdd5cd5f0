//! Needs for machines: `/api/v1/needs`.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use web::{Failure, Json, Outcome};

use super::pages::{Wanted, may_withdraw};
use super::{Filter, NeedId, PAGE, RaiseNeed, WithdrawNeed};
use crate::shown::{cut, key_of, status};
use crate::{NEED_RAISE, NEED_READ, offers, pilots, products};

pub(crate) fn routes() -> Routes {
    let (read, raise) = (Asks::May(&NEED_READ), Asks::May(&NEED_RAISE));
    Routes::new()
        .get("/api/v1/needs", read, list)
        .post("/api/v1/needs", raise, create)
        .get("/api/v1/needs/{id}", read, show)
        .post("/api/v1/needs/{id}/withdrawal", raise, withdraw)
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Outcome {
    let filter = Filter {
        state: wanted.state,
        before: wanted.cursor,
    };
    let mut items = super::list(&mut ask.read().await?, &ask.viewer, &filter).await?;
    let next = cut(&mut items, PAGE, |need| need.id.get());
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

/// The need with the offers and pilots the viewer may see.
async fn show(ask: Ask, Path(id): Path<NeedId>) -> Outcome {
    let mut conn = ask.read().await?;
    let need = super::get_for(&mut conn, &ask.viewer, id).await?;
    let offers = offers::list_for(&mut conn, &ask.viewer, id).await?;
    let pilots = pilots::list_of(&mut conn, &ask.viewer, id).await?;
    let body = json!({ "need": need, "offers": offers, "pilots": pilots });
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<RaiseNeed>) -> Outcome {
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
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

async fn withdraw(ask: Ask, Path(id): Path<NeedId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    let need = super::get(&mut ask.read().await?, id).await?;
    if !may_withdraw(&ask, &need) {
        return Err(Failure::NotFound);
    }
    ask.city
        .db
        .write_once(key, &ask.origin(), WithdrawNeed { id })
        .await?;
    ask.json(
        StatusCode::OK,
        &super::get(&mut ask.read().await?, id).await?,
    )
}
