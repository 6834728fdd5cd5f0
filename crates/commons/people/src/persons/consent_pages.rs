//! Recording that somebody agrees who was registered before: she came by a list, or what she
//! agreed to has run out.

use access::contract::Gives;
use access::grants::{self, Category};
use access::{Ask, Need, Routes, consents};
use axum::extract::Path;
use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome, Page, parts};

use super::consent::PURPOSE;
use super::{ConsentGiven, Person, PersonId, RecordConsent, consent_paper, forms, get, views};
use crate::machine::ConsentBody;
use crate::shown::Fields;
use crate::{REGISTER, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/people/{id}/consent", Need::May(&REGISTER), show)
        .post("/people/{id}/consent", Need::May(&REGISTER), record)
        .get(
            "/people/{id}/consent/paper",
            Need::May(&REGISTER),
            consent_paper::print,
        )
        .api_post("/api/v1/people/{id}/consents", Need::May(&REGISTER), create)
}

/// Somebody whom one of the viewer's bodies registered, and whether her record is open to it now.
/// Nobody else's agreement is recorded here; she is not found.
pub(super) async fn registered(ask: &Ask, id: PersonId) -> Outcome<(Person, bool)> {
    let mut conn = ask.read().await?;
    let person = get(&mut conn, id).await?;
    let bodies = ask.viewer.bodies_as(REGISTER.roles);
    if !bodies.contains(&person.organization_id.get()) {
        return Err(Failure::NotFound);
    }
    let (viewer, category) = (&ask.viewer, Category::Operational);
    let is_open = grants::may_see(&mut conn, viewer, id.get(), category, ask.now()).await?;
    drop(conn);
    ask.seen("person", Some(id.get()), vec![id.get()]).await?;
    Ok((person, is_open))
}

async fn show(ask: Ask, Path(id): Path<PersonId>) -> Outcome {
    let (person, is_open) = registered(&ask, id).await?;
    let form = Form::prefilled([("consent_years", "2".to_owned())]);
    let view = view(&ask.page, &person, is_open, &form, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "consent-record-title"), view)
}

async fn record(ask: Ask, Path(id): Path<PersonId>, form: Form) -> Outcome {
    let (person, is_open) = registered(&ask, id).await?;
    let errors = match given(&ask, id, form.key()?, &form) {
        Ok(command) => {
            let mut errors = FormErrors::default();
            if ask
                .refused(ask.post(&form, command).await, &mut errors)?
                .is_some()
            {
                let done = ask.page.t(&WORDS, "consent-recorded");
                return ask.see_with(format!("/people/{id}"), &done);
            }
            errors
        }
        Err(errors) => errors,
    };
    let view = view(&ask.page, &person, is_open, &form, &errors);
    ask.again(&ask.page.t(&WORDS, "consent-record-title"), view)
}

fn given(ask: &Ask, person: PersonId, id: Uuid, form: &Form) -> Result<RecordConsent, FormErrors> {
    let (evidence, valid_until) = forms::consent(&ask.page, form)?;
    let consent = ConsentGiven {
        id,
        evidence,
        valid_until,
    };
    Ok(RecordConsent { person, consent })
}

/// A consent as it is sent.
#[derive(Deserialize, JsonSchema)]
struct ConsentRecorded {
    /// The consent's id, and the key of this write.
    id: Uuid,
    #[serde(flatten)]
    consent: ConsentBody,
}

async fn create(
    ask: Ask,
    Path(id): Path<PersonId>,
    web::Json(body): web::Json<ConsentRecorded>,
) -> Outcome<impl Gives> {
    registered(&ask, id).await?;
    let mut form = Form::default();
    body.consent.fill(&mut form);
    let command = given(&ask, id, body.id, &form).map_err(Failure::Faulty)?;
    ask.made(ask.once(body.id, command).await?)
}

/// True while she agrees that her record is kept and seen.
pub(super) fn holds(all: &[consents::Consent], today: persian::Date) -> bool {
    all.iter()
        .any(|given| given.purpose == PURPOSE && given.holds_on(today))
}

fn view(p: &Page, person: &Person, is_open: bool, form: &Form, errors: &FormErrors) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let (back, label) = match is_open {
        true => (format!("/people/{}", person.id), person.name()),
        false => ("/people".to_owned(), t("people-title")),
    };
    let fields = Fields { p, form, errors };
    html! {
        (parts::back_link(&back, &label))
        h1 { (t("consent-record-title")) }
        // Whoever has not agreed, or no longer, is named by her code alone.
        p {
            @if is_open { bdi { (person.name()) } " · " }
            (parts::copyable(p, &person.code))
        }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/people/{}/consent", person.id), html! {
            (views::consent(p, &fields))
            (parts::save_bar(parts::primary_button(&t("consent-record"))))
        }))
    }
}
