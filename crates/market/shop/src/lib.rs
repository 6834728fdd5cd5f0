#![doc = include_str!("../README.md")]

pub mod catalogue;

use access::Room;

web::words!();

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "shop",
        words: &WORDS,
        routes: catalogue::pages::routes(),
        nav: vec![],
        permissions: vec![],
        reasons: vec![],
        jobs: vec![],
    }
}
