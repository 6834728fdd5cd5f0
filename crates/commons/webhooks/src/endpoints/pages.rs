//! Endpoints on screen.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use organizations::{Organization, OrganizationId};
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

use super::{
    AddEndpoint, Endpoint, FreshSecret, PauseEndpoint, ResumeEndpoint, RotateSecret, SendTest,
    bodies, may_keep, queries, views,
};
use crate::deliveries::{self, DeliveryState};
use crate::{EventType, KEEP, WORDS};

pub(crate) fn routes() -> Routes {
    let (may, proved) = (Need::May(&KEEP), Need::Proved(&KEEP));
    Routes::new()
        .get("/webhooks", may, index)
        .get("/webhooks/new", proved, new)
        .post("/webhooks", proved, add)
        .get("/webhooks/{id}", may, show)
        .post("/webhooks/{id}/secret", proved, rotate)
        .post("/webhooks/{id}/pause", may, pause)
        .post("/webhooks/{id}/resume", may, resume)
        .post("/webhooks/{id}/test", may, test)
}

/// The bodies whose endpoints the viewer keeps; none means all of them.
pub(super) fn kept(ask: &Ask) -> Option<Vec<OrganizationId>> {
    let is_administrator = ask.viewer.has(access::Role::Administrator);
    (!is_administrator).then(|| bodies(&ask.viewer))
}

/// The bodies the viewer may add an endpoint for.
async fn choices(ask: &Ask) -> Outcome<Vec<Organization>> {
    let mut all = organizations::list(&mut ask.read().await?, None).await?;
    all.retain(|body| body.merged_into_id.is_none() && may_keep(&ask.viewer, body.id));
    Ok(all)
}

/// The endpoint, when the viewer may keep it; else it is not there.
pub(crate) async fn seen(ask: &Ask, id: Uuid) -> Outcome<Endpoint> {
    let endpoint = queries::get(&mut ask.read().await?, id).await?;
    match may_keep(&ask.viewer, endpoint.organization_id) {
        true => Ok(endpoint),
        false => Err(Failure::NotFound),
    }
}

async fn index(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let endpoints = queries::list(&mut conn, kept(&ask).as_deref()).await?;
    let mut rows = Vec::with_capacity(endpoints.len());
    for endpoint in endpoints {
        let body = organizations::get(&mut conn, endpoint.organization_id).await?;
        rows.push((endpoint, body));
    }
    drop(conn);
    let view = views::list(&ask.page, &rows);
    ask.html(&ask.page.t(&WORDS, "webhooks-title"), view)
}

async fn new(ask: Ask) -> Outcome {
    let bodies = choices(&ask).await?;
    let mut form = Form::default();
    if let [only] = bodies.as_slice() {
        form.push("organization_id".into(), only.id.to_string());
    }
    let view = views::new(&ask.page, &bodies, &form, &FormErrors::default());
    ask.html(&ask.page.t(&WORDS, "webhook-new"), view)
}

async fn add(ask: Ask, form: Form) -> Outcome {
    let bodies = choices(&ask).await?;
    let mut read = form.read(&ask.page);
    let body: Option<OrganizationId> = read.choice("organization_id");
    let url = read.text("url", 500);
    let mut errors = read.errors;
    if body.is_some_and(|body| !bodies.iter().any(|known| known.id == body)) {
        return Err(Failure::NotFound);
    }
    let kinds = form.all("event_types").iter();
    let kinds: Vec<EventType> = kinds.filter_map(|word| word.parse().ok()).collect();
    if let (Some(body), Some(url)) = (body, url) {
        // The form's key names the record, so that a form sent again finds it.
        let id = form.key()?;
        let command = AddEndpoint::new(&ask.city, id, body, &url, kinds).map_err(Failure::from);
        if let Some(command) = ask.refused(command, &mut errors)?
            && let Some(id) = ask.refused(ask.post(&form, command).await, &mut errors)?
        {
            return told(&ask, id).await;
        }
    }
    let view = views::new(&ask.page, &bodies, &form, &errors);
    ask.again(&ask.page.t(&WORDS, "webhook-new"), view)
}

/// The secret, right after it was made: it stands in no address and on no other page.
async fn told(ask: &Ask, id: Uuid) -> Outcome {
    let endpoint = seen(ask, id).await?;
    let mut conn = ask.read().await?;
    let secret = queries::fresh_secret(&mut conn, &ask.city.keys, &endpoint, ask.now()).await?;
    drop(conn);
    let view = views::secret(&ask.page, &endpoint, secret.as_deref());
    ask.html(&ask.page.t(&WORDS, "webhook-secret"), view)
}

/// Which deliveries a page shows.
#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    state: String,
    before: Option<Uuid>,
}

async fn show(ask: Ask, Path(id): Path<Uuid>, Query(wanted): Query<Wanted>) -> Outcome {
    let endpoint = seen(&ask, id).await?;
    let state: Option<DeliveryState> = wanted.state.parse().ok();
    let errors = FormErrors::default();
    page(
        &ask,
        &endpoint,
        state,
        wanted.before,
        &Form::default(),
        &errors,
    )
    .await
}

/// An endpoint with its deliveries; with `errors`, the answer to what was refused.
pub(crate) async fn page(
    ask: &Ask,
    endpoint: &Endpoint,
    state: Option<DeliveryState>,
    before: Option<Uuid>,
    form: &Form,
    errors: &FormErrors,
) -> Outcome {
    let mut conn = ask.read().await?;
    let body = organizations::get(&mut conn, endpoint.organization_id).await?;
    let listed = deliveries::pages::listed(&mut conn, endpoint.id, state, before).await?;
    drop(conn);
    let shown = views::Shown {
        endpoint,
        body: &body,
        state,
        listed: &listed,
        form,
        errors,
    };
    let (title, view) = (
        ask.page.t(&WORDS, "webhook-one"),
        views::show(&ask.page, &shown),
    );
    match errors.is_empty() {
        true => ask.html(&title, view),
        false => ask.again(&title, view),
    }
}

async fn rotate(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    seen(&ask, id).await?;
    let secret = FreshSecret::of(&ask.city.keys, id);
    ask.post(&form, RotateSecret { id, secret }).await?;
    told(&ask, id).await
}

/// Shows the endpoint again: with a sentence about what was done, or why not.
async fn ended<T>(ask: &Ask, id: Uuid, posted: Outcome<T>, done: &str) -> Outcome {
    let mut errors = FormErrors::default();
    if ask.refused(posted, &mut errors)?.is_some() {
        let sentence = ask.page.t(&WORDS, done);
        return ask.see_with(format!("/webhooks/{id}"), &sentence);
    }
    let endpoint = seen(ask, id).await?;
    page(ask, &endpoint, None, None, &Form::default(), &errors).await
}

async fn pause(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    seen(&ask, id).await?;
    let posted = ask.post(&form, PauseEndpoint { id }).await;
    ended(&ask, id, posted, "webhook-paused").await
}

async fn resume(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    seen(&ask, id).await?;
    let posted = ask.post(&form, ResumeEndpoint { id }).await;
    ended(&ask, id, posted, "webhook-resumed").await
}

async fn test(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    seen(&ask, id).await?;
    let posted = ask.post(&form, SendTest { id }).await;
    ended(&ask, id, posted, "webhook-tested").await
}
