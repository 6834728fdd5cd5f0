//! The statements of the search.

use access::Viewer;
use access::grants::{self, Category};
use contacts::ContactId;
use db::{Conn, FromRow, Keys, Result, Row, Value, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::{Closeness, Found, Hit, Terms};
use crate::persons::queries::COLUMNS;
use crate::{Person, PersonId};

/// People a page shows.
const PAGE: usize = 50;

impl FromRow for Hit {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            person: Person::from_row(row)?,
            closeness: Closeness::of(row.get("closeness")?),
            body_fa: row.get("body_fa")?,
            body_en: row.get("body_en")?,
        })
    }
}

/// Where the next page begins: the closeness and id of the last person shown, as `1.ID`.
#[derive(Clone, Copy, Debug)]
struct Cursor(i64, PersonId);

impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (rank, id) = text.split_once('.').ok_or(())?;
        Ok(Self(rank.parse().map_err(drop)?, id.parse().map_err(drop)?))
    }
}

/// People the viewer may see who fit, closest first. What an index answers is asked first; the
/// whole table is walked for a part of a name only when that finds nobody.
pub async fn find(
    conn: &mut Conn,
    keys: &Keys,
    viewer: &Viewer,
    now: Timestamp,
    terms: &Terms,
    after: Option<&str>,
) -> Result<Found> {
    let mut found = Found::default();
    if terms.is_empty() {
        return Ok(found);
    }
    let contacts: Vec<ContactId> = match &terms.phone {
        Some(phone) => contacts::list_by_phone(conn, &keys.lookup("phone", phone))
            .await?
            .into_iter()
            .map(|contact| contact.id)
            .collect(),
        None => Vec::new(),
    };
    let cursor = after.and_then(|text| text.parse::<Cursor>().ok());
    let is_indexed = |cursor: Option<Cursor>| cursor.is_none_or(|at| at.0 < Closeness::Fold as i64);
    let mut hits = Vec::new();
    if is_indexed(cursor) {
        let mut search = Search::default();
        search.codes(keys, terms, &contacts);
        search.names(&terms.words);
        hits = search.run(conn, viewer, now, terms, cursor).await?;
    }
    if hits.is_empty() && (cursor.is_none() || !is_indexed(cursor)) {
        let mut search = Search::default();
        search.parts(&terms.words);
        hits = search.run(conn, viewer, now, terms, cursor).await?;
    }
    let has_more = hits.len() > PAGE;
    hits.truncate(PAGE);
    let next = hits.last().filter(|_| has_more);
    found.next = next.map(|last| format!("{}.{}", last.closeness as i64, last.person.id));
    found.hits = hits;
    if terms.national_code.is_some() || terms.code.is_some() {
        unseen(conn, keys, viewer, terms, &mut found).await?;
    }
    Ok(found)
}

/// Puts into `found` who has exactly the code typed and is not among those shown: somebody of
/// another centre, or of the viewer's own whose consent has run out.
async fn unseen(
    conn: &mut Conn,
    keys: &Keys,
    viewer: &Viewer,
    terms: &Terms,
    found: &mut Found,
) -> Result<()> {
    let code = terms.national_code.as_ref();
    let code = code.map(|code| keys.lookup("national_code", code));
    let (held, values) = match &code {
        Some(code) => code.held_by("national_code_hash", 2),
        None => ("FALSE".to_owned(), Vec::new()),
    };
    let rows = sql(format!(
        "SELECT id, organization_id, national_code_hash FROM person WHERE {held} OR code = $1"
    ))
    .bind(terms.code.clone())
    .bind_all(values)
    .rows(conn)
    .await?;
    let own = viewer.bodies_as(crate::REGISTER.roles);
    for row in rows {
        let (id, body): (PersonId, Uuid) = (row.get("id")?, row.get("organization_id")?);
        if found.hits.iter().any(|hit| hit.person.id == id) {
            continue;
        }
        let kept: Option<Vec<u8>> = row.get("national_code_hash")?;
        if own.contains(&body) {
            found.lapsed = Some(id);
        } else if kept.is_some_and(|kept| code.as_ref().is_some_and(|code| code.is(&kept))) {
            // A public code tells nobody else anything.
            found.elsewhere = Some(id);
        }
    }
    Ok(())
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

    fn codes(&mut self, keys: &Keys, terms: &Terms, contacts: &[ContactId]) {
        let forms = |code: &String| {
            let code = keys.lookup("national_code", code);
            code.forms()
                .iter()
                .cloned()
                .map(Value::Bytes)
                .collect::<Vec<_>>()
        };
        let same = terms.national_code.iter().flat_map(forms).collect();
        let near = terms.near_codes.iter().flat_map(forms).collect();
        let code = terms.code.iter().map(Value::from).collect();
        let contacts = contacts.iter().map(|id| Value::from(*id)).collect();
        for (closeness, column, values) in [
            (Closeness::Exact, "p.national_code_hash", same),
            (Closeness::Exact, "p.contact_id", contacts),
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
        let orders = orders(words);
        let same = self.any_of("p.name_key", orders.iter().map(Value::from).collect());
        self.ways
            .extend(same.map(|condition| (Closeness::Exact, condition)));
        let begins = self.begins("p.name_key", &whole);
        self.ways.push((Closeness::Prefix, begins));
        for cut in 1..=words.len() {
            let (last, first) = words.split_at(cut);
            let mut condition = self.begins("p.last_key", &last.concat());
            if !first.is_empty() {
                let first = self.begins("p.name_key", &first.concat());
                condition = format!("({condition} AND {first})");
            }
            self.ways.push((Closeness::Prefix, condition));
        }
        if whole.chars().count() >= 3 {
            for name in orders {
                let key = persian::sounds(&name).replace(' ', "");
                if !key.is_empty() {
                    let condition = self.begins("p.sounds_key", &key);
                    self.ways.push((Closeness::Sounds, condition));
                }
            }
        }
    }

    /// The name holds what was typed, anywhere.
    fn parts(&mut self, words: &[String]) {
        if words.concat().chars().count() >= 3 {
            let holds = self.value(pattern(&words.concat()));
            let condition = format!("p.name_key LIKE {holds}");
            self.ways.push((Closeness::Fold, condition));
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
                  OR EXISTS (SELECT 1 FROM person r WHERE r.id = p.guardian_person_id
                     AND r.name_key LIKE {name})
                  OR EXISTS (SELECT 1 FROM household_member own
                     JOIN household_member other ON other.household_id = own.household_id
                     JOIN person r ON r.id = other.person_id
                     WHERE own.person_id = p.id AND r.id <> p.id AND own.valid_until IS NULL
                     AND other.valid_until IS NULL AND r.name_key LIKE {name}))"
            ));
        }
    }

    /// One page and one more, of those the viewer may see.
    async fn run(
        mut self,
        conn: &mut Conn,
        viewer: &Viewer,
        now: Timestamp,
        terms: &Terms,
        cursor: Option<Cursor>,
    ) -> Result<Vec<Hit>> {
        match self.statement(viewer, now, terms, cursor) {
            Some(text) => sql(text).bind_all(self.values).all(conn).await,
            None => Ok(Vec::new()),
        }
    }

    /// The statement; none when there is nothing to ask for.
    fn statement(
        &mut self,
        viewer: &Viewer,
        now: Timestamp,
        terms: &Terms,
        cursor: Option<Cursor>,
    ) -> Option<String> {
        self.filters(terms);
        // Words that were typed and find nothing are not ignored because a year was typed too.
        let is_by_filter = terms.words.is_empty() && !self.filters.is_empty();
        if self.ways.is_empty() && (!is_by_filter || terms.has_number()) {
            return None;
        }
        let first = self.values.len() + 1;
        let (visible, values) = grants::visible("p.id", first, viewer, Category::Operational, now);
        self.values.extend(values);
        Some(self.text(&visible, cursor))
    }

    /// Each way is a query of its own, so that each is answered by its index.
    fn text(&mut self, visible: &str, cursor: Option<Cursor>) -> String {
        let ways: Vec<String> = self
            .ways
            .iter()
            .map(|(closeness, condition)| {
                let closeness = *closeness as i64;
                format!("SELECT p.id, {closeness} AS closeness FROM person p WHERE {condition}")
            })
            .collect();
        let (closeness, from) = match ways.is_empty() {
            true => (
                (Closeness::Prefix as i64).to_string(),
                "person p".to_owned(),
            ),
            false => (
                "f.closeness".to_owned(),
                format!(
                    "(SELECT w.id, min(w.closeness) AS closeness FROM ({}) w GROUP BY w.id) f
                     JOIN person p ON p.id = f.id",
                    ways.join(" UNION ALL ")
                ),
            ),
        };
        let narrowed: String = self
            .filters
            .iter()
            .map(|filter| format!(" AND {filter}"))
            .collect();
        let after = cursor.map(|Cursor(rank, id)| {
            let (rank, id) = (self.value(rank), self.value(id));
            let key = format!("(SELECT k.sort_key FROM person k WHERE k.id = {id})");
            format!(
                "WHERE h.closeness > {rank} OR (h.closeness = {rank} AND (h.sort_key > {key}
                 OR (h.sort_key = {key} AND h.id > {id})))"
            )
        });
        format!(
            "SELECT h.* FROM (SELECT {COLUMNS}, p.sort_key, CAST({closeness} AS bigint) AS closeness,
             o.name_fa AS body_fa, o.name_en AS body_en
             FROM {from} JOIN organization_card o ON o.id = p.organization_id
             WHERE {visible}{narrowed}) h {}
             ORDER BY h.closeness, h.sort_key, h.id LIMIT {}",
            after.unwrap_or_default(),
            PAGE + 1
        )
    }
}

/// Every place where the name may be cut: family name first is as good as first name first.
fn orders(words: &[String]) -> Vec<String> {
    (0..words.len())
        .map(|cut| {
            let (first, last) = words.split_at(cut);
            format!("{}{}", last.concat(), first.concat())
        })
        .collect()
}

/// A pattern that holds the key anywhere.
fn pattern(key: &str) -> String {
    let plain: String = key
        .chars()
        .filter(|c| !matches!(c, '%' | '_' | '\\'))
        .collect();
    format!("%{plain}%")
}

/// The statement of a search by what an index answers, for the guard on plans.
#[cfg(test)]
pub(crate) fn indexed_text(keys: &Keys, viewer: &Viewer, now: Timestamp, terms: &Terms) -> String {
    let mut search = Search::default();
    search.codes(keys, terms, &[ContactId::new(Uuid::nil())]);
    search.names(&terms.words);
    search
        .statement(viewer, now, terms, None)
        .unwrap_or_default()
}
