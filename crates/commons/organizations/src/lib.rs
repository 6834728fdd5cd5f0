#![doc = include_str!("../README.md")]

pub mod bodies;
pub mod calendar;
pub mod places;
pub mod reference;
pub mod services;

pub use bodies::{
    CreateOrganization, Organization, OrganizationId, OrganizationKind, by_code, get, list,
};
pub use places::{CreatePlace, Place, PlaceId, PlaceKind};
pub use services::{CreateService, Service, ServiceId};

use access::{NavEntry, Need, Permission, Role, Room};

// words: reason-*
web::words!();

/// Sees the directory of bodies and places.
pub const READ: Permission = Permission::new(
    "organization.read",
    &[
        Role::Administrator,
        Role::CaseWorker,
        Role::Supervisor,
        Role::Secretary,
        Role::Chair,
        Role::Observer,
        Role::CommissionExpert,
        Role::Auditor,
    ],
);

/// Adds and changes bodies, places and services.
pub const CHANGE: Permission = Permission::new("organization.change", &[Role::Administrator]);

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "organizations",
        words: &WORDS,
        routes: bodies::pages::routes()
            .merge(bodies::api::routes())
            .merge(places::pages::routes())
            .merge(services::pages::routes()),
        nav: vec![NavEntry {
            key: "nav-organizations",
            href: "/organizations",
            need: Need::May(&READ),
            order: 70,
        }],
        permissions: vec![&READ, &CHANGE],
        reasons: vec![
            &bodies::CODE_TAKEN,
            &places::PLACE_CODE_TAKEN,
            &services::SERVICE_CODE_TAKEN,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
