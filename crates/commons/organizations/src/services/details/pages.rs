//! Telling what a service is, on screen and for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use maud::Markup;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Form, FormErrors, Json, Outcome};

use super::{DescribeService, Description, find, forms, groups, views};
use crate::services::keep::of;
use crate::services::{Service, ServiceId};
use crate::{CHANGE, OrganizationId, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/organizations/{id}/services/{service}/edit",
            Need::May(&CHANGE),
            edit,
        )
        .post(
            "/organizations/{id}/services/{service}/edit",
            Need::May(&CHANGE),
            keep,
        )
        .api_post(
            "/api/v1/services/{id}/description",
            Need::May(&CHANGE),
            describe,
        )
}

async fn view(ask: &Ask, service: &Service, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let groups = groups(&mut ask.read().await?).await?;
    Ok(views::form(&ask.page, service, &groups, form, errors))
}

async fn edit(ask: Ask, Path((id, service)): Path<(OrganizationId, ServiceId)>) -> Outcome {
    let service = of(&ask, id, service).await?;
    let told = find(&mut ask.read().await?, service.id).await?;
    let form = forms::filled(&ask.page, &service, told.as_ref());
    let view = view(&ask, &service, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "service-edit"), view)
}

async fn keep(
    ask: Ask,
    Path((id, service)): Path<(OrganizationId, ServiceId)>,
    form: Form,
) -> Outcome {
    let service = of(&ask, id, service).await?;
    let errors = match forms::read(&ask.page, service.id, &form) {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            if ask
                .refused(ask.post(&form, command).await, &mut errors)?
                .is_some()
            {
                let done = ask.page.t(&WORDS, "service-described");
                let at = format!("/organizations/{id}/services/{}", service.id);
                return ask.see_with(at, &done);
            }
            errors
        }
    };
    let view = view(&ask, &service, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "service-edit"), view)
}

/// A description as it is to be.
#[derive(Deserialize, JsonSchema)]
struct ServiceDescribed {
    /// How often somebody is to look whether this is still true, in days.
    check_days: i64,
    #[serde(flatten)]
    description: Description,
}

async fn describe(
    ask: Ask,
    Path(id): Path<ServiceId>,
    Key(key): Key,
    Json(new): Json<ServiceDescribed>,
) -> Outcome<impl Gives> {
    let command = DescribeService {
        id,
        check_days: new.check_days,
        description: new.description,
    };
    ask.once(key, command).await?;
    let service = crate::services::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &service)
}
