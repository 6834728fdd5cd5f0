//! Figures on paper.

use serde::Serialize;

use super::{Letterhead, Printed, Template};
use crate::codes::QrCode;

/// What the programme publishes, for the press: no number without its definition and its day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PressSheet {
    /// The city.
    pub letterhead: Letterhead,
    /// What the sheet is.
    pub title: String,
    /// The day it was printed.
    pub date: String,
    /// The figures, in order.
    pub figures: Vec<PressFigure>,
    /// Opens the public statistics.
    pub qr: Option<QrCode>,
    /// What the code does.
    pub qr_note: String,
}

impl Printed for PressSheet {
    const TEMPLATE: Template = Template::PressSheet;
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PressFigure {
    /// Its name.
    pub name: String,
    /// Its number with the unit, or a word for a hidden one.
    pub amount: String,
    /// What it means.
    pub meaning: String,
    /// The day it holds for.
    pub date: String,
}
