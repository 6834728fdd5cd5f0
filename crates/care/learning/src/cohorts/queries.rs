use db::{Conn, Result, Tx, Value, sql};
use uuid::Uuid;

use super::{Cohort, CohortId, CohortState, CreateCohort};
use crate::courses::CourseId;

const COLUMNS: &str = "SELECT h.id, h.course_id, c.organization_id, c.title_fa, c.title_en, c.hours, \
     c.basis, c.attendance_needed, h.place_id, h.trainer_id, h.capacity, h.taken, h.starts_on, \
     h.ends_on, h.state, h.ended_on FROM cohort h JOIN course c ON c.id = h.course_id";

/// Lines of a page.
pub const PAGE: i64 = 50;

/// The cohort of this id.
pub async fn get(conn: &mut Conn, id: CohortId) -> Result<Cohort> {
    sql(format!("{COLUMNS} WHERE h.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A course's cohorts, newest first; 50 at most.
pub async fn list_of(conn: &mut Conn, course: CourseId) -> Result<Vec<Cohort>> {
    sql(format!(
        "{COLUMNS} WHERE h.course_id = $1 ORDER BY h.id DESC LIMIT 50"
    ))
    .bind(course)
    .all(conn)
    .await
}

/// What a list of cohorts asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only this state.
    pub state: Option<CohortState>,
    /// Only cohorts of these bodies.
    pub bodies: Option<Vec<Uuid>>,
    /// Cohorts older than this one.
    pub before: Option<CohortId>,
}

/// Cohorts, newest first; one more than [`PAGE`] when there are more.
pub async fn list(conn: &mut Conn, filter: &Filter, most: i64) -> Result<Vec<Cohort>> {
    let mut values: Vec<Value> = vec![
        filter.before.map_or(Uuid::max(), CohortId::get).into(),
        most.into(),
    ];
    let mut conditions = String::new();
    if let Some(state) = filter.state {
        values.push(state.into());
        conditions.push_str(&format!(" AND h.state = ${}", values.len()));
    }
    if let Some(bodies) = &filter.bodies {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let first = values.len() + 1;
        let marks: Vec<String> = (first..first + bodies.len())
            .map(|n| format!("${n}"))
            .collect();
        values.extend(bodies.iter().map(|body| Value::from(*body)));
        conditions.push_str(&format!(" AND c.organization_id IN ({})", marks.join(", ")));
    }
    sql(format!(
        "{COLUMNS} WHERE h.id < $1{conditions} ORDER BY h.id DESC LIMIT $2"
    ))
    .bind_all(values)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &CreateCohort) -> Result<()> {
    let days = new.sessions.iter().map(|session| session.starts_at.date());
    let (first, last) = (days.clone().min(), days.max());
    sql(
        "INSERT INTO cohort (id, course_id, place_id, trainer_id, capacity, taken, starts_on,
         ends_on, state, made_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, 'open', $8)",
    )
    .bind(new.id)
    .bind(new.course_id)
    .bind(new.place_id)
    .bind(new.trainer_id)
    .bind(new.capacity)
    .bind(first.unwrap_or(tx.today()))
    .bind(last.unwrap_or(tx.today()))
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Takes a place; false when the cohort is full or has ended.
pub(crate) async fn take_place(tx: &mut Tx, id: CohortId) -> Result<bool> {
    let changed = sql("UPDATE cohort SET taken = taken + 1
                       WHERE id = $1 AND state = 'open' AND taken < capacity")
    .bind(id)
    .execute(tx)
    .await?;
    Ok(changed == 1)
}

/// Gives a place back.
pub(crate) async fn free_place(tx: &mut Tx, id: CohortId) -> Result<()> {
    sql("UPDATE cohort SET taken = taken - 1 WHERE id = $1")
        .bind(id)
        .execute_one(tx)
        .await
}

/// Ends a cohort; false when it was not open, or (to complete it) a roll call is missing.
pub(super) async fn end(tx: &mut Tx, id: CohortId, state: CohortState) -> Result<bool> {
    let rolls = match state {
        CohortState::Completed => {
            " AND NOT EXISTS (SELECT 1 FROM course_session s
              WHERE s.cohort_id = cohort.id AND s.roll_saved_at IS NULL)"
        }
        _ => "",
    };
    let changed = sql(format!(
        "UPDATE cohort SET state = $2, ended_on = $3 WHERE id = $1 AND state = 'open'{rolls}"
    ))
    .bind(id)
    .bind(state)
    .bind(tx.today())
    .execute(tx)
    .await?;
    Ok(changed == 1)
}

/// Frees everybody's time that the cohort still holds.
pub(super) async fn release_all(tx: &mut Tx, id: CohortId) -> Result<()> {
    sql("DELETE FROM busy_quarter WHERE record_id IN
         (SELECT id FROM course_session WHERE cohort_id = $1)")
    .bind(id)
    .execute(tx)
    .await
    .map(drop)
}
