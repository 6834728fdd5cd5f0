//! A service on the desk of those who keep the directory: what is told of it, how far it can be
//! relied on, and the acts that keep it true.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use maud::Markup;
use persian::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Json, Outcome};

use super::agreements::{RecordAgreement, agreement};
use super::capacity::{fresh_days, latest, may_tell, questions};
use super::quality::{CheckService, Quality};
use super::status::ChangeStatus;
use super::{Service, ServiceId, ServiceStatus, details, directory, get, views};
use crate::{CAPACITY_ASK, CHANGE, OrganizationId, READ, SERVICE_CHECK, WORDS, bodies, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/organizations/{id}/services/{service}",
            Need::May(&READ),
            show,
        )
        .post(
            "/organizations/{id}/services/{service}/check",
            Need::May(&SERVICE_CHECK),
            check,
        )
        .post(
            "/organizations/{id}/services/{service}/status",
            Need::May(&CHANGE),
            status,
        )
        .post(
            "/organizations/{id}/services/{service}/agreement",
            Need::May(&CHANGE),
            agree,
        )
        .api_post(
            "/api/v1/services/{id}/check",
            Need::May(&SERVICE_CHECK),
            check_api,
        )
        .api_post(
            "/api/v1/services/{id}/status",
            Need::May(&CHANGE),
            status_api,
        )
        .api_post(
            "/api/v1/services/{id}/agreements",
            Need::May(&CHANGE),
            agree_api,
        )
}

/// A body's service; another body's is not found under its name.
pub(crate) async fn of(ask: &Ask, id: OrganizationId, service: ServiceId) -> Outcome<Service> {
    let service = get(&mut ask.read().await?, service).await?;
    match service.organization_id == id {
        true => Ok(service),
        false => Err(Failure::NotFound),
    }
}

pub(crate) async fn page(
    ask: &Ask,
    service: &Service,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<Markup> {
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let body = bodies::get(&mut conn, service.organization_id).await?;
    let entry = directory::Entry::alone(
        service.clone(),
        &body,
        details::find(&mut conn, service.id).await?,
        latest(&mut conn, service.id).await?,
        agreement(&mut conn, service.id).await?,
    );
    let days = fresh_days(&mut conn).await?;
    let own = ask.viewer.bodies_as(CAPACITY_ASK.roles);
    let mut asked = questions::of_bodies(&mut conn, &own).await?;
    asked.retain(|one| one.service_id == service.id);
    let checked_by = match service.checked_by {
        Some(user) => Some(access::users::account(&mut conn, user).await?.shown_name),
        None => None,
    };
    let shown = views::Shown {
        quality: &Quality::of(&entry, today, days),
        entry: &entry,
        groups: &details::groups(&mut conn).await?,
        regions: &reference::regions(&mut conn).await?,
        questions: &asked,
        checked_by: checked_by.as_deref(),
        days,
        may_change: CHANGE.is_held_by(&ask.viewer),
        may_check: SERVICE_CHECK.is_held_by(&ask.viewer),
        may_ask: !own.is_empty() && body.merged_into_id.is_none(),
        may_tell: may_tell(&ask.viewer, body.id),
        form,
        errors,
    };
    drop(conn);
    Ok(views::show(&ask.page, &shown))
}

async fn show(ask: Ask, Path((id, service)): Path<(OrganizationId, ServiceId)>) -> Outcome {
    let service = of(&ask, id, service).await?;
    let view = page(&ask, &service, &Form::default(), &FormErrors::default()).await?;
    ask.html(service.name(ask.lang()), view)
}

/// After an act: back to the service, or the page again with what was wrong.
pub(crate) async fn after<T>(
    ask: &Ask,
    service: &Service,
    form: &Form,
    outcome: Outcome<T>,
    done: &str,
) -> Outcome {
    let mut errors = FormErrors::default();
    if ask.refused(outcome, &mut errors)?.is_some() {
        let at = format!(
            "/organizations/{}/services/{}",
            service.organization_id, service.id
        );
        return ask.see_with(at, &ask.page.t(&WORDS, done));
    }
    again(ask, service, form, &errors).await
}

/// The page again, with what was wrong.
pub(crate) async fn again(
    ask: &Ask,
    service: &Service,
    form: &Form,
    errors: &FormErrors,
) -> Outcome {
    let view = page(ask, service, form, errors).await?;
    ask.again(service.name(ask.lang()), view)
}

async fn check(
    ask: Ask,
    Path((id, service)): Path<(OrganizationId, ServiceId)>,
    form: Form,
) -> Outcome {
    let service = of(&ask, id, service).await?;
    let outcome = ask.post(&form, CheckService { id: service.id }).await;
    after(&ask, &service, &form, outcome, "service-check-done").await
}

async fn status(
    ask: Ask,
    Path((id, service)): Path<(OrganizationId, ServiceId)>,
    form: Form,
) -> Outcome {
    let service = of(&ask, id, service).await?;
    let mut read = form.read(&ask.page);
    let status: Option<ServiceStatus> = read.choice("status");
    let closed_until = read.optional_date("closed_until");
    let errors = read.errors;
    let (Some(status), Some(closed_until)) = (status, closed_until) else {
        return again(&ask, &service, &form, &errors).await;
    };
    let command = ChangeStatus {
        id: service.id,
        status,
        closed_until,
    };
    let outcome = ask.post(&form, command).await;
    after(&ask, &service, &form, outcome, "service-status-done").await
}

async fn agree(
    ask: Ask,
    Path((id, service)): Path<(OrganizationId, ServiceId)>,
    form: Form,
) -> Outcome {
    let service = of(&ask, id, service).await?;
    let mut read = form.read(&ask.page);
    let number = read.text("number", 40);
    let (from, until) = (read.date("valid_from"), read.date("valid_until"));
    let errors = read.errors;
    let (Some(number), Some(valid_from), Some(valid_until)) = (number, from, until) else {
        return again(&ask, &service, &form, &errors).await;
    };
    let command = RecordAgreement {
        id: form.key()?,
        service_id: service.id,
        number,
        valid_from,
        valid_until,
    };
    let outcome = ask.post(&form, command).await;
    after(&ask, &service, &form, outcome, "service-agreement-done").await
}

async fn check_api(ask: Ask, Path(id): Path<ServiceId>, Key(key): Key) -> Outcome<impl Gives> {
    ask.once(key, CheckService { id }).await?;
    let service = get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &service)
}

/// What a service is from now on.
#[derive(Deserialize, JsonSchema)]
struct ServiceStatusNew {
    status: ServiceStatus,
    /// The last day of a suspension, and of nothing else.
    closed_until: Option<Date>,
}

async fn status_api(
    ask: Ask,
    Path(id): Path<ServiceId>,
    Key(key): Key,
    Json(new): Json<ServiceStatusNew>,
) -> Outcome<impl Gives> {
    let command = ChangeStatus {
        id,
        status: new.status,
        closed_until: new.closed_until,
    };
    ask.once(key, command).await?;
    let service = get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &service)
}

/// An agreement on sharing data.
#[derive(Deserialize, JsonSchema)]
struct ServiceAgreementNew {
    /// Made by the sender: the key of the write.
    id: Uuid,
    number: String,
    valid_from: Date,
    valid_until: Date,
}

async fn agree_api(
    ask: Ask,
    Path(service_id): Path<ServiceId>,
    Json(new): Json<ServiceAgreementNew>,
) -> Outcome<impl Gives> {
    let command = RecordAgreement {
        id: new.id,
        service_id,
        number: new.number,
        valid_from: new.valid_from,
        valid_until: new.valid_until,
    };
    let answer = ask.once(new.id, command).await?;
    ask.made(answer)
}
