//! How deliveries look.

use maud::{Markup, html};
use uuid::Uuid;
use web::parts::{self, Column, Field, Kind, Tab, Tone};
use web::{Form, FormErrors, Page};

use super::pages::Listed;
use super::{Attempt, Delivery, DeliveryState, Fault};
use crate::WORDS;
use crate::endpoints::Endpoint;
use crate::endpoints::views::event_name;

// words: webhook-delivery-* webhook-fault-*

fn state_name(p: &Page, state: DeliveryState) -> String {
    p.t(&WORDS, &format!("webhook-delivery-{state}"))
}

fn state(p: &Page, state: DeliveryState) -> Markup {
    let tone = match state {
        DeliveryState::Waiting => Tone::Active,
        DeliveryState::Delivered => Tone::Good,
        DeliveryState::Failed => Tone::Warning,
        DeliveryState::Dead => Tone::Bad,
    };
    parts::badge(tone, &state_name(p, state))
}

/// The receiver's status and why it is no success.
fn outcome(p: &Page, status: Option<i64>, fault: Option<Fault>) -> Markup {
    html! {
        span {
            @if let Some(status) = status { bdi dir="ltr" { (status) } " " }
            @if let Some(fault) = fault {
                (p.t(&WORDS, &format!("webhook-fault-{}", fault.as_str().replace('_', "-"))))
            }
        }
    }
}

/// The deliveries of an endpoint, newest first, with a tab for each state.
pub(crate) fn list(
    p: &Page,
    endpoint: Uuid,
    chosen: Option<DeliveryState>,
    listed: &Listed,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let here = format!("/webhooks/{endpoint}");
    let tab = |state: Option<DeliveryState>| Tab {
        label: state.map_or_else(|| t("webhook-all"), |state| state_name(p, state)),
        href: state.map_or_else(|| here.clone(), |state| format!("{here}?state={state}")),
        current: state == chosen,
        count: None,
    };
    let states = DeliveryState::ALL.iter().copied().map(Some);
    let tabs: Vec<Tab> = std::iter::once(None).chain(states).map(tab).collect();
    let columns = [
        Column::text(t("webhook-event")),
        Column::text(t("webhook-when")),
        Column::text(t("webhook-state")),
        Column::figures(t("webhook-attempts")),
        Column::text(t("webhook-outcome")),
    ];
    let rows: Vec<Vec<Markup>> = listed
        .deliveries
        .iter()
        .map(|one| {
            vec![
                html! { a href={ (here) "/deliveries/" (one.id) } { (event_name(p, &one.event_type)) } },
                p.moment(one.made_at),
                state(p, one.state),
                html! { (p.number(one.attempts)) },
                outcome(p, one.last_status, one.last_fault),
            ]
        })
        .collect();
    let next = listed.next.map(|next| match chosen {
        Some(state) => format!("{here}?state={state}&before={next}"),
        None => format!("{here}?before={next}"),
    });
    html! {
        (parts::tabs(p, &t("webhook-deliveries"), &tabs))
        (parts::table(&t("webhook-deliveries"), &columns, &rows, &t("webhook-deliveries-empty")))
        (parts::pagination(p, None, next.as_deref()))
    }
}

/// Everything that failed since a day, once more.
pub(crate) fn replay_form(p: &Page, endpoint: Uuid, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h2 { (t("webhook-replay-failed")) }
        p { (t("webhook-replay-lead")) }
        (parts::form(p, &format!("/webhooks/{endpoint}/replay"), html! {
            (parts::date_text_field(p, Field {
                name: "since", label: t("webhook-since"), value: form.raw("since"),
                error: errors.get("since"), kind: Kind::Text, required: true, ..Field::default()
            }))
            (parts::buttons(parts::secondary_button(&t("webhook-replay-failed"))))
        }))
    }
}

/// One delivery with what was sent and what came of each attempt.
pub(super) fn show(
    p: &Page,
    endpoint: &Endpoint,
    delivery: &Delivery,
    body: &str,
    attempts: &[Attempt],
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let here = format!("/webhooks/{}", endpoint.id);
    let mut facts = vec![
        (
            t("webhook-event"),
            html! { (event_name(p, &delivery.event_type)) },
        ),
        (t("webhook-url"), html! { bdi dir="ltr" { (endpoint.url) } }),
        (
            t("webhook-message-id"),
            html! { code dir="ltr" { (delivery.message_id) } },
        ),
        (t("webhook-when"), p.moment(delivery.made_at)),
        (t("webhook-state"), state(p, delivery.state)),
        (
            t("webhook-outcome"),
            outcome(p, delivery.last_status, delivery.last_fault),
        ),
    ];
    if let Some(next) = delivery.next_try_at {
        let next = html! { bdi { (p.moment_text(next)) } };
        facts.push((t("webhook-next-try"), next));
    }
    let columns = [
        Column::figures(t("webhook-attempt")),
        Column::text(t("webhook-when")),
        Column::text(t("webhook-outcome")),
    ];
    let rows: Vec<Vec<Markup>> = attempts
        .iter()
        .map(|attempt| {
            vec![
                html! { (p.number(attempt.number)) },
                html! { bdi { (p.moment_text(attempt.made_at)) } },
                match attempt.fault {
                    None => html! {
                        span { (outcome(p, attempt.status, None)) (state_name(p, DeliveryState::Delivered)) }
                    },
                    fault => outcome(p, attempt.status, fault),
                },
            ]
        })
        .collect();
    html! {
        (parts::back_link(&here, &t("webhook-one")))
        h1 { (t("webhook-delivery")) }
        (parts::error_summary(p, errors))
        (parts::facts(&facts))
        @if delivery.state != DeliveryState::Waiting {
            (parts::buttons(parts::inline_form(p, &format!("{here}/deliveries/{}/replay", delivery.id),
                parts::secondary_button(&t("webhook-replay")))))
        }
        h2 { (t("webhook-attempts")) }
        (parts::table(&t("webhook-attempts"), &columns, &rows, &t("webhook-attempts-empty")))
        h2 { (t("webhook-sent")) }
        p { (parts::copyable(p, body)) }
    }
}
