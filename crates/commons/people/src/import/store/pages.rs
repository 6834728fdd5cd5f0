//! Lists on screen: upload, preview, progress, result, and the lists brought in before.

use access::contract::{File, Xlsx};
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::response::IntoResponse as _;
use organizations::OrganizationId;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, Upload};

use super::{
    Batch, BatchId, BatchState, StartImport, outcome, queries, rows, views, visible, work, workbook,
};
use crate::{IMPORT, WORDS};

/// Lists a page shows.
pub(super) const PAGE: i64 = 20;

const NEED: Need = Need::May(&IMPORT);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/people/import", NEED, list)
        .post("/people/import", NEED, upload)
        .get("/people/import/{id}", NEED, show)
        .get("/people/import/{id}/progress", NEED, progress)
        .post("/people/import/{id}/start", NEED, start)
        .get("/people/import/{id}/rejects.xlsx", NEED, rejects)
        .get("/people/import/{id}/outcome", NEED, outcome::page)
        .merge(rows::routes())
}

/// The bodies for which the viewer brings lists in, with their names.
async fn bodies(ask: &Ask) -> Outcome<Vec<(Uuid, String)>> {
    let mut conn = ask.read().await?;
    let mut bodies = Vec::new();
    for id in ask.viewer.bodies_as(IMPORT.roles) {
        let body = organizations::get(&mut conn, OrganizationId::new(id)).await?;
        bodies.push((id, body.name(ask.lang()).to_owned()));
    }
    Ok(bodies)
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Cursor {
    pub cursor: Option<BatchId>,
}

async fn list(ask: Ask, Query(cursor): Query<Cursor>) -> Outcome {
    let view = list_view(
        &ask,
        &Form::default(),
        &FormErrors::default(),
        cursor.cursor,
    )
    .await?;
    ask.html(&ask.page.t(&WORDS, "import-title"), view)
}

async fn list_view(
    ask: &Ask,
    form: &Form,
    errors: &FormErrors,
    before: Option<BatchId>,
) -> Outcome<maud::Markup> {
    let (batches, next) = page_of(ask, before, Limit(PAGE)).await?;
    let bodies = bodies(ask).await?;
    Ok(views::list(
        &ask.page, form, errors, &bodies, &batches, before, next,
    ))
}

/// One page of the lists of the viewer's bodies, and where the next begins.
pub(super) async fn page_of(
    ask: &Ask,
    before: Option<BatchId>,
    limit: Limit,
) -> Outcome<(Vec<Batch>, Option<BatchId>)> {
    let bodies = ask.viewer.bodies_as(IMPORT.roles);
    let mut batches =
        queries::list(&mut ask.read().await?, &bodies, before, limit.and_one()).await?;
    let next = limit.cut(&mut batches, |last| last.id);
    Ok((batches, next))
}

/// Takes a file in for a body under a key: the list it became, or the one it was before.
pub(super) async fn take_in(
    ask: &Ask,
    upload: &Upload,
    key: Uuid,
) -> Outcome<Result<(BatchId, bool), FormErrors>> {
    let form = &upload.form;
    let bodies = ask.viewer.bodies_as(IMPORT.roles);
    let mut read = form.read(&ask.page);
    let body = match bodies.as_slice() {
        [only] => Some(*only),
        _ => read.choice::<Uuid>("organization"),
    };
    if body.is_some_and(|body| !bodies.contains(&body)) {
        let sentence = ask.page.t(&WORDS, "person-organization-not-yours");
        read.wrong::<()>("organization", sentence);
    }
    let file = upload.file("file");
    if file.is_none() {
        read.wrong::<()>("file", ask.page.t(&WORDS, "import-file-missing"));
    }
    let (Some(body), Some(file), true) = (body, file, read.is_good()) else {
        return Ok(Err(read.errors));
    };
    let organization = OrganizationId::new(body);
    let digest = super::digest(&ask.city.keys, &file.bytes);
    let mut conn = ask.read().await?;
    let same = queries::find_by_digest(&mut conn, organization, digest).await?;
    drop(conn);
    if let Some(same) = same {
        return Ok(Ok((same.id, true)));
    }
    let name: String = persian::clean(&file.name).chars().take(120).collect();
    let (city, bytes) = (ask.city.clone(), file.bytes.clone());
    let mut errors = FormErrors::default();
    let id = BatchId::new(key);
    let kept = match work::preview(city, id, organization, name, bytes).await {
        Ok(command) => ask.city.db.write_once(key, &ask.origin(), command).await,
        Err(error) => Err(error),
    };
    let kept = kept.map_err(Failure::from);
    Ok(match ask.refused(kept, &mut errors)? {
        Some(answer) => Ok((answer.out, false)),
        None => Err(errors),
    })
}

async fn upload(ask: Ask, upload: Upload) -> Outcome {
    let key = upload.form.key()?;
    match take_in(&ask, &upload, key).await? {
        Ok((id, false)) => ask.see(format!("/people/import/{id}")),
        Ok((id, true)) => {
            let told = ask.page.t(&WORDS, "import-same-file");
            ask.see_with(format!("/people/import/{id}"), &told)
        }
        Err(errors) => {
            let view = list_view(&ask, &upload.form, &errors, None).await?;
            ask.again(&ask.page.t(&WORDS, "import-title"), view)
        }
    }
}

async fn show(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    let view = batch_view(&ask, id, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "import-title"), view)
}

async fn batch_view(ask: &Ask, id: BatchId, errors: &FormErrors) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let batch = visible(&mut conn, &ask.viewer, id).await?;
    let counts = queries::counts(&mut conn, id).await?;
    let can_start = matches!(batch.state, BatchState::Preview | BatchState::Failed)
        && queries::has_content(&mut conn, id).await?;
    Ok(views::show(&ask.page, &batch, &counts, can_start, errors))
}

/// The moving part of the page while a list is stored; once it is done, the page is asked again.
async fn progress(ask: Ask, Path(id): Path<BatchId>) -> Outcome {
    let batch = visible(&mut ask.read().await?, &ask.viewer, id).await?;
    let mut response = views::progress(&ask.page, &batch).into_response();
    if !matches!(batch.state, BatchState::Waiting | BatchState::Running) {
        let yes = axum::http::HeaderValue::from_static("true");
        response.headers_mut().insert("hx-refresh", yes);
    }
    Ok(response)
}

async fn start(ask: Ask, Path(id): Path<BatchId>, form: Form) -> Outcome {
    visible(&mut ask.read().await?, &ask.viewer, id).await?;
    let mut errors = FormErrors::default();
    let started = ask.post(&form, StartImport { id }).await;
    if ask.refused(started, &mut errors)?.is_some() {
        return ask.see(format!("/people/import/{id}"));
    }
    let view = batch_view(&ask, id, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "import-title"), view)
}

/// Most rows that one workbook of refused rows holds.
const MOST: i64 = 200_000;

/// The rows that still wait, as a workbook to send back.
pub(super) async fn rejects(ask: Ask, Path(id): Path<BatchId>) -> Outcome<File<Xlsx>> {
    let batch = visible(&mut ask.read().await?, &ask.viewer, id).await?;
    ask.seen("import_rejects", Some(id.get()), Vec::new())
        .await?;
    let mut conn = ask.read().await?;
    let rows = queries::with_cells(&mut conn, &ask.city.keys, id, None, MOST).await?;
    drop(conn);
    let write = move || workbook::stored(&rows);
    let bytes = tokio::task::spawn_blocking(write)
        .await
        .map_err(|error| Failure::Internal(error.to_string()))?
        .map_err(|fault| Failure::Internal(fault.to_string()))?;
    let stem = batch
        .file_name
        .rsplit_once('.')
        .map_or(batch.file_name.as_str(), |(stem, _)| stem);
    let name = format!("{} {stem}.xlsx", ask.page.t(&WORDS, "rejects-title"));
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ask.download(&name, kind, bytes).map(File::from)
}
