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
        webhooks::room(),
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
        observatory::room(),
        crate::pages::room(),
    ]
}

/// Every sealed column of every room.
pub fn sealed() -> Vec<db::Sealed> {
    [
        access::SEALED,
        contacts::SEALED,
        organizations::SEALED,
        people::SEALED,
        notices::SEALED,
        webhooks::SEALED,
        casework::SEALED,
        referrals::SEALED,
        learning::SEALED,
        demand::SEALED,
    ]
    .concat()
}

/// Every room's proofs of its invariants, from the ground up.
pub async fn checks(conn: &mut db::Conn, now: persian::Timestamp) -> db::Result<Vec<db::Check>> {
    let mut checks = access::checks(conn, now).await?;
    checks.extend(contacts::checks(conn).await?);
    checks.extend(organizations::checks(conn).await?);
    checks.extend(people::checks(conn).await?);
    checks.extend(webhooks::checks(conn).await?);
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
    checks.extend(observatory::checks(conn).await?);
    Ok(checks)
}

#[cfg(test)]
mod tests {
    use db::{Kind, Sealed};

    /// Bytes that are not sealed: orders of names, digests, keyed hashes nobody can make again,
    /// pictures.
    const NOT_SEALED: &[&str] = &[
        "organization.sort_key",
        "person.sort_key",
        "kept_answer.fingerprint",
        "audit_event.digest",
        "audit_link.hash",
        "import_batch.digest",
        "payout_batch.file_digest",
        "bank_result.digest",
        "statement.seal",
        "session.token_hash",
        "sign_in_choice.ticket_hash",
        "sign_in_choice.phone_mark",
        "leg_link.token_hash",
        "resolution_link.token_hash",
        "meeting_document.content",
        "person_likeness.hash",
        "photo.picture",
        "photo.small_picture",
        "story_text.picture",
        "story_text.small_picture",
    ];

    #[test]
    fn every_column_of_bytes_is_told_to_be_sealed_or_not() {
        let sealed = super::sealed();
        let is_declared = |table: &str, column: &str| {
            let own = |sealed: &&Sealed| sealed.table == table;
            let mut own = sealed.iter().filter(own);
            own.any(|sealed| {
                let lookup = sealed.lookup.map(|(column, _)| column);
                sealed.column == column || lookup == Some(column)
            })
        };
        let tables = db::tables(&migrations::all());
        let mut untold = Vec::new();
        for table in &tables {
            for (column, kind) in &table.columns {
                let name = format!("{}.{column}", table.name);
                let is_told =
                    is_declared(&table.name, column) || NOT_SEALED.contains(&name.as_str());
                if *kind == Kind::Bytes && !is_told {
                    untold.push(name);
                }
            }
        }
        assert_eq!(untold, Vec::<String>::new());
        for sealed in sealed {
            let table = tables.iter().find(|table| table.name == sealed.table);
            let columns = &table.expect(sealed.table).columns;
            let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
            assert!(names.contains(&sealed.column), "{sealed:?}");
        }
    }
}
