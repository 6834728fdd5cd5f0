//! Proof that balances, movements, discrepancies and agreements agree, on any database.

use db::{Check, Conn, Result, Rule, prove};

/// Proves S1, S2, S5 and C3.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[
    (
        "S1",
        "lot",
        "SELECT count(*) AS value FROM stock",
        "SELECT l.id AS record, 'balance differs from the sum of movements' AS detail FROM stock s
         JOIN lot l ON l.id = s.lot_id LEFT JOIN (SELECT lot_id, place_id, CAST(sum(quantity) AS bigint) AS moved,
         count(*) AS number FROM stock_movement GROUP BY lot_id, place_id) m
         ON m.lot_id = s.lot_id AND m.place_id = s.place_id
         WHERE coalesce(m.moved, 0) <> s.on_hand OR coalesce(m.number, 0) <> s.sequence",
    ),
    (
        "S2",
        "lot",
        "SELECT count(*) AS value FROM stock",
        "SELECT l.id AS record, 'overdraw differs from open discrepancies' AS detail FROM stock s
         JOIN lot l ON l.id = s.lot_id LEFT JOIN (SELECT lot_id, place_id, CAST(sum(quantity) AS bigint) AS open_pieces
         FROM discrepancy WHERE state = 'open' AND kind = 'overdraw' GROUP BY lot_id, place_id) d
         ON d.lot_id = s.lot_id AND d.place_id = s.place_id
         WHERE coalesce(d.open_pieces, 0) <> s.overdrawn OR s.on_hand + s.overdrawn < 0",
    ),
    (
        "S5",
        "lot",
        "SELECT count(*) AS value FROM lot",
        "SELECT l.id AS record, 'lot, receipt and agreement name different makers' AS detail FROM lot l
         JOIN goods_receipt r ON r.id = l.receipt_id JOIN agreement a ON a.id = l.agreement_id
         WHERE r.contact_id <> l.contact_id OR a.contact_id <> l.contact_id
         UNION ALL SELECT l.id, 'its agreement is of another operator, or not of that day' FROM lot l
         JOIN goods_receipt r ON r.id = l.receipt_id JOIN agreement a ON a.id = l.agreement_id
         JOIN place_card p ON p.id = r.place_id LEFT JOIN agreement_end e ON e.agreement_id = a.id
         WHERE p.organization_id <> a.organization_id OR r.agreement_id <> l.agreement_id
         OR r.received_on < a.starts_on OR r.received_on > a.ends_on
         OR (r.received_on > e.last_on AND e.made_at <= r.made_at)",
    ),
    (
        "C3",
        "agreement",
        "SELECT count(*) AS value FROM agreement",
        "SELECT a.id AS record, 'two agreements govern one day' AS detail FROM agreement a
         JOIN agreement b ON b.contact_id = a.contact_id AND b.organization_id = a.organization_id AND b.id > a.id
         LEFT JOIN agreement_end ea ON ea.agreement_id = a.id LEFT JOIN agreement_end eb ON eb.agreement_id = b.id
         WHERE a.starts_on <= coalesce(eb.last_on, b.ends_on) AND b.starts_on <= coalesce(ea.last_on, a.ends_on)",
    ),
];
