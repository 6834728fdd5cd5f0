//! Proofs of the till: what must hold on any database.

use db::{Check, Conn, Result};

const SALES: &str = "SELECT count(*) AS value FROM sale";
const LINES: &str = "SELECT count(*) AS value FROM sale_line";

/// Code, kind of record, how many are looked at, which are at fault.
const CHECKS: &[(&str, &str, &str, &str)] = &[
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
         LEFT JOIN (SELECT shift_id, count(*) AS sales, CAST(sum(cash - change_given) AS bigint) AS cash
             FROM sale GROUP BY shift_id) s ON s.shift_id = h.id
         LEFT JOIN (SELECT shift_id, CAST(sum(total) AS bigint) AS cash FROM sale_return
             WHERE refund_kind = 'cash' GROUP BY shift_id) r ON r.shift_id = h.id
         WHERE coalesce(s.sales, 0) <> h.sales OR coalesce(s.cash, 0) - coalesce(r.cash, 0) <> h.cash",
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

/// Proves M1, M4, R1, R2 and that no series has a gap.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    let mut done = Vec::new();
    for (code, kind, count, faulty) in CHECKS {
        done.push(Check::by_sql(conn, code, kind, count, faulty).await?);
    }
    Ok(done)
}
