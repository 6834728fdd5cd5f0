//! Batches on screen: make one, print and save it, upload its answers, look, apply.

use access::contract::{File, Pdf, Xlsx};
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use documents::papers::{Letter, Letterhead, Printed as _, Signatory};
use documents::sheets::{self, Limits};
use organizations::OrganizationId;
use persian::{Jalali, Lang};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, Upload};

use super::queries::{self, Batch};
use super::results::{Reader, WrittenRow};
use super::{ApplyResults, BATCH, MakeBatch, NOT_OURS, UploadResults, sheet, views};
use crate::legs::shown::Names;
use crate::{WORDS, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/batches", Need::May(&BATCH), list)
        .post("/batches", Need::May(&BATCH), create)
        .get("/batches/{id}", Need::May(&BATCH), show)
        .get("/batches/{id}/file", Need::May(&BATCH), file)
        .get("/batches/{id}/letter", Need::May(&BATCH), letter)
        .post("/batches/{id}/results", Need::May(&BATCH), results)
        .get("/batches/{id}/results/{upload}", Need::May(&BATCH), preview)
        .post(
            "/batches/{id}/results/{upload}/apply",
            Need::May(&BATCH),
            apply,
        )
}

pub(super) fn senders(ask: &Ask) -> Vec<Uuid> {
    ask.viewer.bodies_as(BATCH.roles)
}

/// The batch, when the viewer's body sent it.
pub(super) async fn batch(ask: &Ask, conn: &mut Conn, id: Uuid) -> Outcome<Batch> {
    queries::find(conn, &senders(ask), id)
        .await?
        .ok_or(Failure::NotFound)
}

#[derive(Deserialize)]
struct Filter {
    before: Option<Uuid>,
}

const PAGE: usize = 50;

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let body = list_page(&ask, filter.before, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "batches-title"), body)
}

async fn list_page(ask: &Ask, before: Option<Uuid>, errors: &FormErrors) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let mut names = Names::default();
    let mut ready = Vec::new();
    for sender in senders(ask) {
        for found in queries::candidates(&mut conn, sender).await? {
            let name = names
                .of(&mut conn, found.organization_id, ask.lang())
                .await?;
            ready.push((sender, found, name));
        }
    }
    let mut batches = queries::list(&mut conn, &senders(ask), before, PAGE as i64 + 1).await?;
    let has_more = batches.len() > PAGE;
    batches.truncate(PAGE);
    let next = batches
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/batches?before={}", last.id));
    let mut rows = Vec::new();
    for batch in batches {
        let name = names
            .of(&mut conn, batch.organization_id, ask.lang())
            .await?;
        rows.push((batch, name));
    }
    Ok(views::list(
        &ask.page,
        &ready,
        &rows,
        next.as_deref(),
        errors,
    ))
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let sender: Option<Uuid> = read.choice("sender");
    let organization: Option<OrganizationId> = read.choice("organization");
    let service = read.text("service", 60);
    let mut errors = read.errors;
    if let (Some(sender), Some(organization_id), Some(service)) = (sender, organization, service) {
        if !senders(&ask).contains(&sender) {
            return Err(Failure::NotFound);
        }
        let id = form.key()?;
        let sender_id = OrganizationId::new(sender);
        let command = MakeBatch {
            id,
            sender_id,
            organization_id,
            service,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "batch-made-flash");
            return ask.see_with(format!("/batches/{id}"), &done);
        }
    }
    let body = list_page(&ask, None, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "batches-title"), body)
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome {
    let body = page(&ask, id, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "batch-title"), body)
}

async fn page(ask: &Ask, id: Uuid, errors: &FormErrors) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let batch = batch(ask, &mut conn, id).await?;
    let receiver = organizations::get(&mut conn, batch.organization_id).await?;
    let mut legs = Vec::new();
    for leg in queries::legs_of(&mut conn, id).await? {
        legs.push(crate::legs::get(&mut conn, leg).await?);
    }
    let uploads = queries::uploads(&mut conn, id).await?;
    Ok(views::show(
        &ask.page,
        &batch,
        receiver.name(ask.lang()),
        &legs,
        &uploads,
        errors,
    ))
}

/// A spreadsheet's media type.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn file(ask: Ask, Path(id): Path<Uuid>) -> Outcome<File<Xlsx>> {
    let mut conn = ask.read().await?;
    let batch = batch(&ask, &mut conn, id).await?;
    let (bytes, persons) = sheet::workbook(&mut conn, &ask.city.keys, ask.lang(), &batch).await?;
    drop(conn);
    ask.seen("batch", Some(id), persons).await?;
    ask.download(&format!("{}.xlsx", batch.number), XLSX, bytes)
        .map(File::from)
}

/// The batch's cover letter, as PDF.
pub(super) async fn letter(ask: Ask, Path(id): Path<Uuid>) -> Outcome<File<Pdf>> {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let batch = batch(&ask, &mut conn, id).await?;
    let sender = organizations::get(&mut conn, batch.sender_id).await?;
    let receiver = organizations::get(&mut conn, batch.organization_id).await?;
    drop(conn);
    let say = |key: &str, args: &[(&str, web::Arg)]| {
        web::words::plain(&p.tr(&WORDS, key, args)).into_owned()
    };
    let local = |text: &str| match p.lang {
        Lang::Fa => persian::persian_digits(text),
        Lang::En => text.to_owned(),
    };
    let letter = Letter {
        letterhead: Letterhead {
            organization: sender.name(p.lang).to_owned(),
            programme: p.city.clone(),
            contact: String::new(),
        },
        number: local(&batch.number),
        date: Jalali::from(batch.made_at.date()).short(p.lang),
        to: receiver.name(p.lang).to_owned(),
        from: sender.name(p.lang).to_owned(),
        subject: say("batch-letter-subject", &[]),
        body: vec![
            say("batch-letter-body", &[("count", batch.legs.into())]),
            say("batch-letter-answer", &[]),
        ],
        enclosures: vec![format!("{}.xlsx", batch.number)],
        signatory: Signatory {
            name: String::new(),
            role: say("letter-signatory", &[]),
        },
        qr: None,
        qr_note: String::new(),
    };
    ask.paper(letter.paper(p.lang, format!("batch-{}", batch.number)))
        .await
        .map(File::from)
}

/// The rows of a results file, or the reason it is not one of ours.
pub(super) async fn read_file(
    ask: &Ask,
    conn: &mut Conn,
    batch: Uuid,
    bytes: Vec<u8>,
) -> Outcome<Vec<WrittenRow>> {
    let legs = queries::numbers(conn, batch).await?;
    let codes = reference::decline_codes(conn, ask.now().date()).await?;
    let (keys, today) = (ask.city.keys.clone(), ask.now().date());
    let db = ask.city.db.clone();
    // Reading a workbook is computing, so it happens off the async threads.
    let rows = tokio::task::spawn_blocking(move || {
        let limits = Limits {
            rows: 5_000,
            cells: 200_000,
            sheets: 16,
            ..Limits::default()
        };
        let sheets = sheets::read(&bytes, &limits).ok()?;
        let new_id = || db.new_id();
        let reader = Reader {
            keys: &keys,
            legs: &legs,
            codes: &codes,
            new_id: &new_id,
            today,
        };
        reader.read(&sheets)
    });
    let rows = rows
        .await
        .map_err(|error| Failure::Internal(error.to_string()))?;
    match rows {
        Some(rows) => Ok(rows),
        None => NOT_OURS.at("file").map_err(Failure::from),
    }
}

async fn results(ask: Ask, Path(id): Path<Uuid>, upload: Upload) -> Outcome {
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    let mut errors = FormErrors::default();
    match upload.file("file") {
        None => errors.push("file", ask.page.t(&WORDS, "batch-file-needed")),
        Some(file) => {
            let read = read_file(&ask, &mut conn, id, file.bytes.clone()).await;
            drop(conn);
            if let Some(rows) = ask.refused(read, &mut errors)? {
                let command = UploadResults {
                    id: upload.form.key()?,
                    batch: id,
                    file_name: file.name.chars().take(200).collect(),
                    rows,
                };
                let made = ask.post(&upload.form, command).await?;
                return ask.see(format!("/batches/{id}/results/{made}"));
            }
        }
    }
    let body = page(&ask, id, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "batch-title"), body)
}

/// The upload, when it belongs to this batch.
pub(super) async fn upload(conn: &mut Conn, batch: Uuid, upload: Uuid) -> Outcome<queries::Upload> {
    let found = queries::find_upload(conn, upload).await?;
    found
        .filter(|found| found.batch_id == batch)
        .ok_or(Failure::NotFound)
}

async fn preview(ask: Ask, Path((id, upload_id)): Path<(Uuid, Uuid)>) -> Outcome {
    let mut conn = ask.read().await?;
    let batch = batch(&ask, &mut conn, id).await?;
    let upload = upload(&mut conn, id, upload_id).await?;
    let rows = queries::rows(&mut conn, upload_id).await?;
    ask.html(
        &ask.page.t(&WORDS, "results-title"),
        views::results(&ask.page, &batch, &upload, &rows),
    )
}

async fn apply(ask: Ask, Path((id, upload_id)): Path<(Uuid, Uuid)>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    batch(&ask, &mut conn, id).await?;
    upload(&mut conn, id, upload_id).await?;
    drop(conn);
    let sum = ask.post(&form, ApplyResults { upload: upload_id }).await?;
    let done = ask.page.tr(
        &WORDS,
        "results-applied-flash",
        &[
            ("applied", sum.applied.into()),
            ("wrong", (sum.wrong + sum.refused).into()),
        ],
    );
    ask.see_with(
        format!("/batches/{id}/results/{upload_id}"),
        &web::words::plain(&done),
    )
}
