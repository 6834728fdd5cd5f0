use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, Postgres, Sqlite, SqliteConnection};

use crate::error::{from_driver, of_commit};
use crate::{Error, Result, Stats};

/// A lent connection. Query functions take `&mut Conn`; writing needs a [`crate::Tx`].
pub struct Conn {
    pub(crate) inner: Inner,
    pub(crate) shared: Arc<Shared>,
}

pub(crate) enum Inner {
    Sqlite(PoolConnection<Sqlite>),
    SqliteWriter(SqliteConnection),
    Postgres(PoolConnection<Postgres>),
}

/// What all connections of one database know.
#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) stats: Arc<Stats>,
    /// SQLite names a violated unique rule by its columns; this gives the index's name.
    pub(crate) unique_names: std::sync::RwLock<std::collections::HashMap<String, String>>,
}

impl Conn {
    pub(crate) fn translate(&self, error: sqlx::Error) -> Error {
        from_driver(error, &|columns| {
            self.shared
                .unique_names
                .read()
                .ok()
                .and_then(|names| names.get(columns).cloned())
        })
    }

    /// Sends a statement without parameters and without an answer: BEGIN, COMMIT, DDL.
    pub(crate) async fn command(&mut self, text: &str) -> Result<()> {
        self.shared.stats.count(text);
        let text = sqlx::AssertSqlSafe(text.to_owned());
        let done = match &mut self.inner {
            Inner::Sqlite(conn) => sqlx::raw_sql(text).execute(&mut **conn).await.map(drop),
            Inner::SqliteWriter(conn) => sqlx::raw_sql(text).execute(conn).await.map(drop),
            Inner::Postgres(conn) => sqlx::raw_sql(text).execute(&mut **conn).await.map(drop),
        };
        done.map_err(|error| self.translate(error))
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
    pub(crate) async fn close(self) {
        if let Inner::SqliteWriter(conn) = self.inner
            && let Err(error) = conn.close().await
        {
            tracing::warn!(%error, "closing the writer failed");
        }
    }
}
