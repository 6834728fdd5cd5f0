use db::{Conn, Result, Tx, sql};
use organizations::{PlaceId, PlaceKind};
use persian::Date;

use super::{Month, MonthId, TellMonth};
use crate::RECORD_UNKNOWN;

/// Months of a page: each is eight lines on a phone.
pub const PAGE: i64 = 20;

/// Months as they hold, the last told first.
pub async fn list(conn: &mut Conn, before: Option<MonthId>, most: i64) -> Result<Vec<Month>> {
    sql(
        "SELECT m.id, m.place_id, p.name_fa AS place_fa, p.name_en AS place_en, m.month_on, m.capacity,
         m.attended, m.employed, m.waged, m.insured, m.evidence
         FROM centre_month_card m JOIN place_card p ON p.id = m.place_id WHERE m.id < $1
         ORDER BY m.id DESC LIMIT $2",
    )
    .bind(before.map_or(uuid::Uuid::max(), MonthId::get))
    .bind(most)
    .all(conn)
    .await
}

/// A centre's months as they hold, the last first.
pub async fn list_of(conn: &mut Conn, place: PlaceId, most: i64) -> Result<Vec<Month>> {
    sql(
        "SELECT m.id, m.place_id, p.name_fa AS place_fa, p.name_en AS place_en, m.month_on, m.capacity,
         m.attended, m.employed, m.waged, m.insured, m.evidence
         FROM centre_month_card m JOIN place_card p ON p.id = m.place_id WHERE m.place_id = $1
         ORDER BY m.month_on DESC LIMIT $2",
    )
    .bind(place)
    .bind(most)
    .all(conn)
    .await
}

pub(super) async fn insert(tx: &mut Tx, new: &TellMonth, month_on: Date) -> Result<()> {
    let place = organizations::places::get(tx, new.place).await?;
    if !matches!(place.kind, PlaceKind::Centre | PlaceKind::Workshop) {
        return RECORD_UNKNOWN.at("place");
    }
    let user = tx.origin().user;
    sql(
        "INSERT INTO centre_month (id, place_id, organization_id, month_on, capacity, attended, employed,
         waged, insured, evidence, recorded_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.id)
    .bind(new.place)
    .bind(place.organization_id)
    .bind(month_on)
    .bind(new.capacity)
    .bind(new.attended)
    .bind(new.employed)
    .bind(new.waged)
    .bind(new.insured)
    .bind(persian::clean(&new.evidence))
    .bind(user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}
