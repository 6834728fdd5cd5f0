use std::collections::HashMap;

use access::drafts::{self, KeepDraft};
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use db::Conn;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{AssessmentId, FormVersion, forms, queries, views};
use crate::cases::{CaseId, Head, Tab, head, header};
use crate::{CASE_ASSESS, CASE_READ, WORDS, eligibility};

/// The form in use.
pub(super) const FORM: &str = "first_assessment";

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/assessment", Need::May(&CASE_READ), show)
        .get("/cases/{id}/assessment/new", Need::May(&CASE_ASSESS), new)
        .post("/cases/{id}/assessments", Need::May(&CASE_ASSESS), create)
}

#[derive(Deserialize)]
struct Which {
    made: Option<AssessmentId>,
}

async fn show(ask: Ask, Path(id): Path<CaseId>, Query(which): Query<Which>) -> Outcome {
    let head = head(&ask, &mut ask.read().await?, id).await?;
    let view = page(
        &ask,
        &head,
        which.made,
        &Form::default(),
        &FormErrors::default(),
    )
    .await?;
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.html(&head.name, view)
}

/// The assessment tab, with a form of it that came back, where there is one.
pub(crate) async fn page(
    ask: &Ask,
    head: &Head,
    which: Option<AssessmentId>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let p = &ask.page;
    let mut conn = ask.read().await?;
    let made = queries::list(&mut conn, head.case.id).await?;
    let chosen = made
        .iter()
        .position(|one| which.is_none_or(|id| id == one.id));
    let result = match chosen {
        Some(place) => Some(read_made(ask, &mut conn, head, &made, place).await?),
        None => None,
    };
    let draft = find_draft(ask, &mut conn, head.case.id).await?;
    let decision = eligibility::views::load(ask, &mut conn, head).await?;
    drop(conn);
    Ok(html! {
        (header(p, head, Tab::Assessment))
        (web::parts::error_summary(p, errors))
        (views::made(p, head, &made, result.as_ref(), draft, head.case.lets(&ask.viewer, &CASE_ASSESS)))
        (eligibility::views::panel(ask, head, &decision, !made.is_empty(), form, errors))
    })
}

/// An assessment opened for a viewer, with the scores before it.
pub(super) struct Read {
    pub form: FormVersion,
    pub scores: HashMap<String, i64>,
    pub before: HashMap<String, i64>,
    pub answers: HashMap<super::QuestionId, String>,
}

async fn read_made(
    ask: &Ask,
    conn: &mut Conn,
    head: &Head,
    made: &[queries::Made],
    place: usize,
) -> Outcome<Read> {
    let id = made.get(place).ok_or(Failure::NotFound)?.id;
    let before = match made.get(place + 1) {
        Some(earlier) => queries::scores(conn, earlier.id).await?,
        None => HashMap::new(),
    };
    let keys = head.is_sensitive_seen.then_some(&ask.city.keys);
    Ok(Read {
        form: queries::form_of(conn, id).await?,
        scores: queries::scores(conn, id).await?,
        before,
        answers: queries::answers(conn, id, keys).await?,
    })
}

/// Whoever fills the form in sees sensitive facts; the others may not ask for them.
async fn may_assess(ask: &Ask, conn: &mut Conn, id: CaseId) -> Outcome<Head> {
    let head = head(ask, conn, id).await?;
    if head.is_sensitive_seen {
        Ok(head)
    } else {
        Err(Failure::Forbidden)
    }
}

#[derive(Deserialize)]
struct Drafted {
    draft: Option<Uuid>,
}

async fn new(ask: Ask, Path(id): Path<CaseId>, Query(drafted): Query<Drafted>) -> Outcome {
    let mut conn = ask.read().await?;
    let head = may_assess(&ask, &mut conn, id).await?;
    let form = match drafted.draft {
        Some(draft) => open_draft(&ask, &mut conn, draft)
            .await?
            .unwrap_or_default(),
        None => Form::default(),
    };
    let view = form_view(
        &ask,
        &mut conn,
        &head,
        drafted.draft,
        &form,
        &FormErrors::default(),
    )
    .await?;
    drop(conn);
    ask.seen("case", Some(id.get()), vec![head.case.person_id.get()])
        .await?;
    ask.html(&ask.page.t(&WORDS, "assess-title"), view)
}

async fn form_view(
    ask: &Ask,
    conn: &mut Conn,
    head: &Head,
    draft: Option<Uuid>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let version = queries::published(conn, FORM).await?;
    let before = match queries::latest(conn, head.case.id).await? {
        Some(last) => queries::scores(conn, last).await?,
        None => HashMap::new(),
    };
    Ok(views::form(
        &ask.page, head, &version, &before, draft, form, errors,
    ))
}

async fn create(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let head = may_assess(&ask, &mut conn, id).await?;
    let draft: Option<Uuid> = form.raw("draft").parse().ok();
    if form.has("keep") {
        drop(conn);
        return keep(&ask, &head, draft.unwrap_or(form.key()?), &form).await;
    }
    let version = queries::published(&mut conn, FORM).await?;
    let assessment = AssessmentId::new(form.key()?);
    let read = forms::read(
        &ask.page,
        &ask.city.keys,
        &form,
        &version,
        assessment,
        id,
        draft,
    );
    let errors = match read {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            if ask
                .refused(ask.post(&form, command).await, &mut errors)?
                .is_some()
            {
                let done = ask.page.t(&WORDS, "assessed");
                return ask.see_with(format!("/cases/{id}/assessment"), &done);
            }
            errors
        }
    };
    let view = form_view(&ask, &mut conn, &head, draft, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "assess-title"), view)
}

async fn keep(ask: &Ask, head: &Head, draft: Uuid, form: &Form) -> Outcome {
    let command = KeepDraft {
        id: draft,
        owner: ask.viewer.user_id().ok_or(Failure::Forbidden)?,
        form: FORM.into(),
        subject: Some(head.case.id.get()),
        content: drafts::seal(&ask.city.keys, draft, form),
    };
    ask.write(command).await?;
    let done = ask.page.t(&WORDS, "draft-kept");
    ask.see_with(format!("/cases/{}/assessment", head.case.id), &done)
}

async fn open_draft(ask: &Ask, conn: &mut Conn, draft: Uuid) -> Outcome<Option<Form>> {
    let owner = ask.viewer.user_id().ok_or(Failure::Forbidden)?;
    let Some(kept) = drafts::find(conn, owner, draft).await? else {
        return Ok(None);
    };
    drafts::open(&ask.city.keys, draft, &kept).map(Some)
}

/// The viewer's own draft of this case.
async fn find_draft(ask: &Ask, conn: &mut Conn, case: CaseId) -> Outcome<Option<Uuid>> {
    let Some(owner) = ask.viewer.user_id() else {
        return Ok(None);
    };
    let drafts = drafts::list(conn, owner).await?;
    let own = drafts
        .into_iter()
        .find(|(_, form, subject, _)| form == FORM && *subject == Some(case.get()));
    Ok(own.map(|(id, ..)| id))
}
