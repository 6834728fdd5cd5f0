use maud::{Markup, html};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use super::{Days, Place, PlaceKind};
use crate::{Organization, WORDS};

// words: place-*

fn kind_name(p: &Page, kind: PlaceKind) -> String {
    p.t(&WORDS, &format!("place-kind-{kind}"))
}

/// A body's places; whoever may change them finds the way there.
pub(crate) fn table(p: &Page, places: &[Place], may_change: bool) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        t("place-name"),
        t("place-kind"),
        t("place-region"),
        t("place-trade"),
        t("place-capacity"),
        t("place-code"),
        t("place-listed"),
    ];
    let rows: Vec<Vec<Markup>> = places
        .iter()
        .map(|place| {
            vec![
                html! {
                    @if may_change {
                        a href={ "/organizations/" (place.organization_id) "/places/" (place.id) } { bdi { (place.name(p.lang)) } }
                    } @else { bdi { (place.name(p.lang)) } }
                },
                html! { (kind_name(p, place.kind)) },
                html! { (p.number(place.region)) },
                html! { bdi { (place.trade) } },
                html! { @if place.capacity > 0 { (p.number(place.capacity)) } },
                html! { code dir="ltr" { (place.code) } },
                html! { (t(if place.is_listed { "place-listed-yes" } else { "place-listed-no" })) },
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

/// What everybody may know of a place.
pub(super) fn face(p: &Page, place: &Place, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &str, label: String, kind: Kind| {
        parts::field(
            p,
            Field {
                name,
                label,
                value: form.raw(name),
                error: errors.get(name),
                kind,
                ..Field::default()
            },
        )
    };
    let at = format!("/organizations/{}", place.organization_id);
    html! {
        (parts::back_link(&at, &t("organizations-title")))
        h1 { bdi { (place.name(p.lang)) } }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("{at}/places/{}", place.id), html! {
            (field("address", t("place-address"), Kind::Text))
            (field("trade", t("place-trade"), Kind::Text))
            p { (t("place-hours-hint")) }
            @for days in Days::ALL {
                @let title = t(&format!("place-hours-{days}"));
                (parts::fieldset(&title, html! {
                    (field(&format!("{days}_opens"), t("place-opens"), Kind::Numeric))
                    (field(&format!("{days}_closes"), t("place-closes"), Kind::Numeric))
                }))
            }
            p { (t("place-listed-help")) }
            (parts::tick(p, "is_listed", &t("place-listed-tick"), form.raw("is_listed") == "yes", errors.get("is_listed")))
            (parts::primary_button(&t("organization-save")))
        }))
    }
}
