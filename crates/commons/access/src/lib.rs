#![doc = include_str!("../README.md")]

mod ask;
pub mod audit;
#[cfg(feature = "cast")]
pub mod cast;
mod checks;
pub mod consents;
pub mod contract;
pub mod drafts;
mod draw;
pub mod emergencies;
pub mod grants;
pub mod layers;
pub mod links;
pub mod network;
mod permission;
mod preferences;
mod problems;
mod rate;
mod role;
mod room;
mod routes;
pub mod sessions;
pub mod users;
mod viewer;

pub use ask::Ask;
pub use checks::{check_heads, checks};
pub use contract::{Answer, IfMatch, Key, Limit, List, Made, Nothing, Since};
pub use links::{FreshLink, LinkKind};
pub use permission::{Need, Permission};
pub use problems::GENERAL;
pub use rate::{Rate, count_try, purge};
pub use role::Role;
pub use room::{NavEntry, Room, Site};
pub use routes::{Route, Routes};
pub use viewer::{Viewer, Who};

// words: reason-*
web::words!();

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[
    db::Sealed::new("user_account", "totp_secret"),
    db::Sealed::new("draft", "content").in_json(),
    db::Sealed::new("emergency_access", "reason_sealed"),
];
/// The record has changed since it was read.
pub const STALE: db::Reason = db::Reason::new("stale", 412);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "access",
        words: &WORDS,
        routes: sessions::pages::routes()
            .merge(audit::pages::routes())
            .merge(emergencies::routes())
            .merge(sessions::own::routes())
            .merge(drafts::routes())
            .merge(users::pages::routes())
            .merge(preferences::routes())
            .merge(problems::routes()),
        nav: vec![
            NavEntry {
                key: "nav-audit",
                href: "/audit",
                need: Need::May(&audit::READ),
                order: 90,
            },
            NavEntry {
                key: "nav-password",
                href: "/account/password",
                need: Need::Staff,
                order: 99,
            },
        ],
        permissions: vec![&audit::READ, &emergencies::OPEN],
        reasons: vec![
            &sessions::BAD_CREDENTIALS,
            &sessions::BAD_CODE,
            &sessions::SECOND_FACTOR_MISSING,
            &users::USERNAME_TAKEN,
            &users::PASSWORD_SHORT,
            &grants::CONSENT_OVER,
            &emergencies::TOO_OFTEN,
            &users::PASSWORD_WRONG,
            &users::PASSWORD_DIFFERS,
            &STALE,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
