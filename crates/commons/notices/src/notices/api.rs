//! Notices for machines.

use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use contacts::ContactId;
use organizations::OrganizationId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::{must_be_seen, seen};
use super::queries::Which;
use super::{Kept, NoticeState, NoticeWay, READ, RetryNotice};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/notices", Need::May(&READ), list)
        .api_post("/api/v1/notices/{id}/retry", Need::May(&READ), retry)
}

/// A message.
#[derive(Serialize, JsonSchema)]
struct NoticeItem {
    id: Uuid,
    contact_id: Option<ContactId>,
    organization_id: Option<OrganizationId>,
    template: String,
    text: String,
    language: String,
    state: NoticeState,
    channel: Option<NoticeWay>,
    parts: i64,
    tries: i64,
    fault: Option<String>,
    made_at: Timestamp,
    sent_at: Option<Timestamp>,
}

fn body(kept: &Kept) -> NoticeItem {
    NoticeItem {
        id: kept.id,
        contact_id: kept.contact_id,
        organization_id: kept.organization_id,
        template: kept.template.clone(),
        text: kept.text(),
        language: kept.language.clone(),
        state: kept.state,
        channel: kept.channel,
        parts: kept.parts,
        tries: kept.tries,
        fault: kept.fault.clone(),
        made_at: kept.made_at,
        sent_at: kept.sent_at,
    }
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    cursor: Option<Uuid>,
    #[serde(default)]
    failed: bool,
}

async fn list(ask: Ask, limit: Limit, Query(filter): Query<Filter>) -> Outcome<impl Gives> {
    let which = if filter.failed {
        Which::Failed
    } else {
        Which::All
    };
    let mut conn = ask.read().await?;
    let mut items = seen(
        &ask,
        &mut conn,
        which,
        filter.cursor,
        limit.and_one() as usize,
    )
    .await?;
    drop(conn);
    let next = limit.cut(&mut items, |last| last.kept.id);
    ask.seen(
        "notice",
        None,
        items.iter().map(|listed| listed.kept.id).collect(),
    )
    .await?;
    let items = items.iter().map(|listed| body(&listed.kept)).collect();
    ask.list(items, next)
}

/// A notice that goes out again.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NoticeAgain")]
struct Again {
    id: Uuid,
    state: NoticeState,
}

#[derive(Deserialize, JsonSchema)]
struct Retry {
    /// The sender's key for this request.
    id: Uuid,
}

async fn retry(ask: Ask, Path(id): Path<Uuid>, Json(again): Json<Retry>) -> Outcome<impl Gives> {
    must_be_seen(&ask, id).await?;
    ask.once(again.id, RetryNotice { id }).await?;
    ask.json(
        StatusCode::ACCEPTED,
        &Again {
            id,
            state: NoticeState::Waiting,
        },
    )
}
