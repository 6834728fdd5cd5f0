//! Papers of a meeting: kept for its members alone, until the minutes are frozen.

use access::contract::{File, FileKind as Kinds, Gives};
use access::{Ask, Key, Need, Routes, audit};
use axum::extract::Path;
use db::{Conn, Error, Reason, Result, Tx, Write, sql};
use documents::files::{self, FileFault, FileKind};
use maud::{Markup, html};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use web::parts::{self, Field};
use web::{Failure, FormErrors, Outcome, Page, Upload};

use super::pages::{refused_page, visible};
use super::{MeetingId, MeetingState, hold};
use crate::WORDS;
use crate::forms::answer;
use crate::permissions::{COMMITTEE_READ, MEETING_KEEP};

db::id!(
    /// A paper of a meeting.
    pub DocumentId
);

/// The file is too large, of another kind, or holds a program.
pub const DOCUMENT_FAULT: Reason = Reason::new("meeting_document_fault", 422);

/// A paper of a meeting, without its bytes.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct MeetingDocument {
    /// Its id.
    pub id: DocumentId,
    /// Its name.
    pub name: String,
    /// The ending of its kind: `pdf`.
    pub kind: String,
    /// When it was added.
    pub made_at: Timestamp,
}

/// Adds a paper to a meeting that is not closed. The same file added again is the same paper.
#[derive(Clone, Debug, Serialize)]
pub struct AddDocument {
    /// Made by the sender.
    pub id: DocumentId,
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// Its name, without the ending.
    pub name: String,
    /// The ending of its kind.
    pub kind: &'static str,
    /// Tells its bytes from others.
    pub digest: String,
    /// Its bytes, as they were checked.
    #[serde(skip)]
    pub content: Vec<u8>,
}

impl AddDocument {
    /// A paper that was checked.
    pub fn new(
        id: Uuid,
        meeting_id: MeetingId,
        name: &str,
        kind: FileKind,
        content: Vec<u8>,
    ) -> Self {
        Self {
            id: DocumentId::new(id),
            meeting_id,
            name: name.to_owned(),
            kind: kind.ending(),
            digest: data_encoding::HEXLOWER.encode(&Sha256::digest(&content)),
            content,
        }
    }
}

impl Write for AddDocument {
    const NAME: &'static str = "add_meeting_document";
    type Out = DocumentId;
    async fn run(&self, tx: &mut Tx) -> Result<DocumentId> {
        let open = [
            MeetingState::Planned,
            MeetingState::Called,
            MeetingState::Held,
        ];
        hold(tx, self.meeting_id, &open).await?;
        // The minutes name their papers.
        super::unsign(tx, self.meeting_id).await?;
        sql(
            "INSERT INTO meeting_document (id, meeting_id, name, kind, content, digest, added_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (meeting_id, digest) DO NOTHING",
        )
        .bind(self.id)
        .bind(self.meeting_id)
        .bind(&self.name)
        .bind(self.kind)
        .bind(self.content.clone())
        .bind(&self.digest)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        audit::record(
            tx,
            "meeting_document_added",
            "meeting",
            Some(self.meeting_id.get()),
            json!({ "document": self.id }),
        )
        .await?;
        Ok(self.id)
    }
}

/// The papers of a meeting, oldest first.
pub(crate) async fn list(conn: &mut Conn, id: MeetingId) -> Result<Vec<MeetingDocument>> {
    sql("SELECT id, name, kind, made_at FROM meeting_document WHERE meeting_id = $1 ORDER BY id")
        .bind(id)
        .all(conn)
        .await
}

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/meetings/{id}/documents/{document}",
            Need::May(&COMMITTEE_READ),
            show,
        )
        .post("/meetings/{id}/documents", Need::May(&MEETING_KEEP), add)
        .api_get(
            "/api/v1/meetings/{id}/documents/{document}",
            Need::May(&COMMITTEE_READ),
            give,
        )
        .api_post(
            "/api/v1/meetings/{id}/documents",
            Need::May(&MEETING_KEEP),
            take,
        )
}

/// A meeting's paper, of any kind that is taken.
pub(super) struct AnyPaper;

impl Kinds for AnyPaper {
    const TYPES: &'static [&'static str] = &[
        "application/pdf",
        "image/jpeg",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
    ];
}

async fn download(ask: &Ask, id: MeetingId, document: DocumentId) -> Outcome {
    let mut conn = ask.read().await?;
    visible(&mut conn, ask, id).await?;
    let rows =
        sql("SELECT name, kind, content FROM meeting_document WHERE id = $1 AND meeting_id = $2")
            .bind(document)
            .bind(id)
            .rows(&mut conn)
            .await?;
    let row = rows.first().ok_or(Failure::NotFound)?;
    let (name, kind): (String, String) = (row.get("name")?, row.get("kind")?);
    let content: Vec<u8> = row.get("content")?;
    let kind = FileKind::of_ending(&kind).ok_or_else(|| Error::other("a paper of no kind"))?;
    ask.download(
        &format!("{name}.{}", kind.ending()),
        kind.media_type(),
        content,
    )
}

async fn show(ask: Ask, Path((id, document)): Path<(MeetingId, DocumentId)>) -> Outcome {
    download(&ask, id, document).await
}

async fn give(
    ask: Ask,
    Path((id, document)): Path<(MeetingId, DocumentId)>,
) -> Outcome<File<AnyPaper>> {
    download(&ask, id, document).await.map(File::from)
}

/// The command for an uploaded file; refuses at its field what is not taken.
async fn command(id: Uuid, meeting_id: MeetingId, upload: &Upload) -> Outcome<AddDocument> {
    let Some(file) = upload.file("document") else {
        return DOCUMENT_FAULT.at("document").map_err(Failure::from);
    };
    let bytes = file.bytes.clone();
    // Looking into a file is computing, so it happens off the async threads.
    let checked = tokio::task::spawn_blocking(move || files::check(&bytes)).await;
    let checked = checked.map_err(|error| Failure::Internal(error.to_string()))?;
    let (kind, content) = match checked {
        Ok(checked) => checked,
        Err(FileFault::TooLarge | FileFault::OtherKind | FileFault::Unsafe) => {
            return DOCUMENT_FAULT.at("document").map_err(Failure::from);
        }
    };
    let typed = persian::clean(upload.form.raw("document_name"));
    let stem = file
        .name
        .rsplit_once('.')
        .map_or(file.name.as_str(), |(stem, _)| stem);
    let name = if typed.is_empty() {
        persian::clean(stem)
    } else {
        typed
    };
    let name: String = name
        .chars()
        .filter(|letter| !"/\\".contains(*letter))
        .take(120)
        .collect();
    if name.trim().is_empty() {
        return DOCUMENT_FAULT.at("document").map_err(Failure::from);
    }
    Ok(AddDocument::new(id, meeting_id, name.trim(), kind, content))
}

async fn add(ask: Ask, Path(id): Path<MeetingId>, upload: Upload) -> Outcome {
    visible(&mut ask.read().await?, &ask, id).await?;
    let mut errors = FormErrors::default();
    let command = command(upload.form.key()?, id, &upload).await;
    if let Some(command) = ask.refused(command, &mut errors)? {
        let done = ask.post(&upload.form, command).await;
        if ask.refused(done, &mut errors)?.is_some() {
            return ask.see_with(format!("/meetings/{id}"), &ask.page.t(&WORDS, "saved"));
        }
    }
    refused_page(&ask, id, &upload.form, &errors).await
}

/// The file in the field `document` of a multipart body; its name in `document_name`.
async fn take(
    ask: Ask,
    Path(id): Path<MeetingId>,
    Key(key): Key,
    upload: Upload,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, id).await?;
    let command = command(key, id, &upload).await?;
    answer(&ask, key, command).await
}

/// The papers of a meeting, and the way to add one.
pub(super) fn part(
    p: &Page,
    id: MeetingId,
    papers: &[MeetingDocument],
    may_add: bool,
    errors: &FormErrors,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    html! {
        @if may_add || !papers.is_empty() { h2 { (t("documents-title")) } }
        @if !papers.is_empty() { ul { @for paper in papers {
            li { a href={ "/meetings/" (id) "/documents/" (paper.id) } { bdi { (paper.name) "." (paper.kind) } } " · " (p.moment(paper.made_at)) }
        } } }
        @if may_add {
            (parts::upload_form(p, &format!("/meetings/{id}/documents"), html! {
                (parts::file_field(p, Field {
                    name: "document", label: t("document-file"), hint: Some(t("document-hint")),
                    error: errors.get("document"), required: true, ..Field::default()
                }, ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.odp"))
                (parts::field(p, Field {
                    name: "document_name", label: t("document-name"), error: errors.get("document_name"),
                    max: Some(120), ..Field::default()
                }))
                (parts::secondary_button(&t("document-add")))
            }))
        }
    }
}
