//! Notices for machines.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value as Body, json};
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::{PAGE, must_be_seen, seen};
use super::queries::Which;
use super::{Kept, READ, RetryNotice};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/notices", Need::May(&READ), list)
        .post("/api/v1/notices/{id}/retry", Need::May(&READ), retry)
}

fn body(kept: &Kept) -> Body {
    json!({
        "id": kept.id, "contact_id": kept.contact_id, "organization_id": kept.organization_id,
        "template": kept.template, "text": kept.text(), "language": kept.language,
        "state": kept.state, "channel": kept.channel, "parts": kept.parts, "tries": kept.tries,
        "fault": kept.fault, "made_at": kept.made_at, "sent_at": kept.sent_at,
    })
}

#[derive(Deserialize)]
struct Filter {
    cursor: Option<Uuid>,
    #[serde(default)]
    failed: bool,
}

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let which = if filter.failed {
        Which::Failed
    } else {
        Which::All
    };
    let mut conn = ask.read().await?;
    let mut items = seen(&ask, &mut conn, which, filter.cursor, PAGE + 1).await?;
    drop(conn);
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    ask.seen(
        "notice",
        None,
        items.iter().map(|listed| listed.kept.id).collect(),
    )
    .await?;
    let next = items.last().filter(|_| has_more).map(|last| last.kept.id);
    let items: Vec<Body> = items.iter().map(|listed| body(&listed.kept)).collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}

#[derive(Deserialize)]
struct Again {
    /// The sender's key for this request.
    id: Uuid,
}

async fn retry(ask: Ask, Path(id): Path<Uuid>, Json(again): Json<Again>) -> Outcome {
    must_be_seen(&ask, id).await?;
    ask.city
        .db
        .write_once(again.id, &ask.origin(), RetryNotice { id })
        .await?;
    ask.city.wake.notify_one();
    ask.json(
        StatusCode::ACCEPTED,
        &json!({ "id": id, "state": "waiting" }),
    )
}
