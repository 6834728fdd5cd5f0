//! Endpoints for machines: `/api/v1/webhooks`.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use organizations::OrganizationId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::pages::{kept, seen};
use super::{
    AddEndpoint, FreshSecret, PauseEndpoint, ResumeEndpoint, RotateSecret, SendTest, may_keep,
    queries,
};
use crate::{EventType, KEEP};

pub(crate) fn routes() -> Routes {
    let (may, proved) = (Need::May(&KEEP), Need::Proved(&KEEP));
    Routes::new()
        .api_get("/api/v1/webhooks", may, index)
        .api_post("/api/v1/webhooks", proved, add)
        .api_get("/api/v1/webhooks/{id}", may, show)
        .api_post("/api/v1/webhooks/{id}/secret", proved, rotate)
        .api_post("/api/v1/webhooks/{id}/pause", may, pause)
        .api_post("/api/v1/webhooks/{id}/resume", may, resume)
        .api_post("/api/v1/webhooks/{id}/test", may, test)
}

async fn index(ask: Ask) -> Outcome<impl Gives> {
    let endpoints = queries::list(&mut ask.read().await?, kept(&ask).as_deref()).await?;
    ask.whole(endpoints)
}

async fn show(ask: Ask, Path(id): Path<Uuid>) -> Outcome<impl Gives> {
    let endpoint = seen(&ask, id).await?;
    ask.json(StatusCode::OK, &endpoint)
}

/// An endpoint to be added.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "NewWebhookEndpoint")]
struct NewEndpoint {
    /// Made by the sender.
    id: Uuid,
    /// The body it belongs to.
    organization_id: OrganizationId,
    /// Where messages go: `https://…`.
    url: String,
    /// The kinds of event it is told of, at least one.
    event_types: Vec<EventType>,
}

/// A secret that was just made.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookSecret")]
struct Secret {
    /// The endpoint.
    id: Uuid,
    /// `whsec_…`; null when the same request is sent again more than ten minutes later.
    secret: Option<String>,
    /// Until when the secret before signs along.
    previous_until: Option<Timestamp>,
}

async fn told(ask: &Ask, id: Uuid) -> Outcome<Secret> {
    let mut conn = ask.read().await?;
    let endpoint = queries::get(&mut conn, id).await?;
    Ok(Secret {
        id,
        secret: queries::fresh_secret(&mut conn, &ask.city.keys, &endpoint, ask.now()).await?,
        previous_until: endpoint.previous_until,
    })
}

async fn add(ask: Ask, Json(new): Json<NewEndpoint>) -> Outcome<impl Gives> {
    if !may_keep(&ask.viewer, new.organization_id) {
        return Err(Failure::NotFound);
    }
    let (id, body) = (new.id, new.organization_id);
    let command = AddEndpoint::new(&ask.city, id, body, &new.url, new.event_types)?;
    let answer = ask.once(id, command).await?;
    ask.json(Ask::status(&answer), &told(&ask, id).await?)
}

async fn rotate(ask: Ask, Path(id): Path<Uuid>, Key(key): Key) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    let secret = FreshSecret::of(&ask.city.keys, id);
    ask.once(key, RotateSecret { id, secret }).await?;
    ask.json(StatusCode::OK, &told(&ask, id).await?)
}

async fn pause(ask: Ask, Path(id): Path<Uuid>, Key(key): Key) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    ask.once(key, PauseEndpoint { id }).await?;
    ask.json(StatusCode::OK, &seen(&ask, id).await?)
}

async fn resume(ask: Ask, Path(id): Path<Uuid>, Key(key): Key) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    ask.once(key, ResumeEndpoint { id }).await?;
    ask.json(StatusCode::OK, &seen(&ask, id).await?)
}

/// A test on its way.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookTest")]
struct Test {
    /// The message: what the receiver sees as `webhook-id`.
    message_id: Uuid,
}

async fn test(ask: Ask, Path(id): Path<Uuid>, Key(key): Key) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    let message_id = ask.once(key, SendTest { id }).await?.out;
    ask.json(StatusCode::ACCEPTED, &Test { message_id })
}
