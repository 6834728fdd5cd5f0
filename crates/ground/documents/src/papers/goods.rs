//! Papers of goods: labels and the receipt a maker takes home.

use serde::Serialize;

use super::{Fact, Letterhead, Printed, Signatory, Template};
use crate::codes::{BarCode, QrCode};

/// Product labels on A4 adhesive sheets: 24 of 70 × 37 mm, or, as soon as one
/// label has food facts, 10 of 105 × 57 mm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelSheet {
    /// Places at the start of the first sheet that are already used up.
    pub skip: usize,
    /// The labels, in order.
    pub labels: Vec<Label>,
}

impl Printed for LabelSheet {
    const TEMPLATE: Template = Template::LabelSheet;
}

/// One label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Label {
    /// Product name.
    pub product: String,
    /// Price with its unit.
    pub price: String,
    /// Maker's first name.
    pub maker: String,
    /// Maker's neighbourhood; may be empty.
    pub neighbourhood: String,
    /// For the scanner; its text is printed under it.
    pub barcode: BarCode,
    /// The typed form of the label code, in groups.
    pub code: String,
    /// Opens the product's public page.
    pub qr: QrCode,
    /// Required for food.
    pub food: Option<FoodFacts>,
}

/// What a food label must say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FoodFacts {
    /// Batch name.
    pub batch: String,
    /// Production day as printed.
    pub produced_on: String,
    /// Last day of use as printed.
    pub expires_on: String,
    /// Ingredients with allergens, in one line.
    pub ingredients: String,
    /// Net weight or volume.
    pub weight: String,
    /// Hygiene licence number (سیب سلامت or house licence).
    pub hygiene_id: String,
    /// How to keep it.
    pub storage: String,
}

/// Goods a shop took over from a maker, signed by both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoodsReceipt {
    /// The shop.
    pub letterhead: Letterhead,
    /// Receipt number.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Shop, maker, agreement, commission and such.
    pub facts: Vec<Fact>,
    /// The goods.
    pub lines: Vec<GoodsReceiptLine>,
    /// Sum of pieces.
    pub total_quantity: String,
    /// A remark; may be empty.
    pub note: String,
    /// Who hands over and who takes.
    pub signatories: Vec<Signatory>,
    /// Opens the record.
    pub qr: QrCode,
    /// What the code does.
    pub qr_note: String,
}

impl Printed for GoodsReceipt {
    const TEMPLATE: Template = Template::GoodsReceipt;
}

/// One line of a goods receipt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoodsReceiptLine {
    /// Product.
    pub item: String,
    /// Lot.
    pub lot: String,
    /// Pieces.
    pub quantity: String,
    /// Price of one.
    pub price: String,
    /// What the maker receives of one.
    pub maker_share: String,
    /// Condition on arrival; may be empty.
    pub condition: String,
}
