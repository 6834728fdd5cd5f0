//! The one statement of the search.

use access::Viewer;
use access::grants::{self, Category};
use contacts::ContactId;
use db::{Conn, FromRow, Keys, Result, Row, Value, sql};
use persian::Timestamp;

use super::{Closeness, Hit, Terms};
use crate::persons::queries::COLUMNS;
use crate::{Person, PersonId};

/// People a page shows.
const PAGE: usize = 50;

impl FromRow for Hit {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            person: Person::from_row(row)?,
            closeness: Closeness::of(row.get("closeness")?),
            is_visible: row.get("is_visible")?,
            body_fa: row.get("body_fa")?,
            body_en: row.get("body_en")?,
        })
    }
}

/// Where the next page begins: the closeness and id of the last person shown, as `1.ID`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor(i64, PersonId);

impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (rank, id) = text.split_once('.').ok_or(())?;
        Ok(Self(rank.parse().map_err(drop)?, id.parse().map_err(drop)?))
    }
}

/// People found, closest first, and where the next page begins.
pub async fn find(
    conn: &mut Conn,
    keys: &Keys,
    viewer: &Viewer,
    now: Timestamp,
    terms: &Terms,
    after: Option<&str>,
) -> Result<(Vec<Hit>, Option<String>)> {
    if terms.is_empty() {
        return Ok((Vec::new(), None));
    }
    let contacts = match &terms.phone {
        Some(phone) => contacts::list_by_phone(conn, keys.blind("phone", phone)).await?,
        None => Vec::new(),
    };
    let mut search = Search::default();
    search.codes(keys, terms, contacts.into_iter().map(|contact| contact.id));
    search.names(&terms.words);
    search.filters(terms);
    if search.ways.is_empty() && (search.filters.is_empty() || !terms.words.is_empty()) {
        return Ok((Vec::new(), None));
    }
    let (visible, values) =
        grants::visible("p.id", search.values.len() + 1, viewer, Category::Operational, now);
    search.values.extend(values);
    let cursor = after.and_then(|text| text.parse::<Cursor>().ok());
    let text = search.text(&visible, cursor);
    let mut hits: Vec<Hit> = sql(text).bind_all(search.values).all(conn).await?;
    let has_more = hits.len() > PAGE;
    hits.truncate(PAGE);
    let next = hits.last().filter(|_| has_more);
    let next = next.map(|last| format!("{}.{}", last.closeness as i64, last.person.id));
    Ok((hits, next))
}

/// Conditions with their closeness, conditions that narrow, and the values of both.
#[derive(Default)]
struct Search {
    ways: Vec<(Closeness, String)>,
    filters: Vec<String>,
    values: Vec<Value>,
}

impl Search {
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// A condition that a column is one of these; none for none.
    fn any_of(&mut self, column: &str, values: Vec<Value>) -> Option<String> {
        let marks: Vec<String> = values.into_iter().map(|value| self.value(value)).collect();
        (!marks.is_empty()).then(|| format!("{column} IN ({})", marks.join(", ")))
    }

    /// A condition that a key begins so, in the form an index answers.
    fn begins(&mut self, column: &str, key: &str) -> String {
        let from = self.value(key);
        let until = self.value(format!("{key}\u{10FFFF}"));
        format!("({column} >= {from} AND {column} < {until})")
    }

    fn codes(&mut self, keys: &Keys, terms: &Terms, contacts: impl Iterator<Item = ContactId>) {
        let hash = |code: &String| Value::Bytes(keys.blind("national_code", code));
        let same = terms.national_code.iter().map(hash).collect();
        let near = terms.near_codes.iter().map(hash).collect();
        let code = terms.code.iter().map(Value::from).collect();
        for (closeness, column, values) in [
            (Closeness::Exact, "p.national_code_hash", same),
            (Closeness::Exact, "p.contact_id", contacts.map(Value::from).collect()),
            (Closeness::Exact, "p.code", code),
            (Closeness::Prefix, "p.national_code_hash", near),
        ] {
            if let Some(condition) = self.any_of(column, values) {
                self.ways.push((closeness, condition));
            }
        }
    }

    fn names(&mut self, words: &[String]) {
        let whole = words.concat();
        if whole.is_empty() {
            return;
        }
        // Family name first is as good as first name first.
        let orders: Vec<String> =
            (0..words.len()).map(|cut| [&words[cut..], &words[..cut]].concat().concat()).collect();
        let same = self.any_of("p.name_key", orders.iter().map(Value::from).collect());
        self.ways.extend(same.map(|condition| (Closeness::Exact, condition)));
        let begins = self.begins("p.name_key", &whole);
        self.ways.push((Closeness::Prefix, begins));
        for cut in 1..=words.len() {
            let (last, first) = words.split_at(cut);
            let mut condition = self.begins("p.last_key", &last.concat());
            if !first.is_empty() {
                condition = format!("({condition} AND {})", self.begins("p.name_key", &first.concat()));
            }
            self.ways.push((Closeness::Prefix, condition));
        }
        if whole.chars().count() >= 3 {
            let holds = self.value(pattern(&whole));
            self.ways.push((Closeness::Fold, format!("p.name_key LIKE {holds}")));
            let sounds: Vec<String> =
                orders.iter().map(|name| persian::sounds(name).replace(' ', "")).collect();
            for key in sounds.iter().filter(|key| !key.is_empty()) {
                let condition = self.begins("p.sounds_key", key);
                self.ways.push((Closeness::Sounds, condition));
            }
        }
    }

    fn filters(&mut self, terms: &Terms) {
        if let Some(year) = terms.birth_year {
            let year = self.value(year);
            self.filters.push(format!("p.birth_year = {year}"));
        }
        if !terms.relative.is_empty() {
            let name = self.value(pattern(&terms.relative));
            self.filters.push(format!(
                "(p.father_key LIKE {name}
                  OR EXISTS (SELECT 1 FROM person r WHERE r.id = p.guardian_person_id AND r.name_key LIKE {name})
                  OR EXISTS (SELECT 1 FROM household_member own
                     JOIN household_member other ON other.household_id = own.household_id
                     JOIN person r ON r.id = other.person_id
                     WHERE own.person_id = p.id AND r.id <> p.id AND own.valid_until IS NULL
                     AND other.valid_until IS NULL AND r.name_key LIKE {name}))"
            ));
        }
    }

    fn text(&mut self, visible: &str, cursor: Option<Cursor>) -> String {
        let cases: Vec<String> = self
            .ways
            .iter()
            .map(|(closeness, condition)| format!("WHEN {condition} THEN {}", *closeness as i64))
            .collect();
        let (rank, found) = match cases.is_empty() {
            true => ("2".to_owned(), "TRUE".to_owned()),
            false => {
                let ways: Vec<&str> = self.ways.iter().map(|(_, condition)| condition.as_str()).collect();
                (format!("CASE {} ELSE 3 END", cases.join(" ")), ways.join(" OR "))
            }
        };
        let narrowed: String = self.filters.iter().map(|filter| format!(" AND {filter}")).collect();
        let after = cursor.map(|Cursor(rank, id)| {
            let (rank, id) = (self.value(rank), self.value(id));
            let key = format!("(SELECT k.sort_key FROM person k WHERE k.id = {id})");
            format!(
                "WHERE h.closeness > {rank} OR (h.closeness = {rank} AND (h.sort_key > {key}
                 OR (h.sort_key = {key} AND h.id > {id})))"
            )
        });
        format!(
            "SELECT h.* FROM (SELECT {COLUMNS}, p.sort_key, CAST({rank} AS bigint) AS closeness,
             {visible} AS is_visible, o.name_fa AS body_fa, o.name_en AS body_en
             FROM person p JOIN organization_card o ON o.id = p.organization_id
             WHERE ({found}){narrowed}) h {} ORDER BY h.closeness, h.sort_key, h.id LIMIT {}",
            after.unwrap_or_default(),
            PAGE + 1
        )
    }
}

/// A pattern that holds the key anywhere.
fn pattern(key: &str) -> String {
    let plain: String = key.chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
    format!("%{plain}%")
}
