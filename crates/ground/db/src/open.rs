use std::any::Any;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use persian::Timestamp;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::conn::{Inner, Shared};
use crate::error::from_postgres;
use crate::sqlite::{Link, Readers, Writer, sqlite_file};
use crate::write::{Erased, Keyed, Plain};
use crate::{Answer, Clock, Conn, Error, Origin, Result, Stats, Tx, Write};

/// Statements that a connection to PostgreSQL keeps ready. A city has some hundreds; the driver's own
/// hundred would have most of them prepared anew, a round trip and a plan each time.
const KEPT_STATEMENTS: usize = 1000;

/// Which engine is behind a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file.
    Sqlite,
    /// A server.
    Postgres,
}

/// One city's database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    pool: Pool,
    clock: Clock,
    ids: Arc<Ids>,
    shared: Arc<Shared>,
}

#[derive(Clone)]
enum Pool {
    Sqlite { readers: Readers, writer: Writer },
    Postgres(PgPool),
}

/// How often a write is run again when the engine asks for it.
const ATTEMPTS: u32 = 8;

/// For how long: whoever waited as long for a lock hears that the database is busy.
const PATIENCE: Duration = Duration::from_secs(8);

impl Db {
    /// Opens `sqlite://PATH` (made when missing) or `postgres://…`.
    pub async fn open(url: &str, clock: Clock) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        let ids = Arc::new(Ids::random());
        let pool = match sqlite_file(url) {
            Some(_) if url.contains('?') => {
                return Err(Error::other("the URL of a SQLite file takes no parameters"));
            }
            Some(file) => {
                let link = Link::to_write(&file).map_err(|error| shared.of_sqlite(error))?;
                let writer = Writer::start(link, shared.clone(), clock.clone(), ids.clone())?;
                let readers = Readers::of(file);
                Pool::Sqlite { readers, writer }
            }
            None => {
                if !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
                    return Err(Error::other(
                        "a database URL starts with sqlite:// or postgres://",
                    ));
                }
                let options = PgConnectOptions::from_str(url)
                    .map_err(Error::other)?
                    .statement_cache_capacity(KEPT_STATEMENTS)
                    .options([("timezone", "UTC"), ("lock_timeout", "20000")]);
                let pool = PgPoolOptions::new()
                    .max_connections(16)
                    .test_before_acquire(false)
                    .acquire_timeout(Duration::from_secs(20))
                    .connect_with(options)
                    .await
                    .map_err(from_postgres)?;
                Pool::Postgres(pool)
            }
        };
        Ok(Self {
            pool,
            clock,
            ids,
            shared,
        })
    }

    /// Makes the ids of this database repeatable: the same seed gives the same ids.
    pub fn seed_ids(&self, seed: u64) {
        self.ids.seed(seed);
    }

    /// In a hurry, writes are answered before they are on disk: for a city that is being made and
    /// would be made again after a power cut. Out of it, everything is put on disk first.
    /// PostgreSQL keeps its own pace.
    pub async fn hurry(&self, is_on: bool) -> Result<()> {
        match &self.pool {
            Pool::Sqlite { writer, .. } => writer.hurry(is_on).await,
            Pool::Postgres(_) => Ok(()),
        }
    }

    /// Which engine this is. Only for the operator's chores (backup, plans); rooms never ask.
    pub fn engine(&self) -> Engine {
        match self.pool {
            Pool::Sqlite { .. } => Engine::Sqlite,
            Pool::Postgres(_) => Engine::Postgres,
        }
    }

    /// The city's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// A fresh id, for a command that is about to be made.
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.clock.now())
    }

    /// Statements sent so far and, when asked for, their texts.
    pub fn stats(&self) -> &Stats {
        &self.shared.stats
    }

    /// Lends a connection for reading.
    pub async fn read(&self) -> Result<Conn> {
        let inner = match &self.pool {
            Pool::Sqlite { readers, .. } => Inner::Sqlite(readers.lend().await?),
            Pool::Postgres(pool) => Inner::Postgres(pool.acquire().await.map_err(from_postgres)?),
        };
        Ok(Conn {
            inner,
            shared: self.shared.clone(),
        })
    }

    /// Lends a connection that sees one moment of the database until it is given back with
    /// [`Conn::end_snapshot`]: for backups and proofs.
    pub async fn snapshot(&self) -> Result<Conn> {
        let mut conn = self.read().await?;
        let begin = match self.engine() {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        conn.command(begin).await?;
        Ok(conn)
    }

    /// Runs a write.
    pub async fn write<W: Write>(&self, origin: &Origin, command: W) -> Result<W::Out> {
        let answer: Answer<W::Out> = self.run(origin, Arc::new(Plain(command))).await?;
        Ok(answer.out)
    }

    /// Runs a write that its sender may send again under the same key: the second time nothing
    /// happens and the first answer comes back. Another command under a known key is refused.
    pub async fn write_once<W: Write>(
        &self,
        key: Uuid,
        origin: &Origin,
        command: W,
    ) -> Result<Answer<W::Out>> {
        self.run(origin, Arc::new(Keyed::new(key, command)?)).await
    }

    async fn run<T: Send + 'static>(
        &self,
        origin: &Origin,
        command: Arc<dyn Erased>,
    ) -> Result<Answer<T>> {
        let db = self.clone();
        let origin = origin.clone();
        // A task of its own: a reader who goes away must not cut a write in half.
        let began = Instant::now();
        let attempts = async move {
            let mut attempt = 0;
            loop {
                attempt += 1;
                let result = match &db.pool {
                    Pool::Sqlite { writer, .. } => writer.send(origin.clone(), &command).await,
                    Pool::Postgres(pool) => db.postgres(pool, &origin, command.as_ref()).await,
                };
                match result {
                    Err(error)
                        if error.may_run_again()
                            && attempt < ATTEMPTS
                            && began.elapsed() < PATIENCE =>
                    {
                        tokio::time::sleep(Duration::from_millis(3 << attempt)).await;
                    }
                    other => return other,
                }
            }
        };
        let task = tokio::spawn(attempts.in_current_span());
        let out = task.await.map_err(Error::other)??;
        match out.downcast::<Answer<T>>() {
            Ok(answer) => Ok(*answer),
            Err(_) => Err(Error::other("a write answered with another type")),
        }
    }

    async fn postgres(
        &self,
        pool: &PgPool,
        origin: &Origin,
        command: &dyn Erased,
    ) -> Result<Box<dyn Any + Send>> {
        let inner = Inner::Postgres(pool.acquire().await.map_err(from_postgres)?);
        let conn = Conn {
            inner,
            shared: self.shared.clone(),
        };
        let mut tx = Tx {
            conn,
            now: self.clock.now(),
            origin: origin.clone(),
            ids: self.ids.clone(),
        };
        if let Err(error) = tx.command("BEGIN").await {
            // A connection that died in the pool: the next attempt gets another.
            close_hard(tx).await;
            return Err(error);
        }
        match command.run(&mut tx).await {
            Ok(out) => match tx.commit().await {
                Ok(()) => Ok(out),
                Err(Error::Busy) => Err(Error::Busy),
                Err(error) => {
                    tracing::error!(%error, "the outcome of a commit is unknown");
                    close_hard(tx).await;
                    Err(Error::UnknownOutcome)
                }
            },
            Err(error) => {
                if tx.command("ROLLBACK").await.is_err() {
                    close_hard(tx).await;
                }
                Err(error)
            }
        }
    }

    /// Runs a script without parameters outside the write path: migrations and chores only.
    pub(crate) async fn script(&self, statements: Vec<String>, after: Vec<Mark>) -> Result<()> {
        self.run::<()>(
            &Origin::program("operator"),
            Arc::new(Script { statements, after }),
        )
        .await
        .map(drop)
    }

    /// Learns how SQLite's unique indexes are called; done after the schema changed.
    pub(crate) async fn learn_names(&self) -> Result<()> {
        if self.engine() == Engine::Postgres {
            return Ok(());
        }
        let mut conn = self.read().await?;
        let rows = crate::sql(
            "SELECT l.name AS index_name, m.name AS table_name, i.name AS column_name
             FROM sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
             WHERE m.type = 'table' AND l.\"unique\" = 1 AND l.origin = 'c' ORDER BY l.name, i.seqno",
        )
        .rows(&mut conn)
        .await?;
        let mut columns = std::collections::BTreeMap::<String, Vec<String>>::new();
        for row in rows {
            let (table, column): (String, Option<String>) =
                (row.get("table_name")?, row.get("column_name")?);
            let column = column.unwrap_or_default();
            columns
                .entry(row.get("index_name")?)
                .or_default()
                .push(format!("{table}.{column}"));
        }
        if let Ok(mut names) = self.shared.unique_names.write() {
            *names = columns
                .into_iter()
                .map(|(name, list)| (list.join(", "), name))
                .collect();
        }
        Ok(())
    }

    /// Ends all connections in order; a SQLite file is then complete by itself.
    pub async fn close(&self) {
        match &self.pool {
            Pool::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Pool::Postgres(pool) => pool.close().await,
        }
    }
}

/// A connection in doubt is not handed to anyone else.
async fn close_hard(tx: Tx) {
    if let Inner::Postgres(conn) = tx.conn.inner {
        drop(conn.detach());
    }
}

/// A migration: statements, then the marks that say it was applied.
struct Script {
    statements: Vec<String>,
    after: Vec<Mark>,
}

/// The row that says a migration was applied: number, name, digest.
pub(crate) type Mark = (i64, String, Vec<u8>);

impl Erased for Script {
    fn run<'a>(&'a self, tx: &'a mut Tx) -> crate::write::Boxed<'a> {
        Box::pin(async move {
            for statement in &self.statements {
                tx.command(statement).await?;
            }
            for (number, name, digest) in &self.after {
                crate::sql("INSERT INTO migration (number, name, digest, applied_at) VALUES ($1, $2, $3, $4)")
                    .bind(*number)
                    .bind(name)
                    .bind(digest.clone())
                    .bind(tx.now())
                    .execute(tx)
                    .await?;
            }
            Ok(Box::new(Answer {
                out: (),
                is_repeat: false,
            }) as Box<dyn Any + Send>)
        })
    }
}

/// The least id that a row made at this instant or later can have.
pub fn first_id(since: Timestamp) -> Uuid {
    let millis = u64::try_from(since.unix()).unwrap_or_default() * 1000;
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// Makes UUIDv7 ids; seeded for the demo and tests, where the same run gives the same ids.
pub(crate) struct Ids(Mutex<IdState>);

struct IdState {
    rng: StdRng,
    counter: u16,
}

impl Ids {
    fn random() -> Self {
        Self(Mutex::new(IdState {
            rng: StdRng::from_rng(&mut rand::rng()),
            counter: 0,
        }))
    }

    fn seed(&self, seed: u64) {
        if let Ok(mut state) = self.0.lock() {
            *state = IdState {
                rng: StdRng::seed_from_u64(seed),
                counter: 0,
            };
        }
    }

    /// The counter sits where UUIDv7 allows finer time, so ids of one second keep their order.
    pub(crate) fn next(&self, now: Timestamp) -> Uuid {
        let mut random = [0_u8; 10];
        if let Ok(mut state) = self.0.lock() {
            state.rng.fill_bytes(&mut random);
            state.counter = (state.counter + 1) & 0x0fff;
            random[..2].copy_from_slice(&state.counter.to_be_bytes());
        }
        let millis = u64::try_from(now.unix()).unwrap_or_default() * 1000;
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}
