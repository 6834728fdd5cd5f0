#![doc = include_str!("../README.md")]

mod checks;
mod contacts;
pub mod earnings;
pub mod payees;
pub mod sign_in;

use access::Room;

pub use checks::checks;
pub use contacts::{
    CHANNEL_DOES_NOT_FIT, ChangePhone, Channel, Contact, ContactId, CreateContact, NO_GUARDIAN,
    NewContact, PHONE_WRONG, PhoneKind, RegisterContact, SealedPhone, by_handle, correct, create,
    create_many, find_by_phone, get, guardian_who_gave, list_behind_phone, list_by_phone, may_see,
    phone, reach, set_phone, set_subject,
};

// words: reason-* nav-*
web::words!();

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[
    db::Sealed::new("contact", "phone_sealed")
        .named("phone")
        .found_by("phone_hash", "phone"),
    db::Sealed::new("payee", "sheba_sealed")
        .named("sheba")
        .found_by("sheba_hash", "sheba"),
    db::Sealed::new("payee", "reason_sealed"),
    db::Sealed::new("payee", "check_reason_sealed"),
];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "contacts",
        words: &WORDS,
        routes: contacts::pages::routes()
            .merge(contacts::new_pages::routes())
            .merge(contacts::api::routes())
            .merge(payees::pages::routes())
            .merge(payees::api::routes())
            .merge(sign_in::routes()),
        nav: vec![access::NavEntry {
            key: "nav-payees",
            href: "/payees",
            need: access::Need::May(&payees::DECIDE),
            order: 60,
        }],
        permissions: vec![
            &contacts::READ,
            &contacts::CHANGE,
            &contacts::REGISTER,
            &payees::PROPOSE,
            &payees::DECIDE,
            &sign_in::PRINT_SLIP,
        ],
        reasons: vec![
            &PHONE_WRONG,
            &CHANNEL_DOES_NOT_FIT,
            &NO_GUARDIAN,
            &payees::SAME_PERSON,
            &payees::ALREADY_DECIDED,
            &payees::CHANGED_MEANWHILE,
            &payees::REASON_NEEDED,
            &payees::CHECK_REASON_NEEDED,
            &payees::ACCOUNT_NEEDED,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
