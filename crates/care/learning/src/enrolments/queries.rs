use access::Viewer;
use access::grants::{Category, visible};
use casework::{CaseId, StepId};
use db::{Conn, Result, Tx, sql};
use persian::Timestamp;

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

/// Everybody of a cohort, in order of arrival: for its own trainer.
#[expect(dead_code, reason = "its page is still on docs/not-yet-walked.md")]
pub async fn roster(conn: &mut Conn, cohort: CohortId) -> Result<Vec<Enrolment>> {
    sql(format!("{COLUMNS} WHERE e.cohort_id = $1 ORDER BY e.id"))
        .bind(cohort)
        .all(conn)
        .await
}

/// Those of a cohort whom this viewer may see.
#[expect(dead_code, reason = "its page is still on docs/not-yet-walked.md")]
pub async fn visible_roster(
    conn: &mut Conn,
    viewer: &Viewer,
    now: Timestamp,
    cohort: CohortId,
) -> Result<Vec<Enrolment>> {
    let (seen, grants) = visible("c.person_id", 2, viewer, Category::Operational, now);
    sql(format!(
        "{COLUMNS} WHERE e.cohort_id = $1 AND {seen} ORDER BY e.id"
    ))
    .bind(cohort)
    .bind_all(grants)
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
