#![doc = include_str!("../README.md")]

mod notices;

use access::Room;

pub use notices::{Kept, Notice, NoticeState, To, list_for, seal_phone, send};

web::words!();

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "notices",
        words: &WORDS,
        routes: access::Routes::new(),
        nav: vec![],
        permissions: vec![],
        reasons: vec![],
        jobs: vec![],
    }
}
