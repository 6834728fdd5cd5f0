//! The dossier of an article: one page on what became of it.

use serde::Serialize;

use super::{Fact, Letterhead, Printed, Template};
use crate::codes::QrCode;

/// What an article says, who carries it out, and how far they have come.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dossier {
    /// The body that prints it and the ordinance.
    pub letterhead: Letterhead,
    /// The article and its heading.
    pub title: String,
    /// The article's lasting address.
    pub number: String,
    /// As of which day.
    pub date: String,
    /// Number, days and version.
    pub facts: Vec<Fact>,
    /// The wording that holds, a paragraph each.
    pub wording: Vec<String>,
    /// What is done for it.
    pub actions: Vec<DossierAction>,
    /// What partners promised for it.
    pub commitments: Vec<DossierCommitment>,
    /// What was decided under it.
    pub resolutions: Vec<DossierResolution>,
    /// The figures it is measured by: name, number and day.
    pub figures: Vec<Fact>,
    /// The reminders about it.
    pub reminders: Vec<DossierReminder>,
    /// Its wordings, newest first, a line each.
    pub versions: Vec<String>,
    /// Opens the article's page.
    pub qr: Option<QrCode>,
    /// What the code does; empty without a code.
    pub qr_note: String,
}

impl Printed for Dossier {
    const TEMPLATE: Template = Template::Dossier;
}

/// An action of the plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierAction {
    /// Its name.
    pub name: String,
    /// The responsible body.
    pub organization: String,
    /// Its last day.
    pub due: String,
    /// Milestones done, of how many.
    pub milestones: String,
    /// Where it stands, as a word.
    pub state: String,
}

/// What a partner promised.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierCommitment {
    /// What.
    pub name: String,
    /// The partner.
    pub organization: String,
    /// Its last day.
    pub due: String,
    /// Delivered, of how many.
    pub delivered: String,
}

/// A resolution that cites the article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierResolution {
    /// Its number.
    pub number: String,
    /// What was decided.
    pub text: String,
    /// The responsible body.
    pub organization: String,
    /// Its deadline.
    pub due: String,
    /// Where it stands, as a word.
    pub state: String,
}

/// A reminder about the article.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DossierReminder {
    /// Its number.
    pub number: String,
    /// What it asks.
    pub text: String,
    /// The last day for an answer.
    pub due: String,
    /// The day of the answer, or a word for silence.
    pub answer: String,
}
