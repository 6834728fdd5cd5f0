//! Sessions and their roll calls.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
mod views;

use access::audit;
use db::{FromRow, Reason, Result, Tx, Value, Write, insert_many, sql};
use organizations::PlaceId;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use queries::{Marked, Today, get, list, marks, of_trainer};

use crate::busy::{self, Stretch};
use crate::cohorts::{self, COHORT_ENDED, CohortId, CohortState};
use crate::enrolments::EnrolmentId;

db::id!(
    /// A session.
    pub SessionId
);

db::id!(
    /// One mark of one person in one session.
    pub AttendanceId
);

db::text_enum! {
    /// Whether someone was there.
    #[schemars(rename = "AttendanceMark")]
    pub enum Mark {
        /// There from the start.
        Present = "present",
        /// Came late; counts as there.
        Late = "late",
        /// Not there.
        Absent = "absent",
    }
}

/// The roll of this session was saved before; single marks can be corrected.
pub const ROLL_SAVED: Reason = Reason::new("roll_saved", 409);
/// The session has not begun.
pub const SESSION_AHEAD: Reason = Reason::new("session_ahead", 409);
/// A name on the roll does not belong to this cohort.
pub const NOT_ON_ROLL: Reason = Reason::new("not_on_roll", 422);
/// The mark was corrected meanwhile.
pub const MARK_CHANGED: Reason = Reason::new("mark_changed", 409);

/// A session as it is kept.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Its cohort.
    pub cohort_id: CohortId,
    /// 1 for the first.
    pub number: i64,
    /// Where.
    pub place_id: PlaceId,
    /// The day.
    pub held_on: Date,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When its roll was saved.
    pub roll_saved_at: Option<Timestamp>,
}

/// The time that a cohort's sessions still ask of people: those whose roll is not saved.
pub(crate) async fn stretches(tx: &mut Tx, cohort: CohortId) -> Result<Vec<Stretch>> {
    let sessions = queries::list(tx, cohort).await?;
    let open = sessions
        .iter()
        .filter(|session| session.roll_saved_at.is_none());
    Ok(open
        .map(|session| Stretch {
            from: session.starts_at,
            until: session.ends_at,
            record: session.id.get(),
        })
        .collect())
}

/// Saves the roll of a session: everyone enrolled was present, but for those named. Once only.
#[derive(Clone, Serialize, Deserialize)]
pub struct SaveRoll {
    /// Which session.
    pub session: SessionId,
    /// Who was not there.
    pub absent: Vec<EnrolmentId>,
    /// Who came late.
    pub late: Vec<EnrolmentId>,
}

impl Write for SaveRoll {
    const NAME: &'static str = "save_roll";
    /// How many names the roll has.
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        let session = queries::get(tx, self.session).await?;
        if session.starts_at > tx.now() {
            return SESSION_AHEAD.refuse();
        }
        if cohorts::get(tx, session.cohort_id).await?.state != CohortState::Open {
            return COHORT_ENDED.refuse();
        }
        if !queries::save_roll(tx, self.session).await? {
            return ROLL_SAVED.refuse();
        }
        let enrolled = queries::enrolled(tx, session.cohort_id).await?;
        if self
            .absent
            .iter()
            .chain(&self.late)
            .any(|id| !enrolled.contains(id))
        {
            return NOT_ON_ROLL.refuse();
        }
        let rows: Vec<Vec<Value>> = enrolled.iter().map(|id| self.row(tx, *id)).collect();
        let head =
            "INSERT INTO attendance (id, session_id, enrolment_id, mark, recorded_by, recorded_at)";
        insert_many(tx, head, 6, rows).await?;
        busy::release(tx, self.session.get(), None).await?;
        let names = enrolled.len() as i64;
        let detail =
            json!({ "names": names, "absent": self.absent.len(), "late": self.late.len() });
        audit::record(
            tx,
            "roll_saved",
            "session",
            Some(self.session.get()),
            detail,
        )
        .await?;
        Ok(names)
    }
}

impl SaveRoll {
    fn row(&self, tx: &Tx, id: EnrolmentId) -> Vec<Value> {
        let mark = match () {
            () if self.absent.contains(&id) => Mark::Absent,
            () if self.late.contains(&id) => Mark::Late,
            () => Mark::Present,
        };
        vec![
            tx.new_id().into(),
            self.session.into(),
            id.into(),
            mark.into(),
            tx.origin().user.into(),
            tx.now().into(),
        ]
    }
}

/// Says that a mark was wrong: a new one is written beside it and counts from now on.
#[derive(Clone, Serialize, Deserialize)]
pub struct CorrectMark {
    /// Made by the sender.
    pub id: AttendanceId,
    /// The mark that was wrong; the one that counts now.
    pub corrects: AttendanceId,
    /// What is right.
    pub mark: Mark,
}

impl Write for CorrectMark {
    const NAME: &'static str = "correct_mark";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let changed = sql(
            "INSERT INTO attendance (id, session_id, enrolment_id, mark, corrects, recorded_by, recorded_at)
             SELECT $1, a.session_id, a.enrolment_id, $3, a.id, $4, $5 FROM attendance a
             JOIN course_session s ON s.id = a.session_id JOIN cohort h ON h.id = s.cohort_id
             WHERE a.id = $2 AND h.state = 'open'",
        )
        .bind(self.id)
        .bind(self.corrects)
        .bind(self.mark)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_attendance_corrects", &MARK_CHANGED))?;
        if changed != 1 {
            return COHORT_ENDED.refuse();
        }
        let detail = json!({ "corrects": self.corrects, "mark": self.mark });
        audit::record(
            tx,
            "mark_corrected",
            "attendance",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}
