use access::{Ask, Need, Routes};
use axum::extract::Path;
use web::{Form, FormErrors, Outcome};

use super::{CreateOrganization, OrganizationId, names, views};
use crate::{CHANGE, READ, WORDS, places, services};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/organizations", Need::May(&READ), list)
        .post("/organizations", Need::May(&CHANGE), create)
        .get("/organizations/new", Need::May(&CHANGE), new)
        .get("/organizations/{id}", Need::May(&READ), show)
}

async fn list(ask: Ask) -> Outcome {
    let bodies = super::list(&mut ask.read().await?, None).await?;
    let may_change = CHANGE.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "organizations-title"),
        views::list(&ask.page, &bodies, may_change),
    )
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let mut conn = ask.read().await?;
    let body = super::get(&mut conn, id).await?;
    let places = places::list_of(&mut conn, id).await?;
    let services = services::list_of(&mut conn, id).await?;
    let into = match body.merged_into_id {
        Some(into) => Some(super::get(&mut conn, into).await?),
        None => None,
    };
    let shown = views::Shown {
        body: &body,
        into: into.as_ref(),
        places: &places,
        services: &services,
        names: &names::names_of(&mut conn, id).await?,
        parents: &names::parents_of(&mut conn, id).await?,
        may_change: CHANGE.is_held_by(&ask.viewer),
    };
    drop(conn);
    ask.html(body.name(ask.lang()), views::show(&ask.page, &shown))
}

async fn new(ask: Ask) -> Outcome {
    let view = views::form(&ask.page, &Form::default(), &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "organization-new-title"), view)
}

async fn create(ask: Ask, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let code = read.text("code", 40);
    let kind = read.choice("kind");
    let name_fa = read.text("name_fa", 120);
    let name_en = read.text("name_en", 120);
    let phone = read.optional_text("phone", 20);
    let mut errors = read.errors;
    if let (Some(code), Some(kind), Some(name_fa), Some(name_en), Some(phone)) =
        (code, kind, name_fa, name_en, phone)
    {
        let command = CreateOrganization {
            id: OrganizationId::new(form.key()?),
            code: persian::latin_digits(&code).to_lowercase(),
            kind,
            name_fa,
            name_en,
            phone: persian::latin_digits(&phone),
            valid_from: ask.now().date(),
            knowledge_based_until: None,
        };
        if let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)? {
            let done = ask.page.t(&WORDS, "organization-created");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
    }
    let title = ask.page.t(&WORDS, "organization-new-title");
    ask.again(&title, views::form(&ask.page, &form, &errors))
}
