#![doc = include_str!("../README.md")]

mod checks;
pub mod document;
pub mod own;
pub mod registry;
pub mod shown;
pub mod signing;
pub mod taken;

pub use checks::checks;
pub use document::{Document, Signed};
pub use own::{SetLink, SignStatistics};
pub use registry::{KeepCity, KeepList, SetKey};
pub use taken::{Standing, TakeDocument, Taken, Way};

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Sees what this city has signed, signs and sends it.
pub const STATISTICS_SIGN: Permission =
    Permission::new("statistics.sign", &[Role::Administrator, Role::Secretary]);

/// Keeps the list of cities, their keys, and this city's own place in the list.
pub const OBSERVATORY_KEEP: Permission =
    Permission::new("observatory.keep", &[Role::Administrator]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "observatory",
        words: &WORDS,
        routes: shown::pages::routes()
            .merge(shown::api::routes())
            .merge(registry::pages::routes())
            .merge(registry::api::routes())
            .merge(taken::pages::routes())
            .merge(taken::api::routes())
            .merge(own::pages::routes())
            .merge(own::api::routes()),
        nav: vec![NavEntry {
            key: "nav-observatory",
            href: "/observatory",
            need: Need::May(&indicators::FIGURE_READ),
            order: 63,
        }],
        permissions: vec![&STATISTICS_SIGN, &OBSERVATORY_KEEP],
        reasons: vec![
            &own::LINK_MISSING,
            &own::LINK_WRONG,
            &own::NOTHING_PUBLISHED,
            &own::OBSERVATORY_SILENT,
            &registry::CITY_CODE_WRONG,
            &registry::CITY_NAME_MISSING,
            &registry::LIST_WRONG,
            &registry::KEY_WRONG,
            &registry::KEY_USED,
            &registry::KEY_REASON_MISSING,
            &taken::DOCUMENT_MALFORMED,
            &taken::DOCUMENT_CITY_UNKNOWN,
            &taken::DOCUMENT_SIGNATURE_BROKEN,
            &taken::DOCUMENT_KEY_FOREIGN,
            &taken::DOCUMENT_AHEAD,
            &taken::DOCUMENT_INVENTED,
            &document::CELL_TOO_SMALL,
        ],
        jobs: vec![(indicators::statistics::CHANGED, own::sign_and_send)],
    }
}

#[cfg(test)]
mod tests;
