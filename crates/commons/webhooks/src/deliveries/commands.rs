use access::audit;
use db::{Result, Tx, Write};
use persian::{Date, Timestamp};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use super::{STILL_WAITING, queries};
use crate::sending;

/// Sends one delivery anew, also one that arrived: receivers lose things. It keeps its id.
#[derive(Serialize)]
pub(crate) struct Replay {
    pub endpoint: Uuid,
    pub id: Uuid,
}

impl Write for Replay {
    const NAME: &'static str = "replay_webhook";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !queries::renew(tx, self.endpoint, self.id).await? {
            return STILL_WAITING.refuse();
        }
        sending::serve_now(tx, self.endpoint).await?;
        let detail = json!({ "endpoint": self.endpoint });
        let id = Some(self.id);
        audit::record(tx, "webhook_replayed", "webhook_delivery", id, detail).await
    }
}

/// Sends anew what failed or was given up of what happened since a day. Gives how many.
#[derive(Serialize)]
pub(crate) struct ReplayFailed {
    pub endpoint: Uuid,
    pub since: Date,
}

impl Write for ReplayFailed {
    const NAME: &'static str = "replay_failed_webhooks";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let since = Timestamp::at(self.since, 0, 0);
        let count = queries::renew_failed(tx, self.endpoint, since).await?;
        sending::serve_now(tx, self.endpoint).await?;
        let detail = json!({ "since": self.since, "count": count });
        let id = Some(self.endpoint);
        audit::record(tx, "webhooks_replayed", "webhook_endpoint", id, detail).await?;
        Ok(count)
    }
}
