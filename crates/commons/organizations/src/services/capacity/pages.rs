//! Places on the body's own desk, and the question from another body's.

use access::{Ask, Need, Role, Routes};
use axum::extract::Path;
use maud::Markup;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::questions::{self, AskCapacity};
use super::{TellCapacity, fresh_days, latest, may_tell, views};
use crate::services::keep::{after, again, of};
use crate::services::{Service, ServiceId, get, list_of};
use crate::{CAPACITY_ASK, CAPACITY_TELL, OrganizationId, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/capacity", Need::May(&CAPACITY_TELL), desk)
        .post("/capacity/{service}", Need::May(&CAPACITY_TELL), tell_own)
        .post(
            "/organizations/{id}/services/{service}/capacity",
            Need::May(&CAPACITY_TELL),
            tell,
        )
        .post(
            "/organizations/{id}/services/{service}/question",
            Need::May(&CAPACITY_ASK),
            question,
        )
}

/// Bodies whose places the viewer tells as their own officer.
fn own(ask: &Ask) -> Vec<Uuid> {
    ask.viewer
        .bodies_as(&[Role::PartnerOfficer, Role::Supervisor])
}

async fn view(ask: &Ask, form: &Form, errors: &FormErrors) -> Outcome<Markup> {
    let own = own(ask);
    let mut conn = ask.read().await?;
    let mut open = questions::of_bodies(&mut conn, &own).await?;
    open.retain(|one| one.answered_at.is_none());
    let mut rows = Vec::new();
    for body in &own {
        for service in list_of(&mut conn, OrganizationId::new(*body)).await? {
            let (mine, rest) = open
                .into_iter()
                .partition(|one| one.service_id == service.id);
            open = rest;
            rows.push(views::Row {
                told: latest(&mut conn, service.id).await?,
                questions: mine,
                service,
            });
        }
    }
    // Whom somebody waits for comes first.
    rows.sort_by_key(|row| row.questions.is_empty());
    let days = fresh_days(&mut conn).await?;
    Ok(views::desk(&ask.page, &rows, days, form, errors))
}

async fn desk(ask: Ask) -> Outcome {
    let view = view(&ask, &Form::default(), &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "capacity-title"), view)
}

/// The service, when the viewer may tell its places; others do not learn of it here.
pub(super) async fn tellable(ask: &Ask, id: ServiceId) -> Outcome<Service> {
    let service = get(&mut ask.read().await?, id).await?;
    match may_tell(&ask.viewer, service.organization_id) {
        true => Ok(service),
        false => Err(Failure::NotFound),
    }
}

/// What was typed of a service's places; `end` as in [`views::fields`].
fn typed(
    ask: &Ask,
    service: &Service,
    end: &str,
    form: &Form,
) -> Outcome<Result<TellCapacity, FormErrors>> {
    let mut read = form.read(&ask.page);
    let waiting = format!("waiting_days{end}");
    let places_free = read.number(&format!("places_free{end}"), 0, 100_000);
    let waiting_days = match read.is_empty(&waiting) {
        true => Some(None),
        false => read.number(&waiting, 0, 1000).map(Some),
    };
    Ok(match (places_free, waiting_days) {
        (Some(places_free), Some(waiting_days)) => Ok(TellCapacity {
            id: form.key()?,
            service_id: service.id,
            places_free,
            waiting_days,
        }),
        _ => Err(read.errors),
    })
}

async fn tell_own(ask: Ask, Path(id): Path<ServiceId>, form: Form) -> Outcome {
    let service = tellable(&ask, id).await?;
    let end = format!("-{id}");
    let errors = match typed(&ask, &service, &end, &form)? {
        Err(errors) => errors,
        Ok(command) => {
            let mut errors = FormErrors::default();
            if ask
                .refused(ask.post(&form, command).await, &mut errors)?
                .is_some()
            {
                return ask.see_with("/capacity", &ask.page.t(&WORDS, "capacity-told"));
            }
            errors
        }
    };
    let view = view(&ask, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "capacity-title"), view)
}

async fn tell(
    ask: Ask,
    Path((id, service)): Path<(OrganizationId, ServiceId)>,
    form: Form,
) -> Outcome {
    let service = of(&ask, id, service).await?;
    tellable(&ask, service.id).await?;
    match typed(&ask, &service, "", &form)? {
        // Whoever tells places may not see the page that keeps the directory.
        Err(errors) if crate::READ.is_held_by(&ask.viewer) => {
            again(&ask, &service, &form, &errors).await
        }
        Err(_) => Err(Failure::Unreadable("places_free".into())),
        Ok(command) => {
            let outcome = ask.post(&form, command).await;
            after(&ask, &service, &form, outcome, "capacity-told").await
        }
    }
}

async fn question(
    ask: Ask,
    Path((id, service)): Path<(OrganizationId, ServiceId)>,
    form: Form,
) -> Outcome {
    let service = of(&ask, id, service).await?;
    let bodies = ask.viewer.bodies_as(CAPACITY_ASK.roles);
    let command = AskCapacity {
        id: form.key()?,
        service_id: service.id,
        asked_by_body: bodies
            .first()
            .copied()
            .map(OrganizationId::new)
            .ok_or(Failure::Forbidden)?,
    };
    let outcome = ask.post(&form, command).await;
    after(&ask, &service, &form, outcome, "capacity-question-sent").await
}
