use casework::CaseId;
use db::{Conn, Result, Tx, sql};

use super::{Certificate, CertificateId, NewCertificate, RevokedReason};
use crate::cohorts::CohortId;
use crate::enrolments::EnrolmentId;

const COLUMNS: &str = "SELECT t.id, t.serial, t.enrolment_id, t.case_id, e.cohort_id, t.basis, \
     t.issued_on, t.state, t.revoked_on, t.revoked_reason, c.title_fa, c.title_en \
     FROM certificate t JOIN enrolment e ON e.id = t.enrolment_id \
     JOIN cohort h ON h.id = e.cohort_id JOIN course c ON c.id = h.course_id";

/// The certificate of this id, whoever asks.
pub async fn get(conn: &mut Conn, id: CertificateId) -> Result<Certificate> {
    sql(format!("{COLUMNS} WHERE t.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

pub(crate) async fn by_serial(conn: &mut Conn, serial: &str) -> Result<Option<Certificate>> {
    sql(format!("{COLUMNS} WHERE t.serial = $1"))
        .bind(serial)
        .optional(conn)
        .await
}

/// A cohort's certificates, oldest first.
pub async fn list_of(conn: &mut Conn, cohort: CohortId) -> Result<Vec<Certificate>> {
    sql(format!("{COLUMNS} WHERE e.cohort_id = $1 ORDER BY t.id"))
        .bind(cohort)
        .all(conn)
        .await
}

/// A case's certificates, oldest first.
pub async fn list_of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<Certificate>> {
    sql(format!("{COLUMNS} WHERE t.case_id = $1 ORDER BY t.id"))
        .bind(case)
        .all(conn)
        .await
}

/// Who completed the cohort and holds no valid certificate.
pub(super) async fn waiting(conn: &mut Conn, cohort: CohortId) -> Result<Vec<EnrolmentId>> {
    sql("SELECT e.id AS value FROM enrolment e WHERE e.cohort_id = $1 AND e.state = 'completed'
         AND NOT EXISTS (SELECT 1 FROM certificate t WHERE t.enrolment_id = e.id AND t.state = 'valid')
         ORDER BY e.id")
    .bind(cohort)
    .scalars(conn)
    .await
}

/// Issues one; none when it was not earned or is there already.
pub(super) async fn issue(
    tx: &mut Tx,
    cohort: CohortId,
    new: &NewCertificate,
) -> Result<Option<CaseId>> {
    sql("INSERT INTO certificate (id, serial, enrolment_id, case_id, basis, issued_on, issued_by, state)
         SELECT $1, $2, e.id, e.case_id, c.basis, $5, $6, 'valid' FROM enrolment e
         JOIN cohort h ON h.id = e.cohort_id JOIN course c ON c.id = h.course_id
         WHERE e.id = $3 AND e.cohort_id = $4 AND e.state = 'completed'
         ON CONFLICT DO NOTHING RETURNING case_id AS value")
    .bind(new.id)
    .bind(&new.serial)
    .bind(new.enrolment)
    .bind(cohort)
    .bind(tx.today())
    .bind(tx.origin().user)
    .optional_scalar(tx)
    .await
}

/// Takes one back; false when it was before.
pub(super) async fn revoke(tx: &mut Tx, id: CertificateId, reason: RevokedReason) -> Result<bool> {
    let changed = sql(
        "UPDATE certificate SET state = 'revoked', revoked_on = $2, revoked_by = $3,
                       revoked_reason = $4 WHERE id = $1 AND state = 'valid'",
    )
    .bind(id)
    .bind(tx.today())
    .bind(tx.origin().user)
    .bind(reason)
    .execute(tx)
    .await?;
    Ok(changed == 1)
}
