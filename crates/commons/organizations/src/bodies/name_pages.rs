//! Renaming and reorganising a body, on screen and for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use maud::{Markup, html};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::parts::{self, Choice, Column, Field, Kind};
use web::{Form, FormErrors, Json, Outcome, Page};

use super::names::{BodyName, BodyParent, MoveBody, RenameBody, names_of, parents_of};
use super::{Organization, OrganizationId, get, list};
use crate::services::details::choose;
use crate::{CHANGE, READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/organizations/{id}/names", Need::May(&CHANGE), show)
        .post("/organizations/{id}/names", Need::May(&CHANGE), rename)
        .post(
            "/organizations/{id}/parents",
            Need::May(&CHANGE),
            reorganise,
        )
        .api_get("/api/v1/organizations/{id}/names", Need::May(&READ), index)
        .api_post(
            "/api/v1/organizations/{id}/names",
            Need::May(&CHANGE),
            rename_api,
        )
        .api_post(
            "/api/v1/organizations/{id}/parents",
            Need::May(&CHANGE),
            move_api,
        )
}

/// Names and parents of a body over time; nothing while it has had one name and no parent.
pub(super) fn history(p: &Page, names: &[BodyName], parents: &[BodyParent]) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let since = || Column::text(t("organization-since"));
    let named: Vec<Vec<Markup>> = names
        .iter()
        .map(|one| {
            vec![
                html! { (p.date(one.valid_from)) },
                html! { bdi { (one.name(p.lang)) } },
            ]
        })
        .collect();
    let placed: Vec<Vec<Markup>> = parents
        .iter()
        .map(|one| {
            let name = match (&one.parent_fa, &one.parent_en) {
                (Some(fa), Some(en)) => choose(p.lang, fa, en).to_owned(),
                _ => t("parent-none"),
            };
            vec![html! { (p.date(one.valid_from)) }, html! { bdi { (name) } }]
        })
        .collect();
    html! {
        @if named.len() > 1 {
            h2 { (t("names-title")) }
            (parts::table(&t("names-title"), &[since(), Column::text(t("organization-name"))], &named, ""))
        }
        @if !placed.is_empty() {
            h2 { (t("parents-title")) }
            (parts::table(&t("parents-title"), &[since(), Column::text(t("parent-body"))], &placed, ""))
        }
    }
}

async fn page(
    ask: &Ask,
    id: OrganizationId,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<(Organization, Markup)> {
    let mut conn = ask.read().await?;
    let body = get(&mut conn, id).await?;
    let (names, parents) = (
        names_of(&mut conn, id).await?,
        parents_of(&mut conn, id).await?,
    );
    let others = list(&mut conn, None).await?;
    drop(conn);
    let (p, t) = (&ask.page, |key: &str| ask.page.t(&WORDS, key));
    let others = others
        .iter()
        .filter(|other| other.id != id && other.merged_into_id.is_none())
        .map(|other| (other.id.to_string(), other.name(p.lang).to_owned()))
        .collect();
    let field = |name: &'static str, key: &str| Field {
        name,
        label: t(key),
        value: form.raw(name),
        error: errors.get(name),
        kind: Kind::Text,
        required: true,
        ..Field::default()
    };
    let view = html! {
        (parts::back_link(&format!("/organizations/{id}"), body.name(p.lang)))
        h1 { (t("rename-title")) }
        p { (t("rename-lead")) }
        (parts::error_summary(p, errors))
        (parts::form(p, &format!("/organizations/{id}/names"), html! {
            (parts::field(p, field("name_fa", "organization-name-fa")))
            (parts::field(p, field("name_en", "organization-name-en")))
            (parts::date_text_field(p, field("from_on", "rename-from")))
            (parts::primary_button(&t("rename-save")))
        }))
        h2 { (t("move-title")) }
        (parts::form(p, &format!("/organizations/{id}/parents"), html! {
            (parts::select(p, Choice {
                name: "parent_id", label: t("parent-body"), value: form.raw("parent_id"), error: errors.get("parent_id"),
                options: others, ..Choice::default()
            }))
            (parts::date_text_field(p, field("moved_on", "rename-from")))
            (parts::buttons(parts::secondary_button(&t("organization-save"))))
        }))
        (history(p, &names, &parents))
    };
    Ok((body, view))
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let (_, view) = page(&ask, id, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "rename-title"), view)
}

async fn again(ask: &Ask, id: OrganizationId, form: &Form, errors: &FormErrors) -> Outcome {
    let (_, view) = page(ask, id, form, errors).await?;
    ask.again(&ask.page.t(&WORDS, "rename-title"), view)
}

async fn rename(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let names = (read.text("name_fa", 120), read.text("name_en", 120));
    let from_on = read.date("from_on");
    let mut errors = read.errors;
    if let ((Some(name_fa), Some(name_en)), Some(from_on)) = (names, from_on) {
        let command = RenameBody {
            id,
            from_on,
            name_fa,
            name_en,
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "rename-done");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
    }
    again(&ask, id, &form, &errors).await
}

async fn reorganise(ask: Ask, Path(id): Path<OrganizationId>, form: Form) -> Outcome {
    let mut read = form.read(&ask.page);
    let (parent_id, from_on) = (read.optional_choice("parent_id"), read.date("moved_on"));
    let mut errors = read.errors;
    if let (Some(parent_id), Some(from_on)) = (parent_id, from_on) {
        let command = MoveBody {
            id,
            from_on,
            parent_id,
        };
        let mut refused = FormErrors::default();
        if ask
            .refused(ask.post(&form, command).await, &mut refused)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "move-done");
            return ask.see_with(format!("/organizations/{id}"), &done);
        }
        // Two forms stand on the page: the day of this one has a name of its own.
        for (field, sentence) in refused.iter() {
            let field = if field == "from_on" {
                "moved_on"
            } else {
                field
            };
            errors.push(field, sentence);
        }
    }
    again(&ask, id, &form, &errors).await
}

/// The names of a body, the latest first, and the bodies it stood under.
#[derive(Serialize, JsonSchema)]
struct BodyHistory {
    id: OrganizationId,
    names: Vec<BodyName>,
    parents: Vec<BodyParent>,
}

async fn file(ask: &Ask, id: OrganizationId) -> Outcome<BodyHistory> {
    let mut conn = ask.read().await?;
    Ok(BodyHistory {
        id,
        names: names_of(&mut conn, id).await?,
        parents: parents_of(&mut conn, id).await?,
    })
}

async fn index(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    ask.json(StatusCode::OK, &file(&ask, id).await?)
}

/// A name from a day on.
#[derive(Deserialize, JsonSchema)]
struct BodyNameNew {
    from_on: Date,
    name_fa: String,
    name_en: String,
}

async fn rename_api(
    ask: Ask,
    Path(id): Path<OrganizationId>,
    Key(key): Key,
    Json(new): Json<BodyNameNew>,
) -> Outcome<impl Gives> {
    let command = RenameBody {
        id,
        from_on: new.from_on,
        name_fa: new.name_fa,
        name_en: new.name_en,
    };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &file(&ask, id).await?)
}

/// Under which body from a day on; null means under none.
#[derive(Deserialize, JsonSchema)]
struct BodyParentNew {
    from_on: Date,
    parent_id: Option<OrganizationId>,
}

async fn move_api(
    ask: Ask,
    Path(id): Path<OrganizationId>,
    Key(key): Key,
    Json(new): Json<BodyParentNew>,
) -> Outcome<impl Gives> {
    let command = MoveBody {
        id,
        from_on: new.from_on,
        parent_id: new.parent_id,
    };
    ask.once(key, command).await?;
    ask.json(StatusCode::OK, &file(&ask, id).await?)
}
