//! Which of a list's people are in the records.

use std::collections::HashMap;

use access::grants::{self, Category};
use db::{Conn, Keys, Result, Value, sql};
use organizations::OrganizationId;
use persian::Timestamp;
use uuid::Uuid;

use crate::import::{Identity, Known, KnownPerson, ReadRow, identities};

/// Values asked for in one statement.
const TOGETHER: usize = 5_000;

/// Among whom a list finds people who are alike. The same national code is found in the whole
/// city, since it may stand there once only.
#[derive(Clone, Copy)]
pub(super) enum Among {
    /// Everybody: the operator brings a list in.
    City,
    /// Those whom this body registered or may see now; of others a list tells nothing.
    Body(OrganizationId, Timestamp),
}

impl Among {
    /// A condition on `person p` whose parameters start at `first`, and their values.
    fn condition(self, first: usize) -> (String, Vec<Value>) {
        match self {
            Self::City => ("TRUE".to_owned(), Vec::new()),
            Self::Body(body, now) => {
                let (bodies, category) = (vec![body.get()], Category::Operational);
                let (open, values) = grants::open_to("p.id", first + 1, bodies, category, now);
                let mut all = vec![Value::from(body)];
                all.extend(values);
                (format!("(p.organization_id = ${first} OR {open})"), all)
            }
        }
    }
}

/// Looks up everybody the rows may be.
pub(super) async fn look_up(
    conn: &mut Conn,
    keys: &Keys,
    rows: &[ReadRow<'_>],
    among: Among,
) -> Result<Known> {
    of(conn, keys, identities(rows), among).await
}

/// Looks up everybody these identities may be.
pub(super) async fn of(
    conn: &mut Conn,
    keys: &Keys,
    identities: Vec<Identity>,
    among: Among,
) -> Result<Known> {
    let mut known = Known::default();
    let mut codes: HashMap<Vec<u8>, String> = HashMap::new();
    let mut likenesses: HashMap<Vec<u8>, String> = HashMap::new();
    for identity in identities {
        if let Some(code) = identity.national_code {
            for form in keys.lookup("national_code", &code).forms() {
                codes.insert(form.clone(), code.clone());
            }
        }
        likenesses.insert(
            keys.blind("likeness", &identity.likeness),
            identity.likeness,
        );
    }
    let asked: Vec<&Vec<u8>> = codes.keys().collect();
    for part in asked.chunks(TOGETHER) {
        let text = format!(
            "SELECT id, national_code_hash FROM person WHERE national_code_hash IN ({})",
            marks(part.len())
        );
        for row in sql(text).bind_all(values(part)).rows(conn).await? {
            let hash: Vec<u8> = row.get("national_code_hash")?;
            if let Some(code) = codes.get(&hash) {
                known.by_national_code.insert(code.clone(), row.get("id")?);
            }
        }
    }
    let asked: Vec<&Vec<u8>> = likenesses.keys().collect();
    for part in asked.chunks(TOGETHER) {
        let (condition, more) = among.condition(part.len() + 1);
        let text = format!(
            "SELECT l.hash, p.id, p.identity FROM person_likeness l JOIN person p ON p.id = l.person_id
             WHERE l.hash IN ({}) AND {condition} ORDER BY p.id",
            marks(part.len())
        );
        let query = sql(text).bind_all(values(part)).bind_all(more);
        for row in query.rows(conn).await? {
            let (hash, id): (Vec<u8>, Uuid) = (row.get("hash")?, row.get("id")?);
            let identity: crate::Identity = row.get("identity")?;
            let person = KnownPerson {
                id,
                has_national_code: identity != crate::Identity::None,
            };
            let Some(likeness) = likenesses.get(&hash) else {
                continue;
            };
            // Whoever has no code may be meant by a row with one, so she comes first.
            let kept = known.by_likeness.entry(likeness.clone()).or_insert(person);
            if kept.has_national_code && !person.has_national_code {
                *kept = person;
            }
        }
    }
    Ok(known)
}

fn marks(count: usize) -> String {
    let marks: Vec<String> = (1..=count).map(|n| format!("${n}")).collect();
    marks.join(",")
}

fn values(hashes: &[&Vec<u8>]) -> Vec<Value> {
    hashes
        .iter()
        .map(|hash| Value::Bytes((*hash).clone()))
        .collect()
}
