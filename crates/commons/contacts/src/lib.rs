#![doc = include_str!("../README.md")]

mod contacts;
pub mod earnings;
pub mod payees;

use access::Room;

pub use contacts::{
    ChangePhone, Channel, Contact, ContactId, CreateContact, NewContact, PhoneKind, SealedPhone,
    by_handle, create, find_by_phone, get, list_by_phone, may_see, phone, reach, set_phone,
    set_subject,
};

web::words!();

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "contacts",
        words: &WORDS,
        routes: access::Routes::new(),
        nav: vec![],
        permissions: vec![&contacts::READ, &payees::PROPOSE, &payees::DECIDE],
        reasons: vec![
            &payees::SAME_PERSON,
            &payees::ALREADY_DECIDED,
            &payees::CHANGED_MEANWHILE,
            &payees::REASON_NEEDED,
            &payees::ACCOUNT_NEEDED,
        ],
        jobs: vec![],
    }
}
