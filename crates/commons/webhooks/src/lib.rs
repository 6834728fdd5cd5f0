#![doc = include_str!("../README.md")]

mod address;
mod checks;
mod deliveries;
mod endpoints;
mod events;
mod sending;
pub mod signing;
pub mod simulator;

use access::{NavEntry, Need, Permission, Role, Room};

pub use checks::checks;
pub use events::{Data, EventType, Number, tell};

// words: nav-* reason-*
web::words!();

/// Keeps the endpoints of one's own body and sees what was told to them; the administrator of all.
pub const KEEP: Permission = Permission::new(
    "webhook.keep",
    &[Role::Administrator, Role::Supervisor, Role::PartnerOfficer],
);

/// Jobs that wait for machines of others; see [`jobs::Runner::apart`].
pub const OUTWARD_JOBS: &[&str] = &["deliver_webhooks"];
/// How many of them at the same time.
pub const AT_ONCE: usize = 32;

/// The columns of this room that are sealed: keys are changed by them. Both secrets lie under one
/// name, since the first becomes the second.
pub const SEALED: &[db::Sealed] = &[
    db::Sealed::new("webhook_endpoint", "secret_sealed").named("secret"),
    db::Sealed::new("webhook_endpoint", "previous_sealed").named("secret"),
];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "webhooks",
        words: &WORDS,
        routes: endpoints::pages::routes()
            .merge(endpoints::api::routes())
            .merge(deliveries::pages::routes())
            .merge(deliveries::api::routes()),
        nav: vec![NavEntry {
            key: "nav-webhooks",
            href: "/webhooks",
            need: Need::May(&KEEP),
            order: 92,
        }],
        permissions: vec![&KEEP],
        reasons: vec![
            &address::BAD_URL,
            &address::CLOSED_URL,
            &endpoints::URL_TAKEN,
            &endpoints::NO_EVENTS,
            &endpoints::NOT_ACTIVE,
            &endpoints::IS_ACTIVE,
            &deliveries::STILL_WAITING,
        ],
        jobs: vec![("deliver_webhooks", sending::deliver_webhooks)],
    }
}

#[cfg(test)]
mod tests;
