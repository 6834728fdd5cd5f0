//! The person: a human being the programme knows.

pub(crate) mod api;
mod commands;
mod consent;
pub(crate) mod consent_pages;
mod consent_paper;
pub(crate) mod drafts;
mod facts;
pub(crate) mod forms;
pub(crate) mod pages;
pub(crate) mod queries;
pub(crate) mod record;
mod record_views;
mod views;

use contacts::ContactId;
use db::FromRow;
use organizations::OrganizationId;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

pub use crate::import::Gender;
pub use commands::{CorrectPerson, RecordConsent, RegisterPerson};
pub use consent::{ConsentGiven, Evidence};
pub(crate) use facts::derived;
pub use facts::{NationalCodeFact, NewPerson, PersonFacts, code_of, contact_id_of};
pub use queries::{
    contact_of, create, find_by_code, find_by_contact, find_by_national_code, get, name,
    national_code, sealed_facts,
};

db::id! {
    /// A person.
    pub PersonId
}

db::text_enum! {
    /// How sure we are of the national code.
    pub enum Identity {
        /// Compared with the card or by inquiry.
        Verified = "verified",
        /// Typed, with a right check digit.
        Unverified = "unverified",
        /// There is none, for a reason.
        None = "none",
    }
}

db::text_enum! {
    /// Why there is no national code.
    pub enum NoCodeReason {
        /// Has no document yet.
        NoDocument = "no_document",
        /// The document was lost.
        Lost = "lost",
        /// Citizen of another country.
        ForeignNational = "foreign_national",
        /// The birth was never registered.
        BirthNotRegistered = "birth_not_registered",
        /// Nobody asked, or it was not told.
        NotGiven = "not_given",
    }
}

db::text_enum! {
    /// The highest schooling.
    pub enum Education {
        /// Cannot read.
        None = "none",
        /// Reads and writes.
        Literacy = "literacy",
        /// Primary school.
        Primary = "primary",
        /// Lower secondary school.
        LowerSecondary = "lower_secondary",
        /// Diploma.
        Diploma = "diploma",
        /// Bachelor or associate degree.
        Bachelor = "bachelor",
        /// Master or more.
        MasterOrMore = "master_or_more",
    }
}

/// A person as kept, without what is sealed.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Person {
    /// Her id; grants about her are written under it.
    pub id: PersonId,
    /// Public code without meaning: `P-…`.
    pub code: String,
    /// Her contact.
    pub contact_id: ContactId,
    /// The body that registered her.
    pub organization_id: OrganizationId,
    /// As typed.
    pub first_name: String,
    /// As typed.
    pub last_name: String,
    /// As typed; may be empty.
    pub father_name: String,
    /// Day of birth; the first of the year when only that is known.
    pub birth_on: Option<Date>,
    /// Only the year is known.
    pub is_birth_approximate: bool,
    /// Gender.
    pub gender: Option<Gender>,
    /// Number of the municipal region.
    pub region: Option<i64>,
    /// How many depend on her.
    pub dependants: Option<i64>,
    /// Field of work, when it is on the list.
    pub field_code: Option<String>,
    /// Field of work in words.
    pub field_words: String,
    /// Schooling.
    pub education: Option<Education>,
    /// How sure the national code is.
    pub identity: Identity,
    /// Why there is none.
    pub no_code_reason: Option<NoCodeReason>,
    /// Last four digits of the national code; empty without one.
    pub national_code_last4: String,
    /// Guardian or companion who is a person here.
    pub guardian_person_id: Option<PersonId>,
    /// Guardian or companion who is only a contact.
    pub guardian_contact_id: Option<ContactId>,
    /// Counts changes; a form that was open while another saved is told so.
    pub version: i64,
    /// When she was registered.
    pub made_at: Timestamp,
    /// The last change.
    pub changed_at: Timestamp,
}

impl Person {
    /// First and last name as typed.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }

    /// First letters alone: all that somebody without a grant is told.
    pub fn initials(&self) -> String {
        let letter = |name: &str| name.chars().find(|c| c.is_alphabetic());
        let letters: Vec<String> = [letter(&self.first_name), letter(&self.last_name)]
            .into_iter()
            .flatten()
            .map(|c| format!("{c}."))
            .collect();
        letters.join(" ")
    }
}
