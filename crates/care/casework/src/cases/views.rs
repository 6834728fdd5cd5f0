use access::emergencies::Emergency;
use maud::{Markup, html};
use people::PersonId;
use persian::Timestamp;
use uuid::Uuid;
use web::parts::{self, Column, Drawing, Kind};
use web::{Form, FormErrors, Page};

use super::head::{Head, Tab, header, next_action, state_badge, thread};
use super::pages::ListQuery;
use super::{
    CaseEvent, CaseId, CaseState, CloseReason, Evidence, NextAction, PauseReason, Row, Source,
    Stage, forms,
};
use crate::WORDS;
use crate::emergencies::views::panel;
use crate::shown::{Fields, folded, options, word};
use crate::tasks::pages::Told;

// words: stage-* state-* next-* event-* source-* evidence-* pause-* close-* field-* years-*

pub(super) fn list(p: &Page, query: &ListQuery, rows: &[Row], next: Option<CaseId>) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let address = |cursor: Option<CaseId>| {
        let mut address = format!(
            "/cases?stage={}&state={}&mine={}",
            query.stage.parse::<Stage>().map_or("", Stage::as_str),
            query
                .state
                .parse::<CaseState>()
                .map_or("", CaseState::as_str),
            if query.mine.is_empty() { "" } else { "yes" }
        );
        if let Some(cursor) = cursor {
            address.push_str(&format!("&cursor={cursor}"));
        }
        address
    };
    html! {
        h1 { (t("cases-title")) }
        p { (t("cases-lead")) " " a href="/emergencies/new" { (t("emergency-title")) } }
        (filters(p, query))
        @if rows.is_empty() && query.cursor.is_none() {
            (parts::empty_state(Drawing::Needle, &t("cases-empty"), &t("cases-empty-help"), Some(("/people", &t("cases-find-person")))))
        } @else {
            (table(p, rows))
        }
        (parts::pagination(p, query.cursor.map(|_| address(None)).as_deref(), next.map(|id| address(Some(id))).as_deref()))
    }
}

fn filters(p: &Page, query: &ListQuery) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let form = Form::prefilled([
        ("stage", query.stage.clone()),
        ("state", query.state.clone()),
    ]);
    let errors = FormErrors::default();
    let fields = Fields {
        p,
        form: &form,
        errors: &errors,
    };
    html! {
        form.stack method="get" action="/cases" role="search" {
            div.row {
                (fields.select("stage", options(p, "stage", Stage::ALL), false))
                (fields.select("state", options(p, "state", CaseState::ALL), false))
            }
            label.answer {
                input id="mine" type="checkbox" name="mine" value="yes" checked[!query.mine.is_empty()];
                span { (t("cases-mine")) }
            }
            (parts::secondary_button(&t("cases-filter")))
        }
    }
}

fn table(p: &Page, rows: &[Row]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let keys = [
        "col-person",
        "col-code",
        "col-stage",
        "col-since",
        "col-owner",
        "col-next",
    ];
    let columns: Vec<Column> = keys.iter().map(|key| Column::text(t(key))).collect();
    let cells = |row: &Row| {
        vec![
            html! { a href={ "/cases/" (row.id) } { bdi { (row.first_name) " " (row.last_name) } } },
            html! { code dir="ltr" { (row.code) } },
            html! { (word(p, "stage", row.stage)) @if row.state != CaseState::Open { " " (state_badge(p, row.state)) } },
            p.date(row.stage_since),
            html! { bdi { (row.owner_name.as_deref().unwrap_or_default()) } },
            html! {
                @if let (Some(action), Some(on)) = (row.next_action, row.next_action_on) {
                    (word(p, "next", action)) br; (p.date(on))
                }
            },
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(cells).collect();
    parts::table(&t("cases-title"), &columns, &rows, &t("cases-empty"))
}

pub(super) fn new(
    p: &Page,
    person: PersonId,
    name: &str,
    body: &str,
    colleagues: &[(Uuid, String)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let years = forms::CONSENT_YEARS.iter();
    let years = years.map(|n| {
        (
            n.to_string(),
            p.tr(&WORDS, "years-count", &[("count", (*n).into())]),
        )
    });
    let owners = colleagues
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let agreed = p.tr(
        &WORDS,
        "consent-sentence",
        &[("name", name.into()), ("body", body.into())],
    );
    html! {
        (parts::back_link(&format!("/people/{person}"), name))
        h1 { (t("case-new-title")) }
        p { (t("case-new-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, "/cases", html! {
            (parts::hidden("person", &person.to_string()))
            (fields.radios("source", options(p, "source", Source::ALL)))
            (parts::fieldset(&t("consent-title"), html! {
                p { (t("consent-what")) }
                (parts::tick(p, "agreed", &agreed, !form.raw("agreed").is_empty(), errors.get("agreed")))
                (fields.radios("evidence", options(p, "evidence", Evidence::ALL)))
                (fields.radios("consent_years", years.collect()))
                p.hint { (t("consent-withdraw")) }
            }))
            (fields.select("owner", owners.collect(), true))
            (fields.day("assess_on"))
            (parts::save_bar(parts::primary_button(&t("case-open"))))
        }))
    }
}

/// What the first page of a case shows.
pub(super) struct Overview<'a> {
    pub head: &'a Head,
    /// Why it rests or ended, when the viewer may know.
    pub reason: Option<&'a str>,
    pub events: &'a [CaseEvent],
    pub tasks: &'a [Told],
    pub colleagues: &'a [(Uuid, String)],
    pub may_change: bool,
    /// Who opened it in an emergency, and why.
    pub emergencies: &'a [(Emergency, String)],
    /// Until when it stands open to the viewer, when that is by an emergency.
    pub opened_until: Option<Timestamp>,
    /// The act whose form is open at once.
    pub open: &'a str,
    pub form: &'a Form,
    pub errors: &'a FormErrors,
}

pub(super) fn show(p: &Page, o: &Overview) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let case = &o.head.case;
    html! {
        (header(p, o.head, Tab::Overview))
        (parts::error_summary(p, o.errors))
        (panel(p, o.emergencies, o.opened_until))
        (next_action(p, case))
        (thread(p, case.stage))
        (about(p, o))
        h2 { (t("tasks-title")) }
        (crate::tasks::pages::table(p, o.tasks, o.may_change))
        @if o.may_change { (changes(p, o)) }
        h2 { (t("events-title")) }
        (history(p, o.events))
    }
}

fn about(p: &Page, o: &Overview) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let head = o.head;
    let case = &head.case;
    let mut pairs = vec![
        (t("case-owner"), html! { bdi { (head.owner_name) } }),
        (t("case-opened-on"), p.date(case.opened_on)),
        (t("case-source"), html! { (word(p, "source", case.source)) }),
        (
            t("case-consent"),
            match head.consent_until {
                Some(day) => html! {
                    (t("consent-until")) " " (p.date(day)) " "
                    a href={ "/consents/" (case.consent_id) "/withdrawal" } { (t("consent-take-back")) }
                },
                None => html! { strong { (t("consent-ended")) } },
            },
        ),
        (
            t("case-person"),
            html! { a href={ "/people/" (case.person_id) } { bdi { (head.name) } } },
        ),
    ];
    if let Some(reason) = o.reason {
        let prefix = if case.state == CaseState::Paused {
            "pause"
        } else {
            "close"
        };
        pairs.push((t("case-reason"), html! { (word(p, prefix, reason)) }));
    }
    parts::facts(&pairs)
}

fn changes(p: &Page, o: &Overview) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields {
        p,
        form: o.form,
        errors: o.errors,
    };
    let address = |path: &str| format!("/cases/{}/{path}", o.head.case.id);
    let wrong = |names: &[&str]| names.iter().any(|name| o.errors.get(name).is_some());
    let part = |title: &str, path: &str, names: &[&str], body: Markup, button: &str| {
        folded(
            &t(title),
            wrong(names) || (!o.open.is_empty() && o.open == path),
            parts::form(
                p,
                &address(path),
                html! {
                    (body)
                    (parts::secondary_button(&t(button)))
                },
            ),
        )
    };
    let actions = options(p, "next", NextAction::ALL);
    let owners = o
        .colleagues
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()));
    let owner = o.head.case.owner_id.unwrap_or_default().to_string();
    match o.head.case.state {
        CaseState::Open => html! {
            (part("task-new", "tasks", &["task_words", "task_on"], html! {
                (fields.text("task_words", Kind::Area, true)) (fields.day("task_on"))
            }, "task-add"))
            (part("change-next", "next-action", &["next_action", "next_on", "waiting_on"], html! {
                (fields.select("next_action", actions, true)) (fields.day("next_on"))
                (fields.text("waiting_on", Kind::Text, false))
            }, "save"))
            (part("change-stage", "stage", &["stage"], fields.select("stage", options(p, "stage", Stage::ALL), true), "save"))
            (part("change-owner", "hand-over", &["owner"], html! {
                (parts::hidden("from", &owner)) (fields.select("owner", owners.collect(), true))
            }, "hand-over"))
            (part("change-pause", "pause", &["pause_reason", "look_again_on"], html! {
                (fields.select("pause_reason", options(p, "pause", PauseReason::ALL), true)) (fields.day("look_again_on"))
            }, "pause"))
            (part("change-close", "close", &["close_reason"], html! {
                p { (t("close-help")) }
                (fields.select("close_reason", options(p, "close", CloseReason::ALL), true))
            }, "close"))
        },
        state => {
            let (title, path) = match state {
                CaseState::Paused => ("change-resume", "resume"),
                _ => ("change-reopen", "reopen"),
            };
            part(
                title,
                path,
                &["go_on_action", "go_on_on"],
                html! {
                    (fields.select("go_on_action", actions, true)) (fields.day("go_on_on"))
                },
                "go-on",
            )
        }
    }
}

fn history(p: &Page, events: &[CaseEvent]) -> Markup {
    let events: Vec<parts::Event> = events
        .iter()
        .map(|event| parts::Event {
            at: event.happened_at,
            title: html! { (word(p, "event", event.kind)) (detail(p, event)) },
            body: Some(html! { bdi { (event.actor) } }),
        })
        .collect();
    parts::timeline(p, &events)
}

/// The one code of an event that a reader wants to see.
fn detail(p: &Page, event: &CaseEvent) -> Markup {
    let text = |name: &str| event.detail.get(name).and_then(|value| value.as_str());
    let told = if let Some(stage) = text("stage") {
        word(p, "stage", stage)
    } else if let Some(result) = text("result") {
        word(p, "result", result)
    } else if let Some(answer) = text("answer") {
        word(p, "answer", answer)
    } else if let Some(kind) = text("kind") {
        word(p, "step", kind)
    } else if let Some(months) = event
        .detail
        .get("months")
        .and_then(serde_json::Value::as_i64)
    {
        p.tr(&WORDS, "months-count", &[("count", months.into())])
    } else if let Some(number) = text("number") {
        return html! { ": " bdi { (number) } };
    } else {
        return Markup::default();
    };
    html! { ": " (told) }
}
