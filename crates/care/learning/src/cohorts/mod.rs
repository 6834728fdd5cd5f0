//! Cohorts: a course held once, for a group.

pub(crate) mod api;
mod ending;
mod forms;
pub(crate) mod pages;
mod queries;
mod views;

use access::{Role, audit};
use db::{FromRow, Reason, Result, Tx, Value, Write, insert_many};
use organizations::{OrganizationId, PlaceId};
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

pub use ending::{CancelCohort, CompleteCohort, Finished};
pub use queries::{Filter, PAGE, get, list, list_of};
pub(crate) use queries::{free_place, take_place};

use crate::busy::{self, BusyWith, Stretch};
use crate::courses::{Basis, CourseId};
use crate::sessions::SessionId;

db::id!(
    /// A cohort.
    pub CohortId
);

db::text_enum! {
    /// Whether a cohort runs.
    pub enum CohortState {
        /// People may come and go.
        Open = "open",
        /// It was held to its end.
        Completed = "completed",
        /// It was not held.
        Cancelled = "cancelled",
    }
}

/// The longest session, in hours.
pub const LONGEST_HOURS: i64 = 12;
/// Most sessions of a cohort.
pub const MOST_SESSIONS: usize = 100;
/// Fewest sessions of a cohort.
pub const FEWEST_SESSIONS: usize = 3;

/// A cohort has at least three sessions.
pub const SESSIONS_FEW: Reason = Reason::new("sessions_few", 422);
/// Sessions follow each other and do not overlap.
pub const SESSIONS_OVERLAP: Reason = Reason::new("sessions_overlap", 422);
/// The trainer is expected elsewhere at the time of a session.
pub const TRAINER_BUSY: Reason = Reason::new("trainer_busy", 409);
/// A session is longer than a day's work.
pub const SESSION_LONG: Reason = Reason::new("session_long", 422);
/// The user is no trainer of the body that holds the course.
pub const TRAINER_UNKNOWN: Reason = Reason::new("trainer_unknown", 422);
/// The cohort has ended.
pub const COHORT_ENDED: Reason = Reason::new("cohort_ended", 409);
/// Some session has no roll call yet.
pub const ROLLS_MISSING: Reason = Reason::new("rolls_missing", 409);

/// A cohort with what is shown of its course.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Cohort {
    /// Its id.
    pub id: CohortId,
    /// The course held.
    pub course_id: CourseId,
    /// The body that holds it.
    pub organization_id: OrganizationId,
    /// The course's title in Persian.
    pub title_fa: String,
    /// The course's title in English.
    pub title_en: String,
    /// The course's hours.
    pub hours: i64,
    /// What earns the certificate.
    pub basis: Basis,
    /// The share of sessions one must attend, in percent.
    pub attendance_needed: i64,
    /// Where.
    pub place_id: PlaceId,
    /// The user who teaches.
    pub trainer_id: Uuid,
    /// Places.
    pub capacity: i64,
    /// Places taken.
    pub taken: i64,
    /// Day of the first session.
    pub starts_on: Date,
    /// Day of the last session.
    pub ends_on: Date,
    /// Whether it runs.
    pub state: CohortState,
    /// The day it ended.
    pub ended_on: Option<Date>,
}

impl Cohort {
    /// The course's title in a language.
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.title_fa,
            Lang::En => &self.title_en,
        }
    }
}

/// A session to be planned.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct NewSession {
    /// Made by the sender.
    pub id: SessionId,
    /// Where.
    pub place_id: PlaceId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// Plans a cohort with its sessions, in order of time.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct CreateCohort {
    /// Made by the sender.
    pub id: CohortId,
    /// The course held.
    pub course_id: CourseId,
    /// Where.
    pub place_id: PlaceId,
    /// The user who teaches.
    pub trainer_id: Uuid,
    /// Places, 1 to 500.
    pub capacity: i64,
    /// At least three.
    pub sessions: Vec<NewSession>,
}

impl Write for CreateCohort {
    const NAME: &'static str = "create_cohort";
    type Out = CohortId;
    async fn run(&self, tx: &mut Tx) -> Result<CohortId> {
        if self.sessions.len() < FEWEST_SESSIONS {
            return SESSIONS_FEW.at("days");
        }
        if self.sessions.len() > MOST_SESSIONS {
            return crate::VALUE_WRONG.at("days");
        }
        let follow = self
            .sessions
            .windows(2)
            .all(|pair| pair[0].ends_at <= pair[1].starts_at);
        if !follow
            || self
                .sessions
                .iter()
                .any(|session| session.ends_at <= session.starts_at)
        {
            return SESSIONS_OVERLAP.at("days");
        }
        if self.sessions.iter().any(NewSession::is_long) {
            return SESSION_LONG.at("until_clock");
        }
        let course = crate::courses::get(tx, self.course_id).await?;
        let body = course.organization_id.get();
        let today = tx.today();
        let trainers = access::users::list_members(tx, body, Role::Trainer, today).await?;
        if !trainers.iter().any(|(id, _)| *id == self.trainer_id) {
            return TRAINER_UNKNOWN.at("trainer");
        }
        queries::create(tx, self)
            .await
            .map_err(crate::out_of_range)?;
        let head = "INSERT INTO course_session (id, cohort_id, number, place_id, held_on, starts_at, ends_at)";
        insert_many(tx, head, 7, self.rows())
            .await
            .map_err(crate::out_of_range)?;
        let stretches: Vec<Stretch> = self.sessions.iter().map(NewSession::stretch).collect();
        if !busy::take(tx, self.trainer_id, BusyWith::Session, &stretches).await? {
            return TRAINER_BUSY.at("trainer");
        }
        let detail = json!({ "course": self.course_id, "trainer": self.trainer_id });
        audit::record(tx, "cohort_created", "cohort", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

impl NewSession {
    fn is_long(&self) -> bool {
        self.ends_at.seconds_since(self.starts_at) > LONGEST_HOURS * 3600
    }

    fn stretch(&self) -> Stretch {
        Stretch {
            from: self.starts_at,
            until: self.ends_at,
            record: self.id.get(),
        }
    }
}

impl CreateCohort {
    fn rows(&self) -> Vec<Vec<Value>> {
        let row = |(number, session): (i64, &NewSession)| {
            vec![
                session.id.into(),
                self.id.into(),
                number.into(),
                session.place_id.into(),
                session.starts_at.date().into(),
                session.starts_at.into(),
                session.ends_at.into(),
            ]
        };
        (1..).zip(&self.sessions).map(row).collect()
    }
}
