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

/// Every room's proofs of its invariants, from the ground up.
pub async fn checks(conn: &mut db::Conn, now: persian::Timestamp) -> db::Result<Vec<db::Check>> {
    let mut checks = access::checks(conn, now).await?;
    checks.extend(contacts::checks(conn).await?);
    checks.extend(people::checks(conn).await?);
    checks.extend(casework::checks(conn).await?);
    checks.extend(referrals::checks(conn).await?);
    checks.extend(learning::checks(conn).await?);
    checks.extend(makers::checks(conn).await?);
    checks.extend(consignment::checks(conn).await?);
    checks.extend(ledger::checks(conn).await?);
    checks.extend(till::checks(conn).await?);
    checks.extend(demand::checks(conn).await?);
    checks.extend(indicators::checks(conn, now.date()).await?);
    checks.extend(governance::checks(conn).await?);
    Ok(checks)
}
