//! `zanjireh job …`: work that was given up.

use clap::Subcommand;
use db::{Tx, Write};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::said;
use crate::city;
use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::settings::Settings;

/// `zanjireh job …`
#[derive(Subcommand)]
pub enum What {
    /// List the jobs nobody could do, newest first, with the last fault.
    #[command(after_help = examples!("job list", "job list --json"))]
    List {
        /// One JSON document.
        #[arg(long)]
        json: bool,
    },
    /// Give a dead job another life, or all of them.
    #[command(after_help = examples!("job retry 019a0000-0000-7000-8000-000000000000", "job retry --all"))]
    Retry {
        /// The job, as `job list` shows it.
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        id: Option<Uuid>,
        /// Every dead job.
        #[arg(long)]
        all: bool,
    },
}

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, what: What) -> Result<Exit, Fault> {
    let city = city::open_as_it_is(settings).await.map_err(said)?;
    match what {
        What::List { json } => {
            let mut conn = city.db.read().await.map_err(said)?;
            let dead = jobs::list_dead(&mut conn).await.map_err(said)?;
            let (count, late) = jobs::count_stuck(&mut conn, city.db.clock().now())
                .await
                .map_err(said)?;
            drop(conn);
            if json {
                let list: Vec<_> = dead
                    .iter()
                    .map(|job| {
                        serde_json::json!({ "id": job.id, "kind": job.kind, "fault": job.fault,
                            "ended_at": job.ended_at })
                    })
                    .collect();
                println!("{}", serde_json::json!({ "dead": list, "late": late }));
            } else {
                for job in &dead {
                    println!("{} {} {} {}", job.id, job.ended_at, job.kind, job.fault);
                }
                eprintln!("{count} dead, {late} late by more than five minutes");
            }
            city.db.close().await;
        }
        What::Retry { id, all: _ } => {
            let origin = city::by(&mut city.db.read().await.map_err(said)?, by).await?;
            let again = city
                .db
                .write(&origin, RetryJobs { id })
                .await
                .map_err(said)?;
            city::close(&city, settings).await.map_err(said)?;
            println!("{again} jobs will be tried again.");
            if again == 0 {
                return Err("there is no such dead job".into());
            }
        }
    }
    Ok(Exit::Good)
}

/// Gives dead jobs another life.
#[derive(Serialize, Deserialize)]
struct RetryJobs {
    id: Option<Uuid>,
}

impl Write for RetryJobs {
    const NAME: &'static str = "retry_jobs";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> db::Result<u64> {
        let count = jobs::retry_dead(tx, self.id).await?;
        let detail = serde_json::json!({ "jobs": count });
        access::audit::record(tx, "jobs_retried", "job", self.id, detail).await?;
        Ok(count)
    }
}
