//! Proofs over a whole city: what constraints hold row by row is shown here for all rows, and
//! what they cannot hold is looked for.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use access::consents::{self, Consent};
use db::{Check, Conn, Fault, FromRow, Result, Rule, prove, sql};
use uuid::Uuid;

use crate::parcels::{Field, covers};

/// H2, H3 and H4, and that nothing is asked for a closed case.
pub async fn checks(conn: &mut Conn) -> Result<Vec<Check>> {
    let mut checks = prove(conn, RULES).await?;
    checks.push(parcels(conn).await?);
    Ok(checks)
}

const RULES: &[Rule] = &[
    // A waiting leg has exactly one debtor, and a clock that runs or is paused.
    (
        "H2",
        "leg",
        "SELECT count(*) AS value FROM leg",
        "SELECT id AS record, 'debtor or clock' AS detail FROM leg
         WHERE (clock = 'stopped') <> (debtor = 'nobody')
         OR (state <> 'declined' OR debtor <> 'sender') AND (clock = 'stopped') <> (state IN ('draft', 'declined', 'completed', 'withdrawn', 'expired',
            'forwarded', 'voided')) ORDER BY id",
    ),
    // Between two openings a leg is accepted, declined or completed at most once; a refusal that was
    // sent back is answered anew.
    (
        "H4",
        "leg",
        "SELECT count(*) AS value FROM leg WHERE answered_at IS NOT NULL",
        "SELECT leg_id AS record, 'answered twice' AS detail FROM leg_event GROUP BY leg_id
         HAVING sum(CASE WHEN act = 'complete' THEN 1 ELSE 0 END)
              > 1 + sum(CASE WHEN act = 'reopen' THEN 1 ELSE 0 END)
         OR sum(CASE WHEN act IN ('accept', 'decline') THEN 1 ELSE 0 END)
              > 1 + sum(CASE WHEN act IN ('reopen', 'send_back') THEN 1 ELSE 0 END) ORDER BY leg_id",
    ),
    (
        "leg_case",
        "leg",
        "SELECT count(*) AS value FROM leg WHERE clock <> 'stopped'",
        "SELECT l.id AS record, 'it waits for a case that is closed' AS detail FROM leg l
         JOIN case_card c ON c.id = l.case_id
         WHERE l.clock <> 'stopped' AND c.state = 'closed' ORDER BY l.id",
    ),
];

#[derive(FromRow)]
struct Held {
    id: Uuid,
    person_id: Uuid,
    consent_id: Uuid,
    fields: serde_json::Value,
}

/// Parcels read at once.
const CHUNK: i64 = 1_000;
/// Faults told at most.
const MOST: usize = 100;

/// H3: no parcel holds a field its consent does not cover.
async fn parcels(conn: &mut Conn) -> Result<Check> {
    let (mut last, mut checked, mut faults) = (Uuid::nil(), 0, Vec::new());
    loop {
        let chunk: Vec<Held> = sql(
            "SELECT p.id, l.person_id, p.consent_id, p.fields FROM parcel p
             JOIN leg l ON l.id = p.leg_id WHERE p.id > $1 ORDER BY p.id LIMIT $2",
        )
        .bind(last)
        .bind(CHUNK)
        .all(conn)
        .await?;
        let Some(end) = chunk.last() else { break };
        last = end.id;
        let mut known: HashMap<Uuid, Vec<Consent>> = HashMap::new();
        for held in chunk {
            checked += 1;
            let of_person = match known.entry(held.person_id) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => entry.insert(consents::list(conn, held.person_id).await?),
            };
            let consent = of_person
                .iter()
                .find(|consent| consent.id == held.consent_id);
            let fields: Vec<Field> = serde_json::from_value(held.fields)?;
            let is_whole = consent.is_some_and(|consent| {
                fields.iter().all(|field| covers(consent, field.category()))
            });
            if !is_whole && faults.len() < MOST {
                let detail = "a field beyond its consent".to_owned();
                faults.push(Fault {
                    record: format!("parcel:{}", held.id),
                    detail,
                });
            }
        }
    }
    Ok(Check::new("H3", checked, faults))
}
