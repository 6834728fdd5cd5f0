//! What a person agreed to, on paper.

use serde::Serialize;

use super::{Fact, Letterhead, Printed, Signatory, Template};
use crate::codes::QrCode;

/// Every consent that holds, read to the person and signed by her or by her guardian.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConsentSheet {
    /// The body that keeps her record.
    pub letterhead: Letterhead,
    /// Her public code.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Name, code, guardian.
    pub facts: Vec<Fact>,
    /// What was read to her, a sentence each.
    pub body: Vec<String>,
    /// To what she agreed.
    pub lines: Vec<ConsentLine>,
    /// Who signs.
    pub signatories: Vec<Signatory>,
    /// Opens her record.
    pub qr: QrCode,
    /// What the code does.
    pub qr_note: String,
}

impl Printed for ConsentSheet {
    const TEMPLATE: Template = Template::ConsentSheet;
}

/// One consent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConsentLine {
    /// To what.
    pub purpose: String,
    /// Which bodies it lets see; may be empty.
    pub bodies: String,
    /// The day it was given.
    pub given_on: String,
    /// The last day it holds.
    pub valid_until: String,
    /// How it was given.
    pub evidence: String,
}
