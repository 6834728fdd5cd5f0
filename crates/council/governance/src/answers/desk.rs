//! The body's desk: what the committee asked of it, answered here or in a file.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use documents::sheets::{self, Limits};
use maud::{Markup, html};
use organizations::OrganizationId;
use serde::Deserialize;
use web::{Failure, Form, FormErrors, Outcome, Upload};

use super::sheet::{self, FILE_NOT_OURS};
use super::{
    AnswerAtDesk, AnswerByFile, AnswerKind, FileAnswer, FileSum, Words, desk_views as views,
};
use crate::forms::Typed;
use crate::permissions::{MEETING_KEEP, RESOLUTION_ANSWER};
use crate::resolutions::{self, Resolution, ResolutionId, ResolutionState};
use crate::{WORDS, committees};

pub(crate) fn routes() -> Routes {
    let answers = || Need::May(&RESOLUTION_ANSWER);
    Routes::new()
        .get("/asked", answers(), list)
        .get("/asked/resolutions/{id}", answers(), show)
        .post("/asked/resolutions/{id}", answers(), answer)
        .get("/asked/bodies/{id}", answers(), body)
        .get("/asked/bodies/{id}/file", answers(), file)
        .post("/asked/bodies/{id}/file", answers(), upload)
}

/// True when the viewer speaks for a body.
fn speaks_for(ask: &Ask, body: OrganizationId) -> bool {
    ask.viewer
        .bodies_as(RESOLUTION_ANSWER.roles)
        .contains(&body.get())
}

/// What committees asked of a body and still wait for, the nearest deadline first. The body's own
/// people see all of it, a secretary what their committees asked; for all others there is no such
/// body.
pub(super) async fn asked_of(
    conn: &mut Conn,
    ask: &Ask,
    body: OrganizationId,
) -> Outcome<Vec<Resolution>> {
    let today = ask.now().date();
    let mut asked = all_of(conn, ask, body).await?;
    asked.retain(|one| {
        let state = one.state(today);
        !matches!(state, ResolutionState::Verified | ResolutionState::Repealed)
    });
    Ok(asked)
}

/// The same, and what is over.
async fn all_of(conn: &mut Conn, ask: &Ask, body: OrganizationId) -> Outcome<Vec<Resolution>> {
    let today = ask.now().date();
    let mut asked = resolutions::list_of_body(conn, body).await?;
    if !speaks_for(ask, body) {
        if !MEETING_KEEP.is_held_by(&ask.viewer) {
            return Err(Failure::NotFound);
        }
        let known = committees::list(conn, &ask.viewer, today).await?;
        asked.retain(|one| {
            known
                .iter()
                .any(|committee| committee.id == one.committee_id)
        });
        if asked.is_empty() {
            return Err(Failure::NotFound);
        }
    }
    Ok(asked)
}

/// A resolution, when the viewer speaks for its body.
pub(super) async fn own(conn: &mut Conn, ask: &Ask, id: ResolutionId) -> Outcome<Resolution> {
    let one = resolutions::get(conn, id).await?;
    if speaks_for(ask, one.organization_id) {
        Ok(one)
    } else {
        Err(Failure::NotFound)
    }
}

async fn list(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let mut parts = Vec::new();
    for id in ask.viewer.bodies_as(RESOLUTION_ANSWER.roles) {
        let id = OrganizationId::new(id);
        let name = organizations::get(&mut conn, id).await?;
        let asked = asked_of(&mut conn, &ask, id).await?;
        let typed = FormErrors::default();
        parts.push(views::body(&ask.page, &name, &asked, true, &typed));
    }
    let title = ask.page.t(&WORDS, "asked-title");
    let lead = ask.page.t(&WORDS, "asked-lead");
    ask.html(
        &title,
        html! { h1 { (title) } p { (lead) } @for part in &parts { (part) } },
    )
}

async fn body_page(ask: &Ask, id: OrganizationId, errors: &FormErrors) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let asked = asked_of(&mut conn, ask, id).await?;
    let name = organizations::get(&mut conn, id).await?;
    let is_own = speaks_for(ask, id);
    let title = ask.page.t(&WORDS, "asked-title");
    Ok(html! {
        h1 { (title) }
        (web::parts::error_summary(&ask.page, errors))
        (views::body(&ask.page, &name, &asked, is_own, errors))
    })
}

async fn body(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let view = body_page(&ask, id, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "asked-title"), view)
}

#[derive(Deserialize)]
struct Chosen {
    choose: Option<AnswerKind>,
}

async fn page(
    ask: &Ask,
    id: ResolutionId,
    chosen: Option<AnswerKind>,
    typed: Typed<'_>,
) -> Outcome<Markup> {
    let mut conn = ask.read().await?;
    let resolution = own(&mut conn, ask, id).await?;
    let answers = resolutions::answers(&mut conn, id).await?;
    Ok(views::show(&ask.page, &resolution, &answers, chosen, typed))
}

async fn show(ask: Ask, Path(id): Path<ResolutionId>, Query(asked): Query<Chosen>) -> Outcome {
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    let view = page(&ask, id, asked.choose, typed).await?;
    ask.html(&ask.page.t(&WORDS, "resolution"), view)
}

async fn answer(ask: Ask, Path(resolution_id): Path<ResolutionId>, form: Form) -> Outcome {
    own(&mut ask.read().await?, &ask, resolution_id).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.choice::<AnswerKind>("kind"),
        read.note("answer", 2_000),
        read.optional_text("answer_reference", 200),
    );
    let (chosen, mut errors) = (fields.0, read.errors);
    if let (Some(kind), Some(wording), Some(reference)) = fields {
        let command = AnswerAtDesk {
            resolution_id,
            words: Words {
                id: form.key()?,
                kind,
                wording,
                reference,
            },
        };
        let done = ask.post(&form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with("/asked", &ask.page.t(&WORDS, "link-thanks"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    let view = page(&ask, resolution_id, chosen, typed).await?;
    ask.again(&ask.page.t(&WORDS, "resolution"), view)
}

/// A spreadsheet's media type.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The body's open resolutions with empty columns for its answers.
pub(super) async fn download(ask: &Ask, id: OrganizationId) -> Outcome {
    let mut conn = ask.read().await?;
    let asked = asked_of(&mut conn, ask, id).await?;
    let body = organizations::get(&mut conn, id).await?;
    let codes = sheet::codes(&mut conn, &asked).await?;
    drop(conn);
    let bytes = sheet::workbook(ask.lang(), body.name(ask.lang()), &asked, &codes)?;
    ask.download(&format!("{}.xlsx", body.code), XLSX, bytes)
}

async fn file(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    download(&ask, id).await
}

/// The answers in a file that came back, each at its row.
pub(super) async fn read_file(
    ask: &Ask,
    id: OrganizationId,
    bytes: Vec<u8>,
) -> Outcome<Vec<FileAnswer>> {
    let mut conn = ask.read().await?;
    // Also what is over by now, so that its row is told as such.
    let all = all_of(&mut conn, ask, id).await?;
    let codes = sheet::codes(&mut conn, &all).await?;
    drop(conn);
    let db = ask.city.db.clone();
    // Reading a workbook is computing, so it happens off the async threads.
    let rows = tokio::task::spawn_blocking(move || {
        let limits = Limits {
            rows: 5_000,
            cells: 100_000,
            sheets: 16,
            ..Limits::default()
        };
        let sheets = sheets::read(&bytes, &limits).ok()?;
        sheet::read(&sheets, &codes, &|| db.new_id())
    });
    let rows = rows
        .await
        .map_err(|error| Failure::Internal(error.to_string()))?;
    match rows {
        Some(rows) => Ok(rows),
        None => FILE_NOT_OURS.at("file").map_err(Failure::from),
    }
}

async fn upload(ask: Ask, Path(id): Path<OrganizationId>, upload: Upload) -> Outcome {
    asked_of(&mut ask.read().await?, &ask, id).await?;
    let mut errors = FormErrors::default();
    match upload.file("file") {
        None => errors.push("file", ask.page.t(&WORDS, "asked-file-needed")),
        Some(file) => {
            let read = read_file(&ask, id, file.bytes.clone()).await;
            if let Some(rows) = ask.refused(read, &mut errors)? {
                let sum = ask.post(&upload.form, AnswerByFile { rows }).await?;
                if sum.faults.is_empty() {
                    return ask.see_with(format!("/asked/bodies/{id}"), &told(&ask, &sum));
                }
                errors.push("", told(&ask, &sum));
                for fault in &sum.faults {
                    errors.push("", views::fault(&ask.page, fault));
                }
            }
        }
    }
    let view = body_page(&ask, id, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "asked-title"), view)
}

/// What came of a file, in a sentence.
fn told(ask: &Ask, sum: &FileSum) -> String {
    let args = [("kept", sum.kept.into()), ("same", sum.same.into())];
    let text = ask.page.tr(&WORDS, "asked-file-sum", &args);
    web::words::plain(&text).into_owned()
}
