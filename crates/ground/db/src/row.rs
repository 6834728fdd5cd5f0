use persian::{Date, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::{Row as _, ValueRef as _};
use uuid::Uuid;

use crate::sqlite::Cells;
use crate::{Error, Kind, Result, Value};

/// One row of an answer, of either engine.
pub struct Row(pub(crate) Inner);

pub(crate) enum Inner {
    Sqlite(Cells),
    Postgres(PgRow),
}

/// A type that one column can hold.
pub trait Column: Sized {
    /// How it is stored.
    const KIND: Kind;
    /// From the stored value; the error names what was found instead.
    fn from_value(value: Value) -> Result<Self>;
}

/// A struct that can be read from a row; derive it: `#[derive(db::FromRow)]`.
pub trait FromRow: Sized {
    /// Reads each field from the column of its name.
    fn from_row(row: &Row) -> Result<Self>;
}

impl Row {
    /// The column of this name as a `T`.
    pub fn get<T: Column>(&self, name: &str) -> Result<T> {
        T::from_value(self.value(name, T::KIND)?)
    }

    /// The column of this name as a value of a kind, when the kind is only known at run time.
    pub fn value(&self, name: &str, kind: Kind) -> Result<Value> {
        match &self.0 {
            Inner::Sqlite(cells) => cells.value(name, kind),
            Inner::Postgres(row) => postgres_value(row, name, kind).map_err(Error::other),
        }
        .map_err(|error| Error::other(format!("column {name}: {error}")))
    }
}

fn postgres_value(row: &PgRow, name: &str, kind: Kind) -> Result<Value, sqlx::Error> {
    if row.try_get_raw(name)?.is_null() {
        return Ok(Value::Null(kind));
    }
    Ok(match kind {
        Kind::Uuid => Value::Uuid(row.try_get(name)?),
        Kind::Text => Value::Text(row.try_get(name)?),
        Kind::Int => Value::Int(row.try_get(name)?),
        Kind::Bool => Value::Bool(row.try_get(name)?),
        Kind::Date => Value::Date(row.try_get(name)?),
        Kind::Time => {
            let time: chrono::DateTime<chrono::Utc> = row.try_get(name)?;
            Value::Time(Timestamp::from_unix(time.timestamp()))
        }
        Kind::Json => Value::Json(row.try_get(name)?),
        Kind::Bytes => Value::Bytes(row.try_get(name)?),
    })
}

macro_rules! column {
    ($($type:ty, $kind:ident;)*) => { $(
        impl Column for $type {
            const KIND: Kind = Kind::$kind;
            fn from_value(value: Value) -> Result<Self> {
                match value {
                    Value::$kind(inner) => Ok(inner.into()),
                    other => Err(unexpected(Kind::$kind, &other)),
                }
            }
        }
    )* };
}

column! {
    Uuid, Uuid;
    String, Text;
    i64, Int;
    bool, Bool;
    Date, Date;
    Timestamp, Time;
    serde_json::Value, Json;
    Vec<u8>, Bytes;
}

impl Column for money::Rial {
    const KIND: Kind = Kind::Int;
    fn from_value(value: Value) -> Result<Self> {
        i64::from_value(value).map(money::Rial::new)
    }
}

impl<T: Column> Column for Option<T> {
    const KIND: Kind = T::KIND;
    fn from_value(value: Value) -> Result<Self> {
        match value {
            Value::Null(_) => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// The error for a value of another kind than the caller asked for.
fn unexpected(kind: Kind, found: &Value) -> Error {
    match found {
        Value::Null(_) => Error::other(format!("expected {kind:?}, found NULL")),
        _ => Error::other(format!("expected {kind:?}, found another kind")),
    }
}
