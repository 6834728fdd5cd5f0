//! Papers as values: which template, in which language, with which words.
//!
//! Every text arrives ready to print (digits, dates and amounts already in
//! the reader's language). Only the fixed headings live with the template.

mod consents;
mod dossiers;
mod figures;
mod goods;
mod letters;
mod meetings;
mod money;
mod slips;

pub use consents::{ConsentLine, ConsentSheet};
pub use dossiers::{Dossier, DossierAction, DossierCommitment, DossierReminder, DossierResolution};
pub use figures::{PressFigure, PressSheet};
pub use goods::{FoodFacts, GoodsReceipt, GoodsReceiptLine, Label, LabelSheet};
pub use letters::{Certificate, IntroductionLetter, Letter};
pub use meetings::{Attendee, EarlierResolution, Minutes, NewResolution};
pub use money::{
    PayoutLine, PayoutSheet, Receipt, ReceiptKind, ReceiptLine, Statement, StatementLine,
};
pub use slips::SignInSlip;

use persian::Lang;
use serde::Serialize;

/// A paper before it is drawn: a `paper::Press` turns it into PDF or pictures.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Which paper this is.
    pub template: Template,
    /// Language of the fixed headings, and with it the direction of the page.
    pub lang: Lang,
    /// The words to print, as the template reads them.
    pub data: serde_json::Value,
    /// Name offered when the paper is saved, without extension.
    pub file_name: String,
}

/// The papers the programme prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Template {
    /// معرفی‌نامه: a person introduced to another body.
    IntroductionLetter,
    /// What a person agreed to, for her signature.
    ConsentSheet,
    /// A letter between bodies, also the cover of a week's files.
    Letter,
    /// A course certificate that anyone can verify.
    Certificate,
    /// A sheet of adhesive product labels.
    LabelSheet,
    /// The buyer's receipt on roll paper.
    Receipt,
    /// What a maker sold, what was taken, what is hers.
    Statement,
    /// Minutes of a committee's meeting.
    Minutes,
    /// What became of an article, on one page.
    Dossier,
    /// What a shop took over from a maker.
    GoodsReceipt,
    /// A one-time sign-in code for a person without a phone.
    SignInSlip,
    /// Payments at a counter, each against a signature.
    PayoutSheet,
    /// The programme's figures for the press, each with its definition.
    PressSheet,
}

impl Template {
    /// Every template, in a fixed order.
    pub const ALL: [Template; 13] = [
        Template::IntroductionLetter,
        Template::ConsentSheet,
        Template::Letter,
        Template::Certificate,
        Template::LabelSheet,
        Template::Receipt,
        Template::Statement,
        Template::Minutes,
        Template::Dossier,
        Template::GoodsReceipt,
        Template::SignInSlip,
        Template::PayoutSheet,
        Template::PressSheet,
    ];

    /// Name of the template's file, without extension.
    pub const fn name(self) -> &'static str {
        match self {
            Template::IntroductionLetter => "introduction-letter",
            Template::ConsentSheet => "consent-sheet",
            Template::Letter => "letter",
            Template::Certificate => "certificate",
            Template::LabelSheet => "label-sheet",
            Template::Receipt => "receipt",
            Template::Statement => "statement",
            Template::Minutes => "minutes",
            Template::Dossier => "dossier",
            Template::GoodsReceipt => "goods-receipt",
            Template::SignInSlip => "sign-in-slip",
            Template::PayoutSheet => "payout-sheet",
            Template::PressSheet => "press-sheet",
        }
    }
}

/// The words of one kind of paper.
pub trait Printed: Serialize + Sized {
    /// The template these words are for.
    const TEMPLATE: Template;

    /// The paper in `lang`, to be saved as `file_name` (no extension).
    fn paper(&self, lang: Lang, file_name: impl Into<String>) -> Paper {
        Paper {
            template: Self::TEMPLATE,
            lang,
            // Structs of strings and lists always serialise; were one not to,
            // the empty value makes the rendering fail by name.
            data: serde_json::to_value(self).unwrap_or_default(),
            file_name: file_name.into(),
        }
    }
}

/// Who sends the paper; printed at its head.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Letterhead {
    /// Name of the body, for example the empowerment centre.
    pub organization: String,
    /// Line under it: programme or city.
    pub programme: String,
    /// Address and phone, printed at the foot; may be empty.
    pub contact: String,
}

/// One labelled value, such as «کد پرونده: ۱۲۳».
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// Its value, ready to print.
    pub value: String,
}

impl Fact {
    /// A labelled value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// Someone who signs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Signatory {
    /// Shown name; empty when it is written by hand.
    pub name: String,
    /// Role under the name.
    pub role: String,
}
