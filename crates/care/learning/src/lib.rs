#![doc = include_str!("../README.md")]

pub mod busy;
pub mod certificates;
pub mod cohorts;
pub mod consultations;
pub mod courses;
pub mod enrolments;
mod faults;
pub mod feeds;
mod learners;
mod next;
mod notes;
pub mod own;
pub mod sessions;

pub use certificates::{
    Certificate, CertificateId, IssueCertificates, NewCertificate, RevokeCertificate, RevokedReason,
};
pub use cohorts::{CancelCohort, Cohort, CohortId, CompleteCohort, CreateCohort, NewSession};
pub use consultations::{
    AddConsultant, BookConsultation, Consultant, ConsultantId, ConsultationId, EndConsultation,
    HoldConsultation, Outcome,
};
pub use courses::{Basis, Course, CourseId, CreateCourse};
pub use enrolments::{Admit, Apply, Enrol, EnrolmentId, EnrolmentState, Withdraw};
pub use feeds::{CloseFeed, FeedId, OpenFeed};
pub use sessions::{AttendanceId, CorrectMark, Mark, SaveRoll, Session, SessionId};

pub use faults::{RECORD_UNKNOWN, VALUE_WRONG};
pub(crate) use faults::{fits, out_of_range};
