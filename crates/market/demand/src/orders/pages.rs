//! Orders on screen: the list, one of them with its deliveries, and the form.

use access::{Ask, Need as Asks, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use organizations::PlaceId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{CancelOrder, DeliverOrder, Order, OrderId, PAGE, TakeOrder, views};
use crate::centres::{may_keep, places};
use crate::shown::cut;
use crate::{ORDER_KEEP, ORDER_READ, WORDS};

pub(crate) fn routes() -> Routes {
    let keep = Asks::May(&ORDER_KEEP);
    Routes::new()
        .get("/orders", Asks::May(&ORDER_READ), list)
        .post("/orders", keep, create)
        .get("/orders/new", keep, new)
        .get("/orders/{id}", Asks::May(&ORDER_READ), show)
        .post("/orders/{id}/deliveries", keep, deliver)
        .post("/orders/{id}/cancel", keep, cancel)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Wanted {
    pub place: Option<Uuid>,
    pub cursor: Option<OrderId>,
}

async fn list(ask: Ask, Query(wanted): Query<Wanted>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut orders = super::list(&mut conn, wanted.place, wanted.cursor, PAGE + 1).await?;
    drop(conn);
    let next = cut(&mut orders, PAGE, |order| order.id.get());
    let may_keep = ORDER_KEEP.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "orders-title"),
        views::list(&ask.page, &orders, &wanted, next, may_keep),
    )
}

/// The order, when it is one of the viewer's own body's centres; not found otherwise.
pub(super) async fn own(ask: &Ask, id: OrderId) -> Outcome<Order> {
    let order = super::get(&mut ask.read().await?, id).await?;
    match may_keep(ask, order.organization_id) {
        true => Ok(order),
        false => Err(Failure::NotFound),
    }
}

async fn form_page(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let places = places(ask, &mut ask.read().await?).await?;
    Ok(views::form(&ask.page, &places, form, errors))
}

async fn new(ask: Ask) -> Outcome {
    let view = form_page(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "order-new"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let place = read.choice::<PlaceId>("place");
    let texts = (read.text("customer", 120), read.text("item", 120));
    let quantity = read.number("quantity", 1, 1_000_000);
    let due_on = read.date("due_on");
    let mut errors = read.errors;
    if let (Some(place), (Some(customer), Some(item)), Some(quantity), Some(due_on)) =
        (place, texts, quantity, due_on)
    {
        let known = organizations::places::get(&mut ask.read().await?, place).await?;
        if !may_keep(&ask, known.organization_id) {
            return Err(Failure::NotFound);
        }
        let command = TakeOrder {
            id: OrderId::new(form.key()?),
            place,
            customer,
            item,
            quantity,
            due_on,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            return ask.see_with(format!("/orders/{id}"), &ask.page.t(&WORDS, "order-taken"));
        }
    }
    let view = form_page(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "order-new"), view)
}

async fn page(ask: &Ask, id: OrderId, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let order = super::get(&mut conn, id).await?;
    let deliveries = super::deliveries(&mut conn, id).await?;
    drop(conn);
    let may_keep = may_keep(ask, order.organization_id);
    Ok(views::show(
        &ask.page,
        &order,
        &deliveries,
        may_keep,
        form,
        errors,
    ))
}

async fn show(ask: Ask, Path(id): Path<OrderId>) -> Outcome {
    let view = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "order-title"), view)
}

async fn deliver(ask: Ask, Path(id): Path<OrderId>, form: Form) -> Outcome {
    own(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.number("delivered", 1, 1_000_000),
        read.date("delivered_on"),
    );
    let mut errors = read.errors;
    if let (Some(quantity), Some(delivered_on)) = fields {
        let command = DeliverOrder {
            id: form.key()?,
            order: id,
            quantity,
            delivered_on,
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with(format!("/orders/{id}"), &ask.page.t(&WORDS, "order-kept"));
        }
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "order-title"), view)
}

async fn cancel(ask: Ask, Path(id): Path<OrderId>, form: Form) -> Outcome {
    own(&ask, id).await?;
    let mut errors = FormErrors::default();
    let done = ask.post(&form, CancelOrder { id }).await;
    if ask.refused(done, &mut errors)?.is_some() {
        return ask.see_with(format!("/orders/{id}"), &ask.page.t(&WORDS, "order-kept"));
    }
    let view = page(&ask, id, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "order-title"), view)
}
