//! How batches look.

use maud::{Markup, html};
use uuid::Uuid;
use web::parts::{self, Column, Field, Tone};
use web::{FormErrors, Page};

use super::queries::{Batch, Candidate, Upload};
use super::results::{Read, Row, RowState};
use crate::WORDS;
use crate::legs::Leg;
use crate::legs::views::{badge, number};

// words: verdict-* row-* fault-*

fn word(p: &Page, prefix: &str, code: &str) -> String {
    p.t(&WORDS, &format!("{prefix}-{}", code.replace('_', "-")))
}

/// What can be put in a batch now, and the batches made so far.
pub(super) fn list(
    p: &Page,
    ready: &[(Uuid, Candidate, String)],
    batches: &[(Batch, String)],
    next: Option<&str>,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("leg-number")),
        Column::text(t("leg-receiver")),
        Column::figures(t("batch-legs")),
        Column::figures(t("batch-waiting")),
        Column::text(t("batch-made")),
    ];
    let rows: Vec<Vec<Markup>> = batches
        .iter()
        .map(|(batch, name)| {
            vec![
                html! { a href={ "/batches/" (batch.id) } { (number(p, &batch.number)) } },
                html! { bdi { (name) } },
                html! { (p.number(batch.legs)) },
                html! { (p.number(batch.waiting)) },
                html! { (p.moment(batch.made_at)) },
            ]
        })
        .collect();
    let title = t("batches-title");
    html! {
        h1 { (title) }
        p { (t("batches-lead")) }
        (parts::error_summary(p, errors))
        @for (sender, found, name) in ready {
            (parts::inline_form(p, "/batches", html! {
                (parts::hidden("sender", &sender.to_string()))
                (parts::hidden("organization", &found.organization_id.to_string()))
                (parts::hidden("service", &found.service))
                (parts::primary_button(&p.tr(&WORDS, "batch-make", &[
                    ("count", found.legs.into()), ("body", name.into()),
                ])))
            }))
        }
        @if ready.is_empty() { p { (t("batch-nothing")) } }
        (parts::table(&title, &columns, &rows, &t("batches-empty")))
        (parts::pagination(p, None, next))
    }
}

/// One batch: its papers, its legs, its answers.
pub(super) fn show(
    p: &Page,
    batch: &Batch,
    receiver: &str,
    legs: &[Leg],
    uploads: &[Upload],
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [t("leg-number"), t("leg-state"), t("leg-due")];
    let rows: Vec<Vec<Markup>> = legs
        .iter()
        .map(|leg| {
            vec![
                html! { a href={ "/legs/" (leg.id) } { (number(p, &leg.number)) } },
                badge(p, leg.state),
                html! { @if let Some(day) = leg.due_on { (p.date(day)) } },
            ]
        })
        .collect();
    let base = format!("/batches/{}", batch.id);
    html! {
        (parts::back_link("/batches", &t("batches-title")))
        h1 { (t("batch-title")) " " (number(p, &batch.number)) }
        p { bdi { (receiver) } }
        (parts::error_summary(p, errors))
        p {
            (parts::button_link(&format!("{base}/file"), &t("batch-file")))
            " " (parts::secondary_link(&format!("{base}/letter"), &t("batch-letter")))
        }
        (parts::table(&t("batch-legs"), &headers, &rows, &t("batch-nothing")))
        h2 { (t("results-title")) }
        (parts::upload_form(p, &format!("{base}/results"), html! {
            (parts::file_field(p, Field {
                name: "file", label: t("batch-answer-file"), hint: Some(t("batch-answer-hint")),
                error: errors.get("file"), required: true, ..Field::default()
            }, ".xlsx,.xls,.ods,.csv"))
            (parts::primary_button(&t("batch-read")))
        }))
        @if !uploads.is_empty() {
            ul {
                @for upload in uploads {
                    li {
                        a href={ (base) "/results/" (upload.id) } { bdi { (upload.file_name) } } " "
                        (p.moment(upload.made_at)) " "
                        @if upload.applied_at.is_some() { (parts::badge(Tone::Good, &t("results-applied"))) }
                    }
                }
            }
        }
    }
}

/// What a results file says, row by row, before or after it was applied.
pub(super) fn results(p: &Page, batch: &Batch, upload: &Upload, rows: &[Row]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let headers = [
        "results-row",
        "leg-number",
        "results-verdict",
        "results-detail",
        "leg-state",
    ];
    let headers: Vec<String> = headers.iter().map(|key| t(key)).collect();
    let cells: Vec<Vec<Markup>> = rows
        .iter()
        .map(|row| {
            vec![
                html! { (p.number(row.sheet_row)) },
                number(p, &row.number),
                html! { (word(p, "verdict", row.verdict.as_str())) },
                detail(p, row),
                state(p, row),
            ]
        })
        .collect();
    let count = |state: RowState| rows.iter().filter(|row| row.state == state).count() as i64;
    let (good, wrong) = (count(RowState::Good), count(RowState::Wrong));
    let base = format!("/batches/{}", batch.id);
    html! {
        (parts::back_link(&base, &t("batch-title")))
        h1 { (t("results-title")) }
        p { bdi { (upload.file_name) } }
        @if wrong > 0 {
            (parts::notice(p, Tone::Warning, html! {
                p { (p.tr(&WORDS, "results-wrong", &[("count", wrong.into())])) }
            }))
        }
        @if upload.applied_at.is_none() {
            (parts::form(p, &format!("{base}/results/{}/apply", upload.id), html! {
                (parts::primary_button(&p.tr(&WORDS, "results-apply", &[("count", good.into())])))
            }))
        }
        (parts::table(&t("results-title"), &headers, &cells, &t("results-empty")))
    }
}

fn detail(p: &Page, row: &Row) -> Markup {
    let read: Read = serde_json::from_value(row.answer.clone()).unwrap_or_default();
    html! {
        @if let Some(licence) = &read.licence_number { (number(p, licence)) }
        @if let Some(day) = read.valid_until { " " (p.date(day)) }
    }
}

fn state(p: &Page, row: &Row) -> Markup {
    let tone = match row.state {
        RowState::Applied => Tone::Good,
        RowState::Good => Tone::Active,
        RowState::Same => Tone::Plain,
        RowState::Wrong | RowState::Refused => Tone::Bad,
    };
    html! {
        (parts::badge(tone, &word(p, "row", row.state.as_str())))
        @if let Some(fault) = row.fault.as_deref() {
            " "
            @if row.state == RowState::Wrong { (word(p, "fault", fault)) }
            @else { (word(p, "reason", fault)) }
        }
    }
}
