#![doc = include_str!("../README.md")]

mod check;
mod clock;
mod conn;
pub mod dump;
mod error;
mod id;
mod keys;
mod many;
mod migrate;
mod open;
mod origin;
mod query;
mod row;
mod schema;
mod server;
mod sqlite;
mod stats;
mod text_enum;
mod tx;
mod value;
mod write;

pub use check::{Check, Fault, Rule, prove};
pub use clock::Clock;
pub use conn::Conn;
pub use db_derive::FromRow;
pub use error::{Error, Reason, Refusal, Result};
pub use keys::{Keys, KeysFault, Lookup, Part, Sealed, SealedText, count as count_sealed, reseal};
pub use many::{insert_many, update_many};
pub use migrate::{Migration, is_empty, migrate, pending, require, schema_version};
pub use open::{Db, Engine, first_id};
pub use origin::Origin;
pub use query::{Query, sql};
pub use row::{Column, FromRow, Row};
pub use schema::{Table, tables};
pub use server::on_server;
pub use sqlite::sqlite_file;
pub use stats::Stats;
pub use tx::Tx;
pub use value::{Kind, Value};
pub use write::{Answer, Write};

#[doc(hidden)]
pub mod macros {
    //! What the macros of this crate need at their place of use.
    pub use schemars;
    pub use serde;
    pub use uuid::Uuid;
}
