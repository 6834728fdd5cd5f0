//! The cities that are compared, and whose signature is believed.

pub(crate) mod api;
mod commands;
mod list;
pub(crate) mod pages;
mod queries;
mod views;

use db::Reason;
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

pub(crate) use commands::add_key;
pub use commands::{KeepCity, KeepList, SetKey};
pub use list::{Entry, List};
pub(crate) use queries::is_key_known;
pub use queries::{cities, city, key_of, keys_of};

/// A code is small Latin letters, digits and dashes.
pub const CITY_CODE_WRONG: Reason = Reason::new("city_code_wrong", 422);
/// A city has a name in both languages, and an address only of the web.
pub const CITY_NAME_MISSING: Reason = Reason::new("city_name_missing", 422);
/// The list has the same code twice, or none at all.
pub const LIST_WRONG: Reason = Reason::new("city_list_wrong", 422);
/// A public key is 64 hexadecimal digits.
pub const KEY_WRONG: Reason = Reason::new("city_key_wrong", 422);
/// The key was set before, here or for another city.
pub const KEY_USED: Reason = Reason::new("city_key_used", 409);
/// A key that is set says why.
pub const KEY_REASON_MISSING: Reason = Reason::new("city_key_reason_missing", 422);

db::text_enum! {
    /// How many people live in a city, roughly.
    #[schemars(rename = "PopulationBand")]
    pub enum Band {
        /// Fewer than a million.
        Under1m = "under_1m",
        /// One to three millions.
        From1m = "from_1m",
        /// Three millions or more.
        Over3m = "over_3m",
    }
}

/// A city of the list.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "Metropolis")]
pub struct City {
    /// Its code.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// How many people live there; null when nobody said.
    pub band: Option<Band>,
    /// Where its own statistics are; may be empty.
    pub address: String,
    /// Its entry is of the sample list.
    pub is_sample: bool,
    /// It is compared now.
    pub is_listed: bool,
    /// The public key whose signature is believed; null before one was set.
    pub public_key: Option<String>,
    /// Day on which its first document came; null when none did.
    pub connected_on: Option<Date>,
}

impl City {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// A key of a city and how it came.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "MetropolisKey")]
pub struct CityKey {
    /// The public key in hexadecimal.
    pub public_key: String,
    /// `set` by the administrator, or by `succession`: the key before signed it.
    pub way: String,
    /// Why it was set; empty for a succession.
    pub reason: String,
    /// When.
    pub set_at: Timestamp,
}
