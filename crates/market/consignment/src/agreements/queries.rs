use access::Viewer;
use contacts::ContactId;
use db::{Conn, Result, Value, sql};
use organizations::OrganizationId;
use persian::Date;

use super::{Agreement, AgreementId};

const COLUMNS: &str =
    "SELECT a.id, a.number, a.contact_id, a.organization_id, a.work_mode, a.commission_bp,
     a.loss_payer, a.starts_on, a.ends_on, a.accepted_by, a.accepted_on, a.supersedes_id, e.last_on,
     e.reason AS end_reason FROM agreement a LEFT JOIN agreement_end e ON e.agreement_id = a.id";

/// The agreement of this id.
pub async fn get(conn: &mut Conn, id: AgreementId) -> Result<Agreement> {
    sql(format!("{COLUMNS} WHERE a.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The agreement that governs a day.
pub async fn in_force(
    conn: &mut Conn,
    contact: ContactId,
    organization: OrganizationId,
    day: Date,
) -> Result<Option<Agreement>> {
    sql(format!(
        "{COLUMNS} WHERE a.contact_id = $1 AND a.organization_id = $2 AND a.starts_on <= $3 AND a.ends_on >= $3
         AND (e.last_on IS NULL OR e.last_on >= $3)"
    ))
    .bind(contact)
    .bind(organization)
    .bind(day)
    .optional(conn)
    .await
}

/// How many a page of a list holds.
pub(crate) const PAGE: i64 = 50;

/// Agreements of the viewer's bodies, newest first, one more than a page.
pub async fn list(
    conn: &mut Conn,
    viewer: &Viewer,
    cursor: Option<AgreementId>,
    most: i64,
) -> Result<Vec<Agreement>> {
    let bodies = viewer.bodies_as(crate::STOCK_READ.roles);
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (0..bodies.len())
        .map(|place| format!("${}", place + 3))
        .collect();
    sql(format!(
        "{COLUMNS} WHERE a.id < $1 AND a.organization_id IN ({}) ORDER BY a.id DESC LIMIT $2",
        marks.join(", ")
    ))
    .bind(cursor.map_or(uuid::Uuid::max(), AgreementId::get))
    .bind(most)
    .bind_all(bodies.into_iter().map(Value::from))
    .all(conn)
    .await
}

/// A maker's agreements with all operators, newest first.
pub async fn list_of(conn: &mut Conn, contact: ContactId) -> Result<Vec<Agreement>> {
    sql(format!(
        "{COLUMNS} WHERE a.contact_id = $1 ORDER BY a.starts_on DESC, a.id DESC LIMIT 200"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// All versions between a maker and an operator, newest first.
pub async fn versions(
    conn: &mut Conn,
    contact: ContactId,
    organization: OrganizationId,
) -> Result<Vec<Agreement>> {
    sql(format!(
        "{COLUMNS} WHERE a.contact_id = $1 AND a.organization_id = $2 ORDER BY a.starts_on DESC, a.id DESC"
    ))
    .bind(contact)
    .bind(organization)
    .all(conn)
    .await
}
