use persian::{Date, Timestamp};
use uuid::Uuid;

/// The kinds of value both engines store alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 16 bytes.
    Uuid,
    /// UTF-8 text.
    Text,
    /// `bigint`.
    Int,
    /// true or false.
    Bool,
    /// A civil day.
    Date,
    /// UTC, whole seconds.
    Time,
    /// An object or a list, read whole.
    Json,
    /// Bytes.
    Bytes,
}

/// One stored value. The set is closed: what is not here cannot reach a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL of a kind; PostgreSQL wants to know which.
    Null(Kind),
    /// See [`Kind::Uuid`].
    Uuid(Uuid),
    /// See [`Kind::Text`].
    Text(String),
    /// See [`Kind::Int`].
    Int(i64),
    /// See [`Kind::Bool`].
    Bool(bool),
    /// See [`Kind::Date`].
    Date(Date),
    /// See [`Kind::Time`].
    Time(Timestamp),
    /// See [`Kind::Json`].
    Json(serde_json::Value),
    /// See [`Kind::Bytes`].
    Bytes(Vec<u8>),
}

macro_rules! into_value {
    ($($from:ty => |$v:ident| $value:expr;)*) => { $(
        impl From<$from> for Value { fn from($v: $from) -> Self { $value } }
    )* };
}

into_value! {
    Uuid => |v| Value::Uuid(v);
    String => |v| Value::Text(v);
    &str => |v| Value::Text(v.to_owned());
    &String => |v| Value::Text(v.clone());
    i64 => |v| Value::Int(v);
    bool => |v| Value::Bool(v);
    Date => |v| Value::Date(v);
    Timestamp => |v| Value::Time(v);
    serde_json::Value => |v| Value::Json(v);
    Vec<u8> => |v| Value::Bytes(v);
    money::Rial => |v| Value::Int(v.get());
}

impl<T: crate::Column + Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null(T::KIND), Into::into)
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        value.map_or(Value::Null(Kind::Text), Into::into)
    }
}
