use maud::{Markup, html};
use persian::Lang;
use uuid::Uuid;
use web::parts::{self, Column, Dir, Field, Kind, Tab};
use web::{Form, FormErrors, Page};

use super::pages::{ADVICE, ADVICES};
use super::{Consultant, Consultation, ConsultationState, Filter, Outcome};
use crate::WORDS;
use crate::shown::{Fields, agreement, badge, name, options, stretch, word};

// words: consultation-state-* outcome-*

fn consultant<'a>(p: &Page, one: &'a Consultation) -> &'a str {
    match p.lang {
        Lang::Fa => &one.name_fa,
        Lang::En => &one.name_en,
    }
}

pub(super) fn list(
    p: &Page,
    items: &[Consultation],
    filter: &Filter,
    next: Option<Uuid>,
    may_add: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("consultation-when")),
        Column::text(t("person-name")),
        Column::text(t("consultation-with")),
        Column::text(t("consultation-state")),
    ];
    let row = |one: &Consultation| {
        vec![
            html! { a href={ "/consultations/" (one.id) } { (stretch(p, one.starts_at, one.ends_at)) } },
            name(p, &one.first_name, &one.last_name),
            html! { bdi { (consultant(p, one)) } },
            html! {
                (badge(p, "consultation-state", one.state))
                @if let Some(outcome) = one.outcome { " " (word(p, "outcome", outcome)) }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = items.iter().map(row).collect();
    let tab = |state: Option<ConsultationState>, key: &str| Tab {
        label: t(key),
        href: match state {
            Some(state) => format!("/consultations?state={state}"),
            None => "/consultations".to_owned(),
        },
        current: filter.state == state,
        count: None,
    };
    let tabs = [
        tab(None, "consultations-all"),
        tab(Some(ConsultationState::Booked), "consultation-state-booked"),
        tab(Some(ConsultationState::Held), "consultation-state-held"),
    ];
    let state = filter
        .state
        .map(|state| format!("state={state}&"))
        .unwrap_or_default();
    let next = next.map(|id| format!("/consultations?{state}cursor={id}"));
    let first = filter.before.map(|_| "/consultations");
    let title = t("consultations-title");
    html! {
        h1 { (title) }
        (parts::tabs(p, &title, &tabs))
        (parts::table(&title, &columns, &rows, &t("consultations-empty")))
        (parts::pagination(p, first, next.as_deref()))
        p { (t("consultations-lead")) }
        @if may_add { p { (parts::secondary_link("/consultants", &t("consultants-title"))) } }
    }
}

pub(super) fn show(
    p: &Page,
    one: &Consultation,
    note: &str,
    has_case: bool,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut facts = vec![
        (
            t("consultation-when"),
            stretch(p, one.starts_at, one.ends_at),
        ),
        (
            t("consultation-with"),
            html! { bdi { (consultant(p, one)) } },
        ),
        (
            t("person-name"),
            html! {
                @if has_case { a href={ "/cases/" (one.case_id) } { (name(p, &one.first_name, &one.last_name)) } }
                @else { (name(p, &one.first_name, &one.last_name)) }
            },
        ),
        (
            t("consultation-state"),
            badge(p, "consultation-state", one.state),
        ),
    ];
    if let Some(outcome) = one.outcome {
        facts.push((t("field-outcome"), html! { (word(p, "outcome", outcome)) }));
        facts.push((t("consultation-advices"), html! { (p.number(one.advices)) }));
    }
    if !note.is_empty() {
        facts.push((t("field-note"), html! { bdi { (note) } }));
    }
    html! {
        (parts::back_link("/consultations", &t("consultations-title")))
        h1 { (t("consultation-title")) }
        (parts::error_summary(p, errors))
        (parts::facts(&facts))
        @if one.state == ConsultationState::Booked { (ways_on(p, one, form, errors)) }
    }
}

fn ways_on(p: &Page, one: &Consultation, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let (missed, cancelled) = (ConsultationState::Missed, ConsultationState::Cancelled);
    html! {
        h2 { (t("hold-title")) }
        (parts::form(p, &format!("/consultations/{}/hold", one.id), html! {
            (fields.radios("outcome", options(p, "outcome", Outcome::ALL)))
            (fields.text("note", Kind::Text, false))
            (parts::fieldset(&t("advice-title"), html! {
                p.hint { (t("advice-hint")) }
                @for n in 1..=ADVICES { (advice(p, n, form, errors)) }
            }))
            (parts::save_bar(parts::primary_button(&t("hold-save"))))
        }))
        details {
            summary { (t("not-held")) }
            (parts::inline_form(p, &format!("/consultations/{}/end", one.id), html! {
                (parts::choice_button("how", missed.as_str(), &t("end-missed"), false))
                (parts::choice_button("how", cancelled.as_str(), &t("end-cancelled"), false))
            }))
        }
    }
}

/// One piece of advice and its day.
fn advice(p: &Page, n: usize, form: &Form, errors: &FormErrors) -> Markup {
    let number = [("number", (n as i64).into())];
    let (name, due) = (format!("advice_{n}"), format!("due_{n}"));
    html! {
        (parts::field(p, Field {
            name: &name,
            label: p.tr(&WORDS, "advice-number", &number),
            value: form.raw(&name),
            error: errors.get(&name),
            max: u32::try_from(ADVICE).ok(),
            ..Field::default()
        }))
        (parts::field(p, Field {
            name: &due,
            label: p.tr(&WORDS, "advice-due", &number),
            value: form.raw(&due),
            error: errors.get(&due),
            dir: Some(Dir::of(p.lang)),
            max: Some(30),
            autocomplete: Some("off"),
            ..Field::default()
        }))
    }
}

/// Booking an hour for a case.
pub(super) fn book(
    p: &Page,
    case: &str,
    person: &str,
    consultants: &[Consultant],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let known = consultants
        .iter()
        .map(|one| (one.id.to_string(), one.label(p.lang)))
        .collect();
    let lengths = [30_i64, 45, 60, 90, 120].iter().map(|minutes| {
        let args = [("count", (*minutes).into())];
        (minutes.to_string(), p.tr(&WORDS, "minutes-text", &args))
    });
    html! {
        (parts::back_link(&format!("/cases/{case}/learning"), person))
        h1 { (t("consultation-new-title")) }
        (parts::error_summary(p, errors))
        @if consultants.is_empty() {
            (parts::notice(p, parts::Tone::Warning, html! { p { (t("consultants-empty")) } }))
        }
        (parts::form(p, &format!("/cases/{case}/consultations"), html! {
            (fields.select("consultant", known, true))
            (fields.day("starts_on", true))
            (fields.hinted("from_clock", Kind::Numeric, "clock-hint"))
            (fields.select("minutes", lengths.collect(), true))
            (agreement(&fields, p, &t("advice-agreed")))
            (parts::primary_button(&t("consultation-book")))
        }))
    }
}

pub(super) fn consultants(
    p: &Page,
    list: &[Consultant],
    body: impl Fn(&Consultant) -> String,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("consultant-name")),
        Column::text(t("course-body")),
    ];
    let row = |one: &Consultant| {
        vec![
            html! { bdi { (one.label(p.lang)) } },
            html! { bdi { (body(one)) } },
        ]
    };
    let rows: Vec<Vec<Markup>> = list.iter().map(row).collect();
    let title = t("consultants-title");
    html! {
        (parts::back_link("/consultations", &t("consultations-title")))
        h1 { (title) }
        p { (parts::button_link("/consultants/new", &t("consultant-new-title"))) }
        (parts::table(&title, &columns, &rows, &t("consultants-empty")))
    }
}

pub(super) fn consultant_form(
    p: &Page,
    bodies: Vec<(String, String)>,
    users: Vec<(String, String)>,
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link("/consultants", &t("consultants-title")))
        h1 { (t("consultant-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/consultants", html! {
            (fields.select("body", bodies, true))
            (fields.text("name_fa", Kind::Text, true))
            (fields.text("name_en", Kind::Text, true))
            (fields.text("field_fa", Kind::Text, false))
            (fields.text("field_en", Kind::Text, false))
            (fields.select("user", users, false))
            (parts::primary_button(&t("save")))
        }))
    }
}
