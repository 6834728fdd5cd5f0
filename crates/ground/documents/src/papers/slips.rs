//! Small slips handed to a person.

use serde::Serialize;

use super::{Letterhead, Printed, Template};
use crate::codes::QrCode;

/// A sign-in code on A6 paper, for a person without a phone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignInSlip {
    /// The centre that hands it out.
    pub letterhead: Letterhead,
    /// Name she is called by.
    pub person_name: String,
    /// The code, as it is to be typed.
    pub code: String,
    /// Until when it works.
    pub valid_until: String,
    /// Address of the page, as it is to be typed.
    pub address: String,
    /// Steps, one short sentence each.
    pub steps: Vec<String>,
    /// Opens the sign-in page.
    pub qr: QrCode,
    /// A word of care, for example not to show it to others.
    pub warning: String,
}

impl Printed for SignInSlip {
    const TEMPLATE: Template = Template::SignInSlip;
}
