#![doc = include_str!("../README.md")]

mod delivery;
mod notices;
mod sign_in_codes;
pub mod simulator;
pub mod texts;

use access::{NavEntry, Need, Room};

pub use notices::{
    GiveUpOld, Kept, Notice, NoticeState, NoticeWay, RetryNotice, To, list_for, seal_phone, send,
};

// words: nav-* reason-*
web::words!();

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[db::Sealed::new("notice", "phone_sealed").named("phone")];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "notices",
        words: &WORDS,
        routes: notices::pages::routes().merge(notices::api::routes()),
        nav: vec![NavEntry {
            key: "nav-notices",
            href: "/notices",
            need: Need::May(&notices::READ),
            order: 65,
        }],
        permissions: vec![&notices::READ],
        reasons: vec![&notices::NOT_FAILED],
        jobs: vec![
            ("send_notice", delivery::send_notice),
            ("ask_notice_state", delivery::ask_notice_state),
            ("send_sign_in_code", sign_in_codes::send_sign_in_code),
            ("tell_payee_changed", sign_in_codes::tell_payee_changed),
        ],
    }
}

#[cfg(test)]
mod tests;
