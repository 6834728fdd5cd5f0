use db::{Conn, FromRow, Result, Tx, sql};
use organizations::PlaceId;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{AttendanceId, Mark, Session, SessionId};
use crate::cohorts::CohortId;
use crate::enrolments::EnrolmentId;

const COLUMNS: &str = "SELECT id, cohort_id, number, place_id, held_on, starts_at, ends_at, \
     roll_saved_at FROM course_session";

/// The session of this id.
pub async fn get(conn: &mut Conn, id: SessionId) -> Result<Session> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A cohort's sessions in order.
pub async fn list(conn: &mut Conn, cohort: CohortId) -> Result<Vec<Session>> {
    sql(format!("{COLUMNS} WHERE cohort_id = $1 ORDER BY number"))
        .bind(cohort)
        .all(conn)
        .await
}

/// A session of a trainer that wants a roll call, or comes soon.
#[derive(Clone, Debug, FromRow)]
pub struct Today {
    /// The session.
    pub id: SessionId,
    /// Its number.
    pub number: i64,
    /// Its cohort.
    pub cohort_id: CohortId,
    /// The course's title in Persian.
    pub title_fa: String,
    /// The course's title in English.
    pub title_en: String,
    /// Where.
    pub place_id: PlaceId,
    /// The day.
    pub held_on: Date,
    /// When it begins.
    pub starts_at: Timestamp,
}

/// A trainer's sessions up to a day whose roll is still to be called, earliest first; 50 at most.
pub async fn of_trainer(conn: &mut Conn, trainer: Uuid, until: Date) -> Result<Vec<Today>> {
    sql("SELECT s.id, s.number, s.cohort_id, c.title_fa, c.title_en, s.place_id, s.held_on, s.starts_at
         FROM cohort h JOIN course c ON c.id = h.course_id JOIN course_session s ON s.cohort_id = h.id
         WHERE h.trainer_id = $1 AND h.state = 'open' AND s.held_on <= $2 AND s.roll_saved_at IS NULL
         ORDER BY s.starts_at, s.id LIMIT 50")
    .bind(trainer)
    .bind(until)
    .all(conn)
    .await
}

/// A name on a saved roll with the mark that counts.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Marked {
    /// The mark's id.
    pub id: AttendanceId,
    /// Whose.
    pub enrolment_id: EnrolmentId,
    /// The mark.
    pub mark: Mark,
    /// True when it replaced another.
    pub is_corrected: bool,
}

/// The marks that count in a session, in the order of enrolment.
pub async fn marks(conn: &mut Conn, session: SessionId) -> Result<Vec<Marked>> {
    sql("SELECT a.id, a.enrolment_id, a.mark, (a.corrects IS NOT NULL) AS is_corrected FROM attendance a
         WHERE a.session_id = $1 AND NOT EXISTS (SELECT 1 FROM attendance l WHERE l.corrects = a.id)
         ORDER BY a.enrolment_id")
    .bind(session)
    .all(conn)
    .await
}

/// The session in which a mark was made.
pub(crate) async fn session_of(conn: &mut Conn, mark: AttendanceId) -> Result<SessionId> {
    sql("SELECT session_id AS value FROM attendance WHERE id = $1")
        .bind(mark)
        .scalar(conn)
        .await
}

pub(super) async fn enrolled(conn: &mut Conn, cohort: CohortId) -> Result<Vec<EnrolmentId>> {
    sql("SELECT id AS value FROM enrolment WHERE cohort_id = $1 AND state = 'enrolled' ORDER BY id")
        .bind(cohort)
        .scalars(conn)
        .await
}

/// Notes that the roll is saved; false when it was before.
pub(super) async fn save_roll(tx: &mut Tx, id: SessionId) -> Result<bool> {
    let changed = sql(
        "UPDATE course_session SET roll_saved_at = $2, roll_saved_by = $3
                       WHERE id = $1 AND roll_saved_at IS NULL",
    )
    .bind(id)
    .bind(tx.now())
    .bind(tx.origin().user)
    .execute(tx)
    .await?;
    Ok(changed == 1)
}
