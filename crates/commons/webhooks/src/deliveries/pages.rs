//! Deliveries on screen: in the list of their endpoint, and one with its attempts.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use db::{Conn, Result};
use uuid::Uuid;
use web::{Form, FormErrors, Outcome};

use super::{Delivery, DeliveryState, Replay, ReplayFailed, queries, views};
use crate::endpoints::pages::{page, seen};
use crate::{KEEP, WORDS};

/// Rows of one page.
const PAGE: usize = 50;

pub(crate) fn routes() -> Routes {
    let may = Need::May(&KEEP);
    Routes::new()
        .get("/webhooks/{id}/deliveries/{delivery}", may, show)
        .post("/webhooks/{id}/deliveries/{delivery}/replay", may, replay)
        .post("/webhooks/{id}/replay", may, replay_failed)
}

/// A page of deliveries, and where the next begins.
pub(crate) struct Listed {
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) next: Option<Uuid>,
}

pub(crate) async fn listed(
    conn: &mut Conn,
    endpoint: Uuid,
    state: Option<DeliveryState>,
    before: Option<Uuid>,
) -> Result<Listed> {
    let most = PAGE as i64 + 1;
    let mut deliveries = queries::list(conn, endpoint, state, before, most).await?;
    let has_more = deliveries.len() > PAGE;
    deliveries.truncate(PAGE);
    let next = deliveries.last().filter(|_| has_more).map(|last| last.id);
    Ok(Listed { deliveries, next })
}

async fn show(ask: Ask, Path((id, delivery)): Path<(Uuid, Uuid)>) -> Outcome {
    one(&ask, id, delivery, &FormErrors::default()).await
}

async fn one(ask: &Ask, id: Uuid, delivery: Uuid, errors: &FormErrors) -> Outcome {
    let endpoint = seen(ask, id).await?;
    let mut conn = ask.read().await?;
    let delivery = queries::get(&mut conn, endpoint.id, delivery).await?;
    let body = queries::body(&mut conn, delivery.message_id).await?;
    let attempts = queries::attempts(&mut conn, delivery.id).await?;
    drop(conn);
    let view = views::show(&ask.page, &endpoint, &delivery, &body, &attempts, errors);
    let title = ask.page.t(&WORDS, "webhook-delivery");
    match errors.is_empty() {
        true => ask.html(&title, view),
        false => ask.again(&title, view),
    }
}

async fn replay(ask: Ask, Path((endpoint, id)): Path<(Uuid, Uuid)>, form: Form) -> Outcome {
    seen(&ask, endpoint).await?;
    // Whatever is not this endpoint's is not there.
    queries::get(&mut ask.read().await?, endpoint, id).await?;
    let mut errors = FormErrors::default();
    let posted = ask.post(&form, Replay { endpoint, id }).await;
    match ask.refused(posted, &mut errors)? {
        Some(()) => {
            let done = ask.page.t(&WORDS, "webhook-replayed");
            ask.see_with(format!("/webhooks/{endpoint}/deliveries/{id}"), &done)
        }
        None => one(&ask, endpoint, id, &errors).await,
    }
}

async fn replay_failed(ask: Ask, Path(id): Path<Uuid>, form: Form) -> Outcome {
    let endpoint = seen(&ask, id).await?;
    let mut read = form.read(&ask.page);
    let since = read.date("since");
    let errors = read.errors;
    let Some(since) = since else {
        return page(&ask, &endpoint, None, None, &form, &errors).await;
    };
    let command = ReplayFailed {
        endpoint: id,
        since,
    };
    let count = i64::try_from(ask.post(&form, command).await?).unwrap_or(i64::MAX);
    let done = ask
        .page
        .tr(&WORDS, "webhook-replayed-many", &[("count", count.into())]);
    ask.see_with(format!("/webhooks/{id}"), &done)
}
