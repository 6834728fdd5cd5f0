use db::{Conn, Result, Tx, Write, sql};
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

/// Work to be done later.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which handler: `send_notice`.
    pub kind: &'static str,
    /// What the handler needs; ids, never personal data.
    pub payload: Json,
    /// Not before this instant.
    pub run_at: Timestamp,
    /// The same key enqueues once only.
    pub once_key: Option<String>,
}

/// A job whose time has come.
#[derive(Clone, Debug, db::FromRow)]
pub struct Due {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its payload.
    pub payload: Json,
    /// How often it was tried before.
    pub attempts: i64,
}

/// Writes a job with the change that causes it.
pub async fn enqueue(tx: &mut Tx, job: Job) -> Result<()> {
    sql(
        "INSERT INTO job (id, kind, payload, once_key, state, run_at, attempts, made_at)
         VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $6) ON CONFLICT (once_key) DO NOTHING",
    )
    .bind(tx.new_id())
    .bind(job.kind)
    .bind(job.payload)
    .bind(job.once_key)
    .bind(job.run_at)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// How long a runner may hold a job before another takes it, in seconds.
const LEASE: i64 = 120;
/// Attempts before a job is dead.
const MOST_ATTEMPTS: i64 = 8;

/// Takes due jobs for a while, so that no other runner does them meanwhile.
#[derive(Serialize, Deserialize)]
pub(crate) struct LeaseJobs {
    pub most: i64,
    pub kinds: Kinds,
}

/// Which kinds of job a runner takes.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Kinds {
    AllBut(Vec<String>),
    Only(Vec<String>),
}

impl Kinds {
    /// The condition on `kind` with parameters from `$3` on, and their values.
    fn condition(&self) -> (String, &[String]) {
        let (word, kinds) = match self {
            Self::AllBut(kinds) if kinds.is_empty() => return (String::new(), &[]),
            Self::AllBut(kinds) => ("NOT IN", kinds),
            Self::Only(kinds) => ("IN", kinds),
        };
        let places: Vec<String> = (3..kinds.len() + 3).map(|n| format!("${n}")).collect();
        (format!("AND kind {word} ({})", places.join(", ")), kinds)
    }
}

impl Write for LeaseJobs {
    const NAME: &'static str = "lease_jobs";
    type Out = Vec<(Uuid, String, Json, i64)>;
    async fn run(&self, tx: &mut Tx) -> Result<Self::Out> {
        let now = tx.now();
        let (condition, kinds) = self.kinds.condition();
        let due: Vec<Uuid> = sql(format!(
            "SELECT id AS value FROM job WHERE state = 'waiting' AND run_at <= $1
             AND (leased_until IS NULL OR leased_until < $1) {condition} ORDER BY run_at, id LIMIT $2",
        ))
        .bind(now)
        .bind(self.most)
        .bind_all(kinds.iter().map(db::Value::from))
        .scalars(tx)
        .await?;
        let mut leased = Vec::with_capacity(due.len());
        for id in due {
            // The condition is checked again here: another runner may have been quicker.
            let job: Option<Due> = sql("UPDATE job SET leased_until = $2, attempts = attempts + 1
                 WHERE id = $1 AND state = 'waiting' AND (leased_until IS NULL OR leased_until < $3)
                 RETURNING id, kind, payload, attempts")
            .bind(id)
            .bind(now.plus_seconds(LEASE))
            .bind(now)
            .optional(tx)
            .await?;
            leased.extend(job.map(|job| (job.id, job.kind, job.payload, job.attempts)));
        }
        Ok(leased)
    }
}

/// Notes how a job ended: done, to be tried again, or dead.
#[derive(Serialize, Deserialize)]
pub(crate) struct EndJob {
    pub id: Uuid,
    pub attempts: i64,
    pub fault: Option<String>,
}

impl Write for EndJob {
    const NAME: &'static str = "end_job";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let now = tx.now();
        let (state, run_at) = match &self.fault {
            None => ("done", now),
            Some(_) if self.attempts >= MOST_ATTEMPTS => ("dead", now),
            Some(_) => ("waiting", now.plus_seconds(5 << self.attempts.clamp(0, 12))),
        };
        sql(
            "UPDATE job SET state = $2, run_at = $3, last_fault = $4, leased_until = NULL,
             ended_at = $5 WHERE id = $1",
        )
        .bind(self.id)
        .bind(state)
        .bind(run_at)
        .bind(self.fault.clone())
        .bind((state != "waiting").then_some(now))
        .execute_one(tx)
        .await
    }
}

/// A job nobody could do.
#[derive(Clone, Debug, db::FromRow)]
pub struct Dead {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// What went wrong the last time.
    pub fault: String,
    /// When it was given up.
    pub ended_at: Timestamp,
}

/// The jobs nobody could do, newest first.
pub async fn list_dead(conn: &mut Conn) -> Result<Vec<Dead>> {
    sql(
        "SELECT id, kind, coalesce(last_fault, '') AS fault, ended_at FROM job
         WHERE state = 'dead' ORDER BY ended_at DESC, id LIMIT 200",
    )
    .all(conn)
    .await
}

/// How many jobs are dead, and how many wait since more than five minutes after their time.
pub async fn count_stuck(conn: &mut Conn, now: Timestamp) -> Result<(i64, i64)> {
    let dead = sql("SELECT count(*) AS value FROM job WHERE state = 'dead'")
        .scalar(conn)
        .await?;
    let late = sql("SELECT count(*) AS value FROM job WHERE state = 'waiting' AND run_at < $1")
        .bind(now.plus_seconds(-300))
        .scalar(conn)
        .await?;
    Ok((dead, late))
}

/// Gives a dead job another life, or all of them. Gives how many.
pub async fn retry_dead(tx: &mut Tx, id: Option<Uuid>) -> Result<u64> {
    sql(
        "UPDATE job SET state = 'waiting', attempts = 0, run_at = $1, ended_at = NULL
         WHERE state = 'dead' AND ($2 IS NULL OR id = $2)",
    )
    .bind(tx.now())
    .bind(id)
    .execute(tx)
    .await
}

/// Leaves undone what should have been done before an instant: after a long standstill nobody
/// wants last season's messages. Gives how many jobs.
#[derive(Serialize, Deserialize)]
pub struct SkipJobs {
    /// Jobs due before this instant are not done any more.
    pub before: Timestamp,
}

impl Write for SkipJobs {
    const NAME: &'static str = "skip_jobs";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        sql(
            "UPDATE job SET state = 'done', last_fault = 'skipped', leased_until = NULL,
             ended_at = $2 WHERE state = 'waiting' AND run_at < $1",
        )
        .bind(self.before)
        .bind(tx.now())
        .execute(tx)
        .await
    }
}

/// How long an answer is kept for whoever sends again, in days.
const ANSWERS: i64 = 90;
/// How long a job that is done stays: as long as whoever caused it may send again. A dead one stays.
const DONE: i64 = ANSWERS;

/// Forgets answers nobody may ask for again, and jobs done long ago. Gives how many rows.
pub async fn purge(tx: &mut Tx) -> Result<u64> {
    let answers = sql("DELETE FROM kept_answer WHERE made_at < $1")
        .bind(tx.now().plus_days(-ANSWERS))
        .execute(tx)
        .await?;
    let done = sql("DELETE FROM job WHERE state = 'done' AND ended_at < $1")
        .bind(tx.now().plus_days(-DONE))
        .execute(tx)
        .await?;
    Ok(answers + done)
}
