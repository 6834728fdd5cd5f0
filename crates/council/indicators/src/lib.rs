#![doc = include_str!("../README.md")]

pub mod chain;
mod checks;
pub mod figures;
pub mod ranges;
pub mod reference;
pub mod reports;
pub mod saved;
pub mod statistics;
pub mod suppression;
pub mod targets;
pub mod values;

pub use checks::checks;
pub use figures::{
    Breakdown, Cell, Definition, Item, Table, Told, Unit, definition, definitions, is_known, list,
    number, table, told,
};
pub use ranges::{Outside, Range, SetRange};
pub use reports::{EndSchedule, MakeReport, ScheduleReport};
pub use saved::{KeepView, LetViewGo};
pub use targets::SetTarget;
pub use values::{CorrectValue, PublishValues, TakeValues};

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Sees figures, their definitions and the chain.
pub const FIGURE_READ: Permission = Permission::new(
    "figure.read",
    &[
        Role::Secretary,
        Role::Chair,
        Role::CommitteeMember,
        Role::Observer,
        Role::CommissionExpert,
        Role::Supervisor,
        Role::Administrator,
        Role::Auditor,
    ],
);

/// Opens a figure down to its list of codes.
pub const FIGURE_LIST: Permission = Permission::new(
    "figure.list",
    &[
        Role::Secretary,
        Role::Chair,
        Role::Observer,
        Role::CommissionExpert,
    ],
);

/// Publishes figures and corrects what was published.
pub const FIGURE_PUBLISH: Permission = Permission::new("figure.publish", &[Role::Secretary]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "indicators",
        words: &WORDS,
        routes: figures::pages::routes()
            .merge(figures::api::routes())
            .merge(values::pages::routes())
            .merge(values::api::routes())
            .merge(chain::pages::routes())
            .merge(chain::api::routes())
            .merge(ranges::pages::routes())
            .merge(ranges::api::routes())
            .merge(reports::pages::routes())
            .merge(reports::api::routes())
            .merge(saved::pages::routes())
            .merge(saved::api::routes())
            .merge(targets::pages::routes())
            .merge(targets::api::routes())
            .merge(statistics::pages::routes())
            .merge(statistics::api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-chain",
                href: "/chain",
                need: Need::May(&FIGURE_READ),
                order: 60,
            },
            NavEntry {
                key: "nav-figures",
                href: "/figures",
                need: Need::May(&FIGURE_READ),
                order: 61,
            },
            NavEntry {
                key: "nav-reports",
                href: "/reports",
                need: Need::May(&FIGURE_READ),
                order: 63,
            },
            NavEntry {
                key: "nav-statistics",
                href: "/statistics",
                need: Need::May(&FIGURE_READ),
                order: 62,
            },
        ],
        permissions: vec![&FIGURE_READ, &FIGURE_LIST, &FIGURE_PUBLISH],
        reasons: vec![
            &figures::BREAKDOWN_NOT_OF_FIGURE,
            &ranges::RANGE_ORDER,
            &reports::REPORT_NAME,
            &reports::REPORT_ROLE,
            &reports::SCHEDULE_ENDED,
            &saved::SAVED_NAME,
            &saved::SAVED_NAME_TAKEN,
            &saved::SAVED_TOO_MANY,
            &targets::TARGET_AMOUNT,
            &targets::TARGET_YEAR,
            &values::CORRECTED,
            &values::REASON_MISSING,
        ],
        jobs: vec![
            (values::month::KIND, values::month::publish_month),
            (reports::job::KIND, reports::job::make_report),
        ],
    }
}

#[cfg(test)]
mod tests;
