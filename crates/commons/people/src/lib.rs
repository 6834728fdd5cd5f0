#![doc = include_str!("../README.md")]

mod checks;
pub mod duplicates;
pub mod groups;
pub mod households;
pub mod import;
mod machine;
pub mod papers;
pub mod persons;
pub mod reference;
pub mod search;
mod shown;

pub use checks::checks;
pub use persons::{
    ConsentGiven, CorrectPerson, Education, Evidence, Gender, Identity, NationalCodeFact,
    NewPerson, NoCodeReason, Person, PersonFacts, PersonId, RecordConsent, RegisterPerson,
    contact_of, create, find_by_code, find_by_contact, find_by_national_code, get, name,
    national_code,
};

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Somebody with this national code is registered already.
pub const NATIONAL_CODE_TAKEN: db::Reason = db::Reason::new("national_code_taken", 409);

/// Somebody else saved a change while the form was open.
pub const CHANGED_MEANWHILE: db::Reason = db::Reason::new("person_changed_meanwhile", 412);

/// Looks for people; only those the viewer's body holds a grant on are shown.
pub const SEARCH: Permission = Permission::new(
    "person.search",
    &[Role::CaseWorker, Role::Supervisor, Role::Helper],
);

/// Opens the record of a person the viewer's body holds a grant on.
pub const READ: Permission = Permission::new(
    "person.read",
    &[Role::CaseWorker, Role::Supervisor, Role::Helper],
);

/// Registers people with their consent.
pub const REGISTER: Permission =
    Permission::new("person.register", &[Role::CaseWorker, Role::Supervisor]);

/// Corrects records and target groups.
pub const CORRECT: Permission =
    Permission::new("person.correct", &[Role::CaseWorker, Role::Supervisor]);

/// Brings lists in and repairs what was refused.
pub const IMPORT: Permission =
    Permission::new("person.import", &[Role::CaseWorker, Role::Supervisor]);

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[
    db::Sealed::new("person", "national_code_sealed")
        .named("national_code")
        .found_by("national_code_hash", "national_code"),
    db::Sealed::new("person", "income_sealed").named("income"),
    db::Sealed::new("person", "notes_sealed").named("notes"),
    db::Sealed::new("person_group", "reason_sealed").named("reason"),
    db::Sealed::new("identity_document", "number_sealed").named("number"),
    db::Sealed::new("household", "address_sealed").named("address"),
    db::Sealed::new("household_member", "name_sealed").named("name"),
    db::Sealed::new("import_batch", "content"),
    db::Sealed::new("import_row", "cells_sealed").named("cells"),
];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "people",
        words: &WORDS,
        routes: search::pages::routes()
            .merge(search::api::routes())
            .merge(persons::pages::routes())
            .merge(persons::record::routes())
            .merge(persons::consent_pages::routes())
            .merge(persons::api::routes())
            .merge(import::store::pages::routes())
            .merge(import::store::api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-people",
                href: "/people",
                need: Need::May(&SEARCH),
                order: 12,
            },
            NavEntry {
                key: "nav-import",
                href: "/people/import",
                need: Need::May(&IMPORT),
                order: 13,
            },
        ],
        permissions: vec![&SEARCH, &READ, &REGISTER, &CORRECT, &IMPORT],
        reasons: vec![
            &NATIONAL_CODE_TAKEN,
            &CHANGED_MEANWHILE,
            &groups::GROUP_UNKNOWN,
            &households::HEAD_TAKEN,
            &households::LIVES_ELSEWHERE,
            &import::store::FILE_UNREADABLE,
            &import::store::NO_LIST,
            &import::store::ROW_SETTLED,
            &import::store::ALREADY_STARTED,
        ],
        jobs: vec![(import::store::RUN_IMPORT, import::store::job)],
    }
}

#[cfg(test)]
mod tests;
