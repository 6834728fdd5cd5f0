//! How lists look on screen.

use maud::{Markup, html};
use uuid::Uuid;
use web::parts::{self, Column, Drawing, Field, Kind, Tone};
use web::{Form, FormErrors, Page};

use super::mend::Repair;
use super::queries::StoredRow;
use super::rows::field;
use super::{Batch, BatchId, BatchState, RowId, RowStatus, workbook};
use crate::WORDS;
use crate::import::Reason;
use crate::shown::{Fields, folded, word};

// words: import-reason-* import-state-*

/// A row of the repair list.
pub(super) struct Waiting {
    pub row: StoredRow,
    /// Heading and text of each column.
    pub cells: Vec<(String, String)>,
    /// Heading of each column at fault, and why.
    pub faults: Vec<(String, Reason)>,
}

pub(super) fn list(
    p: &Page,
    form: &Form,
    errors: &FormErrors,
    bodies: &[(Uuid, String)],
    batches: &[Batch],
    before: Option<BatchId>,
    next: Option<BatchId>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let fields = Fields { p, form, errors };
    let choices: Vec<_> = bodies
        .iter()
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect();
    let next = next.map(|id| format!("/people/import?cursor={id}"));
    let first = before.map(|_| "/people/import");
    html! {
        (parts::back_link("/people", &t("people-title")))
        h1 { (t("import-title")) }
        p { (t("import-lead")) }
        (parts::error_summary(p, errors))
        (parts::upload_form(p, "/people/import", html! {
            @if choices.len() > 1 { (fields.select("organization", choices, true)) }
            (parts::file_field(p, Field {
                name: "file", label: t("field-file"), error: errors.get("file"),
                hint: Some(t("import-file-hint")), required: true, ..Field::default()
            }, ".xlsx,.xls,.ods,.csv"))
            (parts::buttons(parts::primary_button(&t("import-preview"))))
        }))
        h2 { (t("import-earlier")) }
        @if batches.is_empty() {
            (parts::empty_state(Drawing::Loom, &t("import-none-title"), &t("import-none-text"), None))
        } @else {
            (earlier(p, batches))
            (parts::pagination(p, first, next.as_deref()))
        }
    }
}

fn earlier(p: &Page, batches: &[Batch]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("col-file")),
        Column::text(t("col-state")),
        Column::text(t("col-when")),
        Column::figures(t("import-accepted")),
        Column::figures(t("import-duplicates")),
        Column::figures(t("import-rejected")),
    ];
    let rows: Vec<Vec<Markup>> = batches
        .iter()
        .map(|batch| {
            vec![
                html! { a href={ "/people/import/" (batch.id) } { bdi { (batch.file_name) } } },
                state(p, batch.state),
                p.moment(batch.made_at),
                html! { (p.number(batch.accepted)) },
                html! { (p.number(batch.duplicates)) },
                html! { (p.number(batch.rejected)) },
            ]
        })
        .collect();
    parts::table(
        &t("import-earlier"),
        &columns,
        &rows,
        &t("import-none-title"),
    )
}

fn state(p: &Page, state: BatchState) -> Markup {
    let tone = match state {
        BatchState::Preview => Tone::Plain,
        BatchState::Waiting | BatchState::Running => Tone::Active,
        BatchState::Done => Tone::Good,
        BatchState::Failed => Tone::Bad,
    };
    parts::badge(tone, &word(p, "import-state", state))
}

pub(super) fn show(
    p: &Page,
    batch: &Batch,
    counts: &[(RowStatus, i64)],
    can_start: bool,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        (parts::back_link("/people/import", &t("import-title")))
        h1 { bdi { (batch.file_name) } }
        p { (state(p, batch.state)) " " (p.moment(batch.made_at)) }
        (parts::error_summary(p, errors))
        @match batch.state {
            BatchState::Preview => { p { (t("import-preview-help")) } }
            BatchState::Waiting | BatchState::Running => (progress(p, batch)),
            BatchState::Done => (result(p, batch, counts)),
            BatchState::Failed => (parts::notice(p, Tone::Bad, html! { p { (t("import-failed-help")) } })),
        }
        (figures(p, batch))
        @if can_start { (start(p, batch)) }
        @if batch.state == BatchState::Preview { (problems(p, batch)) }
    }
}

/// Counts; once rows are stored each opens them.
fn figures(p: &Page, batch: &Batch) -> Markup {
    let has_rows = !matches!(batch.state, BatchState::Preview | BatchState::Waiting);
    let stat = |key: &str, count: i64, status: Option<&str>| {
        let value = html! { (p.number(count)) };
        let status = status.filter(|_| has_rows);
        let href = status.map(|word| format!("/people/import/{}/outcome?status={word}", batch.id));
        parts::stat(&p.t(&WORDS, key), value, None, href.as_deref())
    };
    parts::stats(html! {
        (stat("import-rows", batch.rows_total, None))
        (stat("import-accepted", batch.accepted, Some("accept")))
        (stat("import-warned", batch.warned, Some("warned")))
        (stat("import-duplicates", batch.duplicates, Some("duplicate")))
        (stat("import-rejected", batch.rejected, Some("reject")))
        (stat("import-skipped", batch.skipped, None))
    })
}

fn start(p: &Page, batch: &Batch) -> Markup {
    let action = format!("/people/import/{}/start", batch.id);
    let key = match batch.state {
        BatchState::Failed => "import-start-again",
        _ => "import-start",
    };
    let button = parts::primary_button(&p.t(&WORDS, key));
    parts::form(p, &action, parts::buttons(button))
}

/// Rows done so far. With a script it renews itself; without, a link does.
pub(super) fn progress(p: &Page, batch: &Batch) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let is_moving = matches!(batch.state, BatchState::Waiting | BatchState::Running);
    let address = format!("/people/import/{}/progress", batch.id);
    let told = p.tr(
        &WORDS,
        "import-progress",
        &[
            ("done", batch.rows_done.into()),
            ("all", batch.rows_total.into()),
        ],
    );
    html! {
        div id="progress" hx-get=[is_moving.then_some(address)] hx-trigger=[is_moving.then_some("every 2s")]
            hx-swap=[is_moving.then_some("outerHTML")] {
            p id="progress-told" role="status" { (told) }
            progress aria-labelledby="progress-told" value=(batch.rows_done) max=(batch.rows_total.max(1)) {}
            p { (t("import-leave")) }
            p { (parts::secondary_link(&format!("/people/import/{}", batch.id), &t("import-look-again"))) }
        }
    }
}

fn result(p: &Page, batch: &Batch, counts: &[(RowStatus, i64)]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let of = |wanted: RowStatus| {
        let found = counts.iter().find(|(status, _)| *status == wanted);
        found.map_or(0, |(_, count)| *count)
    };
    let waiting = of(RowStatus::Reject);
    let address = format!("/people/import/{}", batch.id);
    let told = p.tr(
        &WORDS,
        "import-waiting",
        &[
            ("waiting", waiting.into()),
            ("mended", of(RowStatus::Mended).into()),
            ("dismissed", of(RowStatus::Dismissed).into()),
        ],
    );
    html! {
        @if waiting == 0 {
            (parts::notice(p, Tone::Good, html! { p { (t("import-all-settled")) } }))
        } @else {
            (parts::notice(p, Tone::Warning, html! { p { (told) } }))
            (parts::buttons(html! {
                (parts::button_link(&format!("{address}/rows"), &t("import-repair")))
                (parts::secondary_link(&format!("{address}/rejects.xlsx"), &t("import-download")))
            }))
        }
    }
}

/// First problems of a preview: where, and why; no cell is among them.
fn problems(p: &Page, batch: &Batch) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let text = |problem: &serde_json::Value, name: &str| {
        problem[name].as_str().unwrap_or_default().to_owned()
    };
    let columns = ["rejects-row", "rejects-sheet", "rejects-column", "col-why"];
    let columns: Vec<Column> = columns.iter().map(|key| Column::text(t(key))).collect();
    let rows: Vec<Vec<Markup>> = batch
        .problems
        .as_array()
        .into_iter()
        .flatten()
        .map(|problem| {
            vec![
                html! { (p.number(problem["row"].as_i64().unwrap_or_default())) },
                html! { bdi { (text(problem, "sheet")) } },
                html! { bdi { (text(problem, "column")) } },
                html! { (sentences(p, &workbook::reasons(&problem["reasons"]))) },
            ]
        })
        .collect();
    html! {
        h2 { (t("import-problems")) }
        (parts::table(&t("import-problems"), &columns, &rows, &t("import-no-problems")))
    }
}

pub(super) fn sentences(p: &Page, reasons: &[Reason]) -> String {
    let all: Vec<String> = reasons
        .iter()
        .map(|reason| p.t(&WORDS, reason.message_key()))
        .collect();
    all.join(" ")
}

/// Where a row stands: its sheet and number.
pub(super) fn place(p: &Page, row: &StoredRow) -> String {
    let args = [
        ("row", row.row_number.into()),
        ("sheet", row.sheet.as_str().into()),
    ];
    let key = match row.sheet.is_empty() {
        true => "import-row",
        false => "import-row-of-sheet",
    };
    p.tr(&WORDS, key, &args)
}

pub(super) fn rows(
    p: &Page,
    batch: &Batch,
    rows: &[Waiting],
    is_further: bool,
    next: Option<RowId>,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let address = format!("/people/import/{}", batch.id);
    let list = format!("{address}/rows");
    let next = next.map(|id| format!("{list}?cursor={id}"));
    html! {
        (parts::back_link(&address, &batch.file_name))
        h1 { (t("import-repair-title")) }
        p { (t("import-repair-lead")) }
        @if rows.is_empty() {
            (parts::empty_state(Drawing::Needle, &t("import-all-settled"), &t("import-all-settled-help"), None))
        } @else {
            p { (parts::secondary_link(&format!("{address}/rejects.xlsx"), &t("import-download"))) }
            @for waiting in rows {
                section.card {
                    h2 { (place(p, &waiting.row)) }
                    (told(p, &waiting.faults))
                    (folded(&t("import-cells"), true, filled(p, waiting)))
                    p { (parts::button_link(&format!("/people/import/rows/{}", waiting.row.id), &t("import-mend"))) }
                }
            }
        }
        (parts::pagination(p, is_further.then_some(list.as_str()), next.as_deref()))
    }
}

/// Each column at fault and why.
fn told(p: &Page, faults: &[(String, Reason)]) -> Markup {
    html! {
        @for (column, reason) in faults {
            p.error {
                @if !column.is_empty() { bdi { (column) } ": " }
                (p.t(&WORDS, reason.message_key()))
            }
        }
    }
}

/// The cells that hold something; those at fault always.
fn filled(p: &Page, waiting: &Waiting) -> Markup {
    let is_wrong = |heading: &str| waiting.faults.iter().any(|(column, _)| column == heading);
    let pairs: Vec<(String, Markup)> = waiting
        .cells
        .iter()
        .enumerate()
        .filter(|(_, (heading, text))| !text.is_empty() || is_wrong(heading))
        .map(|(place, (heading, text))| {
            let value = match text.is_empty() {
                true => html! { (p.t(&WORDS, "import-cell-empty")) },
                false => html! { bdi dir=[is_number(text).then_some("ltr")] { (text) } },
            };
            (heading_of(p, place, heading), value)
        })
        .collect();
    parts::facts(&pairs)
}

/// Codes, dates and amounts stand as they were typed, from left to right.
fn is_number(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic)
}

/// The heading, or the column's number where the list has none.
fn heading_of(p: &Page, place: usize, heading: &str) -> String {
    let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
    match heading.trim().is_empty() {
        true => p.tr(&WORDS, "import-column", &[("number", number.into())]),
        false => heading.to_owned(),
    }
}

/// One row to mend.
pub(super) fn row(
    p: &Page,
    repair: &Repair,
    faults: &[(String, Reason)],
    form: &Form,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let row = &repair.row;
    let action = format!("/people/import/rows/{}", row.id);
    let list = format!("/people/import/{}/rows", row.batch_id);
    html! {
        (parts::back_link(&list, &t("import-repair-title")))
        h1 { (place(p, row)) }
        @if errors.is_empty() { (told(p, faults)) }
        (parts::error_summary(p, errors))
        (parts::form(p, &action, html! {
            @for (place, (heading, _)) in repair.shown().iter().enumerate() {
                @let name = field(place);
                (parts::field(p, Field {
                    name: &name, label: heading_of(p, place, heading), value: form.raw(&name),
                    error: errors.get(&name), kind: Kind::Text, required: false, ..Field::default()
                }))
            }
            (parts::save_bar(parts::primary_button(&t("import-mend-save"))))
        }))
        (folded(&t("import-dismiss"), errors.get("reason").is_some(),
            parts::form(p, &format!("{action}/dismiss"), html! {
                (parts::field(p, Field {
                    name: "reason", label: t("import-dismiss-reason"), value: form.raw("reason"),
                    error: errors.get("reason"), required: true, max: Some(200), ..Field::default()
                }))
                (parts::buttons(parts::secondary_button(&t("import-dismiss"))))
            })))
    }
}
