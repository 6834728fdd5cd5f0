//! How the partner's pages look: large, few words, one column, no script.

use maud::{Markup, html};
use web::parts::{self, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::pages::{Choosing, WEEKS};
use crate::WORDS;
use crate::legs::shown::Shown;
use crate::legs::states::{Delivery, State};
use crate::legs::views::{badge, number, parcel};
use crate::parcels::Snapshot;
use crate::reference::DeclineCode;

// words: outcome-* state-*

/// What the page was asked to show.
pub(super) struct Asked<'a> {
    pub token: &'a str,
    pub initials: &'a str,
    pub choosing: Option<Choosing>,
    pub codes: &'a [DeclineCode],
    pub gives_licence: bool,
}

/// Who asks, what for, by when, and the answers that are possible now.
pub(super) fn page(
    p: &Page,
    shown: &Shown,
    asked: &Asked,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let leg = &shown.leg;
    let base = format!("/links/{}", asked.token);
    html! {
        h1 { (p.tr(&WORDS, "link-asks", &[("body", shown.sender.as_str().into())])) }
        (parts::error_summary(p, errors))
        (facts(p, shown, asked))
        @match (leg.state, asked.choosing) {
            (state, Some(Choosing::Later)) if state.is_unanswered() => (later(p, &base)),
            (state, Some(Choosing::Decline)) if state.is_unanswered() => (decline(p, &base, asked)),
            (state, _) if state.is_unanswered() => (answers(p, &base)),
            (State::Accepted | State::InService | State::OnHold, choosing) => {
                @match choosing {
                    Some(Choosing::Report) => (report(p, &base, asked, form, errors)),
                    Some(Choosing::Code) => (code(p, &base, form, errors)),
                    _ => (accepted(p, &base)),
                }
            }
            _ => (parts::notice(p, Tone::Plain, html! { p { (p.t(&WORDS, "link-nothing-more")) } })),
        }
    }
}

fn facts(p: &Page, shown: &Shown, asked: &Asked) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let leg = &shown.leg;
    let mut pairs = vec![
        (t("link-need"), html! { bdi { (shown.service) } }),
        (t("leg-number"), number(p, &leg.number)),
    ];
    if !asked.initials.is_empty() {
        pairs.push((t("link-for"), html! { bdi { (asked.initials) } }));
    }
    if let Some(day) = leg.due_on.filter(|_| leg.state.is_waiting()) {
        pairs.push((t("link-by"), p.date(day)));
    }
    if leg.state != State::Sent && leg.state != State::Seen {
        pairs.push((t("leg-state"), badge(p, leg.state)));
    }
    parts::facts(&pairs)
}

fn answers(p: &Page, base: &str) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::form(p, &format!("{base}/answer"), html! {
            (parts::choice_button("answer", "accept", &t("link-accept"), true))
        }))
        div.stack {
            (parts::secondary_link(&format!("{base}?choose=later"), &t("link-later")))
            (parts::secondary_link(&format!("{base}?choose=decline"), &t("link-decline")))
        }
    }
}

fn later(p: &Page, base: &str) -> Markup {
    html! {
        h2 { (p.t(&WORDS, "link-when")) }
        (parts::form(p, &format!("{base}/answer"), html! {
            (parts::hidden("answer", "later"))
            @for weeks in WEEKS {
                (parts::choice_button("weeks", &weeks.to_string(),
                    &p.tr(&WORDS, "link-weeks", &[("weeks", weeks.into())]), false))
            }
        }))
        p { (parts::secondary_link(base, &p.t(&WORDS, "leg-back"))) }
    }
}

fn decline(p: &Page, base: &str, asked: &Asked) -> Markup {
    html! {
        h2 { (p.t(&WORDS, "decline-why")) }
        (parts::form(p, &format!("{base}/answer"), html! {
            (parts::hidden("answer", "decline"))
            @for code in asked.codes {
                (parts::choice_button("code", &code.code, code.name(p.lang), false))
            }
        }))
        p { (parts::secondary_link(base, &p.t(&WORDS, "leg-back"))) }
    }
}

fn accepted(p: &Page, base: &str) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::notice(p, Tone::Good, html! { p { (t("link-accepted")) } }))
        (parts::form(p, &format!("{base}/code"), html! {
            (parts::primary_button(&t("link-get-contact")))
        }))
        p { (t("link-get-contact-hint")) }
        p { (parts::secondary_link(&format!("{base}?choose=report"), &t("link-report"))) }
    }
}

fn code(p: &Page, base: &str, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::form(p, &format!("{base}/contact"), html! {
            (parts::field(p, Field {
                name: "code", label: t("link-code"), hint: Some(t("link-code-hint")),
                value: form.raw("code"), error: errors.get("code"), kind: Kind::Numeric,
                required: true, autocomplete: Some("one-time-code"), ..Field::default()
            }))
            (parts::primary_button(&t("link-show-contact")))
        }))
        p { (parts::secondary_link(base, &t("leg-back"))) }
    }
}

fn report(p: &Page, base: &str, asked: &Asked, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h2 { (t("link-report")) }
        (parts::form(p, &format!("{base}/report"), html! {
            @if asked.gives_licence {
                (parts::field(p, Field {
                    name: "licence_number", label: t("leg-licence"), kind: Kind::Code,
                    value: form.raw("licence_number"), error: errors.get("licence_number"),
                    max: Some(40), ..Field::default()
                }))
                (parts::date_text_field(p, Field {
                    name: "valid_until", label: t("leg-valid-until"),
                    value: form.raw("valid_until"), error: errors.get("valid_until"), ..Field::default()
                }))
            }
            (parts::field(p, Field {
                name: "note", label: t("leg-note"), value: form.raw("note"),
                error: errors.get("note"), kind: Kind::Area, max: Some(500), ..Field::default()
            }))
            @for outcome in Delivery::ALL {
                @let label = p.t(&WORDS, &format!("outcome-{}", outcome.as_str()));
                (parts::choice_button("outcome", outcome.as_str(), &label, *outcome == Delivery::Delivered))
            }
        }))
        p { (parts::secondary_link(base, &t("leg-back"))) }
    }
}

/// How to reach the person, after the one-time code.
pub(super) fn contact(p: &Page, shown: &Shown, token: &str, snapshot: &Snapshot) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("link-contact-title")) }
        p { (t("leg-number")) ": " (number(p, &shown.leg.number)) }
        (parcel(p, snapshot))
        p { (t("link-contact-care")) }
        p { (parts::button_link(&format!("/links/{token}"), &t("leg-back"))) }
    }
}

/// The link's life is over: one press sends a new one.
pub(super) fn over(p: &Page, token: &str, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        h1 { (t("link-over-title")) }
        (parts::error_summary(p, errors))
        p { (t("link-over")) }
        (parts::form(p, &format!("/links/{token}/renew"), parts::primary_button(&t("link-renew"))))
    }
}

/// A new link is on its way.
pub(super) fn renewed(p: &Page) -> Markup {
    html! {
        h1 { (p.t(&WORDS, "link-renewed-title")) }
        p { (p.t(&WORDS, "link-renewed")) }
    }
}
