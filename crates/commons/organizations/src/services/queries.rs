use db::{Conn, Result, Tx, sql};

use super::{CreateService, Service, ServiceId};
use crate::OrganizationId;

pub(super) const COLUMNS: &str = "SELECT id, organization_id, code, name_fa, name_en, days_to_answer, \
     days_to_complete, status, closed_until, check_days, checked_on, checked_by, changed_at FROM service";

/// The service of this id.
pub async fn get(conn: &mut Conn, id: ServiceId) -> Result<Service> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A body's services, by code; also those that are closed.
pub async fn list_of(conn: &mut Conn, organization: OrganizationId) -> Result<Vec<Service>> {
    sql(format!(
        "{COLUMNS} WHERE organization_id = $1 ORDER BY code"
    ))
    .bind(organization)
    .all(conn)
    .await
}

/// How many services can be referred to.
pub async fn count(conn: &mut Conn) -> Result<usize> {
    let services: i64 = sql("SELECT count(*) AS value FROM service")
        .scalar(conn)
        .await?;
    Ok(usize::try_from(services).unwrap_or_default())
}

/// All services of a code that are still offered, whoever offers them; not those of a body that went
/// into another one.
pub async fn list_by_code(conn: &mut Conn, code: &str) -> Result<Vec<Service>> {
    sql(format!(
        "{COLUMNS} WHERE code = $1 AND status NOT IN ('inactive', 'defunct')
         AND NOT EXISTS (SELECT 1 FROM organization o
         WHERE o.id = organization_id AND o.merged_into_id IS NOT NULL) ORDER BY id"
    ))
    .bind(code)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &CreateService, check_days: i64) -> Result<()> {
    let (name_fa, name_en) = (persian::clean(&new.name_fa), persian::clean(&new.name_en));
    sql(
        "INSERT INTO service (id, organization_id, code, name_fa, name_en, search_text, days_to_answer,
         days_to_complete, status, check_days, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', $9, $10)",
    )
    .bind(new.id)
    .bind(new.organization_id)
    .bind(&new.code)
    .bind(&name_fa)
    .bind(&name_en)
    .bind(persian::fold_spaceless(&format!("{name_fa} {name_en}")))
    .bind(new.days_to_answer)
    .bind(new.days_to_complete)
    .bind(check_days)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Gives a body what another one offers and it does not: the entry and its description, but not what
/// was said of places, nor the agreement, which were the other's own word.
pub(crate) async fn hand_over(tx: &mut Tx, from: OrganizationId, to: OrganizationId) -> Result<()> {
    for service in list_of(tx, from).await? {
        let id = ServiceId::new(tx.new_id());
        let made = sql(
            "INSERT INTO service (id, organization_id, code, name_fa, name_en, search_text, days_to_answer,
             days_to_complete, status, closed_until, check_days, changed_at)
             SELECT $1, $2, s.code, s.name_fa, s.name_en, s.search_text, s.days_to_answer,
             s.days_to_complete, s.status, s.closed_until, s.check_days, $4 FROM service s
             WHERE s.id = $3 AND NOT EXISTS
                 (SELECT 1 FROM service o WHERE o.organization_id = $2 AND o.code = s.code)",
        )
        .bind(id)
        .bind(to)
        .bind(service.id)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if made > 0 {
            super::details::copy(tx, service.id, id).await?;
        }
    }
    Ok(())
}
