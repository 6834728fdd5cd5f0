//! Pages that show several rooms side by side.

mod start;

use access::{Need, Room, Routes};

// words: nav-*
web::words!();

/// The door of the assembled pages.
pub fn room() -> Room {
    Room {
        name: "zanjireh",
        words: &WORDS,
        routes: Routes::new().get("/", Need::Public, start::show),
        nav: vec![],
        permissions: vec![],
        reasons: vec![],
        jobs: vec![],
    }
}
