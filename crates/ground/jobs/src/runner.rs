use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use db::{Origin, Result};
use futures_util::FutureExt as _;
use serde_json::Value as Json;
use web::City;

use crate::queue::{EndJob, LeaseJobs};

/// Does one kind of job. It may be called twice for the same job.
pub type Handler = fn(Arc<City>, Json) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Does the jobs of cities.
pub struct Runner {
    handlers: HashMap<&'static str, Handler>,
}

/// Jobs leased at once.
const TOGETHER: i64 = 20;
/// How long to sleep when there is nothing to do and nobody wakes us.
const IDLE: Duration = Duration::from_secs(2);

impl Runner {
    /// A runner that knows these kinds of job.
    pub fn new(handlers: impl IntoIterator<Item = (&'static str, Handler)>) -> Self {
        Self {
            handlers: handlers.into_iter().collect(),
        }
    }

    /// Does what is due now, once; gives how many jobs were taken.
    pub async fn run_due(&self, city: &Arc<City>) -> Result<usize> {
        let origin = Origin::program("job");
        let leased = city.db.write(&origin, LeaseJobs { most: TOGETHER }).await?;
        let count = leased.len();
        for (id, kind, payload, attempts) in leased {
            let origin = Origin::program(format!("job:{kind}"));
            let outcome = match self.handlers.get(kind.as_str()) {
                Some(handler) => {
                    match AssertUnwindSafe(handler(city.clone(), payload))
                        .catch_unwind()
                        .await
                    {
                        Ok(outcome) => outcome.map_err(|error| error.to_string()),
                        Err(_) => Err("the handler panicked".to_owned()),
                    }
                }
                None => Err(format!("nobody does {kind}")),
            };
            if let Err(fault) = &outcome {
                tracing::warn!(job = %id, kind, fault, "a job failed");
            }
            city.db
                .write(
                    &origin,
                    EndJob {
                        id,
                        attempts,
                        fault: outcome.err(),
                    },
                )
                .await?;
        }
        Ok(count)
    }

    /// Does jobs until the task is dropped.
    pub async fn run_forever(&self, city: Arc<City>) {
        loop {
            match self.run_due(&city).await {
                Ok(0) => {
                    let sleep = tokio::time::sleep(IDLE);
                    tokio::select! { () = sleep => {}, () = city.wake.notified() => {} }
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "jobs cannot be read now");
                    tokio::time::sleep(IDLE).await;
                }
            }
        }
    }
}
