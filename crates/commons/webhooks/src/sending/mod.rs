//! Sending: the job of one endpoint takes what is due, one after the other, and notes each outcome.

#[cfg(test)]
mod tests;
mod wire;
mod writes;

use std::pin::Pin;
use std::sync::Arc;

use db::{Error, Origin, Result, Tx};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::City;

use crate::address::Reach;
use crate::{endpoints, signing};
use wire::Letter;
use writes::{Claim, Claimed, EndAttempt};

/// Deliveries one job makes before it stands at the end of the queue again: with the patience of
/// each, fewer seconds than a job is leased for.
const IN_A_ROW: usize = 8;

type Done = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// The job `deliver_webhooks`: `{endpoint}`.
pub(crate) fn deliver_webhooks(city: Arc<City>, payload: Json) -> Done {
    Box::pin(async move {
        let endpoint = payload["endpoint"].as_str();
        let endpoint = endpoint.and_then(|text| text.parse().ok());
        let endpoint = endpoint.ok_or_else(|| Error::other("a job without its endpoint"))?;
        serve(&city, endpoint).await
    })
}

/// Writes the job that serves an endpoint now.
pub(crate) async fn serve_now(tx: &mut Tx, endpoint: Uuid) -> Result<()> {
    let now = tx.now();
    serve_at(tx, endpoint, now, None).await
}

async fn serve_at(
    tx: &mut Tx,
    endpoint: Uuid,
    run_at: persian::Timestamp,
    once_key: Option<String>,
) -> Result<()> {
    let job = jobs::Job {
        kind: "deliver_webhooks",
        payload: json!({ "endpoint": endpoint }),
        run_at,
        once_key,
    };
    jobs::enqueue(tx, job).await
}

async fn serve(city: &City, endpoint: Uuid) -> Result<()> {
    let origin = Origin::program("job:deliver_webhooks");
    for place in 1..=IN_A_ROW {
        let is_last = place == IN_A_ROW;
        let claim = Claim { endpoint };
        let Some(claimed) = city.db.write(&origin, claim).await? else {
            return Ok(());
        };
        let outcome = attempt(city, endpoint, &claimed).await?;
        let end = EndAttempt {
            endpoint,
            delivery: claimed.delivery,
            number: claimed.number,
            tries: claimed.tries,
            outcome,
            goes_on: is_last,
        };
        city.db.write(&origin, end).await?;
    }
    Ok(())
}

/// Signs a message for this instant and posts it.
async fn attempt(city: &City, endpoint: Uuid, claimed: &Claimed) -> Result<wire::Outcome> {
    let now = city.db.clock().now();
    let mut conn = city.db.read().await?;
    let mut secrets = vec![endpoints::queries::secret(&mut conn, &city.keys, endpoint).await?];
    let previous = endpoints::queries::previous_secret(&mut conn, &city.keys, endpoint, now);
    secrets.extend(previous.await?);
    drop(conn);
    let id = claimed.message.to_string();
    let signatures: Vec<String> = secrets
        .iter()
        .filter_map(|secret| signing::sign(secret, &id, now.unix(), &claimed.body))
        .collect();
    let letter = Letter {
        url: claimed.url.clone(),
        id,
        timestamp: now.unix(),
        signatures: signatures.join(" "),
        body: claimed.body.clone(),
    };
    let reach = Reach::of(city);
    tokio::task::spawn_blocking(move || wire::post(reach, &letter, wire::PATIENCE))
        .await
        .map_err(Error::other)
}
