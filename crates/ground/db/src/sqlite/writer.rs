//! The one writer of a SQLite file: commands that wait together share one commit. It has a thread
//! of its own and speaks to the file there, so a statement costs no change of threads.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use super::Link;
use super::link::WITH_CARE;
use crate::conn::{Inner, Shared};
use crate::open::Ids;
use crate::write::Erased;
use crate::{Clock, Conn, Error, Origin, Result, Tx};

/// Commands in one commit at most, and how long a commit may be put off for them.
const MOST_TOGETHER: usize = 64;
const LONGEST_BATCH: Duration = Duration::from_millis(25);

type Outcome = Result<Box<dyn Any + Send>>;

struct Job {
    origin: Origin,
    command: Arc<dyn Erased>,
    reply: oneshot::Sender<Outcome>,
}

enum Message {
    Job(Job),
    Hurry(bool, oneshot::Sender<Result<()>>),
    Close(oneshot::Sender<()>),
}

/// The way to the writer task.
#[derive(Clone)]
pub(crate) struct Writer(mpsc::Sender<Message>);

impl Writer {
    pub(crate) fn start(
        link: Link,
        shared: Arc<Shared>,
        clock: Clock,
        ids: Arc<Ids>,
    ) -> Result<Self> {
        let (sender, receiver) = mpsc::channel(1024);
        let conn = Conn {
            inner: Inner::SqliteWriter(link),
            shared,
        };
        let tx = Tx {
            conn,
            now: clock.now(),
            origin: Origin::program("operator"),
            ids,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(Error::other)?;
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || runtime.block_on(run(tx, clock, receiver)))
            .map_err(Error::other)?;
        Ok(Self(sender))
    }

    pub(crate) async fn send(&self, origin: Origin, command: &Arc<dyn Erased>) -> Outcome {
        let (reply, answer) = oneshot::channel();
        let job = Job {
            origin,
            command: command.clone(),
            reply,
        };
        self.0.send(Message::Job(job)).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    pub(crate) async fn hurry(&self, is_on: bool) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        let message = Message::Hurry(is_on, reply);
        self.0.send(message).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    pub(crate) async fn close(&self) {
        let (reply, answer) = oneshot::channel();
        if self.0.send(Message::Close(reply)).await.is_ok() {
            answer.await.unwrap_or_default();
        }
    }
}

fn closed() -> Error {
    Error::other("the database is closed")
}

async fn run(mut tx: Tx, clock: Clock, mut queue: mpsc::Receiver<Message>) {
    while let Some(message) = queue.recv().await {
        let first = match message {
            Message::Job(job) => job,
            Message::Hurry(is_on, reply) => {
                reply.send(hurry(&mut tx, is_on).await).unwrap_or_default();
                continue;
            }
            Message::Close(reply) => {
                tx.conn.close();
                reply.send(()).unwrap_or_default();
                return;
            }
        };
        if let Some(reply) = batch(&mut tx, &clock, first, &mut queue).await {
            tx.conn.close();
            reply.send(()).unwrap_or_default();
            return;
        }
    }
    tx.conn.close();
}

/// With full care again, all that was written in a hurry is put on disk first.
async fn hurry(tx: &mut Tx, is_on: bool) -> Result<()> {
    if is_on {
        // A page that changes a thousand times reaches the file a few times only.
        return tx
            .command(
                "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 16000;
                 PRAGMA cache_size = -65536",
            )
            .await;
    }
    tx.command(WITH_CARE).await?;
    tx.command("PRAGMA wal_checkpoint(TRUNCATE)").await
}

/// Runs the first command and those that wait behind it, then commits once and answers all.
/// Gives the sender of a close that came meanwhile.
async fn batch(
    tx: &mut Tx,
    clock: &Clock,
    first: Job,
    queue: &mut mpsc::Receiver<Message>,
) -> Option<oneshot::Sender<()>> {
    let started = Instant::now();
    let mut closing = None;
    let mut answers = Vec::new();
    if let Err(error) = tx.command("BEGIN IMMEDIATE").await {
        first.reply.send(Err(error)).unwrap_or_default();
        return None;
    }
    let mut next = Some(first);
    while let Some(job) = next.take() {
        tx.now = clock.now();
        tx.origin = job.origin;
        let outcome = in_savepoint(tx, job.command.as_ref()).await;
        answers.push((job.reply, outcome));
        if answers.len() >= MOST_TOGETHER || started.elapsed() > LONGEST_BATCH {
            break;
        }
        match queue.try_recv() {
            Ok(Message::Job(job)) => next = Some(job),
            Ok(Message::Close(reply)) => closing = Some(reply),
            // Only a city that is being made asks for it, and it writes one thing at a time.
            Ok(Message::Hurry(_, reply)) => reply.send(Err(Error::Busy)).unwrap_or_default(),
            Err(_) => {}
        }
    }
    let committed = tx.command("COMMIT").await;
    if let Err(error) = &committed {
        tracing::error!(%error, "a commit failed; nothing of it was written");
        tx.command("ROLLBACK").await.unwrap_or_default();
    }
    for (reply, outcome) in answers {
        let outcome = match (&committed, outcome) {
            (Err(_), Ok(_)) => Err(Error::Busy),
            (_, outcome) => outcome,
        };
        // The asker may have gone away; the write stands all the same.
        reply.send(outcome).unwrap_or_default();
    }
    closing
}

async fn in_savepoint(tx: &mut Tx, command: &dyn Erased) -> Outcome {
    tx.command("SAVEPOINT command").await?;
    let outcome = match AssertUnwindSafe(command.run(tx)).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::other("a write panicked")),
    };
    match outcome {
        Ok(out) => {
            tx.command("RELEASE command").await?;
            Ok(out)
        }
        Err(error) => {
            tx.command("ROLLBACK TO command; RELEASE command").await?;
            Err(error)
        }
    }
}
