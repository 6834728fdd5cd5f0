use maud::{Markup, html};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use super::{Place, PlaceKind};
use crate::{Organization, WORDS};

// words: place-*

fn kind_name(p: &Page, kind: PlaceKind) -> String {
    p.t(&WORDS, &format!("place-kind-{kind}"))
}

pub(crate) fn table(p: &Page, places: &[Place]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        t("place-name"),
        t("place-kind"),
        t("place-region"),
        t("place-trade"),
        t("place-capacity"),
        t("place-code"),
    ];
    let rows: Vec<Vec<Markup>> = places
        .iter()
        .map(|place| {
            vec![
                html! { bdi { (place.name(p.lang)) } },
                html! { (kind_name(p, place.kind)) },
                html! { (p.number(place.region)) },
                html! { bdi { (place.trade) } },
                html! { @if place.capacity > 0 { (p.number(place.capacity)) } },
                html! { code dir="ltr" { (place.code) } },
            ]
        })
        .collect();
    parts::table(&t("places-title"), &headers, &rows, &t("places-empty"))
}

pub(super) fn form(p: &Page, body: &Organization, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, kind: Kind, required: bool| {
        parts::field(
            p,
            Field {
                name,
                label: t(&format!("place-{}", name.replace('_', "-"))),
                value: form.raw(name),
                error: errors.get(name),
                kind,
                required,
                ..Field::default()
            },
        )
    };
    let kinds = PlaceKind::ALL
        .iter()
        .map(|kind| (kind.to_string(), kind_name(p, *kind)))
        .collect();
    html! {
        (parts::back_link(&format!("/organizations/{}", body.id), body.name(p.lang)))
        h1 { (t("place-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/organizations/{}/places", body.id), html! {
            (field("name_fa", Kind::Text, true))
            (field("name_en", Kind::Text, true))
            (field("code", Kind::Code, true))
            (parts::select(p, Choice {
                name: "kind", label: t("place-kind"), value: form.raw("kind"),
                error: errors.get("kind"), options: kinds, required: true, ..Choice::default()
            }))
            (field("region", Kind::Numeric, true))
            (field("address", Kind::Text, false))
            (field("trade", Kind::Text, false))
            (field("capacity", Kind::Numeric, false))
            (parts::primary_button(&t("organization-save")))
        }))
    }
}
