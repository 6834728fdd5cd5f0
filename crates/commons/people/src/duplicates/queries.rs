//! Looking for those who may be the same, by indexed keys.

use std::collections::HashSet;

use db::{Conn, FromRow, Keys, Lookup, Result, Row, Tx, Value, sql};
use persian::NationalCode;

use super::{CodeMatch, Match, Typed, signs, verdict};
use crate::persons::queries::COLUMNS;
use crate::{Person, PersonId};

/// More who share a key than these are no help to anybody.
const MOST: i64 = 200;
/// Matches shown.
const SHOWN: usize = 8;

struct Candidate {
    person: Person,
    code_hash: Option<Vec<u8>>,
}

impl FromRow for Candidate {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            person: Person::from_row(row)?,
            code_hash: row.get("national_code_hash")?,
        })
    }
}

/// Codes with a right check digit one slip away from the digits typed: one digit other, or two
/// neighbours in the other order. Empty when ten digits were not typed.
pub fn near_codes(typed: &str) -> Vec<NationalCode> {
    let digits: Vec<char> = persian::latin_digits(typed)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    if digits.len() != 10 {
        return Vec::new();
    }
    let mut tries = Vec::new();
    for place in 0..9 {
        let mut swapped = digits.clone();
        swapped.swap(place, place + 1);
        tries.push(swapped);
    }
    for place in 0..10 {
        for digit in '0'..='9' {
            let mut other = digits.clone();
            if let Some(slot) = other.get_mut(place) {
                *slot = digit;
            }
            tries.push(other);
        }
    }
    let mut found: Vec<NationalCode> = Vec::new();
    for code in tries.iter().filter(|code| **code != digits) {
        if let Ok(code) = NationalCode::parse(&code.iter().collect::<String>())
            && !found.contains(&code)
        {
            found.push(code);
        }
    }
    found
}

/// People who may be the one typed, likeliest first; at most eight.
pub async fn candidates(conn: &mut Conn, keys: &Keys, typed: &Typed) -> Result<Vec<Match>> {
    let hash = |code: &NationalCode| keys.lookup("national_code", code.as_str());
    let same = NationalCode::parse(&typed.national_code)
        .ok()
        .as_ref()
        .map(hash);
    let near: Vec<Lookup> = near_codes(&typed.national_code).iter().map(hash).collect();
    let contacts: HashSet<contacts::ContactId> = match &typed.phone {
        Some(phone) => {
            let found = contacts::list_by_phone(conn, &keys.lookup("phone", phone)).await?;
            found.into_iter().map(|contact| contact.id).collect()
        }
        None => HashSet::new(),
    };
    let mut query = Blocks::default();
    query.any_of(
        "p.national_code_hash",
        same.iter()
            .chain(&near)
            .flat_map(|code| code.forms().iter().cloned().map(Value::Bytes)),
    );
    query.any_of("p.contact_id", contacts.iter().map(|id| Value::from(*id)));
    let [first, last] =
        [&typed.first_name, &typed.last_name].map(|name| persian::fold_spaceless(name));
    if !last.is_empty() {
        let orders = [format!("{first}{last}"), format!("{last}{first}")];
        let sounds = orders
            .clone()
            .map(|name| persian::sounds(&name).replace(' ', ""));
        query.any_of("p.name_key", orders.into_iter().map(Value::Text));
        query.any_of("p.sounds_key", sounds.into_iter().map(Value::Text));
    }
    // Names with a slip are found by the day of birth.
    query.any_of(
        "p.birth_on",
        typed
            .birth_on
            .filter(|_| !typed.is_birth_approximate)
            .map(Value::Date),
    );
    if query.conditions.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SELECT {COLUMNS}, p.national_code_hash FROM person p WHERE {} LIMIT {MOST}",
        query.conditions.join(" OR ")
    );
    let found: Vec<Candidate> = sql(text).bind_all(query.values).all(conn).await?;
    let mut matches: Vec<Match> = found
        .into_iter()
        .filter_map(|candidate| {
            let code = match (&candidate.code_hash, &same) {
                (Some(kept), _) if near.iter().any(|near| near.is(kept)) => CodeMatch::Near,
                (Some(kept), Some(same)) if same.is(kept) => CodeMatch::Same,
                (Some(_), Some(_)) => CodeMatch::Other,
                _ => CodeMatch::Unknown,
            };
            let has_phone = contacts.contains(&candidate.person.contact_id);
            let signs = signs(typed, &candidate.person, code, has_phone);
            let (points, verdict) = verdict(&signs);
            Some(Match {
                person: candidate.person,
                points,
                verdict: verdict?,
                signs,
            })
        })
        .collect();
    matches.sort_by_key(|found| (-found.points, found.person.id));
    matches.truncate(SHOWN);
    Ok(matches)
}

#[derive(Default)]
struct Blocks {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Blocks {
    fn any_of(&mut self, column: &str, values: impl IntoIterator<Item = Value>) {
        let first = self.values.len() + 1;
        self.values.extend(values);
        if self.values.len() >= first {
            let marks: Vec<String> = (first..=self.values.len())
                .map(|n| format!("${n}"))
                .collect();
            self.conditions
                .push(format!("{column} IN ({})", marks.join(", ")));
        }
    }
}

/// Remembers that a person is none of these, so that the pairs are not shown again.
pub async fn remember_different(tx: &mut Tx, id: PersonId, others: &[PersonId]) -> Result<()> {
    for other in others.iter().filter(|other| **other != id) {
        sql(
            "INSERT INTO person_difference (first_id, second_id, made_by, made_at)
             VALUES ($1, $2, $3, $4) ON CONFLICT (first_id, second_id) DO NOTHING",
        )
        .bind(id.min(*other))
        .bind(id.max(*other))
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
    }
    Ok(())
}
