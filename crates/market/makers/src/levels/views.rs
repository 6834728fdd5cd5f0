//! A maker's way as it is shown to her and to those who help her.

use maud::{Markup, html};
use web::parts::{self, Column, Field, Kind, Step, StepState};
use web::{Form, FormErrors, Page};

use super::{Gap, Level, Measure, Need, Way};
use crate::WORDS;

// words: level-next-* level-asks-*

fn key(prefix: &str, measure: Measure) -> String {
    format!("level-{prefix}-{}", measure.as_str().replace('_', "-"))
}

/// What the next level needs, in one plain sentence.
pub fn next_sentence(p: &Page, way: &Way) -> String {
    let Some(next) = way.next() else {
        return p.t(&WORDS, "level-all");
    };
    let level = ("level", next.name(p.lang).to_owned().into());
    let Some(Gap {
        measure,
        least,
        had,
    }) = way.missing.first()
    else {
        return p.tr(&WORDS, "level-tonight", &[level]);
    };
    let args = [level, ("least", (*least).into()), ("had", (*had).into())];
    p.tr(&WORDS, &key("next", *measure), &args)
}

/// The levels as a thread, then where she stands and what comes next.
pub fn summary(p: &Page, way: &Way) -> Markup {
    let steps: Vec<Step> = way
        .levels
        .iter()
        .map(|level| Step {
            label: level.name(p.lang).to_owned(),
            state: match way.current() {
                Some(current) if current.code == level.code => StepState::Now,
                _ if way.reached.iter().any(|one| one.level_code == level.code) => StepState::Done,
                _ => StepState::Next,
            },
        })
        .collect();
    html! {
        (parts::progress_thread(p, &steps))
        p { (next_sentence(p, way)) }
    }
}

fn asks(p: &Page, need: &Need) -> String {
    p.tr(
        &WORDS,
        &key("asks", need.measure),
        &[("least", need.least.into())],
    )
}

/// Every level, what it asks for, and the day it was reached.
pub(crate) fn history(p: &Page, way: &Way) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let day = |level: &Level| {
        let mut reached = way.reached.iter();
        reached.find(|one| one.level_code == level.code)
    };
    let rows: Vec<Vec<Markup>> = way
        .levels
        .iter()
        .map(|level| {
            let asked: Vec<String> = level.needs.iter().map(|need| asks(p, need)).collect();
            vec![
                html! { bdi { (level.name(p.lang)) } },
                html! { (asked.join(&t("list-comma"))) },
                match day(level) {
                    Some(one) => p.date(one.reached_on),
                    None => html! { (t("level-not-yet")) },
                },
            ]
        })
        .collect();
    let columns = [
        Column::text(t("level-name")),
        Column::text(t("level-asks")),
        Column::text(t("level-reached-on")),
    ];
    html! {
        (parts::table(&t("levels-title"), &columns, &rows, &t("level-not-yet")))
        p { (t("level-stays")) }
    }
}

/// The way in a maker's file; whoever may change it records help given to others.
pub(crate) fn panel(
    p: &Page,
    handle: &str,
    way: &Way,
    may_change: Option<(&Form, &FormErrors)>,
) -> Markup {
    html! {
        h2 { (p.t(&WORDS, "levels-title")) }
        (summary(p, way))
        (history(p, way))
        @if let Some((form, errors)) = may_change { (help_form(p, handle, form, errors)) }
    }
}

fn help_form(p: &Page, handle: &str, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let field = |name: &'static str, label: &str, kind: Kind| Field {
        name,
        label: t(label),
        value: form.raw(name),
        error: errors.get(name),
        kind,
        required: true,
        ..Field::default()
    };
    html! {
        details open[!errors.is_empty() && form.has("helped")] {
            summary { (t("help-title")) }
            p { (t("help-lead")) }
            (parts::form(p, &format!("/makers/{handle}/help"), html! {
                (parts::field(p, field("helped", "help-whom", Kind::Code)))
                (parts::field(p, field("what", "help-what", Kind::Text)))
                (parts::date_text_field(p, field("helped_on", "help-on", Kind::Text)))
                (parts::buttons(parts::secondary_button(&t("help-save"))))
            }))
        }
    }
}
