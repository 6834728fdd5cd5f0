//! Proofs over a whole city: who may see rests on what was agreed to.

use db::{Check, Conn, Fault, Result, Rule, prove};
use persian::Timestamp;

use crate::audit;

/// Every head that was kept is one of the chain.
pub async fn check_heads(
    conn: &mut Conn,
    keys: &db::Keys,
    file: &std::path::Path,
) -> Result<Check> {
    let (heads, faults) = audit::verify_heads(conn, keys, file).await?;
    Ok(Check::new(
        "audit_heads",
        heads,
        faults.into_iter().map(of_chain).collect(),
    ))
}

fn of_chain(fault: audit::ChainFault) -> Fault {
    Fault {
        record: fault.record,
        detail: fault.detail,
    }
}

/// The audit chain, and that grants rest on living consents.
pub async fn checks(conn: &mut Conn, now: Timestamp) -> Result<Vec<Check>> {
    let (links, faults) = audit::verify(conn, now).await?;
    let faults = faults.into_iter().map(of_chain).collect();
    let mut checks = vec![Check::new("audit_chain", links, faults)];
    checks.extend(prove(conn, RULES).await?);
    Ok(checks)
}

const RULES: &[Rule] = &[
    (
        "grant_consent",
        "access_grant",
        "SELECT count(*) AS value FROM access_grant WHERE consent_id IS NOT NULL",
        "SELECT g.id AS record, 'rests on a consent of somebody else, or one that was withdrawn' AS detail
         FROM access_grant g JOIN consent c ON c.id = g.consent_id
         WHERE g.subject_id <> c.subject_id
         OR (c.withdrawn_at IS NOT NULL AND (g.valid_until IS NULL OR g.valid_until > c.withdrawn_at))",
    ),
    (
        "grant_sensitive",
        "access_grant",
        "SELECT count(*) AS value FROM access_grant WHERE category = 'sensitive'",
        "SELECT g.id AS record, 'sensitive facts without a consent' AS detail FROM access_grant g
         WHERE g.category = 'sensitive' AND g.consent_id IS NULL",
    ),
];
