//! Proof that balances, movements and discrepancies agree, on any database.

use db::{Conn, Result, sql};
use serde::Serialize;

/// A record at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The invariant: `S1`, `S2`, `C3`, `L1`, `P1`.
    pub code: &'static str,
    /// The record.
    pub record: String,
    /// What is wrong, for the log.
    pub detail: String,
}

/// Each invariant with the statement that finds its faults as `record` and `detail`.
const CHECKS: &[(&str, &str, &str)] = &[
    (
        "S1",
        "SELECT count(*) AS value FROM stock",
        "SELECT l.code AS record, 'balance differs from the sum of movements' AS detail FROM stock s
         JOIN lot l ON l.id = s.lot_id LEFT JOIN (SELECT lot_id, place_id, CAST(sum(quantity) AS bigint) AS moved,
         count(*) AS number FROM stock_movement GROUP BY lot_id, place_id) m
         ON m.lot_id = s.lot_id AND m.place_id = s.place_id
         WHERE coalesce(m.moved, 0) <> s.on_hand OR coalesce(m.number, 0) <> s.sequence",
    ),
    (
        "S2",
        "SELECT count(*) AS value FROM stock",
        "SELECT l.code AS record, 'overdraw differs from open discrepancies' AS detail FROM stock s
         JOIN lot l ON l.id = s.lot_id LEFT JOIN (SELECT lot_id, place_id, CAST(sum(quantity) AS bigint) AS open_pieces
         FROM discrepancy WHERE state = 'open' AND kind = 'overdraw' GROUP BY lot_id, place_id) d
         ON d.lot_id = s.lot_id AND d.place_id = s.place_id
         WHERE coalesce(d.open_pieces, 0) <> s.overdrawn OR s.on_hand + s.overdrawn < 0",
    ),
    (
        "S5",
        "SELECT count(*) AS value FROM lot",
        "SELECT l.code AS record, 'lot, receipt and agreement name different makers' AS detail FROM lot l
         JOIN goods_receipt r ON r.id = l.receipt_id JOIN agreement a ON a.id = l.agreement_id
         WHERE r.contact_id <> l.contact_id OR a.contact_id <> l.contact_id",
    ),
    (
        "C3",
        "SELECT count(*) AS value FROM agreement",
        "SELECT CAST(a.number AS text) AS record, 'two agreements govern one day' AS detail FROM agreement a
         JOIN agreement b ON b.contact_id = a.contact_id AND b.organization_id = a.organization_id AND b.id > a.id
         LEFT JOIN agreement_end ea ON ea.agreement_id = a.id LEFT JOIN agreement_end eb ON eb.agreement_id = b.id
         WHERE a.starts_on <= coalesce(eb.last_on, b.ends_on) AND b.starts_on <= coalesce(ea.last_on, a.ends_on)",
    ),
    (
        "P1",
        "SELECT count(*) AS value FROM product_card WHERE state = 'approved'",
        "SELECT code AS record, 'approved without photo, price, category or tax class' AS detail FROM product_card
         WHERE state = 'approved' AND (photo_id IS NULL OR price IS NULL OR category IS NULL OR tax_class IS NULL)",
    ),
];

/// One invariant's outcome.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// The invariant.
    pub code: &'static str,
    /// Records looked at.
    pub checked: i64,
    /// Records at fault.
    pub faults: Vec<Fault>,
}

/// Proves every invariant of this room.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    let mut done = Vec::with_capacity(CHECKS.len());
    for (code, count, find) in CHECKS {
        let checked = sql(*count).scalar(conn).await?;
        let rows = sql(*find).rows(conn).await?;
        let faults = rows
            .iter()
            .map(|row| {
                Ok(Fault {
                    code,
                    record: row.get("record")?,
                    detail: row.get("detail")?,
                })
            })
            .collect::<Result<_>>()?;
        done.push(Check {
            code,
            checked,
            faults,
        });
    }
    Ok(done)
}

/// All faults of all checks.
pub async fn faults(conn: &mut Conn) -> Result<Vec<Fault>> {
    Ok(checks(conn)
        .await?
        .into_iter()
        .flat_map(|check| check.faults)
        .collect())
}

/// Pieces since the beginning, all from movements:
/// `received + returned_by_customer - sold - returned_to_maker - lost = on_hand`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pieces {
    /// Taken over from makers.
    pub received: i64,
    /// Sold, whatever came back later.
    pub sold: i64,
    /// Brought back by customers.
    pub returned_by_customer: i64,
    /// Given back to makers.
    pub returned_to_maker: i64,
    /// All other losses less what was found.
    pub lost: i64,
    /// There now.
    pub on_hand: i64,
}

/// The pieces of the whole city.
pub async fn pieces(conn: &mut Conn) -> Result<Pieces> {
    let rows = sql(
        "SELECT kind, CAST(sum(quantity) AS bigint) AS moved FROM stock_movement GROUP BY kind",
    )
    .rows(conn)
    .await?;
    let mut pieces = Pieces {
        received: 0,
        sold: 0,
        returned_by_customer: 0,
        returned_to_maker: 0,
        lost: 0,
        on_hand: 0,
    };
    for row in rows {
        let moved: i64 = row.get("moved")?;
        match row.get::<String>("kind")?.as_str() {
            "intake" => pieces.received += moved,
            "sale" => pieces.sold -= moved,
            "return_resellable" | "return_damaged" => pieces.returned_by_customer += moved,
            "return_to_producer" => pieces.returned_to_maker -= moved,
            _ => pieces.lost -= moved,
        }
    }
    pieces.on_hand = sql("SELECT CAST(coalesce(sum(on_hand), 0) AS bigint) AS value FROM stock")
        .scalar(conn)
        .await?;
    Ok(pieces)
}
