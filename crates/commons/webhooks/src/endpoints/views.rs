//! How endpoints look.

use maud::{Markup, html};
use organizations::Organization;
use web::parts::{self, Choice, Column, Dir, Field, Tone};
use web::{Form, FormErrors, Page};

use super::{Endpoint, EndpointState};
use crate::deliveries::DeliveryState;
use crate::deliveries::pages::Listed;
use crate::deliveries::views as delivery;
use crate::{EventType, WORDS};

// words: webhook-endpoint-* webhook-event-*

fn state(p: &Page, state: EndpointState) -> Markup {
    let tone = match state {
        EndpointState::Active => Tone::Good,
        EndpointState::Paused => Tone::Warning,
        EndpointState::Disabled => Tone::Bad,
    };
    parts::badge(tone, &p.t(&WORDS, &format!("webhook-endpoint-{state}")))
}

/// The name of a kind of event.
pub(crate) fn event_name(p: &Page, word: &str) -> String {
    p.t(&WORDS, &format!("webhook-event-{}", word.replace('.', "-")))
}

fn events(p: &Page, endpoint: &Endpoint) -> Markup {
    html! {
        @for (at, kind) in endpoint.events().iter().enumerate() {
            @if at > 0 { (p.t(&WORDS, "webhook-comma")) }
            (event_name(p, kind.as_str()))
        }
    }
}

pub(super) fn list(p: &Page, rows: &[(Endpoint, Organization)]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        "webhook-url",
        "webhook-body",
        "webhook-events",
        "webhook-state",
    ];
    let columns = columns.map(|key| Column::text(t(key)));
    let rows: Vec<Vec<Markup>> = rows
        .iter()
        .map(|(endpoint, body)| {
            vec![
                html! { a href={ "/webhooks/" (endpoint.id) } dir="ltr" { (endpoint.url) } },
                html! { bdi { (body.name(p.lang)) } },
                events(p, endpoint),
                state(p, endpoint.state),
            ]
        })
        .collect();
    html! {
        h1 { (t("webhooks-title")) }
        p { (t("webhooks-lead")) }
        p { (parts::button_link("/webhooks/new", &t("webhook-new"))) }
        (parts::table(&t("webhooks-title"), &columns, &rows, &t("webhooks-empty")))
    }
}

pub(super) fn new(p: &Page, bodies: &[Organization], form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let chosen: Vec<&str> = form.all("event_types").iter().map(String::as_str).collect();
    let kinds = EventType::choosable();
    let kinds = kinds
        .map(|kind| (kind.to_string(), event_name(p, kind.as_str())))
        .collect();
    let of = bodies
        .iter()
        .map(|body| (body.id.to_string(), body.name(p.lang).to_owned()))
        .collect();
    html! {
        (parts::back_link("/webhooks", &t("webhooks-title")))
        h1 { (t("webhook-new")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/webhooks", html! {
            (parts::select(p, Choice {
                name: "organization_id", label: t("webhook-body"), value: form.raw("organization_id"),
                error: errors.get("organization_id"), options: of, required: true, ..Choice::default()
            }))
            (parts::field(p, Field {
                name: "url", label: t("webhook-url"), value: form.raw("url"), error: errors.get("url"),
                hint: Some(t("webhook-url-hint")), dir: Some(Dir::Ltr), required: true, max: Some(500),
                ..Field::default()
            }))
            (parts::checkboxes(p, Choice {
                name: "event_types", label: t("webhook-events"), error: errors.get("event_types"),
                options: kinds, required: true, ..Choice::default()
            }, &chosen))
            (parts::buttons(parts::primary_button(&t("webhook-add"))))
        }))
    }
}

/// The secret, this once; none when the form was sent again too late.
pub(super) fn secret(p: &Page, endpoint: &Endpoint, secret: Option<&str>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("webhook-secret")) }
        p dir="ltr" { (endpoint.url) }
        @match secret {
            Some(secret) => {
                (parts::notice(p, Tone::Warning, html! { p { (t("webhook-secret-once")) } }))
                p { (parts::copyable(p, secret)) }
            }
            None => p { (t("webhook-secret-told")) },
        }
        @if let Some(until) = endpoint.previous_until {
            p { (p.tr(&WORDS, "webhook-secret-overlap", &[("until", p.moment_text(until).into())])) }
        }
        p { (parts::button_link(&format!("/webhooks/{}", endpoint.id), &t("webhook-one"))) }
    }
}

/// What an endpoint's page shows.
pub(super) struct Shown<'a> {
    pub endpoint: &'a Endpoint,
    pub body: &'a Organization,
    pub state: Option<DeliveryState>,
    pub listed: &'a Listed,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

pub(super) fn show(p: &Page, o: &Shown) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let endpoint = o.endpoint;
    let mut facts = vec![
        (t("webhook-url"), html! { bdi dir="ltr" { (endpoint.url) } }),
        (t("webhook-body"), html! { bdi { (o.body.name(p.lang)) } }),
        (t("webhook-events"), events(p, endpoint)),
        (t("webhook-state"), state(p, endpoint.state)),
    ];
    if let Some(until) = endpoint.previous_until.filter(|until| *until > p.now) {
        facts.push((
            t("webhook-previous-until"),
            html! { bdi { (p.moment_text(until)) } },
        ));
    }
    if let Some(since) = endpoint.dead_since {
        facts.push((t("webhook-dead-since"), p.moment(since)));
    }
    html! {
        (parts::back_link("/webhooks", &t("webhooks-title")))
        h1 { (t("webhook-one")) }
        (parts::error_summary(p, o.errors))
        @if endpoint.state == EndpointState::Disabled {
            (parts::notice(p, Tone::Bad, html! { p { (t("webhook-disabled-lead")) } }))
        }
        (parts::facts(&facts))
        (acts(p, endpoint))
        h2 { (t("webhook-deliveries")) }
        (delivery::list(p, endpoint.id, o.state, o.listed))
        (delivery::replay_form(p, endpoint.id, o.form, o.errors))
    }
}

fn acts(p: &Page, endpoint: &Endpoint) -> Markup {
    let act = |path: &str, key: &str| {
        let action = format!("/webhooks/{}/{path}", endpoint.id);
        parts::inline_form(p, &action, parts::secondary_button(&p.t(&WORDS, key)))
    };
    html! {
        (parts::buttons(html! {
            @if endpoint.state == EndpointState::Active {
                (act("test", "webhook-test"))
                (act("pause", "webhook-pause"))
            } @else {
                (act("resume", "webhook-resume"))
            }
            (act("secret", "webhook-rotate"))
        }))
        p { (p.t(&WORDS, "webhook-rotate-hint")) }
    }
}
