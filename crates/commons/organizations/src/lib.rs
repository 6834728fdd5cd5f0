#![doc = include_str!("../README.md")]

pub mod bodies;
pub mod calendar;
mod checks;
pub mod places;
pub mod profiles;
pub mod reference;
pub mod services;

pub use bodies::{
    BodyName, CreateOrganization, MergeBody, MoveBody, Organization, OrganizationId,
    OrganizationKind, RenameBody, answering, by_code, get, list, must_stand, name_on,
};
pub use checks::checks;
pub use places::{CreatePlace, Place, PlaceId, PlaceKind};
pub use profiles::{HelpKind, Profile, ProfileKind};
pub use services::{Capacity, CreateService, Service, ServiceId, ServiceStatus};

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

/// Looks whether entries of the directory are still true, and writes down what a body told.
pub const SERVICE_CHECK: Permission =
    Permission::new("service.check", &[Role::Administrator, Role::Secretary]);

/// Tells how many places its own body has; those who check write down what a body told them.
pub const CAPACITY_TELL: Permission = Permission::new(
    "capacity.tell",
    &[
        Role::PartnerOfficer,
        Role::Supervisor,
        Role::Administrator,
        Role::Secretary,
    ],
);

/// Asks a body for its places before anybody is named.
pub const CAPACITY_ASK: Permission = Permission::new(
    "capacity.ask",
    &[Role::CaseWorker, Role::Supervisor, Role::Secretary],
);

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
            .merge(bodies::name_pages::routes())
            .merge(places::pages::routes())
            .merge(places::api::routes())
            .merge(profiles::pages::routes())
            .merge(profiles::api::routes())
            .merge(services::routes()),
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
            NavEntry {
                key: "nav-capacity",
                href: "/capacity",
                need: Need::May(&CAPACITY_TELL),
                order: 17,
            },
            NavEntry {
                key: "nav-directory",
                href: "/directory",
                need: Need::May(&SERVICE_CHECK),
                order: 71,
            },
        ],
        permissions: vec![
            &READ,
            &CHANGE,
            &PROFILE_READ,
            &PROFILE_KEEP,
            &PROFILE_CERTIFY,
            &SERVICE_CHECK,
            &CAPACITY_TELL,
            &CAPACITY_ASK,
        ],
        reasons: vec![
            &bodies::merging::BODY_MERGED,
            &bodies::CODE_TAKEN,
            &bodies::merging::MERGE_DAY,
            &bodies::merging::MERGE_ITSELF,
            &places::PLACE_CODE_TAKEN,
            &places::PLACE_FACE,
            &profiles::PROFILE_FIELD,
            &bodies::names::BODY_NAME,
            &bodies::names::NAME_DAY,
            &bodies::names::PARENT_CIRCLE,
            &services::SERVICE_CODE_TAKEN,
            &services::agreements::AGREEMENT,
            &services::agreements::AGREEMENT_KNOWN,
            &services::capacity::CAPACITY,
            &services::capacity::DIRECTORY_RULE,
            &services::capacity::questions::QUESTION_OPEN,
            &services::details::SERVICE_DETAIL,
            &services::status::SERVICE_CLOSED,
            &services::status::SERVICE_DEFUNCT,
            &services::status::SUSPENSION_DAY,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
