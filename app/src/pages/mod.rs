//! Pages that show several rooms side by side.

mod me;
mod start;

use access::{NavEntry, Need, Room, Routes};

// words: nav-*
web::words!();

/// The door of the assembled pages.
pub fn room() -> Room {
    Room {
        name: "zanjireh",
        words: &WORDS,
        routes: Routes::new()
            .get("/", Need::Public, start::show)
            .merge(me::routes()),
        nav: vec![NavEntry {
            key: "nav-me",
            href: "/me",
            need: Need::Person,
            order: 1,
        }],
        permissions: vec![],
        reasons: vec![],
        jobs: vec![],
    }
}
