use db::{Conn, Result, Tx, sql};

use super::{CreatePlace, Place, PlaceId, PlaceKind};
use crate::OrganizationId;

const COLUMNS: &str = "SELECT id, organization_id, kind, code, name_fa, name_en, region, address, \
     trade, capacity, valid_from, valid_until, is_listed FROM place";

/// The place of this id.
pub async fn get(conn: &mut Conn, id: PlaceId) -> Result<Place> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The place of this code.
pub async fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Place>> {
    sql(format!("{COLUMNS} WHERE code = $1"))
        .bind(code)
        .optional(conn)
        .await
}

/// All places of a kind, by code.
pub async fn list(conn: &mut Conn, kind: PlaceKind) -> Result<Vec<Place>> {
    sql(format!("{COLUMNS} WHERE kind = $1 ORDER BY code"))
        .bind(kind)
        .all(conn)
        .await
}

/// A body's places, by code.
pub async fn list_of(conn: &mut Conn, organization: OrganizationId) -> Result<Vec<Place>> {
    sql(format!(
        "{COLUMNS} WHERE organization_id = $1 ORDER BY code"
    ))
    .bind(organization)
    .all(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &CreatePlace) -> Result<()> {
    sql(
        "INSERT INTO place (id, organization_id, kind, code, name_fa, name_en, region, address,
         trade, capacity, valid_from, is_listed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.id)
    .bind(new.organization_id)
    .bind(new.kind)
    .bind(&new.code)
    .bind(persian::clean(&new.name_fa))
    .bind(&new.name_en)
    .bind(new.region)
    .bind(persian::clean(&new.address))
    .bind(persian::clean(&new.trade))
    .bind(new.capacity)
    .bind(new.valid_from)
    .bind(matches!(new.kind, PlaceKind::Shop | PlaceKind::Fair))
    .execute(tx)
    .await
    .map(drop)
}
