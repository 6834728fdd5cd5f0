//! The public register of places and supporters: what everybody may know of where the programme
//! happens, region by region, on a map of tiles.

mod api;
pub(crate) mod pages;
mod queries;
mod sheet;
#[cfg(test)]
mod tests;
mod views;

use db::FromRow;
use organizations::places::Hours;
use organizations::{PlaceId, PlaceKind, ProfileKind};
use persian::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use queries::{Region, list, regions, supporters};

/// A place that everybody may know of. Only places that were opened to the public are here, so
/// no centre whose purpose would tell something of those who are seen at its door.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "PublicPlace")]
pub struct Listed {
    /// Its id.
    #[serde(skip)]
    pub id: PlaceId,
    /// Its code: the end of its page's address.
    pub code: String,
    /// Its sort.
    pub kind: PlaceKind,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// The municipal region.
    pub region: i64,
    /// Street address, in Persian; may be empty.
    pub address: String,
    /// What is made or done there; may be empty.
    pub trade: String,
    /// Whose it is, in Persian.
    pub body_fa: String,
    /// Whose it is, in English.
    pub body_en: String,
}

impl Listed {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }

    /// Whose it is, in a language.
    pub fn body(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.body_fa,
            Lang::En => &self.body_en,
        }
    }
}

/// A supporter that agreed to be named.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "PublicSupporter")]
pub struct Supporter {
    /// Its code.
    pub code: String,
    /// Who it is.
    pub kind: ProfileKind,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

impl Supporter {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// What the address asks for; an odd value asks for nothing.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
pub(crate) struct Asked {
    /// Only this region.
    #[serde(default)]
    pub region: String,
    /// Only this sort.
    #[serde(default)]
    pub kind: String,
}

impl Asked {
    fn region(&self) -> Option<i64> {
        persian::latin_digits(self.region.trim()).parse().ok()
    }

    fn kind(&self) -> Option<PlaceKind> {
        self.kind.parse().ok()
    }
}

/// A place with its hours, as machines get it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PublicPlaceFile")]
pub(crate) struct Opened {
    #[serde(flatten)]
    pub place: Listed,
    /// When it is open; days that are missing are closed, and none means it is not told.
    pub hours: Vec<Hours>,
}
