//! Person, household, target groups, identity documents, import, duplicates.

pub mod groups;
pub mod import;
pub mod persons;

pub use persons::{
    Education, Gender, Identity, NationalCodeFact, NewPerson, NoCodeReason, Person, PersonFacts,
    PersonId, contact_of, create, find_by_contact, find_by_national_code, get, name, national_code,
};

web::words!();

/// Somebody with this national code is registered already.
pub const NATIONAL_CODE_TAKEN: db::Reason = db::Reason::new("national_code_taken", 409);
