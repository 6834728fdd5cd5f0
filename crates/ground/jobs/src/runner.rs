use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use db::{Origin, Result};
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use serde_json::Value as Json;
use uuid::Uuid;
use web::City;

use crate::queue::{EndJob, Kinds, LeaseJobs};

/// Does one kind of job. It may be called twice for the same job.
pub type Handler = fn(Arc<City>, Json) -> Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Does the jobs of cities.
pub struct Runner {
    handlers: HashMap<&'static str, Handler>,
    kinds: Kinds,
}

/// Jobs leased at once.
const TOGETHER: i64 = 20;
/// How long to sleep when there is nothing to do and nobody wakes us.
const IDLE: Duration = Duration::from_secs(2);

type Leased = (Uuid, String, Json, i64);

impl Runner {
    /// A runner that knows these kinds of job.
    pub fn new(handlers: impl IntoIterator<Item = (&'static str, Handler)>) -> Self {
        Self {
            handlers: handlers.into_iter().collect(),
            kinds: Kinds::AllBut(Vec::new()),
        }
    }

    /// Two runners of one: the first does everything but some kinds, the second these alone. For
    /// work that waits for other machines, which nothing of ours shall wait for.
    pub fn apart(self, kinds: &[&str]) -> (Self, Self) {
        let names: Vec<String> = kinds.iter().map(|&kind| kind.to_owned()).collect();
        let (theirs, ours) = self
            .handlers
            .into_iter()
            .partition(|(kind, _)| kinds.contains(kind));
        let ours = Self {
            handlers: ours,
            kinds: Kinds::AllBut(names.clone()),
        };
        let theirs = Self {
            handlers: theirs,
            kinds: Kinds::Only(names),
        };
        (ours, theirs)
    }

    async fn lease(&self, city: &City, most: i64) -> Result<Vec<Leased>> {
        let kinds = self.kinds.clone();
        let origin = Origin::program("job");
        city.db.write(&origin, LeaseJobs { most, kinds }).await
    }

    async fn run_one(&self, city: &Arc<City>, leased: Leased) -> Result<()> {
        let (id, kind, payload, attempts) = leased;
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
        let end = EndJob {
            id,
            attempts,
            fault: outcome.err(),
        };
        city.db.write(&origin, end).await
    }

    /// Does what is due now, once; gives how many jobs were taken.
    pub async fn run_due(&self, city: &Arc<City>) -> Result<usize> {
        let leased = self.lease(city, TOGETHER).await?;
        let count = leased.len();
        for job in leased {
            self.run_one(city, job).await?;
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

    /// Does jobs until the task is dropped, at most `most` at the same time: one that takes long
    /// holds up no other. It looks for new ones every two seconds and whenever one ends; the
    /// city's bell is the other runner's.
    pub async fn run_side_by_side(&self, city: Arc<City>, most: usize) {
        let mut running = FuturesUnordered::new();
        loop {
            let room = most.saturating_sub(running.len());
            if room > 0 {
                match self.lease(&city, i64::try_from(room).unwrap_or(1)).await {
                    Ok(leased) => {
                        running.extend(leased.into_iter().map(|job| self.run_one(&city, job)));
                    }
                    Err(error) => tracing::warn!(%error, "jobs cannot be read now"),
                }
            }
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                Some(ended) = running.next() => {
                    // Its lease runs out, and it is done again.
                    if let Err(error) = ended {
                        tracing::warn!(%error, "the end of a job could not be written");
                    }
                }
            }
        }
    }
}
