use std::sync::Arc;

use sqlx::Postgres;
use sqlx::pool::PoolConnection;

use crate::error::{from_postgres, from_sqlite, of_commit};
use crate::sqlite::{Link, Reader};
use crate::{Error, Result, Stats};

/// A lent connection. Query functions take `&mut Conn`; writing needs a [`crate::Tx`].
pub struct Conn {
    pub(crate) inner: Inner,
    pub(crate) shared: Arc<Shared>,
}

pub(crate) enum Inner {
    Sqlite(Reader),
    SqliteWriter(Link),
    Postgres(PoolConnection<Postgres>),
}

/// What all connections of one database know.
#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) stats: Arc<Stats>,
    /// SQLite names a violated unique rule by its columns; this gives the index's name.
    pub(crate) unique_names: std::sync::RwLock<std::collections::HashMap<String, String>>,
}

impl Shared {
    pub(crate) fn of_sqlite(&self, error: rusqlite::Error) -> Error {
        from_sqlite(error, &|columns| {
            self.unique_names
                .read()
                .ok()
                .and_then(|names| names.get(columns).cloned())
        })
    }
}

impl Conn {
    /// True when the engine runs in this thread, so that a statement costs no way to it.
    pub(crate) fn is_here(&self) -> bool {
        matches!(self.inner, Inner::SqliteWriter(_))
    }

    /// Sends a statement without parameters and without an answer: BEGIN, COMMIT, DDL.
    pub(crate) async fn command(&mut self, text: &str) -> Result<()> {
        self.shared.stats.count(text);
        match &mut self.inner {
            Inner::Sqlite(reader) => {
                let text = text.to_owned();
                reader
                    .ask(&self.shared, move |link| link.script(&text))
                    .await
            }
            Inner::SqliteWriter(link) => {
                let done = link.script(text);
                done.map_err(|error| self.shared.of_sqlite(error))
            }
            Inner::Postgres(conn) => {
                let text = sqlx::AssertSqlSafe(text.to_owned());
                let done = sqlx::raw_sql(text).execute(&mut **conn).await;
                done.map(drop).map_err(from_postgres)
            }
        }
    }

    /// Ends a transaction of PostgreSQL.
    pub(crate) async fn commit(&mut self) -> Result<()> {
        self.shared.stats.count("COMMIT");
        let Inner::Postgres(conn) = &mut self.inner else {
            return self.command("COMMIT").await;
        };
        let done = sqlx::raw_sql("COMMIT").execute(&mut **conn).await;
        done.map(drop).map_err(|error| of_commit(&error))
    }

    /// Gives a snapshot back.
    pub async fn end_snapshot(mut self) -> Result<()> {
        self.command("ROLLBACK").await
    }

    /// Closes the writer's own connection in order (checkpoints the log).
    pub(crate) fn close(self) {
        if let Inner::SqliteWriter(link) = self.inner {
            link.close();
        }
    }
}
