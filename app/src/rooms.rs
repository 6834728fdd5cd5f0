//! The rooms of the house, from the ground up.

use access::Room;

/// Every room with a door.
pub fn all() -> Vec<Room> {
    vec![
        access::room(),
        contacts::room(),
        organizations::room(),
        people::room(),
        notices::room(),
        casework::room(),
        referrals::room(),
        learning::room(),
        makers::room(),
        consignment::room(),
        ledger::room(),
        till::room(),
        shop::room(),
        demand::room(),
        indicators::room(),
        governance::room(),
        crate::pages::room(),
    ]
}

/// Every room's proofs of its invariants.
pub async fn checks(conn: &mut db::Conn, now: persian::Timestamp) -> db::Result<Vec<db::Check>> {
    let (links, faults) = access::audit::verify(conn, now).await?;
    let faults = faults.into_iter().map(|fault| db::Fault {
        record: fault.record,
        detail: fault.detail,
    });
    let mut checks = vec![db::Check::new("audit_chain", links, faults.collect())];
    checks.extend(people::checks(conn).await?);
    checks.extend(referrals::checks(conn).await?);
    checks.extend(ledger::checks(conn).await?);
    checks.extend(till::checks(conn).await?);
    checks.extend(learning::checks(conn).await?);
    checks.extend(demand::checks(conn).await?);
    for check in consignment::proof::checks(conn).await? {
        let faults = check.faults.into_iter();
        let faults = faults.map(|fault| db::Fault {
            record: fault.record,
            detail: fault.detail,
        });
        checks.push(db::Check::new(check.code, check.checked, faults.collect()));
    }
    Ok(checks)
}
