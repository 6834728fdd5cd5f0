//! All SQL of the register; it joins published views only.

use db::{Conn, FromRow, Result, sql};
use makers::ProductId;
use organizations::places::Hours;
use organizations::{PlaceId, PlaceKind};
use persian::{Date, Lang};

use super::{Listed, Supporter};
use crate::catalogue::Shown;

const PLACE: &str = "SELECT p.id, p.code, p.kind, p.name_fa, p.name_en, p.region, p.address, p.trade, \
     o.name_fa AS body_fa, o.name_en AS body_en FROM place_card p \
     JOIN organization_card o ON o.id = p.organization_id \
     WHERE p.is_listed AND p.valid_from <= $1 AND (p.valid_until IS NULL OR p.valid_until >= $1)";

/// Places of a day that everybody may know of, by region and code; there are hundreds at most.
pub async fn list(
    conn: &mut Conn,
    day: Date,
    region: Option<i64>,
    kind: Option<PlaceKind>,
) -> Result<Vec<Listed>> {
    let mut places: Vec<Listed> = sql(format!("{PLACE} ORDER BY p.region, p.code"))
        .bind(day)
        .all(conn)
        .await?;
    places.retain(|place| {
        region.is_none_or(|region| place.region == region)
            && kind.is_none_or(|kind| place.kind == kind)
    });
    Ok(places)
}

/// The place of a code, when everybody may know of it.
pub(super) async fn by_code(conn: &mut Conn, day: Date, code: &str) -> Result<Option<Listed>> {
    sql(format!("{PLACE} AND p.code = $2"))
        .bind(day)
        .bind(persian::latin_digits(code.trim()).to_uppercase())
        .optional(conn)
        .await
}

/// When a place is open, the week first.
pub(super) async fn hours(conn: &mut Conn, place: PlaceId) -> Result<Vec<Hours>> {
    organizations::places::hours_of(conn, place).await
}

/// Goods on a shop's shelf that may be sold on a day, newest first, at most `most`.
pub(super) async fn on_shelf(
    conn: &mut Conn,
    place: PlaceId,
    day: Date,
    most: i64,
) -> Result<Vec<Shown>> {
    let mut goods: Vec<Shown> = sql(
        "SELECT p.id, p.code, p.name_fa, p.name_en, p.category, p.price, p.photo_id, p.contact_id
         FROM product_card p WHERE p.state = 'approved' AND EXISTS (SELECT 1 FROM stock_card s
         WHERE s.product_id = p.id AND s.place_id = $1 AND s.on_hand > 0
         AND (s.expires_on IS NULL OR s.expires_on >= $2)) ORDER BY p.id DESC LIMIT $3",
    )
    .bind(place)
    .bind(day)
    .bind(most)
    .all(conn)
    .await?;
    let ids: Vec<ProductId> = goods.iter().map(|one| one.id).collect();
    let hidden = makers::unsellable(conn, &ids, day).await?;
    goods.retain(|one| !hidden.contains(&one.id));
    Ok(goods)
}

/// Supporters that agreed to be named and serve a region, or any.
pub async fn supporters(conn: &mut Conn, region: Option<i64>) -> Result<Vec<Supporter>> {
    let narrowed = region.map_or("", |_| {
        "AND (EXISTS (SELECT 1 FROM profile_region_card r WHERE r.organization_id = p.organization_id AND r.region = $1)
         OR NOT EXISTS (SELECT 1 FROM profile_region_card r WHERE r.organization_id = p.organization_id))"
    });
    sql(format!(
        "SELECT p.code, p.kind, p.name_fa, p.name_en FROM profile_card p
         WHERE p.named_on IS NOT NULL {narrowed} ORDER BY p.code"
    ))
    .bind_all(region.map(db::Value::from))
    .all(conn)
    .await
}

/// A region, and where its tile lies on the map.
#[derive(Clone, Debug, FromRow)]
pub struct Region {
    /// Its number.
    pub number: i64,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Row from the north, from 1.
    pub tile_row: Option<i64>,
    /// Column from the west, from 1.
    pub tile_column: Option<i64>,
}

impl Region {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// The regions of the city, by number.
pub async fn regions(conn: &mut Conn) -> Result<Vec<Region>> {
    sql("SELECT number, name_fa, name_en, tile_row, tile_column FROM region_card ORDER BY number")
        .all(conn)
        .await
}
