//! Minutes of a committee.

use serde::Serialize;

use super::{Letterhead, Printed, Signatory, Template};
use crate::codes::QrCode;

/// Minutes of a meeting: who came, what became of the last resolutions, what
/// was resolved now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Minutes {
    /// The committee's secretariat.
    pub letterhead: Letterhead,
    /// Committee and which of its meetings.
    pub title: String,
    /// Number of the minutes.
    pub number: String,
    /// Date as printed.
    pub date: String,
    /// Hours, from and until.
    pub time: String,
    /// Place.
    pub place: String,
    /// Who was called.
    pub attendees: Vec<Attendee>,
    /// Agenda, in order.
    pub agenda: Vec<String>,
    /// Resolutions of earlier meetings.
    pub earlier: Vec<EarlierResolution>,
    /// Paragraphs on the talks; may be empty.
    pub notes: Vec<String>,
    /// New resolutions.
    pub resolutions: Vec<NewResolution>,
    /// Who sign.
    pub signatories: Vec<Signatory>,
    /// Opens the record.
    pub qr: Option<QrCode>,
    /// What the code does; empty without a code.
    pub qr_note: String,
}

impl Printed for Minutes {
    const TEMPLATE: Template = Template::Minutes;
}

/// A member or guest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attendee {
    /// Role in the committee.
    pub role: String,
    /// Body.
    pub organization: String,
    /// Shown name.
    pub name: String,
    /// Present, absent, deputy: as a word.
    pub presence: String,
}

/// A resolution of an earlier meeting and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EarlierResolution {
    /// Number.
    pub number: String,
    /// Text.
    pub text: String,
    /// Responsible body.
    pub organization: String,
    /// Days since.
    pub elapsed: String,
    /// Answer, or a word for silence.
    pub answer: String,
}

/// A resolution of this meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NewResolution {
    /// Number.
    pub number: String,
    /// Text.
    pub text: String,
    /// Responsible body.
    pub organization: String,
    /// Deadline as printed.
    pub due: String,
    /// What will prove it done.
    pub evidence: String,
}
