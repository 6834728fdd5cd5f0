//! Proofs over a whole city: who may see rests on what was agreed to.

use db::{Check, Conn, Fault, Result, Rule, prove, sql};
use persian::Timestamp;

use crate::{audit, consents};

/// Every head that was kept is one of the chain.
pub async fn check_heads(
    conn: &mut Conn,
    keys: &db::Keys,
    kept: &audit::KeptHeads,
) -> Result<Check> {
    let (heads, faults) = audit::verify_heads(conn, keys, kept).await?;
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
    checks.push(outlived(conn).await?);
    Ok(checks)
}

/// A grant that is open longer than the consent it rests on. Days end in Tehran, which SQL does
/// not know: each pair of ends is looked at once, and only those at fault are fetched.
async fn outlived(conn: &mut Conn) -> Result<Check> {
    let count = "SELECT count(*) AS value FROM access_grant WHERE consent_id IS NOT NULL";
    let grants: i64 = sql(count).scalar(conn).await?;
    let pairs = "SELECT DISTINCT g.valid_until AS open_until, c.valid_until AS last_day
         FROM access_grant g JOIN consent c ON c.id = g.consent_id";
    let mut faults = Vec::new();
    for pair in sql(pairs).rows(conn).await? {
        let (open, last): (Option<Timestamp>, persian::Date) =
            (pair.get("open_until")?, pair.get("last_day")?);
        if open.is_some_and(|open| open <= consents::end_of(last)) {
            continue;
        }
        let rows = sql(
            "SELECT g.id AS value FROM access_grant g JOIN consent c ON c.id = g.consent_id
             WHERE c.valid_until = $1 AND (g.valid_until IS NULL OR g.valid_until > $2) LIMIT 100",
        )
        .bind(last)
        .bind(consents::end_of(last));
        for grant in rows.scalars::<uuid::Uuid>(conn).await? {
            let record = format!("access_grant:{grant}");
            if !faults.iter().any(|fault: &Fault| fault.record == record) {
                faults.push(Fault {
                    record,
                    detail: "is open longer than the consent it rests on".to_owned(),
                });
            }
        }
    }
    faults.truncate(100);
    Ok(Check::new("grant_outlives_consent", grants, faults))
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
