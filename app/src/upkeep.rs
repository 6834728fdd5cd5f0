//! What is done once a day, so that nothing grows without end.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use db::{Origin, Result, Tx, Write};
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use web::City;

/// The kind of job.
pub const KIND: &str = "purge";

/// Sees to it that today's upkeep is done, and with it that of every day after.
pub async fn plan(city: &City) -> Result<()> {
    let at = city.db.clock().now();
    city.db.write(&Origin::program("upkeep"), Plan { at }).await
}

/// The job `purge`.
pub fn purge(city: Arc<City>, _: Json) -> Pin<Box<dyn Future<Output = Result<()>> + Send>> {
    Box::pin(async move {
        let origin = Origin::program("upkeep");
        let gone = city.db.write(&origin, Purge {}).await?;
        let reached = makers::levels::sweep(&city).await?;
        tracing::info!(rows = gone, levels = reached, "upkeep");
        let tomorrow = city.db.clock().now().plus_days(1).date();
        let at = Timestamp::at(tomorrow, 3, 30);
        city.db.write(&origin, Plan { at }).await
    })
}

/// Plans the upkeep of a day, once.
#[derive(Serialize, Deserialize)]
struct Plan {
    at: Timestamp,
}

impl Write for Plan {
    const NAME: &'static str = "plan_upkeep";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let job = jobs::Job {
            kind: KIND,
            payload: serde_json::json!({}),
            run_at: self.at,
            once_key: Some(format!("{KIND}:{}", self.at.date())),
        };
        jobs::enqueue(tx, job).await
    }
}

/// Forgets what nobody needs any more.
#[derive(Serialize, Deserialize)]
struct Purge {}

impl Write for Purge {
    const NAME: &'static str = "purge";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        Ok(jobs::purge(tx).await? + access::purge(tx).await?)
    }
}
