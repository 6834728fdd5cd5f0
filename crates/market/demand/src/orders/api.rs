//! Orders for machines: `/api/v1/orders`.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::pages::{Wanted, may_keep, own};
use super::{CancelOrder, DeliverOrder, Order, OrderId, PAGE, TakeOrder};
use crate::shown::{cut, key_of, status};
use crate::{ORDER_KEEP, ORDER_READ};

pub(crate) fn routes() -> Routes {
    let (read, keep) = (Asks::May(&ORDER_READ), Asks::May(&ORDER_KEEP));
    Routes::new()
        .get("/api/v1/orders", read, list)
        .post("/api/v1/orders", keep, create)
        .get("/api/v1/orders/{id}", read, show)
        .post("/api/v1/orders/{id}/deliveries", keep, deliver)
        .post("/api/v1/orders/{id}/cancellation", keep, cancel)
}

fn told(ask: &Ask, order: &Order) -> Value {
    json!({ "state": order.state(ask.now().date()), "order": order })
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut orders = super::list(&mut conn, wanted.place, wanted.cursor).await?;
    drop(conn);
    let next = cut(&mut orders, PAGE, |order| order.id.get());
    let items: Vec<Value> = orders.iter().map(|order| told(&ask, order)).collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

async fn show(ask: Ask, Path(id): Path<OrderId>) -> Outcome {
    let mut conn = ask.read().await?;
    let order = super::get(&mut conn, id).await?;
    let mut body = told(&ask, &order);
    body["deliveries"] = json!(super::deliveries(&mut conn, id).await?);
    drop(conn);
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<TakeOrder>) -> Outcome {
    let place = organizations::places::get(&mut ask.read().await?, command.place).await?;
    if !may_keep(&ask, place.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

#[derive(Deserialize)]
struct Delivered {
    /// Made by the sender; also its key.
    id: Uuid,
    quantity: i64,
    delivered_on: persian::Date,
}

async fn deliver(ask: Ask, Path(order): Path<OrderId>, Json(new): Json<Delivered>) -> Outcome {
    own(&ask, order).await?;
    let command = DeliverOrder {
        id: new.id,
        order,
        quantity: new.quantity,
        delivered_on: new.delivered_on,
    };
    let answer = ask
        .city
        .db
        .write_once(new.id, &ask.origin(), command)
        .await?;
    ask.json(status(answer.is_repeat), &json!({ "id": answer.out }))
}

async fn cancel(ask: Ask, Path(id): Path<OrderId>, headers: HeaderMap) -> Outcome {
    let key = key_of(&headers)?;
    own(&ask, id).await?;
    let command = CancelOrder { id };
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    let order = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &told(&ask, &order))
}
