//! The cities side by side.

pub(crate) mod api;
mod city_views;
mod compare;
mod months;
pub(crate) mod pages;
mod parts;
mod queries;
mod sheet;
mod table_views;
mod views;

use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

pub use compare::{Comparison, NoSum, Sum, comparison};
pub use months::{Month, months};
pub use queries::{board, figures};

db::text_enum! {
    /// How a city's definition of a figure stands to ours. Only the same is compared.
    #[schemars(rename = "DefinitionStanding")]
    pub enum Meaning {
        /// The same version in the same words.
        Same = "same",
        /// A version we do not have yet.
        Newer = "newer",
        /// A version we have replaced.
        Older = "older",
        /// Our version in other words.
        Reworded = "reworded",
        /// A figure we do not know.
        Unknown = "unknown",
    }
}

/// A figure as it can be chosen and compared.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its code.
    pub code: String,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// What is counted.
    pub unit: String,
    /// Our version and the digest of its wording; none for a figure only cities know.
    pub ours: Option<Ours>,
}

/// What a figure means here.
#[derive(Clone, Debug)]
pub struct Ours {
    /// Our version.
    pub version: i64,
    /// Digest of its wording.
    pub wording: String,
    /// Meaning in Persian.
    pub meaning_fa: String,
    /// Meaning in English.
    pub meaning_en: String,
}

impl Figure {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }

    /// Its meaning in a language; empty where only cities know it.
    pub fn meaning(&self, lang: Lang) -> &str {
        match (&self.ours, lang) {
            (Some(ours), Lang::Fa) => &ours.meaning_fa,
            (Some(ours), Lang::En) => &ours.meaning_en,
            (None, _) => "",
        }
    }

    /// How a definition stands to ours.
    pub fn stands(&self, version: i64, wording: &str) -> Meaning {
        let Some(ours) = &self.ours else {
            return Meaning::Unknown;
        };
        match version.cmp(&ours.version) {
            std::cmp::Ordering::Less => Meaning::Older,
            std::cmp::Ordering::Greater => Meaning::Newer,
            std::cmp::Ordering::Equal if wording != ours.wording => Meaning::Reworded,
            std::cmp::Ordering::Equal => Meaning::Same,
        }
    }
}

/// A city's newest number of a figure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "CityValue")]
pub struct Cell {
    /// Code of the figure.
    pub figure: String,
    /// What is counted.
    pub unit: String,
    /// The day it holds for.
    pub as_of: Date,
    /// The number; null when it is hidden or there is none.
    pub amount: Option<i64>,
    /// So few people stand behind it that the city does not tell it.
    pub is_hidden: bool,
    /// Version of the city's definition.
    pub version: i64,
    /// How that definition stands to ours.
    pub meaning: Meaning,
}

/// A city with what it sent last.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ObservedCity")]
pub struct CityBoard {
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Day of its newest document; null when nothing ever came.
    pub day: Option<Date>,
    /// SHA-256 of that document.
    pub digest: Option<String>,
    /// Its numbers are those of an invented city.
    pub is_invented: bool,
    /// Its newest numbers.
    pub values: Vec<Cell>,
}

impl CityBoard {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }

    /// Its newest number of a figure.
    pub fn of(&self, figure: &str) -> Option<&Cell> {
        self.values.iter().find(|cell| cell.figure == figure)
    }
}
