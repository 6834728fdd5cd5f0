//! The sale: goods, money, stock and books in one write.

pub mod api;
pub mod differences;
pub(crate) mod pages;
pub(crate) mod queries;
mod record;

use consignment::LotId;
use contacts::ContactId;
use db::{FromRow, Reason};
use ledger::TenderKind;
use money::Rial;
use organizations::PlaceId;
use persian::{Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use queries::{by_number, get, lines_of, list, tenders_of};
pub(crate) use record::makers_of as record_makers;
pub use record::{RecordSale, Recorded, RecordedLine};

db::id! {
    /// A sale.
    pub SaleId
}
db::id! {
    /// A line of a sale.
    pub SaleLineId
}

/// A sale needs goods.
pub const EMPTY_SALE: Reason = Reason::new("sale_empty", 422);
/// More lines than one sale may have.
pub const TOO_MANY_LINES: Reason = Reason::new("sale_too_many_lines", 422);
/// A quantity is not between one and a hundred thousand.
pub const BAD_QUANTITY: Reason = Reason::new("sale_bad_quantity", 422);
/// An amount is not above zero, or too large for a sale.
pub const BAD_AMOUNT: Reason = Reason::new("sale_bad_amount", 422);
/// No lot has this code.
pub const UNKNOWN_CODE: Reason = Reason::new("sale_unknown_code", 422);
/// The price is not the lot's.
pub const PRICE_CHANGED: Reason = Reason::new("sale_price_changed", 409);
/// What is paid is not what is due.
pub const TENDERS_SHORT: Reason = Reason::new("sale_tenders_short", 422);
/// A card pays no more than is due.
pub const CARD_TOO_MUCH: Reason = Reason::new("sale_card_too_much", 422);
/// This card payment settled another sale.
pub const REFERENCE_USED: Reason = Reason::new("sale_reference_used", 409);
/// The time of the sale lies ahead.
pub const SOLD_AHEAD: Reason = Reason::new("sale_sold_ahead", 422);
/// The time of the sale lies too far back.
pub const SOLD_LONG_AGO: Reason = Reason::new("sale_sold_long_ago", 422);
/// A reference or a reason is longer than its field.
pub const TEXT_TOO_LONG: Reason = Reason::new("sale_text_too_long", 422);
/// The key of the request is not the id of its sale.
pub const KEY_DIFFERS: Reason = Reason::new("sale_key_differs", 422);

/// One line as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SoldLine {
    /// The label's code.
    pub code: String,
    /// Pieces.
    pub quantity: i64,
    /// The price the buyer saw, in rials; the lot's when it is not sent.
    #[serde(default)]
    pub unit_price: Option<Rial>,
}

/// One way of paying as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tendered {
    /// Cash or card.
    pub kind: TenderKind,
    /// Rials handed over; cash may be more than is due.
    pub amount: Rial,
    /// The terminal's reference of a card payment.
    #[serde(default)]
    pub reference: Option<String>,
}

impl Tendered {
    /// The reference as it is compared: digits of any keyboard name the same payment.
    fn clean_reference(&self) -> Option<String> {
        let text = persian::latin_digits(&persian::clean(self.reference.as_deref()?));
        Some(text).filter(|text| !text.is_empty())
    }
}

/// A sale as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Sale {
    /// Its id, made by the sender.
    pub id: SaleId,
    /// `S1-2-1405-000017`.
    pub number: String,
    /// The shop.
    pub place_id: PlaceId,
    /// The body the shop belongs to.
    #[serde(skip)]
    pub organization_id: Uuid,
    /// The shop in Persian.
    #[serde(skip)]
    pub place_fa: String,
    /// The shop in English.
    #[serde(skip)]
    pub place_en: String,
    /// The register's code.
    #[serde(skip)]
    pub register_code: String,
    /// Its place in the register's series of the year.
    #[serde(rename = "sequence")]
    pub counter: i64,
    /// When it happened, by the seller's clock.
    pub sold_at: Timestamp,
    /// When it was recorded here.
    pub recorded_at: Timestamp,
    /// What was due.
    pub total: Rial,
    /// Cash handed over.
    pub cash: Rial,
    /// Paid by card.
    pub card: Rial,
    /// Given back in cash.
    #[serde(rename = "change")]
    pub change_given: Rial,
}

impl Sale {
    /// The shop's name in a language.
    pub fn place(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.place_fa,
            Lang::En => &self.place_en,
        }
    }
}

db::text_enum! {
    /// Where a sale stands; `docs/states/sale.md` draws it.
    pub enum SaleState {
        /// Sold, and nothing came back.
        Recorded = "recorded",
        /// Some of it came back.
        PartlyReturned = "partly_returned",
        /// All of it came back.
        Returned = "returned",
    }
}

impl SaleState {
    /// The state of a sale by its lines.
    pub fn of(lines: &[SaleLine]) -> Self {
        let pieces = |count: fn(&SaleLine) -> i64| lines.iter().map(count).sum::<i64>();
        match pieces(|line| line.returned) {
            0 => Self::Recorded,
            back if back < pieces(|line| line.quantity) => Self::PartlyReturned,
            _ => Self::Returned,
        }
    }
}

/// A line as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct SaleLine {
    /// Its id.
    pub id: SaleLineId,
    /// Its sale.
    pub sale_id: SaleId,
    /// The lot.
    pub lot_id: LotId,
    /// The label's code.
    pub code: String,
    /// Whose goods.
    #[serde(skip)]
    pub contact_id: ContactId,
    /// The maker's first name.
    #[serde(skip)]
    pub maker: String,
    /// The goods in Persian.
    pub item_fa: String,
    /// The goods in English.
    pub item_en: String,
    /// Pieces.
    pub quantity: i64,
    /// Price of one.
    pub unit_price: Rial,
    /// Price of all.
    pub amount: Rial,
    /// Rate of the tax inside it, in basis points.
    pub vat_bp: i64,
    /// The tax inside it.
    pub vat: Rial,
    /// Pieces brought back.
    pub returned: i64,
}

impl SaleLine {
    /// The goods' name in a language.
    pub fn item(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.item_en.is_empty() => &self.item_en,
            _ => &self.item_fa,
        }
    }
}
