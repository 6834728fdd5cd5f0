//! Person, household, target groups, identity documents, import, duplicates.

pub mod duplicates;
pub mod groups;
pub mod import;
pub mod persons;
pub mod reference;

pub use persons::{
    CorrectPerson, Education, Gender, Identity, NationalCodeFact, NewPerson, NoCodeReason, Person,
    PersonFacts, PersonId, RegisterPerson, contact_of, create, find_by_code, find_by_contact,
    find_by_national_code, get, name, national_code,
};

web::words!();

/// Somebody with this national code is registered already.
pub const NATIONAL_CODE_TAKEN: db::Reason = db::Reason::new("national_code_taken", 409);

/// Somebody else saved a change while the form was open.
pub const CHANGED_MEANWHILE: db::Reason = db::Reason::new("person_changed_meanwhile", 409);

/// Brings lists in and repairs what was refused.
pub const IMPORT: access::Permission = access::Permission::new(
    "person.import",
    &[access::Role::CaseWorker, access::Role::Supervisor],
);

/// The door of this room.
pub fn room() -> access::Room {
    access::Room {
        name: "people",
        words: &WORDS,
        routes: access::Routes::new(),
        nav: vec![],
        permissions: vec![&IMPORT],
        reasons: vec![],
        jobs: vec![],
    }
}
