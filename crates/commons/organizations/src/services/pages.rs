//! Adding a service to a body: what others may refer people to.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use maud::{Markup, html};
use web::parts::{self, Field, Kind};
use web::{Form, FormErrors, Json, Outcome};

use super::{CreateService, ServiceId};
use crate::{CHANGE, Organization, OrganizationId, READ, WORDS, bodies};

/// Working days that an answer, and what follows it, may take at most: as the database holds.
const LONGEST: (i64, i64) = (365, 1000);

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/organizations/{id}/services/new", Need::May(&CHANGE), new)
        .post("/organizations/{id}/services", Need::May(&CHANGE), create)
        .api_get(
            "/api/v1/organizations/{id}/services",
            Need::May(&READ),
            list,
        )
        .api_post("/api/v1/services", Need::May(&CHANGE), take)
}

async fn new(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let body = bodies::get(&mut ask.read().await?, id).await?;
    let view = view(&ask, &body, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "service-new-title"), view)
}

async fn create(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let body = bodies::get(&mut ask.read().await?, id).await?;
    let mut read = form.read(&ask.page);
    let code = read.text("code", 40);
    let name_fa = read.text("name_fa", 120);
    let name_en = read.text("name_en", 120);
    let days_to_answer = read.number("days_to_answer", 1, LONGEST.0);
    let days_to_complete = read.number("days_to_complete", 1, LONGEST.1);
    let mut errors = read.errors;
    if let (Some(code), Some(name_fa), Some(name_en), Some(answer), Some(complete)) =
        (code, name_fa, name_en, days_to_answer, days_to_complete)
    {
        let command = CreateService {
            id: ServiceId::new(form.key()?),
            organization_id: id,
            code: persian::latin_digits(&code).to_lowercase(),
            name_fa,
            name_en,
            days_to_answer: answer,
            days_to_complete: complete,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "service-created");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
    }
    let title = ask.page.t(&WORDS, "service-new-title");
    ask.again(&title, view(&ask, &body, &form, &errors))
}

fn view(ask: &Ask, body: &Organization, form: &Form, errors: &FormErrors) -> Markup {
    let p = &ask.page;
    let t = |key: &str| p.t(&WORDS, key);
    let hint = t("service-code-hint");
    let field = |name: &'static str, key: &str, kind: Kind, hint: Option<&str>| {
        parts::field(
            p,
            Field {
                name,
                label: t(key),
                hint: hint.map(str::to_owned),
                value: form.raw(name),
                error: errors.get(name),
                kind,
                required: true,
                ..Field::default()
            },
        )
    };
    html! {
        (parts::back_link(&format!("/organizations/{}", body.id), body.name(p.lang)))
        h1 { (t("service-new-title")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/organizations/{}/services", body.id), html! {
            (field("name_fa", "organization-name-fa", Kind::Text, None))
            (field("name_en", "organization-name-en", Kind::Text, None))
            (field("code", "organization-code", Kind::Code, Some(&hint)))
            (field("days_to_answer", "service-days-to-answer", Kind::Numeric, None))
            (field("days_to_complete", "service-days-to-complete", Kind::Numeric, None))
            (parts::primary_button(&t("organization-save")))
        }))
    }
}

async fn list(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    bodies::get(&mut conn, id).await?;
    let items = super::list_of(&mut conn, id).await?;
    ask.whole(items)
}

/// The service's `id` is its key: sent again, it gets the first answer.
async fn take(ask: Ask, Json(command): Json<CreateService>) -> Outcome<impl Gives> {
    command.check()?;
    let id = command.id.get();
    let answer = ask.once(id, command).await?;
    ask.made(answer)
}
