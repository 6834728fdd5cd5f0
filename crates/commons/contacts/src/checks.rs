//! Proofs over a whole city: where money goes was decided by two people, and came back at most once.

use db::{Check, Conn, Result, Rule, prove};

/// Rules of payees and earnings.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    prove(conn, RULES).await
}

const RULES: &[Rule] = &[
    (
        "payee_two_hands",
        "payee",
        "SELECT count(*) AS value FROM payee WHERE decided_by IS NOT NULL",
        "SELECT p.id AS record, 'decided by who changed it' AS detail FROM payee p
         WHERE p.decided_by = p.changed_by",
    ),
    (
        "payee_current",
        "contact",
        "SELECT count(*) AS value FROM payee WHERE state = 'approved'",
        "SELECT p.contact_id AS record, 'more than one payee holds' AS detail FROM payee p
         WHERE p.state = 'approved' GROUP BY p.contact_id HAVING count(*) > 1",
    ),
    (
        "earning_return",
        "earning",
        "SELECT count(*) AS value FROM earning_return",
        "SELECT e.id AS record, 'went back before it came' AS detail FROM earning e
         JOIN earning_return r ON r.earning_id = e.id WHERE r.returned_on < e.earned_on",
    ),
    (
        "payee_name",
        "payee",
        "SELECT count(*) AS value FROM payee WHERE name_check = 'differs'",
        "SELECT p.id AS record, 'an own account in another name, without a reason' AS detail
         FROM payee p WHERE p.kind = 'own_account' AND p.name_check = 'differs'
         AND p.check_reason_sealed IS NULL",
    ),
];
