//! Target groups and fields of work: built in, then the city's own to change.

use db::{Conn, FromRow, Result, Tx, Value, sql};
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::Serialize;

use crate::import::{Entries, Entry, Reference, Regions};

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Term {
    /// Stable: `low_income`.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Other ways offices write it, as a JSON list.
    #[schemars(with = "Vec<String>")]
    pub synonyms: serde_json::Value,
}

impl Term {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

/// Loads what is missing of both lists; what is there stays as the city left it.
pub async fn load(tx: &mut Tx) -> Result<()> {
    for (table, entries) in [
        ("target_group", Entries::built_in_groups()),
        ("field_of_work", Entries::built_in_fields()),
    ] {
        let known: Vec<String> = sql(format!("SELECT code AS value FROM {table}"))
            .scalars(tx)
            .await?;
        let first = tx.today();
        let rows: Vec<Vec<Value>> = (0_i64..)
            .zip(entries.iter())
            .filter(|(_, entry)| !known.contains(&entry.code))
            .map(|(place, entry)| {
                vec![
                    (&entry.code).into(),
                    (&entry.fa).into(),
                    (&entry.en).into(),
                    serde_json::json!(entry.synonyms).into(),
                    place.into(),
                    first.into(),
                ]
            })
            .collect();
        let head =
            format!("INSERT INTO {table} (code, name_fa, name_en, synonyms, place, valid_from)");
        db::insert_many(tx, &head, 6, rows).await?;
    }
    Ok(())
}

/// Target groups in use on a day, in their order.
pub async fn groups(conn: &mut Conn, day: Date) -> Result<Vec<Term>> {
    terms(conn, "target_group", day).await
}

/// Fields of work in use on a day, in their order.
pub async fn fields(conn: &mut Conn, day: Date) -> Result<Vec<Term>> {
    terms(conn, "field_of_work", day).await
}

async fn terms(conn: &mut Conn, table: &str, day: Date) -> Result<Vec<Term>> {
    sql(format!(
        "SELECT code, name_fa, name_en, synonyms FROM {table}
         WHERE valid_until IS NULL OR valid_until >= $1 ORDER BY place, code"
    ))
    .bind(day)
    .all(conn)
    .await
}

/// What reading a list needs, from the city's own tables.
pub async fn for_import(conn: &mut Conn, today: Date) -> Result<Reference> {
    let built_in = Reference::built_in(today);
    let regions = organizations::reference::regions(conn).await?;
    Ok(Reference {
        groups: entries(groups(conn, today).await?),
        fields: entries(fields(conn, today).await?),
        regions: match regions.is_empty() {
            true => built_in.regions,
            false => Regions::new(
                regions
                    .into_iter()
                    .map(|region| (region.number, vec![region.name_fa, region.name_en])),
            ),
        },
        area_code: built_in.area_code,
        today,
    })
}

fn entries(terms: Vec<Term>) -> Entries {
    let entry = |term: Term| Entry {
        synonyms: serde_json::from_value(term.synonyms).unwrap_or_default(),
        code: term.code,
        fa: term.name_fa,
        en: term.name_en,
    };
    Entries::new(terms.into_iter().map(entry).collect())
}
