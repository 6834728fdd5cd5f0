//! Letters between bodies, and certificates.

use serde::Serialize;

use super::{Fact, Letterhead, Printed, Signatory, Template};
use crate::codes::QrCode;

/// معرفی‌نامه: introduces a person to the body that owns the next step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntroductionLetter {
    /// Who sends it.
    pub letterhead: Letterhead,
    /// Number in the sender's register.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Body and unit it goes to.
    pub to: String,
    /// Body and unit it comes from.
    pub from: String,
    /// Subject line.
    pub subject: String,
    /// What the receiver may know of the person, and nothing more.
    pub facts: Vec<Fact>,
    /// Paragraphs.
    pub body: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
    /// Opens the answer page.
    pub qr: QrCode,
    /// What the code does, in a sentence.
    pub qr_note: String,
}

impl Printed for IntroductionLetter {
    const TEMPLATE: Template = Template::IntroductionLetter;
}

/// A letter to another body; with enclosures it is the cover of a parcel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Letter {
    /// Who sends it.
    pub letterhead: Letterhead,
    /// Number in the sender's register.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Body and unit it goes to.
    pub to: String,
    /// Body and unit it comes from.
    pub from: String,
    /// Subject line.
    pub subject: String,
    /// Paragraphs.
    pub body: Vec<String>,
    /// Names of what is enclosed; may be empty.
    pub enclosures: Vec<String>,
    /// Who signs.
    pub signatory: Signatory,
    /// Opens the record of this letter, when it has one.
    pub qr: Option<QrCode>,
    /// What the code does; empty without a code.
    pub qr_note: String,
}

impl Printed for Letter {
    const TEMPLATE: Template = Template::Letter;
}

/// A course certificate whose code opens the public verification page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certificate {
    /// Who grants it.
    pub letterhead: Letterhead,
    /// Certificate number.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Name of the person it is granted to.
    pub person_name: String,
    /// Name of the course.
    pub course: String,
    /// Sentences between the name and the signatures.
    pub body: Vec<String>,
    /// Hours, period, place and such.
    pub facts: Vec<Fact>,
    /// Who sign, one to three.
    pub signatories: Vec<Signatory>,
    /// Opens the verification page.
    pub qr: QrCode,
    /// How to verify, in a sentence.
    pub qr_note: String,
}

impl Printed for Certificate {
    const TEMPLATE: Template = Template::Certificate;
}
