use std::borrow::Cow;

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query as DriverQuery;
use sqlx::{AssertSqlSafe, Executor as _};

use crate::conn::Inner;
use crate::error::from_postgres;
use crate::row::Inner as RowInner;
use crate::sqlite::Link;
use crate::{Column, Conn, Error, FromRow, Kind, Result, Row, Tx, Value};

/// One statement with its values: `sql("… $1 …").bind(x)`.
#[must_use = "a query does nothing until it is run"]
pub struct Query {
    text: Cow<'static, str>,
    values: Vec<Value>,
}

/// Starts a statement. The text is the same for both engines; values are `$1`, `$2`, ….
pub fn sql(text: impl Into<Cow<'static, str>>) -> Query {
    Query {
        text: text.into(),
        values: Vec::new(),
    }
}

impl Query {
    /// Gives the next parameter its value.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Gives several parameters at once.
    pub fn bind_all(mut self, values: impl IntoIterator<Item = Value>) -> Self {
        self.values.extend(values);
        self
    }

    /// All rows.
    pub async fn all<T: FromRow>(self, conn: &mut Conn) -> Result<Vec<T>> {
        self.rows(conn).await?.iter().map(T::from_row).collect()
    }

    /// The first row, if there is one.
    pub async fn optional<T: FromRow>(self, conn: &mut Conn) -> Result<Option<T>> {
        self.rows(conn).await?.first().map(T::from_row).transpose()
    }

    /// The first row; [`Error::NotFound`] without one.
    pub async fn one<T: FromRow>(self, conn: &mut Conn) -> Result<T> {
        self.optional(conn).await?.ok_or(Error::NotFound)
    }

    /// The column `value` of the first row: `SELECT count(*) AS value …`.
    pub async fn scalar<T: Column>(self, conn: &mut Conn) -> Result<T> {
        self.rows(conn)
            .await?
            .first()
            .ok_or(Error::NotFound)?
            .get("value")
    }

    /// The column `value` of the first row, if there is one.
    pub async fn optional_scalar<T: Column>(self, conn: &mut Conn) -> Result<Option<T>> {
        self.rows(conn)
            .await?
            .first()
            .map(|row| row.get("value"))
            .transpose()
    }

    /// The column `value` of every row.
    pub async fn scalars<T: Column>(self, conn: &mut Conn) -> Result<Vec<T>> {
        self.rows(conn)
            .await?
            .iter()
            .map(|row| row.get("value"))
            .collect()
    }

    /// All rows, to be read by column name.
    pub async fn rows(self, conn: &mut Conn) -> Result<Vec<Row>> {
        conn.shared.stats.count(&self.text);
        let Self { text, values } = self;
        match &mut conn.inner {
            Inner::Sqlite(reader) => {
                let rows = move |link: &mut Link| link.rows(&text, &values);
                reader.ask(&conn.shared, rows).await
            }
            Inner::SqliteWriter(link) => {
                let found = link.rows(&text, &values);
                found.map_err(|error| conn.shared.of_sqlite(error))
            }
            Inner::Postgres(c) => c
                .fetch(postgres(AssertSqlSafe(text.into_owned()), values))
                .map_ok(|row| Row(RowInner::Postgres(row)))
                .try_collect()
                .await
                .map_err(from_postgres),
        }
    }

    /// Runs a change; gives the number of rows it touched.
    pub async fn execute(self, tx: &mut Tx) -> Result<u64> {
        tx.shared.stats.count(&self.text);
        let Self { text, values } = self;
        match &mut tx.conn.inner {
            Inner::Sqlite(_) => Err(Error::other("a lent reader cannot write")),
            Inner::SqliteWriter(link) => {
                let done = link.execute(&text, &values);
                done.map_err(|error| tx.conn.shared.of_sqlite(error))
            }
            Inner::Postgres(c) => c
                .execute(postgres(AssertSqlSafe(text.into_owned()), values))
                .await
                .map(|done| done.rows_affected())
                .map_err(from_postgres),
        }
    }

    /// Runs a change that must touch exactly one row; [`Error::NotFound`] when it touches none.
    pub async fn execute_one(self, tx: &mut Tx) -> Result<()> {
        match self.execute(tx).await? {
            1 => Ok(()),
            0 => Err(Error::NotFound),
            many => Err(Error::other(format!("one row expected, {many} changed"))),
        }
    }
}

fn postgres(
    text: AssertSqlSafe<String>,
    values: Vec<Value>,
) -> DriverQuery<'static, Postgres, PgArguments> {
    let instant = |v: persian::Timestamp| chrono::DateTime::from_timestamp(v.unix(), 0);
    values
        .into_iter()
        .fold(sqlx::query(text), |query, value| match value {
            Value::Null(Kind::Uuid) => query.bind(None::<uuid::Uuid>),
            Value::Null(Kind::Text) => query.bind(None::<String>),
            Value::Null(Kind::Int) => query.bind(None::<i64>),
            Value::Null(Kind::Bool) => query.bind(None::<bool>),
            Value::Null(Kind::Date) => query.bind(None::<chrono::NaiveDate>),
            Value::Null(Kind::Time) => query.bind(None::<chrono::DateTime<chrono::Utc>>),
            Value::Null(Kind::Json) => query.bind(None::<serde_json::Value>),
            Value::Null(Kind::Bytes) => query.bind(None::<Vec<u8>>),
            Value::Uuid(v) => query.bind(v),
            Value::Text(v) => query.bind(v),
            Value::Int(v) => query.bind(v),
            Value::Bool(v) => query.bind(v),
            Value::Date(v) => query.bind(v),
            Value::Time(v) => query.bind(instant(v)),
            Value::Json(v) => query.bind(v),
            Value::Bytes(v) => query.bind(v),
        })
}
