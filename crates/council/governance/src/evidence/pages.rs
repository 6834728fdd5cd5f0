use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::{Conn, sql};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{EvidenceId, GiveEvidence, Proves, VerifyEvidence, views};
use crate::forms::Typed;
use crate::permissions::{EVIDENCE_GIVE, EVIDENCE_VERIFY};
use crate::plan::{CommitmentId, MilestoneId};
use crate::resolutions::{self, ResolutionId};
use crate::{WORDS, committees};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/evidence/new", Need::May(&EVIDENCE_GIVE), new)
        .post("/evidence", Need::May(&EVIDENCE_GIVE), give)
        .post("/evidence/{id}/verify", Need::May(&EVIDENCE_VERIFY), verify)
}

#[derive(Deserialize)]
struct Subject {
    kind: String,
    id: Uuid,
}

fn proves(kind: &str, id: Uuid) -> Outcome<Proves> {
    match kind {
        "milestone" => Ok(Proves::Milestone(MilestoneId::new(id))),
        "commitment" => Ok(Proves::Commitment(CommitmentId::new(id))),
        "resolution" => Ok(Proves::Resolution(ResolutionId::new(id))),
        _ => Err(Failure::NotFound),
    }
}

/// Where the thing proven is shown; not found when it is not there or not the viewer's to know.
pub(super) async fn place_of(conn: &mut Conn, ask: &Ask, proves: Proves) -> Outcome<String> {
    let article: Option<Uuid> = match proves {
        Proves::Resolution(id) => {
            let resolution = resolutions::get(conn, id).await?;
            committees::check(conn, &ask.viewer, resolution.committee_id, ask.now().date()).await?;
            return Ok(format!("/resolutions/{id}"));
        }
        Proves::Milestone(id) => {
            sql("SELECT a.article_id AS value FROM milestone m JOIN action a ON a.id = m.action_id WHERE m.id = $1")
                .bind(id)
                .optional_scalar(conn)
                .await?
        }
        Proves::Commitment(id) => {
            sql("SELECT a.article_id AS value FROM commitment c JOIN action a ON a.id = c.action_id WHERE c.id = $1")
                .bind(id)
                .optional_scalar(conn)
                .await?
        }
    };
    article
        .map(|id| format!("/articles/{id}"))
        .ok_or(Failure::NotFound)
}

async fn new(ask: Ask, Query(subject): Query<Subject>) -> Outcome {
    let proves = proves(&subject.kind, subject.id)?;
    place_of(&mut ask.read().await?, &ask, proves).await?;
    let typed = Typed {
        form: &Form::default(),
        errors: &FormErrors::default(),
    };
    ask.html(
        &ask.page.t(&WORDS, "evidence-give"),
        views::form(&ask.page, proves, typed),
    )
}

async fn give(ask: Ask, form: Form) -> Outcome {
    let id = form.raw("id").parse().map_err(|_| Failure::NotFound)?;
    let proves = proves(form.raw("kind"), id)?;
    let place = place_of(&mut ask.read().await?, &ask, proves).await?;
    let mut read = form.read(&ask.page);
    let fields = (
        read.note("note", 1_000),
        read.optional_text("reference", 200),
        read.number("quantity", 1, 1_000_000_000),
        read.date("given_on"),
    );
    if matches!(&fields.0, Some(note) if note.is_empty()) {
        let missing = ask.page.t(&WORDS, "reason-text-missing");
        read.wrong::<()>("note", missing);
    }
    let mut errors = read.errors;
    if let (true, (Some(note), Some(reference), Some(quantity), Some(given_on))) =
        (errors.is_empty(), fields)
    {
        let command = GiveEvidence {
            id: EvidenceId::new(form.key()?),
            proves,
            quantity,
            note,
            reference,
            given_on,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            return ask.see_with(place, &ask.page.t(&WORDS, "saved"));
        }
    }
    let typed = Typed {
        form: &form,
        errors: &errors,
    };
    ask.again(
        &ask.page.t(&WORDS, "evidence-give"),
        views::form(&ask.page, proves, typed),
    )
}

async fn verify(ask: Ask, Path(id): Path<EvidenceId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let proves = super::queries::subject(&mut conn, id).await?;
    let place = place_of(&mut conn, &ask, proves).await?;
    drop(conn);
    ask.post(&form, VerifyEvidence { id }).await?;
    ask.see_with(place, &ask.page.t(&WORDS, "saved"))
}
