//! Products: what is sold, from its first photo to its approval.

pub(crate) mod api;
mod commands;
mod forms;
pub(crate) mod mine;
pub(crate) mod pages;
pub mod public;
mod queries;
mod views;

use contacts::ContactId;
use db::{FromRow, Reason};
use money::Rial;
use organizations::OrganizationId;
use persian::{Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use commands::{
    ApproveProduct, ChangeProduct, CreateProduct, RetireProduct, ReturnProduct, SetPrice,
    SubmitProduct,
};
pub use queries::{
    Event, Filter, Price, by_code, events, get_product, is_for_sale, list, list_of, prices,
    unsellable,
};

pub(crate) use queries::{keep_writer, may_see};
pub(crate) use views::state as state_tag;
pub use views::{unit_price, you_receive};

use crate::photos::PhotoId;

db::id!(
    /// A product.
    pub ProductId
);

db::text_enum! {
    /// Where a product's file stands.
    pub enum ProductState {
        /// Being written.
        Draft = "draft",
        /// Waits for a product officer.
        Submitted = "submitted",
        /// May be received and sold; its page is public.
        Approved = "approved",
        /// Something is to be mended first.
        ReturnedForFix = "returned_for_fix",
        /// No longer made.
        Retired = "retired",
    }
}

db::text_enum! {
    /// What one of it is called.
    pub enum SaleUnit {
        /// عدد
        Piece = "piece",
        /// جفت
        Pair = "pair",
        /// دست
        Set = "set",
        /// بسته
        Pack = "pack",
        /// شیشه
        Jar = "jar",
        /// کیلو
        Kilogram = "kilogram",
    }
}

/// Something the next state demands is missing; `what` names it.
pub const PRODUCT_INCOMPLETE: Reason = Reason::new("product_incomplete", 422);
/// Who entered a product does not approve it.
pub const SAME_HAND: Reason = Reason::new("same_hand", 403);
/// The product is not in a state that allows this.
pub const PRODUCT_STATE: Reason = Reason::new("product_state", 409);
/// No hygiene licence of the maker holds today.
pub const NO_HYGIENE_LICENCE: Reason = Reason::new("no_hygiene_licence", 409);
/// A field is longer than it may be, or a figure is out of its bounds.
pub const PRODUCT_FIELD: Reason = Reason::new("product_field", 422);
/// There is no such category or tax class.
pub const CATEGORY_UNKNOWN: Reason = Reason::new("category_unknown", 422);

/// A product's file.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its number on labels.
    pub number: i64,
    /// What its address and people call it: the number in Latin digits.
    pub code: String,
    /// Who makes it.
    pub contact_id: ContactId,
    /// The body that entered it; none when the maker did herself.
    pub organization_id: Option<OrganizationId>,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English; may be empty.
    pub name_en: String,
    /// Its category's code.
    pub category_code: Option<String>,
    /// What the public reads.
    pub description: String,
    /// What the shopper pays for one, tax included.
    pub price: Option<Rial>,
    /// What one of it is called.
    pub sale_unit: SaleUnit,
    /// Its tax class.
    pub tax_class: Option<String>,
    /// Food asks for more.
    pub is_food: bool,
    /// What it is made of.
    pub materials: String,
    /// Net weight or volume, in words.
    pub weight: String,
    /// Ingredients with allergens.
    pub ingredients: String,
    /// How to keep it.
    pub storage: String,
    /// The hygiene number its label carries.
    pub hygiene_number: String,
    /// How many the maker says are ready.
    pub ready_count: i64,
    /// The photo shown.
    pub photo_id: Option<PhotoId>,
    /// Where its file stands.
    pub state: ProductState,
    /// Why it was sent back or retired; may be empty.
    pub state_note: String,
    /// Who of the staff wrote last in it.
    pub entered_by: Option<Uuid>,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When it was approved.
    pub approved_at: Option<Timestamp>,
    /// Counts changes of the file.
    pub version: i64,
}

impl Product {
    /// Its name in a language; Persian where no English one was given.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }

    /// True while the file can be written in.
    pub fn is_open(&self) -> bool {
        matches!(
            self.state,
            ProductState::Draft | ProductState::Submitted | ProductState::ReturnedForFix
        )
    }

    /// What is still needed before it can be submitted, as message keys `product-{…}`.
    pub fn missing(&self) -> Vec<&'static str> {
        let needs = [
            (self.name_fa.is_empty(), "name"),
            (self.photo_id.is_none(), "photo"),
            (self.price.is_none(), "price"),
            (self.category_code.is_none(), "category"),
            (self.tax_class.is_none(), "tax-class"),
        ];
        needs
            .into_iter()
            .filter_map(|(is_missing, what)| is_missing.then_some(what))
            .collect()
    }

    /// What is still needed before it can be approved: the same, and for food its label items.
    pub fn missing_for_approval(&self) -> Vec<&'static str> {
        let mut missing = self.missing();
        if self.is_food {
            let needs = [
                (self.hygiene_number.is_empty(), "hygiene-number"),
                (self.weight.is_empty(), "weight"),
                (self.ingredients.is_empty(), "ingredients"),
                (self.storage.is_empty(), "storage"),
            ];
            missing.extend(
                needs
                    .into_iter()
                    .filter_map(|(is_missing, what)| is_missing.then_some(what)),
            );
        }
        missing
    }
}

/// What a person can say about a product; empty texts and `None` are allowed in a draft.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ProductFacts {
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    #[serde(default)]
    pub name_en: String,
    /// Its category's code.
    #[serde(default)]
    pub category_code: Option<String>,
    /// Its tax class; without one the category's own is taken.
    #[serde(default)]
    pub tax_class: Option<String>,
    /// What the public reads.
    #[serde(default)]
    pub description: String,
    /// What the shopper pays for one, tax included.
    #[serde(default)]
    pub price: Option<Rial>,
    /// What one of it is called.
    pub sale_unit: SaleUnit,
    /// What it is made of.
    #[serde(default)]
    pub materials: String,
    /// Net weight or volume.
    #[serde(default)]
    pub weight: String,
    /// Ingredients with allergens.
    #[serde(default)]
    pub ingredients: String,
    /// How to keep it.
    #[serde(default)]
    pub storage: String,
    /// The hygiene number its label carries.
    #[serde(default)]
    pub hygiene_number: String,
    /// How many are ready.
    #[serde(default)]
    pub ready_count: i64,
}

/// The most letters of why a file was sent back or ended.
pub(crate) const LONGEST_REASON: usize = 500;
/// The highest price of one: a hundred billion toman.
const HIGHEST_PRICE: Rial = Rial::new(1_000_000_000_000);

/// True for what can be the price of one.
pub(crate) fn is_price(price: Rial) -> bool {
    price > Rial::ZERO && price <= HIGHEST_PRICE
}

impl ProductFacts {
    /// Texts as they are kept: cleaned of what no keyboard types.
    pub(crate) fn cleaned(mut self) -> Self {
        for text in [
            &mut self.name_fa,
            &mut self.name_en,
            &mut self.materials,
            &mut self.weight,
            &mut self.ingredients,
            &mut self.storage,
            &mut self.hygiene_number,
        ] {
            *text = persian::clean(text);
        }
        self
    }

    /// Refuses, at its field, what is longer or larger than it may be.
    pub(crate) fn check(&self) -> db::Result<()> {
        let texts = [
            ("name_fa", &self.name_fa, 120),
            ("name_en", &self.name_en, 120),
            ("description", &self.description, 1_000),
            ("materials", &self.materials, 300),
            ("weight", &self.weight, 60),
            ("ingredients", &self.ingredients, 500),
            ("storage", &self.storage, 200),
            ("hygiene_number", &self.hygiene_number, 40),
        ];
        for (field, text, most) in texts {
            if text.chars().count() > most || text.contains('\0') {
                return PRODUCT_FIELD.at(field);
            }
        }
        if self.price.is_some_and(|price| !is_price(price)) {
            return PRODUCT_FIELD.at("price");
        }
        match (0..=100_000).contains(&self.ready_count) {
            true => Ok(()),
            false => PRODUCT_FIELD.at("ready_count"),
        }
    }
}

impl Default for ProductFacts {
    fn default() -> Self {
        Self {
            name_fa: String::new(),
            name_en: String::new(),
            category_code: None,
            tax_class: None,
            description: String::new(),
            price: None,
            sale_unit: SaleUnit::Piece,
            materials: String::new(),
            weight: String::new(),
            ingredients: String::new(),
            storage: String::new(),
            hygiene_number: String::new(),
            ready_count: 0,
        }
    }
}

impl From<&Product> for ProductFacts {
    fn from(product: &Product) -> Self {
        Self {
            name_fa: product.name_fa.clone(),
            name_en: product.name_en.clone(),
            category_code: product.category_code.clone(),
            tax_class: product.tax_class.clone(),
            description: product.description.clone(),
            price: product.price,
            sale_unit: product.sale_unit,
            materials: product.materials.clone(),
            weight: product.weight.clone(),
            ingredients: product.ingredients.clone(),
            storage: product.storage.clone(),
            hygiene_number: product.hygiene_number.clone(),
            ready_count: product.ready_count,
        }
    }
}
