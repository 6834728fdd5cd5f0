#![doc = include_str!("../README.md")]

mod bounds;
pub mod busy;
mod case_page;
pub mod certificates;
mod checks;
pub mod cohorts;
pub mod consented;
pub mod consultations;
pub mod courses;
pub mod enrolments;
mod faults;
pub mod feeds;
mod learners;
mod mine;
mod next;
mod notes;
pub mod own;
mod rights;
pub mod sessions;
mod shown;

pub use certificates::{
    Certificate, CertificateId, IssueCertificates, NewCertificate, RevokeCertificate, RevokedReason,
};
pub use checks::checks;
pub use cohorts::{CancelCohort, Cohort, CohortId, CompleteCohort, CreateCohort, NewSession};
pub use consented::Agreed;
pub use consultations::{
    AddConsultant, BookConsultation, Consultant, ConsultantId, ConsultationId, EndConsultation,
    HoldConsultation, Outcome,
};
pub use courses::{Basis, Course, CourseId, CreateCourse};
pub use enrolments::{Admit, Apply, Enrol, EnrolmentId, EnrolmentState, Withdraw};
pub use feeds::{CloseFeed, FeedId, OpenFeed};
pub use rights::{
    CONSULTANT_ADD, CONSULTATION_BOOK, CONSULTATION_READ, COURSE_CHANGE, COURSE_ENROL, COURSE_READ,
    COURSE_TEACH,
};
pub use sessions::{AttendanceId, CorrectMark, Mark, SaveRoll, Session, SessionId};

pub use faults::{RECORD_UNKNOWN, VALUE_WRONG};
pub(crate) use faults::{fits, out_of_range};

use access::{NavEntry, Need, Room};

web::words!();

// Sentences of refusals, found by their reason's code.
// words: reason-*

/// The columns of this room that are sealed: keys are changed by them.
pub const SEALED: &[db::Sealed] = &[db::Sealed::new("consultation", "note_sealed")];

/// The door of this room.
pub fn room() -> Room {
    Room {
        name: "learning",
        words: &WORDS,
        routes: courses::pages::routes()
            .merge(courses::api::routes())
            .merge(cohorts::pages::routes())
            .merge(cohorts::api::routes())
            .merge(enrolments::pages::routes())
            .merge(enrolments::api::routes())
            .merge(sessions::pages::routes())
            .merge(sessions::api::routes())
            .merge(certificates::pages::routes())
            .merge(certificates::verify::routes())
            .merge(certificates::api::routes())
            .merge(consultations::pages::routes())
            .merge(consultations::desk::routes())
            .merge(consultations::api::routes())
            .merge(case_page::routes())
            .merge(mine::routes())
            .merge(feeds::ics::routes()),
        nav: vec![
            NavEntry {
                key: "nav-courses",
                href: "/courses",
                need: Need::May(&COURSE_READ),
                order: 32,
            },
            NavEntry {
                key: "nav-consultations",
                href: "/consultations",
                need: Need::May(&CONSULTATION_READ),
                order: 33,
            },
            NavEntry {
                key: "nav-my-classes",
                href: "/my/classes",
                need: Need::Person,
                order: 20,
            },
        ],
        permissions: vec![
            &COURSE_READ,
            &COURSE_CHANGE,
            &COURSE_TEACH,
            &COURSE_ENROL,
            &CONSULTATION_READ,
            &CONSULTATION_BOOK,
            &CONSULTANT_ADD,
        ],
        reasons: vec![
            &VALUE_WRONG,
            &RECORD_UNKNOWN,
            &cohorts::SESSIONS_FEW,
            &cohorts::SESSIONS_OVERLAP,
            &cohorts::SESSION_LONG,
            &cohorts::TRAINER_BUSY,
            &cohorts::TRAINER_UNKNOWN,
            &cohorts::COHORT_ENDED,
            &cohorts::ROLLS_MISSING,
            &consented::NO_CONSENT,
            &enrolments::COHORT_FULL,
            &enrolments::ENROLLED_ALREADY,
            &enrolments::PERSON_BUSY,
            &enrolments::ENROLMENT_STATE,
            &sessions::ROLL_SAVED,
            &sessions::SESSION_AHEAD,
            &sessions::NOT_ON_ROLL,
            &sessions::MARK_CHANGED,
            &certificates::NOTHING_TO_ISSUE,
            &certificates::CERTIFICATE_REVOKED,
            &consultations::CONSULTANT_BUSY,
            &consultations::CONSULTANT_KNOWN,
            &consultations::CONSULTATION_ENDED,
            &consultations::TIME_WRONG,
            &feeds::FEED_OPEN,
        ],
        jobs: vec![],
    }
}

#[cfg(test)]
mod tests;
