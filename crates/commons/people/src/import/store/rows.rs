//! The repair list on screen: each refused row is mended where it stands, or put aside.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use maud::Markup;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome};

use super::mend::{MendRow, Repair, faults_of, refusals};
use super::{BatchId, DismissRow, RowId, RowStatus, queries, views, visible};
use crate::import::Fault;
use crate::{IMPORT, WORDS, reference};

/// Rows a page of the repair list shows.
pub(super) const PAGE: i64 = 25;
/// Longest cell that is taken, in letters.
pub(super) const CELL: usize = 20_000;
/// Longest reason for putting a row aside, in letters.
pub(super) const REASON: usize = 200;

const NEED: Need = Need::May(&IMPORT);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/people/import/{id}/rows", NEED, list)
        .get("/people/import/rows/{row}", NEED, show)
        .post("/people/import/rows/{row}", NEED, mend)
        .post("/people/import/rows/{row}/dismiss", NEED, dismiss)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Cursor {
    pub cursor: Option<RowId>,
}

async fn list(ask: Ask, Path(id): Path<BatchId>, Query(cursor): Query<Cursor>) -> Outcome {
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let keys = &ask.city.keys;
    let mut rows = queries::with_cells(&mut conn, keys, id, cursor.cursor, PAGE + 1).await?;
    let lists = reference::for_import(&mut conn, ask.now().date()).await?;
    drop(conn);
    let has_more = rows.len() as i64 > PAGE;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| has_more).map(|(row, _)| row.id);
    ask.seen("import_rows", Some(id.get()), Vec::new()).await?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(row, kept)| views::Waiting {
            faults: faults_of(&row, &kept, &lists),
            cells: kept.shown(),
            row,
        })
        .collect();
    let view = views::rows(&ask.page, &batch, &rows, cursor.cursor.is_some(), next);
    ask.html(&ask.page.t(&WORDS, "import-repair-title"), view)
}

/// A row that still waits, when the viewer brings lists in for its body. A settled one is none.
pub(super) async fn waiting(ask: &Ask, id: RowId) -> Outcome<Option<Repair>> {
    let mut conn = ask.read().await?;
    let row = queries::row(&mut conn, id).await?;
    visible(&mut conn, &ask.viewer, row.batch_id).await?;
    match row.status {
        RowStatus::Reject => Ok(Some(Repair::open(&mut conn, &ask.city.keys, id).await?)),
        _ => Ok(None),
    }
}

/// Where a settled row leads: back to its list, with a word.
async fn settled(ask: &Ask, id: RowId, told: &str) -> Outcome {
    let row = queries::row(&mut ask.read().await?, id).await?;
    let next = format!("/people/import/{}/rows", row.batch_id);
    ask.see_with(next, &ask.page.t(&WORDS, told))
}

async fn show(ask: Ask, Path(id): Path<RowId>) -> Outcome {
    let Some(repair) = waiting(&ask, id).await? else {
        return settled(&ask, id, "reason-import-row-settled").await;
    };
    let batch = Some(repair.row.batch_id.get());
    ask.seen("import_rows", batch, Vec::new()).await?;
    let mut form = Form::default();
    for (place, (_, text)) in repair.shown().into_iter().enumerate() {
        form.push(field(place), text);
    }
    let view = row_view(&ask, &repair, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "import-repair-title"), view)
}

async fn row_view(ask: &Ask, repair: &Repair, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let lists = reference::for_import(&mut ask.read().await?, ask.now().date()).await?;
    let faults = repair.faults(&lists);
    Ok(views::row(&ask.page, repair, &faults, form, errors))
}

/// The name of a cell's field.
pub(super) fn field(place: usize) -> String {
    format!("cell-{place}")
}

async fn mend(ask: Ask, Path(id): Path<RowId>, form: Form) -> Outcome {
    let Some(repair) = waiting(&ask, id).await? else {
        return settled(&ask, id, "reason-import-row-settled").await;
    };
    let width = repair.shown().len();
    let typed: Vec<String> = (0..width)
        .map(|place| form.raw(&field(place)).to_owned())
        .collect();
    let errors = match mended(&ask, &repair, &typed).await? {
        Ok(command) => {
            let mut errors = FormErrors::default();
            let done = ask.post(&form, command).await;
            if ask.refused(done, &mut errors)?.is_some() {
                return settled(&ask, id, "import-row-mended").await;
            }
            errors
        }
        Err(errors) => errors,
    };
    let view = row_view(&ask, &repair, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "import-repair-title"), view)
}

/// Reads the row again as typed: the write that accepts it, or a sentence at each cell at fault.
pub(super) async fn mended(
    ask: &Ask,
    repair: &Repair,
    typed: &[String],
) -> Outcome<Result<MendRow, FormErrors>> {
    let mut errors = FormErrors::default();
    for (place, text) in typed.iter().enumerate() {
        if text.chars().count() > CELL {
            let most = i64::try_from(CELL).unwrap_or(i64::MAX);
            let args = [("most", most.into())];
            let sentence = ask.page.tr(&web::WORDS, "field-too-long", &args);
            errors.push(field(place), sentence);
        }
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    match repair.mend(&ask.city, typed).await? {
        Ok(command) => Ok(Ok(command)),
        Err(faults) => Ok(Err(sentences(ask, &faults))),
    }
}

fn sentences(ask: &Ask, faults: &[Fault]) -> FormErrors {
    let mut errors = FormErrors::default();
    for (column, reason) in refusals(faults) {
        let sentence = ask.page.t(&WORDS, reason.message_key());
        errors.push(column.map(field).unwrap_or_default(), sentence);
    }
    errors
}

async fn dismiss(ask: Ask, Path(id): Path<RowId>, form: Form) -> Outcome {
    let Some(repair) = waiting(&ask, id).await? else {
        return settled(&ask, id, "reason-import-row-settled").await;
    };
    let mut read = form.read(&ask.page);
    let reason = read.text("reason", REASON);
    let mut errors = read.errors;
    if let Some(reason) = reason {
        let done = ask.post(&form, DismissRow { id, reason }).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return settled(&ask, id, "import-row-dismissed").await;
        }
    }
    // The cells stand as they were; only the reason was typed.
    let mut cells = form.clone();
    for (place, (_, text)) in repair.shown().into_iter().enumerate() {
        cells.push(field(place), text);
    }
    let view = row_view(&ask, &repair, &cells, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "import-repair-title"), view)
}

/// The row for a machine, or "not found" when it no longer waits.
pub(super) async fn open(ask: &Ask, id: RowId) -> Outcome<Repair> {
    waiting(ask, id).await?.ok_or(Failure::NotFound)
}
