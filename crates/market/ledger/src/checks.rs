//! Proofs of the books: what must hold on any database.

use db::{Check, Conn, Fault, Result, Rule, prove};

use crate::statements;

/// Proves K1 to K5, K7, C1 and M5, that entries carry what their lines say, that what was paid was
/// earned, and that no seal is broken.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    let mut done = prove(conn, RULES).await?;
    done.push(seals(conn).await?);
    Ok(done)
}

/// The most faults a check names.
const MOST_FAULTS: usize = 100;

/// Every statement's digest is the digest of its figures.
async fn seals(conn: &mut Conn) -> Result<Check> {
    let (mut checked, mut faults, mut before) = (0, Vec::new(), None);
    loop {
        let some = statements::after(conn, before, 1_000).await?;
        let Some(last) = some.last() else { break };
        before = Some(last.id.get());
        checked += i64::try_from(some.len()).unwrap_or_default();
        let broken = some.iter().filter(|one| one.digest() != one.seal);
        faults.extend(broken.map(|one| Fault {
            record: format!("statement:{}", one.id),
            detail: "its seal is not the digest of its figures".into(),
        }));
    }
    faults.truncate(MOST_FAULTS);
    Ok(Check::new("statement_seal", checked, faults))
}

const ACCOUNTS: &str = "SELECT count(*) AS value FROM account";
const ACCRUALS: &str = "SELECT count(*) AS value FROM accrual";
const STATEMENTS: &str = "SELECT count(*) AS value FROM statement";
const PAYOUTS: &str = "SELECT count(*) AS value FROM payout";
const BATCHES: &str = "SELECT count(*) AS value FROM payout_batch";

const RULES: &[Rule] = &[
    (
        "C1",
        "accrual",
        ACCRUALS,
        "SELECT id AS record, 'the parts are not what was paid' AS detail FROM accrual
         WHERE net + commission + vat <> paid",
    ),
    (
        "K1",
        "account",
        ACCOUNTS,
        "SELECT a.id AS record, 'its sums are not those of its transfers' AS detail FROM account a
         LEFT JOIN (SELECT debit_id, CAST(sum(amount) AS bigint) AS amount FROM transfer GROUP BY debit_id) d
         ON d.debit_id = a.id
         LEFT JOIN (SELECT credit_id, CAST(sum(amount) AS bigint) AS amount FROM transfer GROUP BY credit_id) c
         ON c.credit_id = a.id
         WHERE a.debits <> coalesce(d.amount, 0) OR a.credits <> coalesce(c.amount, 0)",
    ),
    (
        "entry_lines",
        "entry",
        "SELECT count(*) AS value FROM entry",
        "SELECT e.id AS record, 'it moves another sum than its lines or its payout say' AS detail FROM entry e
         LEFT JOIN (SELECT entry_id, CAST(sum(amount) AS bigint) AS amount FROM transfer GROUP BY entry_id) t
         ON t.entry_id = e.id
         LEFT JOIN (SELECT entry_id, CAST(sum(abs(paid)) AS bigint) AS amount FROM accrual GROUP BY entry_id) a
         ON a.entry_id = e.id
         LEFT JOIN payout p ON p.id = e.source_id
         WHERE coalesce(t.amount, 0) = 0 OR (e.kind IN ('sale', 'sale_return', 'loss_borne') AND t.amount <> coalesce(a.amount, 0))
         OR (e.kind IN ('payout', 'payout_paid', 'payout_failed', 'payout_returned',
             'payout_reopened') AND t.amount <> coalesce(p.amount, 0))",
    ),
    (
        "K2",
        "account",
        ACCOUNTS,
        "SELECT a.id AS record, 'she is owed another sum than her unpaid lines' AS detail FROM account a
         LEFT JOIN (SELECT contact_id, CAST(sum(net) AS bigint) AS net FROM accrual GROUP BY contact_id) n
         ON n.contact_id = a.contact_id
         LEFT JOIN (SELECT contact_id, CAST(sum(amount) AS bigint) AS amount FROM payout
             WHERE state IN ('in_transit', 'confirmed') GROUP BY contact_id) p ON p.contact_id = a.contact_id
         WHERE a.kind = 'maker_payable'
         AND a.credits - a.debits <> coalesce(n.net, 0) - coalesce(p.amount, 0)",
    ),
    (
        "M5",
        "place",
        "SELECT count(*) AS value FROM account WHERE kind = 'vat'",
        "SELECT a.place_id AS record, 'the tax of a shop on a day is not that of its lines' AS detail
         FROM (SELECT place_id, on_day, CAST(sum(credits - debits) AS bigint) AS vat FROM account
             WHERE kind = 'vat' GROUP BY place_id, on_day) a
         LEFT JOIN (SELECT place_id, sold_on, CAST(sum(vat) AS bigint) AS vat FROM accrual
             GROUP BY place_id, sold_on) l ON l.place_id = a.place_id AND l.sold_on = a.on_day
         WHERE coalesce(l.vat, 0) <> a.vat
         UNION ALL SELECT l.place_id, 'its tax stands in no account of its shop and day' FROM accrual l
         WHERE l.vat <> 0 AND NOT EXISTS (SELECT 1 FROM account a WHERE a.kind = 'vat' AND a.place_id = l.place_id
             AND a.on_day = l.sold_on)",
    ),
    (
        "K3",
        "statement",
        STATEMENTS,
        "SELECT s.id AS record, 'its sums are not those of its lines' AS detail FROM statement s
         LEFT JOIN (SELECT l.statement_id, count(*) AS lines, CAST(sum(a.paid) AS bigint) AS paid,
             CAST(sum(a.vat) AS bigint) AS vat, CAST(sum(a.commission) AS bigint) AS commission,
             CAST(sum(a.net) AS bigint) AS net FROM statement_line l JOIN accrual a ON a.id = l.accrual_id
             GROUP BY l.statement_id) x ON x.statement_id = s.id
         WHERE coalesce(x.lines, 0) <> s.lines OR coalesce(x.paid, 0) <> s.paid OR coalesce(x.vat, 0) <> s.vat
         OR coalesce(x.commission, 0) <> s.commission OR coalesce(x.net, 0) <> s.net",
    ),
    (
        "statement_maker",
        "accrual",
        "SELECT count(*) AS value FROM statement_line",
        "SELECT a.id AS record, 'it stands in the statement of another maker' AS detail FROM statement_line l
         JOIN accrual a ON a.id = l.accrual_id JOIN statement s ON s.id = l.statement_id
         WHERE a.contact_id <> s.contact_id",
    ),
    (
        "K3_payout",
        "statement",
        STATEMENTS,
        "SELECT s.id AS record, 'it is not in exactly the one live payout it names' AS detail FROM statement s
         LEFT JOIN (SELECT l.statement_id, count(*) AS live FROM payout_statement l JOIN payout p ON p.id = l.payout_id
             WHERE p.state IN ('drafted', 'in_transit', 'confirmed') GROUP BY l.statement_id) x
         ON x.statement_id = s.id
         WHERE coalesce(x.live, 0) <> CASE WHEN s.payout_id IS NULL THEN 0 ELSE 1 END
         OR (s.payout_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payout_statement l JOIN payout p ON p.id = l.payout_id
             WHERE l.statement_id = s.id AND l.payout_id = s.payout_id AND p.contact_id = s.contact_id
             AND p.state IN ('drafted', 'in_transit', 'confirmed')))",
    ),
    (
        "earnings",
        "payout",
        PAYOUTS,
        "SELECT p.id AS record, 'what reached her is not what she earned' AS detail FROM payout p
         LEFT JOIN (SELECT coalesce(n.source_id, e.payout_line_id) AS payout_id, count(*) AS times,
             CAST(sum(e.amount) AS bigint) AS amount FROM earning_card e LEFT JOIN entry n ON n.id = e.payout_line_id
             GROUP BY coalesce(n.source_id, e.payout_line_id)) x ON x.payout_id = p.id
         WHERE coalesce(x.times, 0) <> CASE WHEN p.state = 'confirmed' THEN 1 ELSE 0 END
         OR (x.amount IS NOT NULL AND x.amount <> p.amount)",
    ),
    (
        "bank_answers",
        "payout",
        "SELECT count(*) AS value FROM bank_result_line",
        "SELECT p.id AS record, 'the bank said paid, and nobody was asked to look' AS detail FROM payout p
         WHERE p.state IN ('failed', 'returned')
         AND EXISTS (SELECT 1 FROM bank_result_line l WHERE l.payout_id = p.id AND l.status = 'paid')
         AND NOT EXISTS (SELECT 1 FROM bank_result_line l WHERE l.payout_id = p.id AND l.status = 'paid' AND l.was_applied)
         AND NOT EXISTS (SELECT 1 FROM payout_conflict f WHERE f.payout_id = p.id AND f.status = 'paid')",
    ),
    (
        "K4",
        "payout",
        PAYOUTS,
        "SELECT p.id AS record, 'it does not pay its statements' AS detail FROM payout p
         JOIN (SELECT l.payout_id, CAST(sum(s.net) AS bigint) AS net FROM payout_statement l
             JOIN statement s ON s.id = l.statement_id GROUP BY l.payout_id) x ON x.payout_id = p.id
         WHERE x.net <> p.amount",
    ),
    (
        "K5",
        "payout_batch",
        BATCHES,
        "SELECT b.id AS record, 'closed with payments on their way, or its sum is wrong' AS detail
         FROM payout_batch b JOIN (SELECT batch_id, CAST(sum(amount) AS bigint) AS amount, count(*) AS lines,
             CAST(sum(CASE WHEN state = 'in_transit' THEN 1 ELSE 0 END) AS bigint) AS waiting
             FROM payout GROUP BY batch_id) p ON p.batch_id = b.id
         WHERE p.amount <> b.total OR p.lines <> b.lines OR (b.state = 'reconciled' AND p.waiting > 0)",
    ),
    (
        "K7",
        "payout_batch",
        BATCHES,
        "SELECT b.id AS record, 'approved by who prepared it or changed a payee' AS detail FROM payout_batch b
         WHERE b.approved_by = b.prepared_by OR EXISTS (SELECT 1 FROM payout p WHERE p.batch_id = b.id
         AND p.payee_changed_by = b.approved_by)",
    ),
    (
        "maker_month",
        "contact",
        "SELECT count(*) AS value FROM maker_month",
        "SELECT m.contact_id AS record, 'the months are not the sum of the lines' AS detail
         FROM (SELECT contact_id, CAST(sum(paid) AS bigint) AS paid, CAST(sum(net) AS bigint) AS net,
             CAST(sum(pieces) AS bigint) AS pieces FROM maker_month GROUP BY contact_id) m
         LEFT JOIN (SELECT contact_id, CAST(sum(paid) AS bigint) AS paid, CAST(sum(net) AS bigint) AS net,
             CAST(sum(quantity) AS bigint) AS pieces FROM accrual GROUP BY contact_id) a
         ON a.contact_id = m.contact_id
         WHERE coalesce(a.paid, 0) <> m.paid OR coalesce(a.net, 0) <> m.net OR coalesce(a.pieces, 0) <> m.pieces",
    ),
];
