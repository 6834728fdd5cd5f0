//! The catalogue: products that can be bought today and where they lie.

pub(crate) mod pages;
mod queries;
#[cfg(test)]
mod tests;
mod views;

use contacts::ContactId;
use db::FromRow;
use makers::ProductId;
use money::Rial;
use organizations::PlaceId;
use persian::Lang;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

pub use queries::{Filter, list, shops};

/// A product in the window.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Shown {
    /// Its id.
    pub id: ProductId,
    /// Its code: the end of its page's address.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English; may be empty.
    pub name_en: String,
    /// Its category's code.
    pub category: Option<String>,
    /// Its price in rials, tax included.
    pub price: Option<Rial>,
    /// Its photo.
    pub photo_id: Option<Uuid>,
    /// Whose.
    #[serde(skip)]
    pub contact_id: ContactId,
}

impl Shown {
    /// The product's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }
}

/// A shop that has a product on its shelf.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct OnShelf {
    /// The product.
    #[serde(skip)]
    pub product_id: ProductId,
    /// The shop.
    pub place_id: PlaceId,
    /// The shop in Persian.
    pub name_fa: String,
    /// The shop in English.
    pub name_en: String,
    /// Pieces there.
    pub on_hand: i64,
}

impl OnShelf {
    /// The shop's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}
