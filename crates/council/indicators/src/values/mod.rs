//! Dated values: figures as they were published. Nothing is changed; a correction is added.

pub(crate) mod api;
mod commands;
pub(crate) mod month;
pub(crate) mod pages;
mod queries;

use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::figures::Told;

pub use commands::{CORRECTED, CorrectValue, PublishValues, REASON_MISSING, TakeValues};
pub use queries::{count, history};

/// A figure of a day and region, to be published.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewValue {
    /// The figure's code.
    pub code: String,
    /// The version of its definition.
    pub version: i64,
    /// The region; empty for the whole city.
    pub region: String,
    /// The number; none for a median of nothing.
    pub amount: Option<i64>,
    /// People behind it.
    pub subjects: i64,
}

/// A published value of the whole city.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "PublishedValue")]
pub struct Published {
    /// Its id.
    pub id: Uuid,
    /// The day it holds for.
    pub as_of: Date,
    /// The version of the definition it was counted by.
    pub version: i64,
    /// The number; none when it is hidden.
    pub amount: Option<i64>,
    /// People behind it.
    #[serde(skip)]
    pub subjects: i64,
    /// So few people stand behind it that the reader is not told.
    pub is_hidden: bool,
    /// The value it corrects.
    pub corrects_id: Option<Uuid>,
    /// Why it was corrected; empty for a first value.
    pub reason: String,
    /// A later value corrects it.
    pub is_corrected: bool,
    /// When it was published.
    pub taken_at: Timestamp,
}

impl Published {
    /// As it may be told.
    pub fn told(&self) -> Told {
        Told {
            amount: self.amount,
            is_hidden: self.is_hidden,
        }
    }
}
