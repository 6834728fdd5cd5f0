use contacts::ContactId;
use db::{Conn, FromRow, Result, sql};
use makers::ProductId;
use money::Rial;
use organizations::PlaceId;
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

use super::MovementKind;
use crate::receipts::LotId;

/// A lot as it lies in a place.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Shelf {
    /// Which lot.
    pub lot_id: LotId,
    /// Its label code.
    pub code: String,
    /// Of which product.
    pub product_id: ProductId,
    /// Where.
    pub place_id: PlaceId,
    /// The product's name in Persian.
    pub name_fa: String,
    /// The product's name in English; may be empty.
    pub name_en: String,
    /// Pieces there.
    pub on_hand: i64,
    /// Pieces that open discrepancies explain.
    pub overdrawn: i64,
    /// What the shopper pays for one.
    pub unit_price: Rial,
    /// The last day it may be sold.
    pub expires_on: Option<Date>,
    /// The maker.
    pub contact_id: ContactId,
}

impl Shelf {
    /// The product's name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }
}

const SHELF: &str =
    "SELECT s.lot_id, l.code, l.product_id, s.place_id, p.name_fa, p.name_en, s.on_hand, s.overdrawn,
     l.unit_price, l.expires_on, l.contact_id
     FROM stock s JOIN lot l ON l.id = s.lot_id JOIN product_card p ON p.id = l.product_id";

/// How many a page of a list holds.
pub(crate) const PAGE: i64 = 50;

/// How many lots there are.
pub async fn count(conn: &mut Conn) -> Result<i64> {
    sql("SELECT count(*) AS value FROM lot").scalar(conn).await
}

/// What lies in a place, newest lots first, one more than a page.
pub async fn at_place(
    conn: &mut Conn,
    place: PlaceId,
    cursor: Option<LotId>,
) -> Result<Vec<Shelf>> {
    sql(format!(
        "{SHELF} WHERE s.place_id = $1 AND s.lot_id < $2 AND s.on_hand <> 0 ORDER BY s.lot_id DESC LIMIT $3"
    ))
    .bind(place)
    .bind(cursor.map_or(uuid::Uuid::max(), LotId::get))
    .bind(PAGE + 1)
    .all(conn)
    .await
}

/// A maker's goods in all places, newest lots first.
pub async fn of_contact(conn: &mut Conn, contact: ContactId) -> Result<Vec<Shelf>> {
    sql(format!(
        "{SHELF} WHERE l.contact_id = $1 ORDER BY s.lot_id DESC LIMIT 200"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// A lot in all places.
pub async fn of_lot(conn: &mut Conn, lot: LotId) -> Result<Vec<Shelf>> {
    sql(format!("{SHELF} WHERE s.lot_id = $1 ORDER BY s.place_id"))
        .bind(lot)
        .all(conn)
        .await
}

/// One movement.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Movement {
    /// Its number in this lot and place.
    pub sequence: i64,
    /// Why.
    pub kind: MovementKind,
    /// Pieces, negative when they left.
    pub quantity: i64,
    /// The balance after it.
    pub balance: i64,
    /// Who bears it, for losses.
    pub payer: Option<String>,
    /// Words; may be empty.
    pub reason: String,
    /// When.
    pub happened_at: Timestamp,
}

/// The movements of a lot in a place, in order.
pub async fn movements(conn: &mut Conn, lot: LotId, place: PlaceId) -> Result<Vec<Movement>> {
    sql(
        "SELECT sequence, kind, quantity, balance, payer, reason, happened_at FROM stock_movement
         WHERE lot_id = $1 AND place_id = $2 ORDER BY sequence",
    )
    .bind(lot)
    .bind(place)
    .all(conn)
    .await
}
