//! How a new leg and a new chain look before they are made.

use casework::Case;
use casework::steps::Step;
use maud::{Markup, html};
use web::parts::{self, Choice, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::new_pages::{Offer, Preview};
use super::views::parcel;
use crate::WORDS;
use crate::chains::{Starts, Template, TemplateLeg};

fn option(p: &Page, offer: &Offer) -> (String, String) {
    let name = format!(
        "{} – {}",
        offer.body.name(p.lang),
        offer.service.name(p.lang)
    );
    (offer.service.id.to_string(), name)
}

/// A new leg: first the service, then the preview of its parcel and the way to send it.
pub(super) fn new(
    p: &Page,
    case: &Case,
    offers: &[Offer],
    chosen: Option<&Offer>,
    preview: Option<&Preview>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let list = format!("/cases/{}/legs", case.id);
    html! {
        (parts::back_link(&list, &t("legs-title")))
        h1 { (t("leg-new-title")) }
        (parts::error_summary(p, errors))
        @match chosen {
            None => (choose(p, &list, offers, form, errors)),
            Some(offer) => {
                @let agree = format!("/cases/{}/agree/{}", case.id, offer.service.id);
                (confirm(p, (&list, &agree), offer, preview, form, errors))
            }
        }
    }
}

fn choose(p: &Page, list: &str, offers: &[Offer], form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        p { (t("leg-new-lead")) }
        form.stack method="get" action={ (list) "/new" } {
            (parts::hidden("step", form.raw("step")))
            (parts::select(p, Choice {
                name: "service",
                label: t("leg-choose-service"),
                options: offers.iter().map(|offer| option(p, offer)).collect(),
                value: form.raw("service"),
                error: errors.get("service"),
                required: true,
                ..Choice::default()
            }))
            (parts::primary_button(&t("leg-see-parcel")))
        }
    }
}

fn confirm(
    p: &Page,
    (list, agree): (&str, &str),
    offer: &Offer,
    preview: Option<&Preview>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let days = p.tr(
        &WORDS,
        "leg-days",
        &[("days", offer.service.days_to_answer.into())],
    );
    html! {
        (parts::facts(&[
            (t("leg-receiver"), html! { bdi { (offer.body.name(p.lang)) } }),
            (t("leg-service"), html! { bdi { (offer.service.name(p.lang)) } }),
            (t("leg-answer-within"), html! { (days) }),
        ]))
        h2 { (t("parcel-preview")) }
        @match preview {
            Some(Preview(Some(snapshot))) => {
                (parcel(p, snapshot))
                @if !snapshot.left_out.is_empty() {
                    (parts::notice(p, Tone::Plain, html! {
                        p { (t("parcel-left-out")) }
                        ul {
                            @for field in &snapshot.left_out {
                                li { (p.t(&WORDS, &format!("field-{}", field.as_str().replace('_', "-")))) }
                            }
                        }
                    }))
                }
                (parts::form(p, list, html! {
                    (parts::hidden("service", &offer.service.id.to_string()))
                    (parts::hidden("step", form.raw("step")))
                    (parts::field(p, Field {
                        name: "note", label: t("leg-note"), hint: Some(t("leg-note-send")),
                        value: form.raw("note"), error: errors.get("note"), kind: Kind::Area,
                        max: Some(1_000), ..Field::default()
                    }))
                    (parts::primary_button(&t("act-send")))
                }))
            }
            _ => {
                (parts::notice(p, Tone::Warning, html! { p { (t("reason-leg-no-consent")) } }))
                p { (parts::button_link(agree, &t("agree-title"))) }
            }
        }
        p { (parts::secondary_link(&format!("{list}/new"), &t("leg-other-service"))) }
    }
}

// words: step-kind-*

/// A chain: one body for each of its legs.
pub(super) fn chain(
    p: &Page,
    case: &Case,
    template: &Template,
    legs: &[(TemplateLeg, Vec<Offer>)],
    steps: &[Step],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let steps: Vec<(String, String)> = steps
        .iter()
        .map(|step| {
            let due = p.date_text(step.due_on);
            let kind = p.t(
                &WORDS,
                &format!("step-kind-{}", step.kind.as_str().replace('_', "-")),
            );
            (step.id.to_string(), format!("{kind} – {due}"))
        })
        .collect();
    html! {
        (parts::back_link(&format!("/cases/{}/legs", case.id), &t("legs-title")))
        h1 { (template.name(p.lang)) }
        (parts::error_summary(p, errors))
        p { (t("chain-lead")) }
        (parts::form(p, &format!("/cases/{}/chains/{}", case.id, template.code), html! {
            @for (leg, offers) in legs {
                (parts::fieldset(leg.name(p.lang), html! {
                    @if leg.starts != Starts::AtOnce { p.hint { (t("chain-after")) } }
                    (parts::select(p, Choice {
                        name: &leg.code,
                        label: t("leg-receiver"),
                        options: offers.iter().map(|offer| option(p, offer)).collect(),
                        value: form.raw(&leg.code),
                        error: errors.get(&leg.code),
                        required: true,
                        ..Choice::default()
                    }))
                    @let name = format!("step-{}", leg.code);
                    (parts::select(p, Choice {
                        name: &name,
                        label: t("chain-step"),
                        options: steps.clone(),
                        value: form.raw(&name),
                        error: errors.get(&name),
                        ..Choice::default()
                    }))
                }))
            }
            (parts::primary_button(&t("chain-make")))
        }))
    }
}
