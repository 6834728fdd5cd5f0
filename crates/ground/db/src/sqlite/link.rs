use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, Value as Cell, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags};
use uuid::Uuid;

use crate::row::Inner;
use crate::{Error, Kind, Result, Row, Value};

/// Statements the writer keeps ready, and each reader.
const KEPT_TO_WRITE: usize = 1000;
const KEPT_TO_READ: usize = 200;

/// Longer ones, with thousands of parameters, are not kept: each would hold megabytes.
const LONGEST_KEPT: usize = 16 * 1024;

/// How the writer treats its file: an answered write is on disk. Sizes are SQLite's usual pages
/// of log before they are written back, and 16 MiB of pages at hand.
pub(crate) const WITH_CARE: &str =
    "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000; PRAGMA cache_size = -16384";

/// How long to wait for another process (a backup, an operator's command) to let go of the file.
const PATIENCE: Duration = Duration::from_secs(10);

/// One open file. Its calls block: the writer has a thread of its own, readers are lent to
/// threads that may wait.
pub(crate) struct Link {
    /// Never locked, only reached through `&mut`: so a [`crate::Tx`] may be lent between threads.
    conn: Mutex<Connection>,
}

/// One row: the names its statement gives, and what was found under them.
pub(crate) struct Cells {
    names: Arc<[String]>,
    cells: Vec<Cell>,
}

impl Link {
    /// Opens the file to write, and makes it when it is missing.
    pub(crate) fn to_write(file: &Path) -> rusqlite::Result<Self> {
        let conn = Connection::open_with_flags(
            file,
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        conn.busy_timeout(PATIENCE)?;
        conn.execute_batch("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON")?;
        conn.execute_batch(WITH_CARE)?;
        conn.set_prepared_statement_cache_capacity(KEPT_TO_WRITE);
        Ok(Self::new(conn))
    }

    /// Opens the file to read only.
    pub(crate) fn to_read(file: &Path) -> rusqlite::Result<Self> {
        let conn = Connection::open_with_flags(
            file,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        conn.busy_timeout(PATIENCE)?;
        conn.set_prepared_statement_cache_capacity(KEPT_TO_READ);
        Ok(Self::new(conn))
    }

    fn new(conn: Connection) -> Self {
        let conn = Mutex::new(conn);
        Self { conn }
    }

    fn conn(&mut self) -> &mut Connection {
        self.conn.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn rows(&mut self, text: &str, values: &[Value]) -> rusqlite::Result<Vec<Row>> {
        let conn = self.conn();
        let mut statement = prepare(conn, text, values)?;
        let names: Arc<[String]> = statement
            .column_names()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let mut found = Vec::new();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells = (0..names.len())
                .map(|place| row.get(place))
                .collect::<Result<_, _>>()?;
            let names = names.clone();
            found.push(Row(Inner::Sqlite(Cells { names, cells })));
        }
        drop(rows);
        let_go(statement, text);
        Ok(found)
    }

    pub(crate) fn execute(&mut self, text: &str, values: &[Value]) -> rusqlite::Result<u64> {
        let conn = self.conn();
        let mut statement = prepare(conn, text, values)?;
        let changed = if statement.column_count() == 0 {
            statement.raw_execute()? as u64
        } else {
            // A change that also asks for rows is run to its end.
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            conn.changes()
        };
        let_go(statement, text);
        Ok(changed)
    }

    /// Statements without parameters and without an answer.
    pub(crate) fn script(&mut self, text: &str) -> rusqlite::Result<()> {
        self.conn().execute_batch(text)
    }

    /// True inside a transaction.
    pub(crate) fn is_busy(&mut self) -> bool {
        !self.conn().is_autocommit()
    }

    /// Writes what is still in the log into the file, and closes it.
    pub(crate) fn close(self) {
        let conn = self.conn.into_inner();
        if let Err((_, error)) = conn.unwrap_or_else(PoisonError::into_inner).close() {
            tracing::warn!(%error, "closing the database failed");
        }
    }
}

fn prepare<'a>(
    conn: &'a Connection,
    text: &str,
    values: &[Value],
) -> rusqlite::Result<CachedStatement<'a>> {
    // `$2` would be a name for SQLite, numbered by where it first stands; `?2` is the number itself.
    let mut statement = conn.prepare_cached(&text.replace('$', "?"))?;
    let wanted = statement.parameter_count();
    if wanted != values.len() {
        return Err(rusqlite::Error::InvalidParameterCount(values.len(), wanted));
    }
    for (place, value) in (1..).zip(values) {
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(statement)
}

fn let_go(statement: CachedStatement<'_>, text: &str) {
    if text.len() > LONGEST_KEPT {
        statement.discard();
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = |text: String| ToSqlOutput::Owned(Cell::Text(text));
        Ok(match self {
            Self::Null(_) => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Uuid(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v.as_bytes())),
            Self::Text(v) => ToSqlOutput::Borrowed(ValueRef::Text(v.as_bytes())),
            Self::Int(v) => ToSqlOutput::Borrowed(ValueRef::Integer(*v)),
            Self::Bool(v) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*v))),
            Self::Date(v) => text(v.to_string()),
            Self::Time(v) => text(v.to_string()),
            Self::Json(v) => text(v.to_string()),
            Self::Bytes(v) => ToSqlOutput::Borrowed(ValueRef::Blob(v)),
        })
    }
}

impl Cells {
    /// What stands under a name, as a value of a kind.
    pub(crate) fn value(&self, name: &str, kind: Kind) -> Result<Value> {
        let place = self.names.iter().position(|known| known == name);
        let cell = place
            .and_then(|place| self.cells.get(place))
            .ok_or_else(|| Error::other("no such column"))?;
        Ok(match (kind, cell) {
            (_, Cell::Null) => Value::Null(kind),
            (Kind::Uuid, Cell::Blob(v)) => Value::Uuid(Uuid::from_slice(v).map_err(Error::other)?),
            (Kind::Text, Cell::Text(v)) => Value::Text(v.clone()),
            (Kind::Int, Cell::Integer(v)) => Value::Int(*v),
            (Kind::Bool, Cell::Integer(v)) => Value::Bool(*v != 0),
            (Kind::Date, Cell::Text(v)) => Value::Date(v.parse().map_err(Error::other)?),
            (Kind::Time, Cell::Text(v)) => Value::Time(v.parse().map_err(Error::other)?),
            (Kind::Json, Cell::Text(v)) => Value::Json(serde_json::from_str(v)?),
            (Kind::Bytes, Cell::Blob(v)) => Value::Bytes(v.clone()),
            (_, other) => {
                let found = other.data_type();
                return Err(Error::other(format!("{kind:?} expected, {found} found")));
            }
        })
    }
}
