//! Figures: what each means, its number, and the list that makes it.

pub(crate) mod api;
mod breakdowns;
mod cells;
mod cursor;
pub(crate) mod pages;
mod queries;
mod sources;
pub(crate) mod views;

use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

pub use breakdowns::Breakdown;
pub use cells::{Counted, cells, number_of, table};
pub(crate) use cells::{is_mean, month_key, rounded};
pub use cursor::Place;
pub(crate) use pages::By;
pub use queries::{breakdowns, definition, definitions, is_known, list, measure, number, told};
pub(crate) use sources::within;
pub use sources::{CODES, Measure};
pub use views::{amount, amount_text, told as shown, told_text};
pub(crate) use views::{cell_name, percent};

/// The figure cannot be told by this.
pub const BREAKDOWN_NOT_OF_FIGURE: db::Reason = db::Reason::new("breakdown_not_of_figure", 422);

db::text_enum! {
    /// What a figure counts.
    #[schemars(rename = "FigureUnit")]
    pub enum Unit {
        /// People.
        People = "people",
        /// Cases.
        Cases = "cases",
        /// Referral legs.
        Legs = "legs",
        /// Whole days.
        Days = "days",
        /// Products.
        Products = "products",
        /// Pieces of goods.
        Pieces = "pieces",
        /// Rials.
        Rial = "rial",
        /// Shops.
        Shops = "shops",
        /// Pilots.
        Pilots = "pilots",
        /// Centres and workshops.
        Places = "places",
        /// Lines of packages.
        Packages = "packages",
        /// Hundredths of a per cent.
        BasisPoints = "basis_points",
    }
}

/// What a figure means, in the version that holds.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "FigureDefinition")]
pub struct Definition {
    /// Its code.
    pub code: String,
    /// Which version of its meaning.
    pub version: i64,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// Meaning in Persian.
    pub definition_fa: String,
    /// Meaning in English.
    pub definition_en: String,
    /// How it is counted, for those who check.
    pub formula: String,
    /// What is counted.
    pub unit: Unit,
    /// Where its rows come from.
    pub source: String,
    /// Whose work it tells of: `care`, `market` or `council`.
    pub owner: String,
    /// Cells with fewer people are hidden in tables.
    pub smallest_cell: i64,
    /// First day of this version.
    pub valid_from: Date,
}

impl Definition {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        by_lang(lang, &self.name_fa, &self.name_en)
    }

    /// Its meaning in a language.
    pub fn meaning(&self, lang: Lang) -> &str {
        by_lang(lang, &self.definition_fa, &self.definition_en)
    }
}

pub(crate) fn by_lang<'a>(lang: Lang, fa: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fa => fa,
        Lang::En => en,
    }
}

/// One row of the list that makes a figure. No names: codes only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "FigureRow")]
pub struct Item {
    /// The record counted. Never told: a product's or a contact's opens a public page.
    #[serde(skip)]
    pub id: Uuid,
    /// Code of the case, or of the thing that is counted.
    pub code: String,
    /// Number of the leg, or where a pilot stands; may be empty.
    pub detail: String,
    /// What it adds: 1 in a count, days in a median.
    pub amount: i64,
    /// Of how much, in a ratio.
    pub whole: Option<i64>,
}

/// A figure's number as it may be told to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The number; none of nothing, and none when it is hidden.
    pub amount: Option<i64>,
    /// So few people stand behind it that it is not told.
    pub is_hidden: bool,
}

/// A figure in one cell, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "FigureCell")]
pub struct Cell {
    /// Code of the region, group or body; `1405-09` of a month; empty where it is not known.
    pub key: String,
    /// Its name in Persian; empty for regions, genders and months.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The number; none when it may not be shown.
    pub amount: Option<i64>,
    /// How many different people stand behind it; none when it may not be shown.
    pub subjects: Option<i64>,
    /// So few people stand behind it, or behind its neighbour, that it is not told.
    pub is_hidden: bool,
}

/// A figure cell by cell, as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "FigureTable")]
pub struct Table {
    /// What it is told by.
    pub breakdown: Breakdown,
    /// Cells with fewer people are hidden.
    pub smallest_cell: i64,
    /// The cells in order.
    pub cells: Vec<Cell>,
    /// The number for the city; none when it may not be shown or there is none.
    pub total: Option<i64>,
    /// Some cell was hidden.
    pub is_cut: bool,
}
