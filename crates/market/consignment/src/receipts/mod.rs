//! Goods receipts and the lots they make.

pub(crate) mod api;
mod commands;
mod forms;
pub(crate) mod pages;
mod papers;
mod queries;
mod views;

use contacts::ContactId;
use db::{FromRow, Reason};
use makers::ProductId;
use money::Rial;
use organizations::PlaceId;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use commands::ReceiveGoods;
pub use papers::{goods_receipt, labels};
pub use queries::{by_code, get, list, list_of, lot, lots};

use crate::agreements::AgreementId;

db::id!(
    /// A goods receipt.
    pub ReceiptId
);
db::id!(
    /// A lot: what was received of one product at one time.
    pub LotId
);

db::text_enum! {
    /// How goods arrived. A shop must look at once: what it does not note, it bears.
    pub enum Condition {
        /// Without visible defect.
        Good = "good",
        /// With a defect that the note describes.
        Defect = "defect",
    }
}

/// The product is not approved, or its licence does not hold today.
pub const PRODUCT_NOT_FOR_SALE: Reason = Reason::new("product_not_for_sale", 409);
/// The product is another maker's.
pub const PRODUCT_OF_ANOTHER: Reason = Reason::new("product_of_another", 409);
/// No agreement of this maker and operator governs today.
pub const NO_AGREEMENT: Reason = Reason::new("no_agreement", 409);
/// Food needs batch, production day and expiry.
pub const FOOD_DATES: Reason = Reason::new("food_dates", 422);
/// The goods expired already.
pub const RECEIVED_EXPIRED: Reason = Reason::new("received_expired", 409);
/// A defect needs words.
pub const DEFECT_NOTE: Reason = Reason::new("defect_note", 422);
/// A text is longer than its field.
pub const TEXT_TOO_LONG: Reason = Reason::new("receipt_text_too_long", 422);
/// A receipt has between one and two hundred lines.
pub const NO_LINES: Reason = Reason::new("no_lines", 422);
/// A count or price is out of its bounds.
pub const LINE_OUT_OF_RANGE: Reason = Reason::new("line_out_of_range", 422);

/// A goods receipt.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Receipt {
    /// Its id.
    pub id: ReceiptId,
    /// The shop.
    pub place_id: PlaceId,
    /// The Jalali year of its number.
    pub jalali_year: i64,
    /// Its number in that shop and year.
    pub number: i64,
    /// The maker.
    pub contact_id: ContactId,
    /// The agreement that governs it.
    pub agreement_id: AgreementId,
    /// The day.
    pub received_on: Date,
    /// Who of the staff took the goods.
    pub received_by: Option<Uuid>,
    /// A remark; may be empty.
    pub note: String,
}

impl Receipt {
    /// `1405/12`, as printed.
    pub fn number_text(&self) -> String {
        format!("{}/{}", self.jalali_year, self.number)
    }
}

/// A lot with what its label and the till need of its product.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Lot {
    /// Its id.
    pub id: LotId,
    /// Its label code.
    pub code: String,
    /// Which product.
    pub product_id: ProductId,
    /// The product's public code.
    pub product_code: String,
    /// The product's name in Persian.
    pub name_fa: String,
    /// The product's name in English; may be empty.
    pub name_en: String,
    /// The maker.
    pub contact_id: ContactId,
    /// The agreement that governs it.
    pub agreement_id: AgreementId,
    /// The operator's share in basis points, as agreed at receipt.
    pub commission_bp: i64,
    /// The receipt that made it.
    pub receipt_id: ReceiptId,
    /// The shop that received it.
    pub place_id: PlaceId,
    /// Its line on the receipt, from 1.
    pub position: i64,
    /// Pieces received.
    pub quantity: i64,
    /// What the shopper pays for one, tax included.
    pub unit_price: Rial,
    /// Batch name; may be empty.
    pub batch: String,
    /// Production day.
    pub produced_on: Option<Date>,
    /// The last day it may be sold.
    pub expires_on: Option<Date>,
    /// How it arrived.
    pub condition: Condition,
    /// The visible defect; empty when there is none.
    pub defect_note: String,
}

impl Lot {
    /// The product's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }
}

/// One line of a receipt to be written.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewLot {
    /// The lot's id, made by the sender.
    pub id: LotId,
    /// Which product.
    pub product_id: ProductId,
    /// Pieces, 1 to 100,000.
    pub quantity: i64,
    /// What the shopper pays for one; the product's price when none is given.
    #[serde(default)]
    pub unit_price: Option<Rial>,
    /// Batch name; food needs one.
    #[serde(default)]
    pub batch: String,
    /// Production day; food needs one.
    #[serde(default)]
    pub produced_on: Option<Date>,
    /// The last day it may be sold; food needs one.
    #[serde(default)]
    pub expires_on: Option<Date>,
    /// How it arrived.
    pub condition: Condition,
    /// The visible defect.
    #[serde(default)]
    pub defect_note: String,
}
