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
        "M3_means",
        "sale",
        "SELECT count(*) AS value FROM sale_refunded",
        "SELECT s.id AS record, 'more went back by a means than was paid by it, or it was miscounted' AS detail
         FROM sale s JOIN (SELECT sale_id, CAST(sum(CASE WHEN refund_kind = 'cash' THEN total ELSE 0 END) AS bigint) AS cash,
             CAST(sum(CASE WHEN refund_kind = 'card' THEN total ELSE 0 END) AS bigint) AS card
             FROM sale_return GROUP BY sale_id) r ON r.sale_id = s.id
         LEFT JOIN sale_refunded n ON n.sale_id = s.id
         WHERE r.cash > s.cash - s.change_given OR r.card > s.card
         OR r.cash <> coalesce(n.cash_back, 0) OR r.card <> coalesce(n.card_back, 0)",
    ),
    (
        "M2",
        "sale",
        "SELECT count(*) AS value FROM tender WHERE kind = 'card'",
        "SELECT t.sale_id AS record, 'a card payment without a reference, and nobody is asked for it' AS detail
         FROM tender t WHERE t.kind = 'card' AND t.reference IS NULL
         AND NOT EXISTS (SELECT 1 FROM sale_discrepancy d WHERE d.sale_id = t.sale_id AND d.kind = 'reference')",
    ),
    (
        "M5_lines",
        "sale_line",
        LINES,
        "SELECT l.id AS record, 'its tax or the rate of it is not what the books have' AS detail FROM sale_line l
         JOIN accrual_card a ON a.id = l.id WHERE a.vat_bp <> l.vat_bp OR a.vat <> l.vat
         UNION ALL SELECT b.id, 'the tax taken back has another rate than the sale' FROM return_line b
         JOIN sale_line l ON l.id = b.line_id JOIN accrual_card a ON a.id = b.id WHERE a.vat_bp <> l.vat_bp",
    ),
    (
        "C2",
        "accrual",
        "SELECT count(*) AS value FROM accrual_card",
        "SELECT a.id AS record, 'its rate is not the one its lot was received under' AS detail FROM accrual_card a
         JOIN lot_card k ON k.id = a.lot_id WHERE k.commission_bp <> a.commission_bp",
    ),
    (
        "loss_borne",
        "lot",
        "SELECT count(*) AS value FROM movement_card WHERE payer IN ('shop', 'insurer', 'city_fund') AND quantity < 0",
        "SELECT m.lot_id AS record, 'another than its maker bears it, and she was not given her share' AS detail
         FROM (SELECT document_id, lot_id, -CAST(sum(quantity) AS bigint) AS pieces FROM movement_card
             WHERE quantity < 0 AND payer IN ('shop', 'insurer', 'city_fund') GROUP BY document_id, lot_id) m
         JOIN lot_card k ON k.id = m.lot_id
         LEFT JOIN (SELECT sale_id, lot_id, CAST(sum(quantity) AS bigint) AS pieces FROM accrual_card
             WHERE kind = 'compensation' GROUP BY sale_id, lot_id) a ON a.sale_id = m.document_id AND a.lot_id = m.lot_id
         WHERE coalesce(a.pieces, 0) <> m.pieces AND k.commission_bp < 10000
         UNION ALL SELECT a.lot_id, 'she was given a share of goods that nobody bears' FROM accrual_card a
         WHERE a.kind = 'compensation' AND NOT EXISTS (SELECT 1 FROM movement_card m WHERE m.document_id = a.sale_id
             AND m.lot_id = a.lot_id AND m.quantity < 0 AND m.payer IN ('shop', 'insurer', 'city_fund'))",
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
         WHERE a.kind <> 'compensation' AND NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.id = a.id)
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
        "F2",
        "sale_line",
        LINES,
        "SELECT l.id AS record, 'food sold without a licence of that day, and nobody was told' AS detail FROM sale_line l
         JOIN accrual_card a ON a.id = l.id JOIN lot_card k ON k.id = l.lot_id
         JOIN product_card p ON p.id = k.product_id
         WHERE p.is_food AND NOT EXISTS (SELECT 1 FROM licence_card c WHERE c.contact_id = l.contact_id
             AND c.kind = 'hygiene' AND c.valid_from <= a.sold_on AND c.valid_until >= a.sold_on
             AND (c.state = 'valid' OR c.revoked_on >= a.sold_on))
         AND NOT EXISTS (SELECT 1 FROM discrepancy_card d WHERE d.document_id = l.sale_id AND d.lot_id = l.lot_id
             AND d.kind IN ('not_approved', 'expired'))",
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

/// Proves C2, F1, F2, M1 to M5, R1, R2, S3, that who bears a loss pays for it, that each line accrued once, and that no series has a gap.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}
