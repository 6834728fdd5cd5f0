//! A sale of three lines, as a till sends it.

use db::{Db, sql};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::running::Address;

/// A shop and what is sold there.
pub struct Till {
    place: Uuid,
    lines: Vec<Json>,
    total: i64,
}

impl Till {
    /// The fullest shelves of a shop of the demo.
    pub async fn of(db: &Db) -> Self {
        let text = "SELECT s.place_id, l.code, l.unit_price FROM stock s
            JOIN lot l ON l.id = s.lot_id JOIN place p ON p.id = s.place_id
            JOIN organization o ON o.id = p.organization_id
            WHERE s.on_hand > 0 AND o.code = 'dastafarin' ORDER BY s.place_id, s.on_hand DESC";
        let rows = sql(text).rows(&mut db.read().await.unwrap()).await.unwrap();
        let place: Uuid = rows[0].get("place_id").unwrap();
        let lots: Vec<(String, i64)> = rows
            .iter()
            .take_while(|row| row.get::<Uuid>("place_id").unwrap() == place)
            .take(3)
            .map(|row| (row.get("code").unwrap(), row.get("unit_price").unwrap()))
            .collect();
        let line = |(code, price): &(String, i64)| json!({ "code": code, "quantity": 1, "unit_price": price });
        Self {
            place,
            total: lots.iter().map(|(_, price)| price).sum(),
            lines: lots.iter().map(line).collect(),
        }
    }

    /// Sold while cut off, so that a small city's shelves are deep enough.
    pub fn sell(&self, address: &Address, token: &str) {
        let id = Uuid::now_v7();
        let item = json!({ "id": id, "shop_id": self.place, "sold_at": persian::Timestamp::system_now(),
            "lines": self.lines, "tenders": [{ "kind": "cash", "amount": self.total }] });
        let body = json!({ "items": [item] });
        let (status, body) = address
            .post("/api/v1/till/batches", token, &id.to_string(), &body)
            .unwrap();
        assert_eq!(
            (status, &body["results"][0]["status"]),
            (200, &json!("accepted")),
            "{body}"
        );
    }
}
