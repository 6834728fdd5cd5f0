//! Papers of money: receipt, statement, payout sheet.

use serde::Serialize;

use super::{Fact, Letterhead, Printed, Signatory, Template};
use crate::codes::QrCode;

/// What kind of receipt this is; its heading says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    /// A sale.
    Sale,
    /// Goods brought back.
    Return,
    /// Printed again.
    Copy,
}

/// The buyer's receipt, 80 mm or 58 mm roll.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Receipt {
    /// Sale, return or copy.
    pub kind: ReceiptKind,
    /// Shop name.
    pub shop: String,
    /// Address and phone; may be empty.
    pub contact: String,
    /// Receipt number of the device's series.
    pub number: String,
    /// Date and time as printed.
    pub date: String,
    /// Cashier, register, tax number and such; may be empty.
    pub facts: Vec<Fact>,
    /// The goods.
    pub lines: Vec<ReceiptLine>,
    /// Sum before discount, discount, tax and such; may be empty.
    pub amounts: Vec<Fact>,
    /// What is to be paid, with its unit.
    pub total: String,
    /// How it was paid, and the change.
    pub tenders: Vec<Fact>,
    /// Opens the receipt or the return page.
    pub qr: Option<QrCode>,
    /// Closing lines.
    pub footer: Vec<String>,
}

impl Printed for Receipt {
    const TEMPLATE: Template = Template::Receipt;
}

/// One line of a receipt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReceiptLine {
    /// Product.
    pub name: String,
    /// Maker and neighbourhood; may be empty.
    pub maker: String,
    /// Quantity.
    pub quantity: String,
    /// Price of one.
    pub unit_price: String,
    /// Sum of the line.
    pub amount: String,
}

/// What a maker sold in a period, what was taken from it, what is hers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// Who settles.
    pub letterhead: Letterhead,
    /// Statement number.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Maker, period, account and such.
    pub facts: Vec<Fact>,
    /// Unit of every amount in the table, for example «تومان».
    pub unit: String,
    /// Balance brought forward.
    pub opening: String,
    /// The sales.
    pub lines: Vec<StatementLine>,
    /// Sum of prices.
    pub total_price: String,
    /// Sum of commissions.
    pub total_commission: String,
    /// Sum of what is hers.
    pub total_net: String,
    /// Every other entry of the period: tax, levy, payouts, corrections.
    pub entries: Vec<Fact>,
    /// Balance at the end.
    pub closing: String,
    /// The same in words; may be empty.
    pub closing_words: String,
    /// Digest of a sealed statement; empty before sealing.
    pub seal: String,
    /// Opens the record.
    pub qr: Option<QrCode>,
    /// What the code does; empty without a code.
    pub qr_note: String,
}

impl Printed for Statement {
    const TEMPLATE: Template = Template::Statement;
}

/// One sale on a statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementLine {
    /// Day.
    pub date: String,
    /// Shop or fair.
    pub shop: String,
    /// Product and quantity.
    pub item: String,
    /// What the buyer paid.
    pub price: String,
    /// What the shop keeps.
    pub commission: String,
    /// What is hers.
    pub net: String,
}

/// Payments over a counter, each against a signature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayoutSheet {
    /// Who pays.
    pub letterhead: Letterhead,
    /// Batch number.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Place, opening hours, cashier and such.
    pub facts: Vec<Fact>,
    /// Who receives.
    pub lines: Vec<PayoutLine>,
    /// Sum, with its unit.
    pub total: String,
    /// The sum in words.
    pub total_words: String,
    /// Who prepared, who approved, who paid.
    pub signatories: Vec<Signatory>,
}

impl Printed for PayoutSheet {
    const TEMPLATE: Template = Template::PayoutSheet;
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PayoutLine {
    /// Receiver; a proxy is named in the note.
    pub name: String,
    /// Statement or maker code.
    pub reference: String,
    /// Amount with its unit.
    pub amount: String,
    /// Amount in words.
    pub amount_words: String,
    /// For example the proxy's name and letter; may be empty.
    pub note: String,
}
