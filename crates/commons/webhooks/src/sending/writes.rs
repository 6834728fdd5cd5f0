//! Taking a delivery to be sent, and what becomes of it, as commands.

use access::audit;
use db::{Result, Tx, Write, sql};
use notices::{Notice, To};
use organizations::OrganizationId;
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::wire::Outcome;
use super::{serve_at, serve_now};
use crate::deliveries::{DeliveryState, Fault};

/// Deliveries of one endpoint on their way at the same time.
const BESIDE: i64 = 2;
/// How long one is held by whoever sends it, in seconds: longer than it can take.
const HELD: i64 = 60;
/// Seconds from a failed try to the next one; after the last it is given up.
const SCHEDULE: &[i64] = &[
    5,
    5 * 60,
    30 * 60,
    2 * HOUR,
    5 * HOUR,
    10 * HOUR,
    14 * HOUR,
    20 * HOUR,
    24 * HOUR,
];
const HOUR: i64 = 60 * 60;
/// An endpoint that took nothing for so many days while messages were given up is disabled.
const SILENT_DAYS: i64 = 5;

/// Takes the next due delivery of an endpoint. Gives none when there is none, the endpoint does
/// not listen, or enough are on their way to it.
#[derive(Serialize)]
pub(super) struct Claim {
    pub endpoint: Uuid,
}

/// A delivery to be sent.
#[derive(Serialize, Deserialize, db::FromRow)]
pub(super) struct Claimed {
    pub delivery: Uuid,
    /// Which attempt of all this is.
    pub number: i64,
    /// Which since it was written or sent anew.
    pub tries: i64,
    pub message: Uuid,
    pub body: String,
    pub url: String,
}

impl Write for Claim {
    const NAME: &'static str = "claim_webhook_delivery";
    type Out = Option<Claimed>;
    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = tx.now();
        // Holds the row until the end, so that two who claim at once count each other.
        let listens = sql(
            "UPDATE webhook_endpoint SET claims = claims + 1 WHERE id = $1 AND state = 'active'",
        )
        .bind(self.endpoint)
        .execute(tx)
        .await?;
        if listens == 0 {
            return Ok(None);
        }
        let open = "endpoint_id = $1 AND state IN ('waiting', 'failed')";
        let beside: i64 = sql(format!(
            "SELECT count(*) AS value FROM webhook_delivery WHERE {open} AND leased_until > $2"
        ))
        .bind(self.endpoint)
        .bind(now)
        .scalar(tx)
        .await?;
        if beside >= BESIDE {
            return Ok(None);
        }
        let next: Option<Uuid> = sql(format!(
            "SELECT id AS value FROM webhook_delivery WHERE {open} AND next_try_at <= $2
             AND (leased_until IS NULL OR leased_until <= $2) ORDER BY next_try_at, id LIMIT 1"
        ))
        .bind(self.endpoint)
        .bind(now)
        .optional_scalar(tx)
        .await?;
        let Some(next) = next else {
            return Ok(None);
        };
        sql(
            "UPDATE webhook_delivery SET leased_until = $2, attempts = attempts + 1,
             tries = tries + 1 WHERE id = $1",
        )
        .bind(next)
        .bind(now.plus_seconds(HELD))
        .execute_one(tx)
        .await?;
        // Should the end never be written, somebody looks again when it is held no longer.
        serve_at(tx, self.endpoint, now.plus_seconds(HELD), None).await?;
        sql(
            "SELECT d.id AS delivery, d.attempts AS number, d.tries, m.id AS message,
             m.body_json AS body, e.url FROM webhook_delivery d
             JOIN webhook_message m ON m.id = d.message_id
             JOIN webhook_endpoint e ON e.id = d.endpoint_id WHERE d.id = $1",
        )
        .bind(next)
        .optional(tx)
        .await
    }
}

/// Notes what came of an attempt, and plans what follows.
#[derive(Serialize)]
pub(super) struct EndAttempt {
    pub endpoint: Uuid,
    pub delivery: Uuid,
    pub number: i64,
    pub tries: i64,
    pub outcome: Outcome,
    /// Whether another job goes on with what is due now.
    pub goes_on: bool,
}

impl Write for EndAttempt {
    const NAME: &'static str = "end_webhook_attempt";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        self.keep_attempt(tx).await?;
        match self.outcome.fault {
            None => self.arrive(tx).await?,
            Some(Fault::Gone) => {
                if self.end(tx, DeliveryState::Dead, None).await? {
                    self.disable(tx, Fault::Gone).await?;
                }
            }
            Some(_) => self.put_off_or_give_up(tx).await?,
        }
        if self.goes_on {
            serve_now(tx, self.endpoint).await?;
        }
        Ok(())
    }
}

impl EndAttempt {
    fn status(&self) -> Option<i64> {
        self.outcome.status.map(i64::from)
    }

    async fn keep_attempt(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "INSERT INTO webhook_attempt (id, delivery_id, number, status, fault, made_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (delivery_id, number) DO NOTHING",
        )
        .bind(tx.new_id())
        .bind(self.delivery)
        .bind(self.number)
        .bind(self.status())
        .bind(self.outcome.fault)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }

    /// Moves the delivery, unless somebody sent it anew or another attempt began meanwhile: then
    /// this one says nothing any more.
    async fn end(
        &self,
        tx: &mut Tx,
        state: DeliveryState,
        next: Option<Timestamp>,
    ) -> Result<bool> {
        let ended = next.is_none().then_some(tx.now());
        let moved = sql(
            "UPDATE webhook_delivery SET state = $2, next_try_at = $3, ended_at = $4,
             last_status = $5, last_fault = $6, leased_until = NULL
             WHERE id = $1 AND attempts = $7 AND leased_until IS NOT NULL",
        )
        .bind(self.delivery)
        .bind(state)
        .bind(next)
        .bind(ended)
        .bind(self.status())
        .bind(self.outcome.fault)
        .bind(self.number)
        .execute(tx)
        .await?;
        Ok(moved == 1)
    }

    async fn arrive(&self, tx: &mut Tx) -> Result<()> {
        if !self.end(tx, DeliveryState::Delivered, None).await? {
            return Ok(());
        }
        sql("UPDATE webhook_endpoint SET dead_since = NULL WHERE id = $1 AND dead_since IS NOT NULL")
            .bind(self.endpoint)
            .execute(tx)
            .await
            .map(drop)
    }

    async fn put_off_or_give_up(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        let step = usize::try_from(self.tries - 1).unwrap_or_default();
        if let Some(seconds) = SCHEDULE.get(step) {
            let next = now.plus_seconds(*seconds);
            if !self.end(tx, DeliveryState::Failed, Some(next)).await? {
                return Ok(());
            }
            let once = format!("webhook:{}:{}", self.delivery, self.number);
            return serve_at(tx, self.endpoint, next, Some(once)).await;
        }
        if !self.end(tx, DeliveryState::Dead, None).await? {
            return Ok(());
        }
        let since: Option<Timestamp> = sql(
            "UPDATE webhook_endpoint SET dead_since = coalesce(dead_since, $2)
             WHERE id = $1 RETURNING dead_since AS value",
        )
        .bind(self.endpoint)
        .bind(now)
        .scalar(tx)
        .await?;
        match since {
            Some(since) if now >= since.plus_days(SILENT_DAYS) => {
                self.disable(tx, Fault::Disabled).await
            }
            _ => Ok(()),
        }
    }

    /// Disables the endpoint, gives up what was on its way to it, and tells the body.
    async fn disable(&self, tx: &mut Tx, why: Fault) -> Result<()> {
        let disabled: Option<Disabled> = sql(
            "UPDATE webhook_endpoint SET state = 'disabled' WHERE id = $1 AND state <> 'disabled'
             RETURNING organization_id, url",
        )
        .bind(self.endpoint)
        .optional(tx)
        .await?;
        let Some(disabled) = disabled else {
            return Ok(());
        };
        sql(
            "UPDATE webhook_delivery SET state = 'dead', next_try_at = NULL, leased_until = NULL,
             ended_at = $2, last_fault = $3 WHERE endpoint_id = $1 AND state IN ('waiting', 'failed')",
        )
        .bind(self.endpoint)
        .bind(tx.now())
        .bind(Fault::Disabled)
        .execute(tx)
        .await?;
        let host = Url::parse(&disabled.url).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
        let notice = Notice {
            to: To::Organization(disabled.organization_id),
            template: "webhook-disabled",
            args: vec![("host", host.to_owned())],
        };
        notices::send(tx, notice).await?;
        let detail = json!({ "why": why });
        let id = Some(self.endpoint);
        audit::record(
            tx,
            "webhook_endpoint_disabled",
            "webhook_endpoint",
            id,
            detail,
        )
        .await
    }
}

#[derive(db::FromRow)]
struct Disabled {
    organization_id: OrganizationId,
    url: String,
}
