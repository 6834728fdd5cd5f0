//! The form of one act: the fields it needs, a note, and its button.

use maud::{Markup, html};
use web::Page;
use web::parts::{self, Choice, Field, Kind, Tone};

use super::states::{Action, Debtor, Delivery};
use super::views::{Acts, Side, word};
use crate::WORDS;

// words: act-* outcome-*

pub(super) fn act_form(p: &Page, action: Action, side: &Side, acts: &Acts) -> Markup {
    let label = word(p, "act", action.as_str());
    html! {
        h2 { (label) }
        (parts::form(p, &format!("{}/act", side.base), html! {
            (parts::hidden("act", action.as_str()))
            (act_fields(p, action, acts))
            @if action != Action::Confirm { (note(p, action, acts)) }
            (parts::buttons(html! {
                @match action {
                    Action::Withdraw | Action::Void | Action::Decline => (parts::danger_button(&label)),
                    _ => (parts::primary_button(&label)),
                }
                (parts::secondary_link(&side.base, &p.t(&WORDS, "leg-back")))
            }))
        }))
    }
}

fn note(p: &Page, action: Action, acts: &Acts) -> Markup {
    parts::field(
        p,
        Field {
            name: "note",
            label: p.t(&WORDS, "leg-note"),
            hint: match action {
                Action::AskInfo => Some(p.t(&WORDS, "leg-note-ask")),
                Action::SendBack => Some(p.t(&WORDS, "leg-note-back")),
                _ => None,
            },
            value: acts.form.raw("note"),
            error: acts.errors.get("note"),
            kind: Kind::Area,
            required: matches!(action, Action::AskInfo | Action::SendBack),
            max: Some(1_000),
            ..Field::default()
        },
    )
}

fn day(p: &Page, name: &'static str, key: &str, required: bool, acts: &Acts) -> Markup {
    parts::date_text_field(
        p,
        Field {
            name,
            label: p.t(&WORDS, key),
            value: acts.form.raw(name),
            error: acts.errors.get(name),
            required,
            ..Field::default()
        },
    )
}

fn act_fields(p: &Page, action: Action, acts: &Acts) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    match action {
        Action::AskInfo => parts::radios(
            p,
            Choice {
                name: "of",
                label: t("ask-of"),
                options: vec![
                    (Debtor::Sender.to_string(), t("ask-of-sender")),
                    (Debtor::Person.to_string(), t("ask-of-person")),
                ],
                value: acts.form.raw("of"),
                error: acts.errors.get("of"),
                required: true,
                ..Choice::default()
            },
        ),
        Action::Accept => day(p, "appointment_on", "leg-appointment", false, acts),
        Action::Waitlist | Action::Hold => day(p, "review_on", "leg-review", true, acts),
        Action::Decline => parts::radios(
            p,
            Choice {
                name: "code",
                label: t("decline-why"),
                options: acts
                    .codes
                    .iter()
                    .map(|code| (code.code.clone(), code.name(p.lang).to_owned()))
                    .collect(),
                value: acts.form.raw("code"),
                error: acts.errors.get("code"),
                required: true,
                ..Choice::default()
            },
        ),
        Action::Complete => html! {
            (parts::radios(p, Choice {
                name: "outcome",
                label: t("leg-outcome"),
                options: Delivery::ALL.iter()
                    .map(|outcome| (outcome.to_string(), word(p, "outcome", outcome.as_str()))).collect(),
                value: acts.form.raw("outcome"),
                error: acts.errors.get("outcome"),
                required: true,
                ..Choice::default()
            }))
            @if acts.gives_licence {
                (parts::field(p, Field {
                    name: "licence_number", label: t("leg-licence"), kind: Kind::Code,
                    value: acts.form.raw("licence_number"), error: acts.errors.get("licence_number"),
                    max: Some(40), ..Field::default()
                }))
                (day(p, "valid_until", "leg-valid-until", false, acts))
            }
        },
        Action::Forward => parts::select(
            p,
            Choice {
                name: "service",
                label: t("forward-to"),
                options: acts.others.to_vec(),
                value: acts.form.raw("service"),
                error: acts.errors.get("service"),
                required: true,
                ..Choice::default()
            },
        ),
        Action::Void => parts::notice(p, Tone::Warning, html! { p { (t("void-lead")) } }),
        _ => html! {},
    }
}
