use maud::{Markup, html};
use organizations::Place;
use uuid::Uuid;
use web::parts::{self, Column, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::pages::Wanted;
use super::{Delivery, Order, OrderState};
use crate::WORDS;
use crate::shown::{Fields, word};

// words: order-state-*

fn state(p: &Page, order: &Order) -> Markup {
    let state = order.state(p.now.date());
    let tone = match state {
        OrderState::Waiting => Tone::Plain,
        OrderState::Partly => Tone::Active,
        OrderState::Late => Tone::Bad,
        OrderState::Delivered => Tone::Good,
        OrderState::Cancelled => Tone::Warning,
    };
    parts::badge(tone, &word(p, "order-state", state))
}

fn count(p: &Page, order: &Order) -> String {
    p.tr(
        &WORDS,
        "order-count",
        &[
            ("delivered", order.delivered.into()),
            ("quantity", order.quantity.into()),
        ],
    )
}

/// Orders as a table.
pub(crate) fn table(p: &Page, orders: &[Order]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("field-item")),
        Column::text(t("field-place")),
        Column::text(t("field-customer")),
        Column::figures(t("order-delivered")),
        Column::text(t("field-due-on")),
        Column::text(t("order-state")),
    ];
    let row = |order: &Order| {
        vec![
            html! { a href={ "/orders/" (order.id) } { bdi { (order.item) } } },
            html! { a href={ "/centres/" (order.place_id) } { bdi { (order.place(p.lang)) } } },
            html! { bdi { (order.customer) } },
            html! { (count(p, order)) },
            p.date(order.due_on),
            state(p, order),
        ]
    };
    let rows: Vec<Vec<Markup>> = orders.iter().map(row).collect();
    parts::table(&t("orders-title"), &columns, &rows, &t("orders-empty"))
}

pub(super) fn list(
    p: &Page,
    orders: &[Order],
    wanted: &Wanted,
    next: Option<Uuid>,
    may_keep: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let base = match wanted.place {
        Some(place) => format!("/orders?place={place}&"),
        None => "/orders?".to_owned(),
    };
    let first = wanted
        .cursor
        .map(|_| base.trim_end_matches(['?', '&']).to_owned());
    let next = next.map(|id| format!("{base}cursor={id}"));
    let title = t("orders-title");
    html! {
        h1 { (title) }
        p { (t("orders-lead")) }
        @if may_keep { p { (parts::button_link("/orders/new", &t("order-new"))) } }
        p { a href="/centre-months" { (t("centre-months-title")) } }
        (table(p, orders))
        (parts::pagination(p, first.as_deref(), next.as_deref()))
    }
}

pub(super) fn form(p: &Page, places: &[Place], form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let places = places
        .iter()
        .map(|place| (place.id.to_string(), place.name(p.lang).to_owned()))
        .collect();
    html! {
        (parts::back_link("/orders", &t("orders-title")))
        h1 { (t("order-new")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/orders", html! {
            (fields.select("place", places))
            (fields.text("customer", Kind::Text, true))
            (fields.text("item", Kind::Text, true))
            (fields.text("quantity", Kind::Numeric, true))
            (fields.day("due_on"))
            (parts::primary_button(&t("save")))
        }))
    }
}

pub(super) fn show(
    p: &Page,
    order: &Order,
    deliveries: &[Delivery],
    may_keep: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let columns = [
        Column::text(t("field-delivered-on")),
        Column::figures(t("field-delivered")),
    ];
    let rows: Vec<Vec<Markup>> = deliveries
        .iter()
        .map(|one| vec![p.date(one.delivered_on), html! { (p.number(one.quantity)) }])
        .collect();
    let base = format!("/orders/{}", order.id);
    html! {
        (parts::back_link("/orders", &t("orders-title")))
        h1 { bdi { (order.item) } }
        (parts::error_summary(p, errors))
        (parts::facts(&[
            (t("order-state"), state(p, order)),
            (t("field-place"), html! { bdi { (order.place(p.lang)) } }),
            (t("field-customer"), html! { bdi { (order.customer) } }),
            (t("order-delivered"), html! { (count(p, order)) }),
            (t("order-ordered-on"), p.date(order.ordered_on)),
            (t("field-due-on"), p.date(order.due_on)),
        ]))
        (parts::table(&t("deliveries-title"), &columns, &rows, &t("deliveries-empty")))
        @if may_keep && order.is_open() {
            h2 { (t("order-deliver")) }
            (parts::form(p, &format!("{base}/deliveries"), html! {
                (fields.text("delivered", Kind::Numeric, true))
                (fields.day("delivered_on"))
                (parts::primary_button(&t("save")))
            }))
            (parts::inline_form(p, &format!("{base}/cancel"), parts::secondary_button(&t("order-cancel"))))
        }
    }
}
