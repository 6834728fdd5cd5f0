use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The unit an amount is written in. Stored amounts are always rials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "MoneyUnit")]
pub enum Unit {
    /// The legal unit.
    Rial,
    /// Ten rials, the unit of speech.
    Toman,
}

impl Unit {
    /// Rials in one of this unit.
    pub const fn rials(self) -> i64 {
        match self {
            Self::Rial => 1,
            Self::Toman => 10,
        }
    }

    /// The unit a word names: «تومان», «تومن», «ریال», `toman`, `IRR`.
    pub fn named(word: &str) -> Option<Self> {
        match persian::fold(word).as_str() {
            "تومان" | "تومن" | "تومانی" | "ت" | "toman" | "tomans" | "irt" => {
                Some(Self::Toman)
            }
            "ریال" | "ریالی" | "ر" | "rial" | "rials" | "irr" => Some(Self::Rial),
            _ => None,
        }
    }
}
