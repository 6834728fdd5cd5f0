//! Who may do what here: permissions, and whose cohort it is.

use access::{Ask, Permission, Role, Viewer};
use casework::CaseId;
use db::Conn;
use web::Outcome;

use crate::cohorts::Cohort;

/// Sees courses and cohorts.
pub const COURSE_READ: Permission = Permission::new(
    "course.read",
    &[Role::Trainer, Role::CaseWorker, Role::Supervisor],
);
/// Adds courses of the own body, plans and calls off its cohorts, takes its certificates back.
pub const COURSE_CHANGE: Permission =
    Permission::new("course.change", &[Role::Trainer, Role::Supervisor]);
/// Calls the roll of the own cohorts, completes them, issues certificates.
pub const COURSE_TEACH: Permission = Permission::new("course.teach", &[Role::Trainer]);
/// Gives people of the own cases a place in a cohort.
pub const COURSE_ENROL: Permission =
    Permission::new("course.enrol", &[Role::CaseWorker, Role::Supervisor]);
/// Sees consultations: the own ones, and those of the own cases.
pub const CONSULTATION_READ: Permission = Permission::new(
    "consultation.read",
    &[Role::Trainer, Role::CaseWorker, Role::Supervisor],
);
/// Books consultations for people of the own cases.
pub const CONSULTATION_BOOK: Permission =
    Permission::new("consultation.book", &[Role::CaseWorker, Role::Supervisor]);
/// Adds consultants.
pub const CONSULTANT_ADD: Permission =
    Permission::new("consultant.add", &[Role::Supervisor, Role::Administrator]);

/// Those who enrol see every body's courses: they choose among them.
pub(crate) fn sees_all(viewer: &Viewer) -> bool {
    COURSE_ENROL.is_held_by(viewer)
}

/// May the viewer see courses and cohorts of this body? A trainer sees those of the own bodies.
pub(crate) fn may_see(viewer: &Viewer, body: organizations::OrganizationId) -> bool {
    sees_all(viewer) || viewer.bodies_as(COURSE_READ.roles).contains(&body.get())
}

/// May the viewer change this body's courses and plan its cohorts?
pub(crate) fn may_change(viewer: &Viewer, body: organizations::OrganizationId) -> bool {
    viewer.bodies_as(COURSE_CHANGE.roles).contains(&body.get())
}

/// Does the viewer carry cases for the body of this one, and may see it?
pub(crate) async fn carries(ask: &Ask, conn: &mut Conn, case: CaseId) -> Outcome<bool> {
    match casework::get(conn, &ask.viewer, ask.now(), case).await {
        Ok(_) => Ok(true),
        Err(db::Error::NotFound) => Ok(false),
        Err(other) => Err(other.into()),
    }
}

/// Is it the viewer's own cohort to teach?
pub(crate) fn teaches(viewer: &Viewer, cohort: &Cohort) -> bool {
    COURSE_TEACH.is_held_by(viewer) && viewer.user_id() == Some(cohort.trainer_id)
}
