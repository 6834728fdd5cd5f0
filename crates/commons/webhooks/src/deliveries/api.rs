//! Deliveries for machines: `/api/v1/webhooks/{id}/deliveries`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, Outcome};

use super::{Attempt, Delivery, DeliveryState, Replay, ReplayFailed, queries};
use crate::KEEP;
use crate::endpoints::pages::seen;

pub(crate) fn routes() -> Routes {
    let may = Need::May(&KEEP);
    Routes::new()
        .api_get("/api/v1/webhooks/{id}/deliveries", may, list)
        .api_get("/api/v1/webhooks/{id}/deliveries/{delivery}", may, show)
        .api_post(
            "/api/v1/webhooks/{id}/deliveries/{delivery}/replay",
            may,
            replay,
        )
        .api_post("/api/v1/webhooks/{id}/replay", may, replay_failed)
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    cursor: Option<Uuid>,
    /// Only deliveries that stand so.
    state: Option<DeliveryState>,
}

async fn list(
    ask: Ask,
    Path(id): Path<Uuid>,
    limit: Limit,
    Query(filter): Query<Filter>,
) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    let mut conn = ask.read().await?;
    let (state, before, most) = (filter.state, filter.cursor, limit.and_one());
    let mut items = queries::list(&mut conn, id, state, before, most).await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.list(items, next)
}

/// A delivery with what was sent and what came of each attempt.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhookDeliveryFile")]
struct DeliveryFile {
    #[serde(flatten)]
    delivery: Delivery,
    /// The body, to the letter.
    body: String,
    /// First to last.
    history: Vec<Attempt>,
}

async fn file(ask: &Ask, endpoint: Uuid, id: Uuid) -> Outcome<DeliveryFile> {
    seen(ask, endpoint).await?;
    let mut conn = ask.read().await?;
    let delivery = queries::get(&mut conn, endpoint, id).await?;
    Ok(DeliveryFile {
        body: queries::body(&mut conn, delivery.message_id).await?,
        history: queries::attempts(&mut conn, id).await?,
        delivery,
    })
}

async fn show(ask: Ask, Path((id, delivery)): Path<(Uuid, Uuid)>) -> Outcome<impl Gives> {
    ask.json(StatusCode::OK, &file(&ask, id, delivery).await?)
}

async fn replay(
    ask: Ask,
    Path((endpoint, id)): Path<(Uuid, Uuid)>,
    Key(key): Key,
) -> Outcome<impl Gives> {
    file(&ask, endpoint, id).await?;
    ask.once(key, Replay { endpoint, id }).await?;
    ask.json(StatusCode::ACCEPTED, &file(&ask, endpoint, id).await?)
}

/// Which deliveries go out once more.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "WebhookReplay")]
struct Since {
    /// Those that failed or were given up of what happened on this day or later.
    since: Date,
}

/// How many go out once more.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WebhooksReplayed")]
struct Replayed {
    count: u64,
}

async fn replay_failed(
    ask: Ask,
    Path(id): Path<Uuid>,
    Key(key): Key,
    Json(Since { since }): Json<Since>,
) -> Outcome<impl Gives> {
    seen(&ask, id).await?;
    let endpoint = id;
    let count = ask.once(key, ReplayFailed { endpoint, since }).await?.out;
    ask.json(StatusCode::ACCEPTED, &Replayed { count })
}
