#![doc = include_str!("../README.md")]

pub mod catalogue;
pub mod places;

use access::Room;

web::words!();

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "shop",
        words: &WORDS,
        routes: catalogue::pages::routes().merge(places::pages::routes()),
        nav: vec![],
        permissions: vec![],
        reasons: vec![],
        jobs: vec![],
    }
}
