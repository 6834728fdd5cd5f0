//! Orders for machines: `/api/v1/orders`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::pages::{Wanted, own};
use super::{CancelOrder, DeliverOrder, Delivery, Order, OrderId, OrderState, TakeOrder};
use crate::centres::may_keep;
use crate::{ORDER_KEEP, ORDER_READ};

pub(crate) fn routes() -> Routes {
    let (read, keep) = (Asks::May(&ORDER_READ), Asks::May(&ORDER_KEEP));
    Routes::new()
        .api_get("/api/v1/orders", read, list)
        .api_post("/api/v1/orders", keep, create)
        .api_get("/api/v1/orders/{id}", read, show)
        .api_post("/api/v1/orders/{id}/deliveries", keep, deliver)
        .api_post("/api/v1/orders/{id}/cancellation", keep, cancel)
}

/// An order and where it stands.
#[derive(Serialize, JsonSchema)]
struct OrderItem {
    state: OrderState,
    order: Order,
}

/// An order with what was delivered.
#[derive(Serialize, JsonSchema)]
struct OrderFile {
    #[serde(flatten)]
    item: OrderItem,
    deliveries: Vec<Delivery>,
}

fn told(ask: &Ask, order: Order) -> OrderItem {
    let state = order.state(ask.now().date());
    OrderItem { state, order }
}

async fn list(ask: Ask, limit: Limit, Query(wanted): Query<Wanted>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let mut orders = super::list(&mut conn, wanted.place, wanted.cursor, limit.and_one()).await?;
    drop(conn);
    let next = limit.cut(&mut orders, |order| order.id);
    let items = orders.into_iter().map(|order| told(&ask, order)).collect();
    ask.list(items, next)
}

async fn show(ask: Ask, Path(id): Path<OrderId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let order = super::get(&mut conn, id).await?;
    let deliveries = super::deliveries(&mut conn, id).await?;
    drop(conn);
    let item = told(&ask, order);
    let body = OrderFile { item, deliveries };
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<TakeOrder>) -> Outcome<impl Gives> {
    let place = organizations::places::get(&mut ask.read().await?, command.place).await?;
    if !may_keep(&ask, place.organization_id) {
        return Err(Failure::NotFound);
    }
    let key = command.id.get();
    let answer = ask.once(key, command).await?;
    ask.made(answer)
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewDelivery")]
struct Delivered {
    /// Made by the sender; also its key.
    id: Uuid,
    quantity: i64,
    delivered_on: persian::Date,
}

async fn deliver(
    ask: Ask,
    Path(order): Path<OrderId>,
    Json(new): Json<Delivered>,
) -> Outcome<impl Gives> {
    own(&ask, order).await?;
    let command = DeliverOrder {
        id: new.id,
        order,
        quantity: new.quantity,
        delivered_on: new.delivered_on,
    };
    let answer = ask.once(new.id, command).await?;
    ask.made(answer)
}

async fn cancel(ask: Ask, Path(id): Path<OrderId>, Key(key): Key) -> Outcome<impl Gives> {
    own(&ask, id).await?;
    let command = CancelOrder { id };
    ask.once(key, command).await?;
    let order = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &told(&ask, order))
}
