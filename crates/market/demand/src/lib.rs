#![doc = include_str!("../README.md")]

pub mod approaches;
mod centres;
mod checks;
mod faults;
pub mod fits;
pub mod months;
pub mod needs;
pub mod offers;
pub mod orders;
pub mod pilots;
mod products;
mod shown;
pub mod thanks;

pub use approaches::{AnswerApproach, Approach, ApproachId, LeaveMessage, PutNeed};
pub use checks::checks;
pub use faults::{RECORD_UNKNOWN, VALUE_WRONG};
pub(crate) use faults::{fits, out_of_range};
pub use months::{Month, MonthId, TellMonth};
pub use needs::{Need, NeedId, NeedState, RaiseNeed, WithdrawNeed};
pub use offers::{AcceptOffer, DeclineOffer, MakeOffer, Offer, OfferId, OfferState, WithdrawOffer};
pub use orders::{CancelOrder, DeliverOrder, Order, OrderId, OrderState, TakeOrder};
pub use pilots::{EndPilot, Pilot, PilotId, PilotResult, PilotState, StartPilot};

use access::{NavEntry, Need as Asks, Permission, Role, Room};

web::words!();

// Sentences of refusals, found by their reason's code.
// words: reason-*

/// Sees needs, offers and pilots.
pub const NEED_READ: Permission = Permission::new(
    "need.read",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Trainer,
        Role::ProductOfficer,
        Role::CompanyOfficer,
        Role::Secretary,
        Role::Chair,
        Role::Observer,
        Role::CommissionExpert,
    ],
);
/// Raises and withdraws needs.
pub const NEED_RAISE: Permission = Permission::new(
    "need.raise",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Trainer,
        Role::ProductOfficer,
    ],
);
/// Offers on behalf of a knowledge-based company.
pub const OFFER_MAKE: Permission = Permission::new("offer.make", &[Role::CompanyOfficer]);
/// Accepts offers for the own body's needs and runs their pilots.
pub const PILOT_RUN: Permission = Permission::new(
    "pilot.run",
    &[Role::Supervisor, Role::ProductOfficer, Role::Trainer],
);

/// Sees what centres were asked for.
pub const ORDER_READ: Permission = Permission::new(
    "order.read",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Trainer,
        Role::ProductOfficer,
        Role::Secretary,
        Role::Chair,
        Role::Observer,
        Role::CommissionExpert,
    ],
);
/// Takes orders for the own body's centres and records what was delivered.
pub const ORDER_KEEP: Permission = Permission::new(
    "order.keep",
    &[Role::Supervisor, Role::ProductOfficer, Role::Trainer],
);
/// Sees who waits for an answer of the own body, and for whose answer it waits.
pub const APPROACH_READ: Permission = Permission::new(
    "approach.read",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Trainer,
        Role::ProductOfficer,
        Role::CompanyOfficer,
        Role::Secretary,
    ],
);
/// Answers for the own body.
pub const APPROACH_ANSWER: Permission = Permission::new(
    "approach.answer",
    &[
        Role::CaseWorker,
        Role::Supervisor,
        Role::Trainer,
        Role::ProductOfficer,
        Role::CompanyOfficer,
    ],
);

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[db::Sealed::new("approach", "told_sealed")];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "demand",
        words: &WORDS,
        routes: needs::pages::routes()
            .merge(needs::api::routes())
            .merge(offers::pages::routes())
            .merge(offers::api::routes())
            .merge(pilots::pages::routes())
            .merge(pilots::api::routes())
            .merge(orders::pages::routes())
            .merge(orders::api::routes())
            .merge(months::pages::routes())
            .merge(months::api::routes())
            .merge(centres::routes())
            .merge(fits::routes())
            .merge(thanks::routes())
            .merge(approaches::pages::routes())
            .merge(approaches::help::routes())
            .merge(approaches::api::routes()),
        nav: vec![
            NavEntry {
                key: "nav-approaches",
                href: "/approaches",
                need: Asks::May(&APPROACH_READ),
                order: 54,
            },
            NavEntry {
                key: "nav-needs",
                href: "/needs",
                need: Asks::May(&NEED_READ),
                order: 55,
            },
            NavEntry {
                key: "nav-orders",
                href: "/orders",
                need: Asks::May(&ORDER_READ),
                order: 56,
            },
        ],
        permissions: vec![
            &NEED_READ,
            &NEED_RAISE,
            &OFFER_MAKE,
            &PILOT_RUN,
            &ORDER_READ,
            &ORDER_KEEP,
            &APPROACH_READ,
            &APPROACH_ANSWER,
        ],
        reasons: vec![
            &VALUE_WRONG,
            &RECORD_UNKNOWN,
            &approaches::APPROACH_ENDED,
            &approaches::APPROACH_STANDING,
            &approaches::HELP_CLOSED,
            &months::MONTH_AHEAD,
            &months::MONTH_PARTS,
            &needs::NEED_STATE,
            &offers::COMPANY_OVER,
            &offers::OFFER_STANDING,
            &offers::OFFER_STATE,
            &pilots::PILOT_ENDED,
            &pilots::PILOT_PERIOD,
            &orders::ORDER_CLOSED,
            &orders::ORDER_TOO_MANY,
            &orders::ORDER_DAY,
        ],
        jobs: vec![],
    }
}

/// May the viewer answer offers for this need and run its pilots? Its own body's people may.
pub(crate) fn may_run(viewer: &access::Viewer, need: &Need) -> bool {
    let bodies = viewer.bodies_as(PILOT_RUN.roles);
    bodies.contains(&need.organization_id.get())
}

/// True for those who only see what a company may see.
pub(crate) fn is_company(viewer: &access::Viewer) -> bool {
    let staff: Vec<Role> = NEED_READ
        .roles
        .iter()
        .copied()
        .filter(|role| *role != Role::CompanyOfficer)
        .collect();
    viewer.bodies_as(&staff).is_empty()
}

#[cfg(test)]
mod tests;
