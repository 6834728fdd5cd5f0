use access::Viewer;
use access::grants::{Category, visible};
use casework::{CaseId, StepId};
use db::{Conn, FromRow, Result, Tx, sql};
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::{EndedReason, Enrol, Enrolment, EnrolmentId, EnrolmentState};
use crate::cohorts::CohortId;

const COLUMNS: &str = "SELECT e.id, e.cohort_id, e.case_id, c.person_id, p.first_name, p.last_name, \
     e.state, e.ended_reason FROM enrolment e JOIN case_card c ON c.id = e.case_id \
     JOIN person_card p ON p.id = c.person_id";

/// The enrolment of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: EnrolmentId) -> Result<Enrolment> {
    sql(format!("{COLUMNS} WHERE e.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Somebody of a cohort, with how often she was there.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "CohortMember")]
pub struct Member {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The case.
    pub case_id: CaseId,
    /// Whose case.
    pub person_id: people::PersonId,
    /// Her first name.
    pub first_name: String,
    /// Her last name.
    pub last_name: String,
    /// Where the enrolment stands.
    pub state: EnrolmentState,
    /// Why it ended, if it did.
    pub ended_reason: Option<EndedReason>,
    /// Sessions she came to, late or in time.
    pub attended: i64,
    /// Sessions whose roll names her.
    pub called: i64,
}

/// The people of a cohort in order of arrival: everybody for its own trainer (without the names
/// that her body may know no longer), otherwise those whom the viewer may see.
pub async fn members(
    conn: &mut Conn,
    cohort: CohortId,
    (viewer, now): (&Viewer, Timestamp),
    is_own: bool,
) -> Result<Vec<Member>> {
    let (seen, grants) = visible("c.person_id", 2, viewer, Category::Operational, now);
    let known = format!("{seen} AND (c.state <> 'closed' OR e.state = 'completed')");
    let listed = if is_own { "TRUE" } else { seen.as_str() };
    sql(format!(
        "SELECT e.id, e.case_id, c.person_id, CASE WHEN {known} THEN p.first_name ELSE '' END AS first_name,
         CASE WHEN {known} THEN p.last_name ELSE '' END AS last_name, e.state, e.ended_reason,
         (SELECT count(*) FROM attendance a WHERE a.enrolment_id = e.id AND a.mark <> 'absent'
          AND NOT EXISTS (SELECT 1 FROM attendance l WHERE l.corrects = a.id)) AS attended,
         (SELECT count(*) FROM attendance a WHERE a.enrolment_id = e.id AND a.corrects IS NULL) AS called
         FROM enrolment e JOIN case_card c ON c.id = e.case_id
         JOIN person_card p ON p.id = c.person_id
         WHERE e.cohort_id = $1 AND {listed} ORDER BY e.id"
    ))
    .bind(cohort)
    .bind_all(grants)
    .all(conn)
    .await
}

/// An enrolment with its course, for a case's and a person's own page.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct OfCase {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The cohort.
    pub cohort_id: CohortId,
    /// The course's title in Persian.
    pub title_fa: String,
    /// The course's title in English.
    pub title_en: String,
    /// Day of the first session.
    pub starts_on: Date,
    /// Day of the last session.
    pub ends_on: Date,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Why it ended, if it did.
    pub ended_reason: Option<EndedReason>,
}

/// A case's enrolments, newest first; 50 at most.
pub async fn list_of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<OfCase>> {
    sql(
        "SELECT e.id, e.cohort_id, c.title_fa, c.title_en, h.starts_on, h.ends_on, e.state,
         e.ended_reason FROM enrolment e JOIN cohort h ON h.id = e.cohort_id
         JOIN course c ON c.id = h.course_id WHERE e.case_id = $1 ORDER BY e.id DESC LIMIT 50",
    )
    .bind(case)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &Enrol, state: EnrolmentState) -> Result<()> {
    let enrolled_on = (state == EnrolmentState::Enrolled).then(|| tx.today());
    sql("INSERT INTO enrolment (id, cohort_id, case_id, step_id, state, enrolled_on, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
    .bind(new.id)
    .bind(new.cohort)
    .bind(new.case)
    .bind(new.step)
    .bind(state)
    .bind(enrolled_on)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// The cohort and the case of an enrolment: neither ever changes.
pub(super) async fn place_of(conn: &mut Conn, id: EnrolmentId) -> Result<(CohortId, CaseId)> {
    let enrolment = get(conn, id).await?;
    Ok((enrolment.cohort_id, enrolment.case_id))
}

/// Gives a place to who applied or waits; false when she did neither. An unnamed step stays.
pub(super) async fn admit(tx: &mut Tx, id: EnrolmentId, step: Option<StepId>) -> Result<bool> {
    let changed = sql(
        "UPDATE enrolment SET state = 'enrolled', enrolled_on = $2, step_id = coalesce($3, step_id)
         WHERE id = $1 AND state IN ('applied', 'waitlisted')",
    )
    .bind(id)
    .bind(tx.today())
    .bind(step)
    .execute(tx)
    .await?;
    Ok(changed == 1)
}

/// Ends an enrolment without completion; false when it was not in that state.
pub(crate) async fn end(
    tx: &mut Tx,
    id: EnrolmentId,
    from: EnrolmentState,
    reason: EndedReason,
) -> Result<bool> {
    let changed = sql(
        "UPDATE enrolment SET state = 'withdrawn', ended_reason = $3 WHERE id = $1 AND state = $2",
    )
    .bind(id)
    .bind(from)
    .bind(reason)
    .execute(tx)
    .await?;
    Ok(changed == 1)
}

/// The cohort is over for those who never got a place.
pub(crate) async fn end_waiting(tx: &mut Tx, cohort: CohortId) -> Result<()> {
    sql(
        "UPDATE enrolment SET state = 'withdrawn', ended_reason = 'cancelled'
         WHERE cohort_id = $1 AND state IN ('applied', 'waitlisted')",
    )
    .bind(cohort)
    .execute(tx)
    .await
    .map(drop)
}

/// She completed the course.
pub(crate) async fn complete(tx: &mut Tx, id: EnrolmentId) -> Result<()> {
    sql("UPDATE enrolment SET state = 'completed', completed_on = $2 WHERE id = $1 AND state = 'enrolled'")
        .bind(id)
        .bind(tx.today())
        .execute_one(tx)
        .await
}

/// Who applied or waits, and never got a place.
pub(crate) async fn without_place(
    conn: &mut Conn,
    cohort: CohortId,
) -> Result<Vec<(EnrolmentId, CaseId)>> {
    let rows = sql("SELECT id, case_id FROM enrolment WHERE cohort_id = $1
         AND state IN ('applied', 'waitlisted') ORDER BY id")
    .bind(cohort)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("case_id")?)))
        .collect()
}

/// Who waits, longest first.
pub(super) async fn waiting(
    conn: &mut Conn,
    cohort: CohortId,
) -> Result<Vec<(EnrolmentId, CaseId)>> {
    let rows = sql("SELECT id, case_id FROM enrolment WHERE cohort_id = $1 AND state = 'waitlisted' ORDER BY id")
        .bind(cohort)
        .rows(conn)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("case_id")?)))
        .collect()
}

/// The step an enrolment answers; none when there is no such enrolment.
pub(super) async fn step_of(conn: &mut Conn, id: EnrolmentId) -> Result<Option<Option<StepId>>> {
    let row = sql("SELECT step_id FROM enrolment WHERE id = $1")
        .bind(id)
        .rows(conn)
        .await?;
    row.first().map(|row| row.get("step_id")).transpose()
}
