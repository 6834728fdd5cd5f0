use maud::{Markup, html};
use web::parts::{self, Choice, Field, Kind};
use web::{Form, FormErrors, Page};

use super::names::{BodyName, BodyParent};
use super::{Organization, OrganizationKind, name_pages};
use crate::places::Place;
use crate::services::Service;
use crate::{WORDS, places, services};

// words: organization-*

/// The kind's name in the page's language.
pub(crate) fn kind_name(p: &Page, kind: OrganizationKind) -> String {
    p.t(
        &WORDS,
        &format!("organization-kind-{}", kind.as_str().replace('_', "-")),
    )
}

pub(super) fn list(p: &Page, bodies: &[Organization], may_change: bool) -> Markup {
    let title = p.t(&WORDS, "organizations-title");
    let headers = [
        "organization-name",
        "organization-kind",
        "organization-since",
    ];
    let headers: Vec<String> = headers.iter().map(|key| p.t(&WORDS, key)).collect();
    let rows: Vec<Vec<Markup>> = bodies
        .iter()
        .map(|body| {
            vec![
                html! { a href={ "/organizations/" (body.id) } { bdi { (body.name(p.lang)) } } },
                html! { (kind_name(p, body.kind)) },
                html! { (p.date(body.valid_from)) },
            ]
        })
        .collect();
    html! {
        h1 { (title) }
        @if may_change {
            p { (parts::button_link("/organizations/new", &p.t(&WORDS, "organization-new-title"))) }
        }
        (parts::table(&title, &headers, &rows, &p.t(&WORDS, "organizations-empty")))
    }
}

/// What a body's page shows.
pub(super) struct Shown<'a> {
    pub body: &'a Organization,
    pub into: Option<&'a Organization>,
    pub places: &'a [Place],
    pub services: &'a [Service],
    pub names: &'a [BodyName],
    pub parents: &'a [BodyParent],
    pub may_change: bool,
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (body, may_change) = (o.body, o.may_change);
    let facts = [
        (t("organization-kind"), html! { (kind_name(p, body.kind)) }),
        (
            t("organization-code"),
            html! { code dir="ltr" { (body.code) } },
        ),
        (t("organization-since"), html! { (p.date(body.valid_from)) }),
    ];
    let headers = [
        t("service-name"),
        t("service-status"),
        t("service-days-to-answer"),
        t("service-days-to-complete"),
    ];
    let rows: Vec<Vec<Markup>> = o
        .services
        .iter()
        .map(|service| {
            vec![
                html! { a href={ "/organizations/" (body.id) "/services/" (service.id) } { bdi { (service.name(p.lang)) } } },
                services::directory::views::status(p, service),
                html! { (p.number(service.days_to_answer)) },
                html! { (p.number(service.days_to_complete)) },
            ]
        })
        .collect();
    html! {
        (parts::back_link("/organizations", &t("organizations-title")))
        h1 { bdi { (body.name(p.lang)) } }
        (parts::facts(&facts))
        @if let (Some(into), Some(on)) = (o.into, body.merged_on) {
            (parts::notice(p, parts::Tone::Plain, html! {
                (p.tr(&WORDS, "merge-is", &[("day", p.date_text(on).into())])) " "
                a href={ "/organizations/" (into.id) } { bdi { (into.name(p.lang)) } }
            }))
        } @else if may_change {
            p { (parts::secondary_link(&format!("/organizations/{}/merge", body.id), &t("merge-title"))) }
            p { (parts::secondary_link(&format!("/organizations/{}/names", body.id), &t("rename-title"))) }
        }
        (name_pages::history(p, o.names, o.parents))
        h2 { (t("places-title")) }
        (places::views::table(p, o.places, may_change))
        @if may_change {
            p { (parts::secondary_link(&format!("/organizations/{}/places/new", body.id), &t("place-new-title"))) }
        }
        h2 { (t("services-title")) }
        (parts::table(&t("services-title"), &headers, &rows, &t("services-empty")))
        @if may_change {
            p { (parts::secondary_link(&format!("/organizations/{}/services/new", body.id), &t("service-new-title"))) }
        }
    }
}

pub(super) fn form(p: &Page, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, kind: Kind, required: bool| {
        let key = format!("organization-{}", name.replace('_', "-"));
        parts::field(
            p,
            Field {
                name,
                label: t(&key),
                value: form.raw(name),
                error: errors.get(name),
                kind,
                required,
                ..Field::default()
            },
        )
    };
    let kinds = OrganizationKind::ALL.iter();
    let kinds = kinds
        .map(|kind| (kind.as_str().to_owned(), kind_name(p, *kind)))
        .collect();
    html! {
        (parts::back_link("/organizations", &t("organizations-title")))
        h1 { (t("organization-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/organizations", html! {
            (field("name_fa", Kind::Text, true))
            (field("name_en", Kind::Text, true))
            (field("code", Kind::Code, true))
            (parts::select(p, Choice {
                name: "kind", label: t("organization-kind"), value: form.raw("kind"),
                error: errors.get("kind"), options: kinds, required: true, ..Choice::default()
            }))
            (field("phone", Kind::Tel, false))
            (parts::primary_button(&t("organization-save")))
        }))
    }
}
