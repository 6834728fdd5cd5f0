//! Pages that show several rooms side by side.

mod levels;
mod me;
pub mod setup;
pub(crate) mod start;

use access::{NavEntry, Need, Permission, Role, Room, Routes};

// words: nav-*
web::words!();

/// Sets a city up: sees what is missing, brings in staff and opening stock.
pub const SETUP: Permission = Permission::new("city.set_up", &[Role::Administrator]);

/// The door of the assembled pages.
pub fn room() -> Room {
    Room {
        name: "zanjireh",
        words: &WORDS,
        routes: Routes::new()
            .get("/", Need::Public, start::show)
            .merge(me::routes())
            .merge(levels::routes())
            .merge(setup::routes()),
        nav: vec![
            NavEntry {
                key: "nav-me",
                href: "/me",
                need: Need::Person,
                order: 1,
            },
            NavEntry {
                key: "nav-levels",
                href: "/levels",
                need: Need::May(&casework::CASE_READ),
                order: 22,
            },
            NavEntry {
                key: "nav-setup",
                href: "/setup",
                need: Need::May(&SETUP),
                order: 95,
            },
        ],
        permissions: vec![&SETUP],
        reasons: vec![&setup::SETUP_CODE, &setup::SETUP_DONE],
        jobs: vec![(crate::upkeep::KIND, crate::upkeep::purge)],
    }
}
