use contacts::Contact;
use makers::Product;
use maud::{Markup, html};
use organizations::Place;
use web::parts::{self, Choice, Column, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::{Condition, Lot, Receipt, forms, papers};
use crate::WORDS;
use crate::labels::{self, Print};

// words: receipt-* label-*

/// What stands beside a receipt.
pub(super) struct Shown {
    pub place: Place,
    /// Her name as the viewer may know it.
    pub maker: String,
    pub lots: Vec<Lot>,
    pub prints: Vec<Print>,
}

fn number(p: &Page, receipt: &Receipt) -> String {
    match p.lang {
        persian::Lang::Fa => persian::persian_digits(&receipt.number_text()),
        persian::Lang::En => receipt.number_text(),
    }
}

pub(super) fn list(
    p: &Page,
    rows: &[(Receipt, String, Place)],
    next: Option<&str>,
    may_receive: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        t("receipt-number"),
        t("receipt-maker"),
        t("receipt-place"),
        t("receipt-day"),
    ];
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(receipt, maker, place)| {
            vec![
                html! { a href={ "/goods-receipts/" (receipt.id) } { bdi { (number(p, receipt)) } } },
                html! { bdi { (maker) } },
                html! { bdi { (place.name(p.lang)) } },
                p.date(receipt.received_on),
            ]
        })
        .collect();
    html! {
        h1 { (t("receipts-title")) }
        @if may_receive { p { (parts::button_link("/goods-receipts/new", &t("receipt-new-title"))) } }
        (parts::table(&t("receipts-title"), &headers, &cells, &t("receipts-empty")))
        (parts::pagination(p, None, next))
    }
}

/// First the maker's code, then a row for each of her approved products.
pub(super) fn new(
    p: &Page,
    places: &[Place],
    found: Option<&(Contact, Vec<Product>)>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/goods-receipts", &t("receipts-title")))
        h1 { (t("receipt-new-title")) }
        (parts::error_summary(p, errors))
        @match found {
            None => {
                form.stack method="get" action="/goods-receipts/new" {
                    (parts::field(p, Field {
                        name: "maker", label: t("receipt-maker-code"), value: form.raw("maker"), error: errors.get("maker"),
                        kind: Kind::Code, required: true, ..Field::default()
                    }))
                    (parts::buttons(parts::primary_button(&t("receipt-find-maker"))))
                }
            }
            Some((maker, products)) => {
                p { (t("receipt-maker")) ": " bdi { (maker.short_name()) } }
                @if products.is_empty() {
                    (parts::notice(p, Tone::Warning, html! { p { (t("receipt-no-products")) } }))
                } @else {
                    (receipt_form(p, places, maker, products, form, errors))
                }
            }
        }
    }
}

fn receipt_form(
    p: &Page,
    places: &[Place],
    maker: &Contact,
    products: &[Product],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let only = match places {
        [place] => place.id.to_string(),
        _ => String::new(),
    };
    let chosen = if form.has("place_id") {
        form.raw("place_id")
    } else {
        only.as_str()
    };
    parts::form(
        p,
        "/goods-receipts",
        html! {
            (parts::hidden("maker", &maker.handle))
            (parts::select(p, Choice {
                name: "place_id", label: t("receipt-place"), value: chosen, error: errors.get("place_id"),
                options: places.iter().map(|place| (place.id.to_string(), place.name(p.lang).to_owned())).collect(),
                required: true, ..Choice::default()
            }))
            p { (t("receipt-rows-hint")) }
            @for product in products { (row(p, product, form, errors)) }
            (parts::field(p, Field {
                name: "note", label: t("receipt-note"), value: form.raw("note"), error: errors.get("note"), ..Field::default()
            }))
            (parts::save_bar(parts::primary_button(&t("receipt-save"))))
        },
    )
}

fn row(p: &Page, product: &Product, form: &Form, errors: &FormErrors) -> Markup {
    let text = |field: &str, key: &str, kind: Kind, hint: Option<String>| {
        let name = forms::name(product, field);
        parts::field(
            p,
            Field {
                name: &name,
                label: p.t(&WORDS, key),
                value: form.raw(&name),
                error: errors.get(&name),
                hint,
                kind,
                ..Field::default()
            },
        )
    };
    let usual = product.price.map(|price| {
        let price = makers::products::unit_price(p, price, product.sale_unit);
        p.tr(&WORDS, "receipt-usual-price", &[("price", price.into())])
    });
    let day = |field: &str, key: &str| {
        let name = forms::name(product, field);
        parts::date_text_field(
            p,
            Field {
                name: &name,
                label: p.t(&WORDS, key),
                value: form.raw(&name),
                error: errors.get(&name),
                ..Field::default()
            },
        )
    };
    parts::fieldset(
        product.name(p.lang),
        html! {
            (text("quantity", "receipt-quantity", Kind::Numeric, None))
            (text("price", "receipt-price", Kind::Numeric, usual))
            @if product.is_food { (text("batch", "receipt-batch", Kind::Code, None)) }
            @if product.is_food { (day("produced", "receipt-produced")) (day("expires", "receipt-expires")) }
            (text("defect", "receipt-defect", Kind::Text, Some(p.t(&WORDS, "receipt-defect-hint"))))
        },
    )
}

pub(super) fn show(
    p: &Page,
    receipt: &Receipt,
    shown: &Shown,
    may_print: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("receipt-product")),
        Column::text(t("receipt-code")),
        Column::figures(t("receipt-quantity")),
        Column::figures(t("receipt-price")),
        Column::text(t("receipt-expires")),
        Column::text(t("receipt-condition")),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .lots
        .iter()
        .map(|lot| {
            vec![
                html! { bdi { (lot.name(p.lang)) } },
                html! { code dir="ltr" { a href={ "/lots/" (lot.code) } { (papers::grouped(&lot.code)) } } },
                html! { (p.number(lot.quantity)) },
                p.money(lot.unit_price),
                html! { @if let Some(day) = lot.expires_on { (p.date(day)) } },
                match lot.condition {
                    Condition::Good => html! { (t("receipt-good")) },
                    Condition::Defect => html! { bdi { (lot.defect_note) } },
                },
            ]
        })
        .collect();
    html! {
        (parts::back_link("/goods-receipts", &t("receipts-title")))
        h1 { (t("receipt-title")) " " bdi { (number(p, receipt)) } }
        (parts::error_summary(p, errors))
        (parts::facts(&[
            (t("receipt-maker"), html! { bdi { (shown.maker) } }),
            (t("receipt-place"), html! { bdi { (shown.place.name(p.lang)) } }),
            (t("receipt-day"), p.date(receipt.received_on)),
            (t("receipt-agreement"), html! { a href={ "/agreements/" (receipt.agreement_id) } { (t("receipt-agreement-open")) } }),
        ]))
        @if !receipt.note.is_empty() { p { bdi { (receipt.note) } } }
        (parts::table(&t("receipt-goods"), &columns, &rows, &t("receipts-empty")))
        p { (parts::secondary_link(&format!("/goods-receipts/{}/paper", receipt.id), &t("receipt-paper"))) }
        @if may_print { (label_form(p, receipt, shown, form, errors)) }
    }
}

fn label_form(
    p: &Page,
    receipt: &Receipt,
    shown: &Shown,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        t("label-when"),
        t("receipt-code"),
        t("label-copies"),
        t("label-reason"),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .prints
        .iter()
        .map(|print| {
            vec![
                p.moment(print.printed_at),
                html! { code dir="ltr" { (papers::grouped(&print.code)) } },
                html! { (p.number(print.copies)) },
                html! { bdi { (print.reason) } },
            ]
        })
        .collect();
    let lots = shown
        .lots
        .iter()
        .map(|lot| (lot.id.to_string(), lot.name(p.lang).to_owned()))
        .collect();
    let several = labels::Part::count(shown.lots.iter().map(|lot| lot.quantity).sum());
    html! {
        h2 { (t("label-title")) }
        (parts::table(&t("label-title"), &headers, &rows, &t("label-none")))
        (parts::form(p, &format!("/goods-receipts/{}/labels", receipt.id), html! {
            @if !shown.prints.is_empty() {
                (parts::field(p, Field {
                    name: "reason", label: t("label-why"), value: form.raw("reason"), error: errors.get("reason"),
                    required: true, ..Field::default()
                }))
                (parts::select(p, Choice {
                    name: "lot", label: t("label-only"), value: form.raw("lot"), error: errors.get("lot"), options: lots,
                    ..Choice::default()
                }))
            }
            @if several > 1 {
                p { (p.tr(&WORDS, "label-parts", &[("most", labels::MOST_LABELS.into()), ("parts", several.into())])) }
                (parts::field(p, Field {
                    name: "part", label: t("label-part"), value: form.raw("part"), error: errors.get("part"),
                    kind: Kind::Numeric, ..Field::default()
                }))
            }
            (parts::field(p, Field {
                name: "skip", label: t("label-skip"), value: form.raw("skip"), error: errors.get("skip"),
                hint: Some(t("label-skip-hint")), kind: Kind::Numeric, ..Field::default()
            }))
            (parts::buttons(parts::primary_button(&t("label-print"))))
        }))
    }
}
