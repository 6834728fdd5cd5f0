#![doc = include_str!("../README.md")]

pub mod bodies;
pub mod calendar;
mod checks;
pub mod places;
pub mod profiles;
pub mod reference;
pub mod services;

pub use bodies::{
    CreateOrganization, MergeBody, Organization, OrganizationId, OrganizationKind, answering,
    by_code, get, list, must_stand,
};
pub use checks::checks;
pub use places::{CreatePlace, Place, PlaceId, PlaceKind};
pub use profiles::{HelpKind, Profile, ProfileKind};
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

/// Sees the profiles of companies and supporters; a company sees its own.
pub const PROFILE_READ: Permission = Permission::new(
    "profile.read",
    &[
        Role::Administrator,
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
/// Writes a profile: a company its own, the city's staff any.
pub const PROFILE_KEEP: Permission = Permission::new(
    "profile.keep",
    &[
        Role::Administrator,
        Role::CompanyOfficer,
        Role::ProductOfficer,
        Role::Secretary,
    ],
);
/// Writes down a knowledge-based certificate.
pub const PROFILE_CERTIFY: Permission =
    Permission::new("profile.certify", &[Role::Administrator, Role::Secretary]);

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] =
    &[db::Sealed::new("profile", "contact_sealed").of_row("organization_id")];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "organizations",
        words: &WORDS,
        routes: bodies::pages::routes()
            .merge(bodies::api::routes())
            .merge(bodies::merging::routes())
            .merge(places::pages::routes())
            .merge(places::api::routes())
            .merge(profiles::pages::routes())
            .merge(profiles::api::routes())
            .merge(services::pages::routes()),
        nav: vec![
            NavEntry {
                key: "nav-organizations",
                href: "/organizations",
                need: Need::May(&READ),
                order: 70,
            },
            NavEntry {
                key: "nav-profiles",
                href: "/profiles",
                need: Need::May(&PROFILE_READ),
                order: 57,
            },
        ],
        permissions: vec![
            &READ,
            &CHANGE,
            &PROFILE_READ,
            &PROFILE_KEEP,
            &PROFILE_CERTIFY,
        ],
        reasons: vec![
            &bodies::merging::BODY_MERGED,
            &bodies::CODE_TAKEN,
            &bodies::merging::MERGE_DAY,
            &bodies::merging::MERGE_ITSELF,
            &places::PLACE_CODE_TAKEN,
            &places::PLACE_FACE,
            &profiles::PROFILE_FIELD,
            &services::SERVICE_CODE_TAKEN,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
