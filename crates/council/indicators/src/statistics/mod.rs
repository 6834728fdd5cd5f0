//! Public statistics: what was published last, with its definition, region by region, small cells
//! hidden. A fixed table: nobody can ask it anything else.

pub(crate) mod api;
mod changed;
pub(crate) mod pages;
mod paper;
mod queries;
mod sheet;
mod views;

use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;

pub use changed::CHANGED;
pub(crate) use changed::changed;
pub(crate) use queries::days_told;
pub use queries::{published, tiles};

use crate::figures::{Cell, Definition, Told};

/// A figure as it was published last.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PublishedFigure")]
pub struct Figure {
    /// What it meant when it was published.
    pub definition: Definition,
    /// The day it holds for.
    pub as_of: Date,
    /// The number for the city; none when it may not be shown or there is none.
    pub amount: Option<i64>,
    /// So few people stand behind it that it is not told.
    pub is_hidden: bool,
    /// Why it stands in the place of another number; empty for one that was never corrected.
    pub correction: String,
    /// Region by region.
    pub regions: Vec<Cell>,
}

impl Figure {
    /// As it may be told.
    pub fn told(&self) -> Told {
        Told {
            amount: self.amount,
            is_hidden: self.is_hidden,
        }
    }
}

/// Where a region lies on the map of tiles: row and column, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// The region's number.
    pub region: i64,
    /// From the north.
    pub row: i64,
    /// From the west.
    pub column: i64,
}
