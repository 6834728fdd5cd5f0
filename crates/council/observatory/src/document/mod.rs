//! The signed document: a city's published figures of a day, as everybody may read them.

mod canonical;
mod cells;
mod form;

use indicators::Definition;
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

pub use canonical::canonical;
pub use cells::{CELL_TOO_SMALL, small_cell};
pub use form::{is_city_code, is_hex};

/// What a document says it is; another form would have another number.
pub const KIND: &str = "zanjireh-statistics/1";

/// The largest signed document taken, in bytes.
pub const LARGEST: usize = 1024 * 1024;

/// A city's published figures. Nothing in it tells of a person: codes, days, numbers of the public
/// statistics, and the names of figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StatisticsDocument")]
pub struct Document {
    /// `zanjireh-statistics/1`.
    pub kind: String,
    /// Whose figures these are.
    pub city: CityName,
    /// They are of an invented city, for a demonstration.
    pub is_invented: bool,
    /// The newest day of its figures.
    pub day: Date,
    /// Its number in the city's chain, from 1.
    pub number: i64,
    /// SHA-256 of the document before, in hexadecimal; null for the first.
    pub previous: Option<String>,
    /// Version of the program that counted.
    pub program: String,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The figures, in the city's order.
    pub figures: Vec<SignedFigure>,
}

/// The city a document speaks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StatisticsCity")]
pub struct CityName {
    /// Its code in the national list.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
}

/// One figure as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedFigure {
    /// Code of its definition.
    pub code: String,
    /// Version of its definition.
    pub version: i64,
    /// SHA-256 of the definition's wording, in hexadecimal.
    pub wording: String,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// What is counted: `people`, `rial`, `basis_points`, …
    pub unit: String,
    /// Cells with fewer people are hidden.
    pub smallest_cell: i64,
    /// The day it holds for.
    pub as_of: Date,
    /// The number; null when it is hidden or there is none.
    pub amount: Option<i64>,
    /// So few people stand behind it that it is not told.
    pub is_hidden: bool,
    /// It stands in the place of another number.
    pub is_corrected: bool,
    /// Region by region, where that is published.
    pub regions: Vec<SignedRegion>,
}

/// A figure in one region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedRegion {
    /// The region's code.
    pub region: String,
    /// The number; null when it is hidden or there is none.
    pub amount: Option<i64>,
    /// People behind it; null when that is not told.
    pub people: Option<i64>,
    /// So few people stand behind it, or behind its neighbour, that it is not told.
    pub is_hidden: bool,
}

/// A document with its signature: what travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SignedStatistics")]
pub struct Signed {
    /// The document; its canonical text is signed.
    pub document: Document,
    /// Ed25519 public key it is signed with, in hexadecimal.
    pub key: String,
    /// Ed25519 signature of the canonical text, in hexadecimal.
    pub signature: String,
    /// How the city came from its first key to this one, oldest first.
    pub successions: Vec<Succession>,
}

/// A new key, signed by the one before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "KeySuccession")]
pub struct Succession {
    /// What is signed.
    pub statement: Statement,
    /// Signature of its canonical text by the old key, in hexadecimal.
    pub signature: String,
}

/// «From now on I sign with this key.»
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "KeyStatement")]
pub struct Statement {
    /// `zanjireh-statistics-key/1`.
    pub kind: String,
    /// The city's code.
    pub code: String,
    /// The key before.
    pub old_key: String,
    /// The new key.
    pub new_key: String,
    /// When it was first used.
    pub at: Timestamp,
}

impl Statement {
    /// What a statement says it is.
    pub const KIND: &str = "zanjireh-statistics-key/1";
}

impl Signed {
    /// Reads a file; none when it is no signed document.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        (bytes.len() <= LARGEST).then_some(())?;
        serde_json::from_slice(bytes).ok()
    }
}

impl SignedFigure {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn digest(text: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// The digest of what a definition says: two cities with the same one counted the same thing.
pub fn wording(definition: &Definition) -> db::Result<String> {
    let said = serde_json::json!({
        "code": definition.code,
        "version": definition.version,
        "definition_fa": definition.definition_fa,
        "definition_en": definition.definition_en,
        "formula": definition.formula,
        "unit": definition.unit,
    });
    Ok(digest(&canonical(&said)?))
}
