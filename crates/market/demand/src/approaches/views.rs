use std::collections::HashMap;

use maud::{Markup, html};
use organizations::profiles::views::help_name;
use uuid::Uuid;
use web::parts::{self, Column, Kind as Input, Tab, Tone};
use web::{Form, FormErrors, Page};

use super::help::Told;
use super::{Approach, Kind, State};
use crate::WORDS;
use crate::shown::{Fields, word};

// words: approach-kind-* approach-state-*

/// A list of approaches with whose turn it is.
pub(super) struct List<'a> {
    pub found: &'a [Approach],
    pub names: &'a HashMap<Uuid, String>,
    /// Bodies the viewer answers for.
    pub mine: &'a [Uuid],
    pub is_waiting: bool,
    pub is_further: bool,
    pub next: Option<Uuid>,
}

/// Waiting, late, answered, closed.
pub(crate) fn state(p: &Page, approach: &Approach) -> Markup {
    let (tone, code) = match approach.state {
        _ if approach.is_late(p.now.date()) => (Tone::Bad, "late"),
        State::Waiting => (Tone::Active, "waiting"),
        State::Answered => (Tone::Good, "answered"),
        State::Closed => (Tone::Plain, "closed"),
    };
    parts::badge(tone, &word(p, "approach-state", code))
}

/// What it is about, in a few words.
fn subject(p: &Page, approach: &Approach) -> Markup {
    html! {
        (word(p, "approach-kind", approach.kind))
        @match (&approach.need_title, approach.help) {
            (Some(title), _) => { ": " bdi { (title) } },
            (None, Some(help)) => { ": " (help_name(p, help)) },
            (None, None) => {},
        }
    }
}

fn named(names: &HashMap<Uuid, String>, id: Uuid) -> &str {
    names.get(&id).map_or("", String::as_str)
}

/// Whose turn it is.
fn turn(p: &Page, o: &List, approach: &Approach) -> Markup {
    let owner = approach.owner_id.get();
    html! {
        @if o.mine.contains(&owner) { strong { (p.t(&WORDS, "approach-yours")) } }
        @else { bdi { (named(o.names, owner)) } }
    }
}

pub(super) fn list(p: &Page, o: &List) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("approach-about")),
        Column::text(t("approach-turn")),
        Column::text(t("approach-since")),
        Column::text(t("approach-due")),
        Column::text(t("approach-state")),
    ];
    let row = |approach: &Approach| {
        vec![
            html! { a href={ "/approaches/" (approach.id) } { (subject(p, approach)) } },
            turn(p, o, approach),
            p.date(approach.opened_on),
            p.date(approach.due_on),
            state(p, approach),
        ]
    };
    let rows: Vec<Vec<Markup>> = o.found.iter().map(row).collect();
    let title = t("approaches-title");
    let tab = |key: &str, href: &str, current: bool| Tab {
        label: t(key),
        href: href.to_owned(),
        current,
        count: None,
    };
    let tabs = [
        tab("approaches-waiting", "/approaches", o.is_waiting),
        tab("approaches-ended", "/approaches?state=ended", !o.is_waiting),
    ];
    let next = o
        .next
        .map(|id| format!("/approaches?state=ended&cursor={id}"));
    html! {
        h1 { (title) }
        p { (t("approaches-lead")) }
        (parts::tabs(p, &title, &tabs))
        (parts::table(&title, &columns, &rows, &t("approaches-empty")))
        (parts::pagination(p, o.is_further.then_some("/approaches?state=ended"), next.as_deref()))
        p { a href="/needs" { (t("needs-title")) } }
    }
}

pub(super) fn show(
    p: &Page,
    approach: &Approach,
    told: Option<&Told>,
    names: &HashMap<Uuid, String>,
    may_answer: bool,
    (form, errors): (&Form, &FormErrors),
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let mut facts = vec![
        (t("approach-state"), state(p, approach)),
        (
            t("approach-turn"),
            html! { bdi { (named(names, approach.owner_id.get())) } },
        ),
        (t("approach-since"), p.date(approach.opened_on)),
        (t("approach-due"), p.date(approach.due_on)),
    ];
    if let Some(supporter) = approach.supporter_id {
        let name = named(names, supporter.get()).to_owned();
        facts.push((t("approach-supporter"), html! { bdi { (name) } }));
    }
    if let Some(day) = approach.ended_on {
        facts.push((t("approach-ended-on"), p.date(day)));
    }
    if !approach.answer.is_empty() {
        facts.push((t("field-answer"), html! { bdi { (approach.answer) } }));
    }
    let waits = may_answer && approach.state == State::Waiting;
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link("/approaches", &t("approaches-title")))
        h1 { (subject(p, approach)) }
        (parts::error_summary(p, errors))
        (parts::facts(&facts))
        @if let Some(told) = told { (message(p, told)) }
        @if let Some(need) = approach.need_id {
            p { (parts::button_link(&format!("/needs/{need}"), &t("approach-open-need"))) }
        }
        @if waits && approach.kind == Kind::Put {
            @if let Some(need) = approach.need_id {
                p { (parts::secondary_link(&format!("/needs/{need}/offers/new"), &t("offer-new-title"))) }
            }
        }
        @if waits && approach.kind != Kind::Offered {
            h2 { (t("approach-answer")) }
            (parts::form(p, &format!("/approaches/{}/answer", approach.id), html! {
                (fields.hinted("answer", Input::Area, true, "answer-hint"))
                (parts::buttons(html! {
                    (parts::choice_button("act", "answer", &t("approach-answer-save"), true))
                    (parts::choice_button("act", "close", &t("approach-close"), false))
                }))
            }))
        }
    }
}

fn message(p: &Page, told: &Told) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    parts::card(
        Some(&t("approach-message")),
        html! {
            (parts::facts(&[
                (t("field-name"), html! { bdi { (told.name) } }),
                (t("field-company"), html! { bdi { (told.body) } }),
                (t("field-phone"), html! { bdi dir="ltr" { (told.phone) } }),
            ]))
            @for line in told.text.lines() { p dir="auto" { (line) } }
        },
    )
}
