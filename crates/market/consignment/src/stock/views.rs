use maud::{Markup, html};
use organizations::Place;
use web::parts::{self, Choice, Column, Field, Kind, Tab, Tone};
use web::{Form, FormErrors, Page};

use super::{Discrepancy, Movement, MovementKind, Shelf};
use crate::WORDS;
use crate::agreements::Payer;
use crate::receipts::Lot;

// words: stock-* movement-*

fn kind_name(p: &Page, kind: MovementKind) -> String {
    p.t(
        &WORDS,
        &format!("movement-{}", kind.as_str().replace('_', "-")),
    )
}

#[expect(clippy::too_many_arguments, reason = "the page shows each of them")]
pub(super) fn list(
    p: &Page,
    places: &[Place],
    place: Option<&Place>,
    shelves: &[Shelf],
    open: &[Discrepancy],
    next: Option<&str>,
    may_resolve: bool,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("stock-product")),
        Column::text(t("stock-code")),
        Column::figures(t("stock-on-hand")),
        Column::figures(t("stock-price")),
        Column::text(t("stock-expires")),
    ];
    let rows: Vec<Vec<Markup>> = shelves
        .iter()
        .map(|shelf| {
            vec![
                html! { a href={ "/lots/" (shelf.code) } { bdi { (shelf.name(p.lang)) } } },
                html! { code dir="ltr" { (shelf.code) } },
                html! { (p.number(shelf.on_hand)) },
                p.money(shelf.unit_price),
                expiry(p, shelf),
            ]
        })
        .collect();
    let tabs: Vec<Tab> = places
        .iter()
        .map(|it| Tab {
            count: None,
            label: it.name(p.lang).to_owned(),
            href: format!("/stock?place={}", it.id),
            current: place.is_some_and(|place| place.id == it.id),
        })
        .collect();
    html! {
        h1 { (t("stock-title")) }
        (parts::error_summary(p, errors))
        @if !open.is_empty() { (discrepancies(p, open, may_resolve, errors)) }
        @if tabs.len() > 1 { (parts::tabs(p, &t("stock-places"), &tabs)) }
        (parts::table(&t("stock-title"), &columns, &rows, &t("stock-empty")))
        (parts::pagination(p, None, next))
    }
}

fn expiry(p: &Page, shelf: &Shelf) -> Markup {
    html! {
        @if let Some(day) = shelf.expires_on {
            (p.date(day)) " "
            @if day < p.now.date() { (parts::badge(Tone::Bad, &p.t(&WORDS, "stock-expired"))) }
        }
    }
}

fn discrepancies(p: &Page, open: &[Discrepancy], may_resolve: bool, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h2 { (t("stock-discrepancies")) }
        @for it in open {
            (parts::notice(p, Tone::Warning, html! {
                p {
                    (p.tr(&WORDS, &format!("stock-discrepancy-{}", it.kind.replace('_', "-")), &[("count", it.quantity.into())]))
                    " " code dir="ltr" { a href={ "/lots/" (it.code) } { (it.code) } }
                }
                @if may_resolve {
                    @let name = format!("resolution_{}", it.id);
                    (parts::form(p, &format!("/discrepancies/{}/resolution", it.id), html! {
                        (parts::field(p, Field {
                            name: &name, label: t("stock-resolution"), error: errors.get(&name), required: true, ..Field::default()
                        }))
                        (parts::buttons(parts::secondary_button(&t("stock-resolve"))))
                    }))
                }
            }))
        }
    }
}

pub(super) fn lot(
    p: &Page,
    lot: &Lot,
    rows: &[(Shelf, Place, Vec<Movement>)],
    may_remove: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/stock", &t("stock-title")))
        h1 { bdi { (lot.name(p.lang)) } }
        (parts::error_summary(p, errors))
        (parts::facts(&[
            (t("stock-code"), html! { code dir="ltr" { (lot.code) } }),
            (t("stock-price"), p.money(lot.unit_price)),
            (t("stock-commission"), html! { (crate::agreements::percent(p, lot.commission_bp)) }),
            (t("stock-receipt"), html! { a href={ "/goods-receipts/" (lot.receipt_id) } { (t("stock-receipt-open")) } }),
        ]))
        @for (shelf, place, movements) in rows {
            h2 { bdi { (place.name(p.lang)) } ": " (p.number(shelf.on_hand)) }
            (movement_table(p, place, movements))
        }
        @if may_remove { (removal(p, lot, rows, form, errors)) }
    }
}

fn movement_table(p: &Page, place: &Place, movements: &[Movement]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("movement-when")),
        Column::text(t("movement-kind")),
        Column::figures(t("movement-quantity")),
        Column::figures(t("movement-balance")),
        Column::text(t("movement-reason")),
    ];
    let rows: Vec<Vec<Markup>> = movements
        .iter()
        .map(|it| {
            vec![
                p.moment(it.happened_at),
                html! { (kind_name(p, it.kind)) },
                html! { (p.number(it.quantity)) },
                html! { (p.number(it.balance)) },
                html! { bdi { (it.reason) } },
            ]
        })
        .collect();
    parts::table(place.name(p.lang), &columns, &rows, &t("stock-empty"))
}

fn removal(
    p: &Page,
    lot: &Lot,
    rows: &[(Shelf, Place, Vec<Movement>)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let only = match rows {
        [(_, place, _)] => place.id.to_string(),
        _ => String::new(),
    };
    let chosen = if form.has("place") {
        form.raw("place")
    } else {
        only.as_str()
    };
    let choice = |name: &'static str,
                  label: &str,
                  value: &str,
                  options: Vec<(String, String)>,
                  required: bool| {
        parts::select(
            p,
            Choice {
                name,
                label: t(label),
                value,
                error: errors.get(name),
                options,
                required,
                hint: None,
            },
        )
    };
    let places = rows
        .iter()
        .map(|(_, place, _)| (place.id.to_string(), place.name(p.lang).to_owned()))
        .collect();
    let kinds = MovementKind::LEAVING
        .iter()
        .map(|kind| (kind.to_string(), kind_name(p, *kind)))
        .collect();
    let payers = Payer::ALL
        .iter()
        .map(|payer| {
            (
                payer.to_string(),
                t(&format!("payer-{}", payer.as_str().replace('_', "-"))),
            )
        })
        .collect();
    html! {
        h2 { (t("stock-removal")) }
        (parts::form(p, &format!("/lots/{}/removal", lot.code), html! {
            (choice("place", "stock-place", chosen, places, true))
            (choice("kind", "movement-kind", form.raw("kind"), kinds, true))
            (parts::field(p, Field {
                name: "quantity", label: t("movement-quantity"), value: form.raw("quantity"), error: errors.get("quantity"),
                kind: Kind::Numeric, required: true, ..Field::default()
            }))
            (choice("payer", "stock-payer", form.raw("payer"), payers, false))
            (parts::field(p, Field {
                name: "reason", label: t("movement-reason"), value: form.raw("reason"), error: errors.get("reason"), ..Field::default()
            }))
            (parts::buttons(parts::secondary_button(&t("stock-remove"))))
        }))
    }
}
