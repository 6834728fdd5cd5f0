//! Proofs of the till: what must hold on any database.

use db::{Check, Conn, Result, Rule, prove};

const SALES: &str = "SELECT count(*) AS value FROM sale";
const LINES: &str = "SELECT count(*) AS value FROM sale_line";

const RULES: &[Rule] = &[
    (
        "M1",
        "sale",
        SALES,
        "SELECT s.id AS record, 'its tenders are not total plus change' AS detail FROM sale s
         LEFT JOIN (SELECT sale_id, CAST(sum(amount) AS bigint) AS amount FROM tender GROUP BY sale_id) t
         ON t.sale_id = s.id WHERE coalesce(t.amount, 0) <> s.total + s.change_given",
    ),
    (
        "M4",
        "sale",
        SALES,
        "SELECT s.id AS record, 'its total is not the sum of its lines' AS detail FROM sale s
         LEFT JOIN (SELECT sale_id, CAST(sum(amount) AS bigint) AS amount FROM sale_line GROUP BY sale_id) l
         ON l.sale_id = s.id WHERE coalesce(l.amount, 0) <> s.total",
    ),
    (
        "R1",
        "sale_line",
        LINES,
        "SELECT b.line_id AS record, 'its returns are not what was counted' AS detail FROM line_returned b
         LEFT JOIN (SELECT line_id, CAST(sum(quantity) AS bigint) AS quantity, CAST(sum(amount) AS bigint) AS amount
             FROM return_line GROUP BY line_id) r ON r.line_id = b.line_id
         WHERE coalesce(r.quantity, 0) <> b.returned OR coalesce(r.amount, 0) <> b.refunded",
    ),
    (
        "R2",
        "shift",
        "SELECT count(*) AS value FROM shift",
        "SELECT h.id AS record, 'its sums are not those of its sales and returns' AS detail FROM shift h
         LEFT JOIN (SELECT shift_id, count(*) AS sales, CAST(sum(cash - change_given) AS bigint) AS cash,
             CAST(sum(card) AS bigint) AS card FROM sale GROUP BY shift_id) s ON s.shift_id = h.id
         LEFT JOIN (SELECT shift_id, CAST(sum(CASE WHEN refund_kind = 'cash' THEN total ELSE 0 END) AS bigint) AS cash,
             CAST(sum(CASE WHEN refund_kind = 'card' THEN total ELSE 0 END) AS bigint) AS card
             FROM sale_return GROUP BY shift_id) r ON r.shift_id = h.id
         WHERE coalesce(s.sales, 0) <> h.sales OR coalesce(s.cash, 0) - coalesce(r.cash, 0) <> h.cash
         OR coalesce(s.card, 0) - coalesce(r.card, 0) <> h.card",
    ),
    (
        "M3",
        "sale_return",
        "SELECT count(*) AS value FROM sale_return",
        "SELECT r.id AS record, 'its total is not the sum of its lines' AS detail FROM sale_return r
         LEFT JOIN (SELECT return_id, CAST(sum(amount) AS bigint) AS amount FROM return_line GROUP BY return_id) l
         ON l.return_id = r.id WHERE coalesce(l.amount, 0) <> r.total",
    ),
    (
        "S3",
        "lot",
        "SELECT count(*) AS value FROM (SELECT DISTINCT lot_id FROM sale_line) l",
        "SELECT x.lot_id AS record, 'pieces sold and taken back are not those that left the shelf' AS detail
         FROM (SELECT lot_id, place_id, CAST(sum(pieces) AS bigint) AS pieces FROM (
             SELECT c.lot_id, c.place_id, c.quantity AS pieces FROM sale_line_card c
             UNION ALL SELECT l.lot_id, g.place_id, -b.quantity FROM return_line b
                 JOIN sale_return r ON r.id = b.return_id JOIN register g ON g.id = r.register_id
                 JOIN sale_line l ON l.id = b.line_id
             UNION ALL SELECT m.lot_id, m.place_id, m.quantity FROM movement_card m
                 WHERE m.kind IN ('sale', 'return_resellable', 'return_damaged')) u GROUP BY lot_id, place_id) x
         WHERE x.pieces <> 0",
    ),
    (
        "sale_accrual",
        "sale_line",
        LINES,
        "SELECT l.id AS record, 'it has not the one accrual it needs' AS detail FROM sale_line l
         LEFT JOIN accrual_card a ON a.id = l.id
         WHERE a.id IS NULL OR a.kind <> 'sale' OR a.quantity <> l.quantity OR a.paid <> l.amount OR a.vat <> l.vat
         OR a.contact_id <> l.contact_id
         UNION ALL SELECT a.id, 'it accrues for no line' FROM accrual_card a
         WHERE NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.id = a.id)
         AND NOT EXISTS (SELECT 1 FROM return_line b WHERE b.id = a.id AND b.quantity = -a.quantity AND b.amount = -a.paid)",
    ),
    (
        "F1",
        "sale_line",
        LINES,
        "SELECT l.id AS record, 'sold after its last day, and nobody was told' AS detail FROM sale_line l
         JOIN accrual_card a ON a.id = l.id JOIN lot_card k ON k.id = l.lot_id
         WHERE k.expires_on < a.sold_on AND NOT EXISTS (SELECT 1 FROM discrepancy_card d
             WHERE d.document_id = l.sale_id AND d.lot_id = l.lot_id AND d.kind = 'expired')",
    ),
    (
        "receipt_series",
        "register",
        "SELECT count(*) AS value FROM receipt_series",
        "SELECT n.register_id AS record, 'its numbers have gaps' AS detail FROM receipt_series n
         JOIN (SELECT register_id, year, count(*) AS sales FROM sale GROUP BY register_id, year) s
         ON s.register_id = n.register_id AND s.year = n.year WHERE s.sales <> n.last_number",
    ),
];

/// Proves F1, M1, M3, M4, R1, R2, S3, that each line accrued once, and that no series has a gap.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}
