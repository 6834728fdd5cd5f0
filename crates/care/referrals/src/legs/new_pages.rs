//! A new leg: choose a service, see what its body would learn, send. And a chain of them.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use casework::{Case, CaseId, StepId};
use db::Conn;
use organizations::{Organization, OrganizationKind, Service, ServiceId, services};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::pages::case_of;
use super::states::Actor;
use super::{By, LegId, NewLeg, SEND, SendLeg, forms, new_views as views};
use crate::WORDS;
use crate::chains::{self, Chosen, StartChain};
use crate::parcels::{self, Snapshot};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/legs/new", Need::May(&SEND), new)
        .post("/cases/{id}/legs", Need::May(&SEND), create)
        .get("/cases/{id}/chains/{template}", Need::May(&SEND), new_chain)
        .post(
            "/cases/{id}/chains/{template}",
            Need::May(&SEND),
            create_chain,
        )
        .merge(super::agree_pages::routes())
}

/// A service with the body that offers it.
pub(super) struct Offer {
    pub service: Service,
    pub body: Organization,
}

/// What other bodies offer, by body; `kind` narrows it.
pub(crate) async fn offers(
    conn: &mut Conn,
    sender: Uuid,
    kind: Option<OrganizationKind>,
) -> Outcome<Vec<Offer>> {
    let mut offers = Vec::new();
    for body in organizations::list(conn, kind).await? {
        if body.id.get() == sender {
            continue;
        }
        for service in services::list_of(conn, body.id).await? {
            offers.push(Offer {
                service,
                body: body.clone(),
            });
        }
    }
    Ok(offers)
}

/// Which part this viewer plays for the case's body.
fn actor(ask: &Ask, case: &Case) -> Actor {
    let is_supervisor = ask
        .viewer
        .roles
        .contains(&(access::Role::Supervisor, case.organization_id.get()));
    if is_supervisor {
        Actor::SenderSupervisor
    } else {
        Actor::SenderWorker
    }
}

#[derive(Deserialize)]
struct About {
    service: Option<ServiceId>,
    step: Option<StepId>,
}

async fn new(ask: Ask, Path(id): Path<CaseId>, Query(about): Query<About>) -> Outcome {
    let form = Form::prefilled([
        (
            "service",
            about.service.map(|id| id.to_string()).unwrap_or_default(),
        ),
        (
            "step",
            about.step.map(|id| id.to_string()).unwrap_or_default(),
        ),
    ]);
    let body = page(&ask, id, about.service, &form, &FormErrors::default()).await?;
    ask.html(&ask.page.t(&WORDS, "leg-new-title"), body)
}

async fn page(
    ask: &Ask,
    id: CaseId,
    service: Option<ServiceId>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let case = case_of(ask, &mut conn, id).await?;
    let offers = offers(&mut conn, case.organization_id.get(), None).await?;
    let chosen = service.and_then(|id| offers.iter().find(|offer| offer.service.id == id));
    let preview = match chosen {
        Some(offer) => Some(preview(ask, &mut conn, &case, offer).await?),
        None => None,
    };
    drop(conn);
    ask.seen("case", Some(id.get()), vec![case.person_id.get()])
        .await?;
    Ok(views::new(
        &ask.page,
        &case,
        &offers,
        chosen,
        preview.as_ref(),
        form,
        errors,
    ))
}

/// What the body would learn; none without a consent that reaches it.
pub(super) struct Preview(pub Option<Snapshot>);

async fn preview(ask: &Ask, conn: &mut Conn, case: &Case, offer: &Offer) -> Outcome<Preview> {
    let today = ask.now().date();
    let receiver = offer.body.id.get();
    let consent = parcels::consent_for(conn, case.person_id.get(), receiver, today).await?;
    let Some(consent) = consent else {
        return Ok(Preview(None));
    };
    let code = &offer.service.code;
    let snapshot = Snapshot::take(conn, &ask.city.keys, case, code, &consent).await?;
    Ok(Preview(Some(snapshot)))
}

async fn create(ask: Ask, Path(id): Path<CaseId>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let case = case_of(&ask, &mut conn, id).await?;
    let mut read = form.read(&ask.page);
    let service: Option<ServiceId> = read.choice("service");
    let step: Option<Option<StepId>> = read.optional_choice("step");
    let words = read.note("note", forms::NOTE);
    let mut errors = read.errors;
    if let (Some(service_id), Some(step_id), Some(words)) = (service, step, words) {
        let service = services::get(&mut conn, service_id).await?;
        drop(conn);
        let new = NewLeg {
            id: LegId::new(form.key()?),
            case_id: id,
            step_id,
            organization_id: service.organization_id,
            service_id,
        };
        let leg = new.id;
        let by = By::desk(actor(&ask, &case));
        let sent = match SendLeg::compose(&ask.city, new, by, &words).await {
            Ok(command) => ask.post(&form, command).await,
            Err(error) => Err(error.into()),
        };
        if ask.refused(sent, &mut errors)?.is_some() {
            return ask.see_with(
                format!("/legs/{leg}"),
                &ask.page.t(&WORDS, "leg-sent-flash"),
            );
        }
    }
    let body = page(&ask, id, service, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "leg-new-title"), body)
}

async fn new_chain(ask: Ask, Path((id, template)): Path<(CaseId, String)>) -> Outcome {
    let body = chain_page(
        &ask,
        id,
        &template,
        &Form::default(),
        &FormErrors::default(),
    )
    .await?;
    ask.html(&ask.page.t(&WORDS, "chain-new-title"), body)
}

async fn chain_page(
    ask: &Ask,
    id: CaseId,
    code: &str,
    form: &Form,
    errors: &FormErrors,
) -> Outcome<maud::Markup> {
    let mut conn = ask.read().await?;
    let case = case_of(ask, &mut conn, id).await?;
    let template = chains::current(&mut conn, code, ask.now().date()).await?;
    let template = template.ok_or(Failure::NotFound)?;
    let mut legs = Vec::new();
    for leg in chains::legs_of(&mut conn, template.id).await? {
        let mut offers = offers(
            &mut conn,
            case.organization_id.get(),
            Some(leg.organization_kind),
        )
        .await?;
        offers.retain(|offer| offer.service.code == leg.service);
        legs.push((leg, offers));
    }
    let steps = casework::steps::list(&mut conn, id).await?;
    let steps = steps
        .into_iter()
        .filter(|step| step.state == casework::steps::StepState::Open);
    Ok(views::chain(
        &ask.page,
        &case,
        &template,
        &legs,
        &steps.collect::<Vec<_>>(),
        form,
        errors,
    ))
}

async fn create_chain(ask: Ask, Path((id, code)): Path<(CaseId, String)>, form: Form) -> Outcome {
    let mut conn = ask.read().await?;
    let case = case_of(&ask, &mut conn, id).await?;
    let template = chains::current(&mut conn, &code, ask.now().date()).await?;
    let template = template.ok_or(Failure::NotFound)?;
    let legs = chains::legs_of(&mut conn, template.id).await?;
    let mut read = form.read(&ask.page);
    let mut chosen = Vec::new();
    for leg in &legs {
        let service: Option<ServiceId> = read.choice(&leg.code);
        let step: Option<Option<StepId>> = read.optional_choice(&format!("step-{}", leg.code));
        if let (Some(service_id), Some(step_id)) = (service, step) {
            let service = services::get(&mut conn, service_id).await?;
            chosen.push(Chosen {
                code: leg.code.clone(),
                leg: LegId::new(ask.city.db.new_id()),
                organization_id: service.organization_id,
                service_id,
                step_id,
            });
        }
    }
    drop(conn);
    let mut errors = read.errors;
    if chosen.len() == legs.len() && errors.is_empty() {
        let command = StartChain {
            id: form.key()?,
            template: code.clone(),
            case_id: id,
            step_id: None,
            chosen,
            by: By::desk(actor(&ask, &case)),
        };
        if ask
            .refused(ask.post(&form, command).await, &mut errors)?
            .is_some()
        {
            let done = ask.page.t(&WORDS, "chain-started-flash");
            return ask.see_with(format!("/cases/{id}/legs"), &done);
        }
    }
    let body = chain_page(&ask, id, &code, &form, &errors).await?;
    ask.again(&ask.page.t(&WORDS, "chain-new-title"), body)
}
