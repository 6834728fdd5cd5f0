use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{Conn, Result, sql};

/// The column of another id of the row, and the name it gives to the value's place.
type ToldApart = (&'static str, fn(Uuid) -> String);

/// A column that [`super::Keys::seal`] filled: what a room declares, so that the operator can
/// put new keys in the place of old ones. Values open only at the place they were sealed for, so
/// that is declared too.
#[derive(Clone, Copy, Debug)]
pub struct Sealed {
    /// The table.
    pub table: &'static str,
    /// The column that holds the sealed bytes.
    pub column: &'static str,
    pub(super) named: (&'static str, &'static str),
    pub(super) row: &'static str,
    pub(super) place: Option<ToldApart>,
    /// The column with the keyed hash of the same text, and what the hash is for.
    pub lookup: Option<(&'static str, &'static str)>,
    pub(super) is_json: bool,
}

impl Sealed {
    /// A column sealed under its own name for the row's `id`.
    pub const fn new(table: &'static str, column: &'static str) -> Self {
        Self {
            table,
            column,
            named: (table, column),
            row: "id",
            place: None,
            lookup: None,
            is_json: false,
        }
    }

    /// Sealed under this name instead.
    pub const fn named(mut self, name: &'static str) -> Self {
        self.named.1 = name;
        self
    }

    /// Sealed as a column of another table, into whose rows it is copied.
    pub const fn bound_for(mut self, table: &'static str, name: &'static str) -> Self {
        self.named = (table, name);
        self
    }

    /// Sealed for the id in this column instead.
    pub const fn of_row(mut self, column: &'static str) -> Self {
        self.row = column;
        self
    }

    /// Many values share a row's id; what tells them apart is another id of the row.
    pub const fn told_apart(mut self, column: &'static str, name: fn(Uuid) -> String) -> Self {
        self.place = Some((column, name));
        self
    }

    /// The same text is searched for by the keyed hash in this column.
    pub const fn found_by(mut self, column: &'static str, purpose: &'static str) -> Self {
        self.lookup = Some((column, purpose));
        self
    }

    /// The sealed bytes stand as text in a JSON object: `{"sealed": ["…"]}`.
    pub const fn in_json(mut self) -> Self {
        self.is_json = true;
        self
    }
}

/// How many values lie under each key.
pub async fn count(conn: &mut Conn, columns: &[Sealed]) -> Result<BTreeMap<u8, i64>> {
    let mut found = BTreeMap::new();
    for sealed in columns {
        if sealed.is_json {
            let text = format!("SELECT {} AS value FROM {}", sealed.column, sealed.table);
            for content in sql(text).scalars::<serde_json::Value>(conn).await? {
                if let Some(id) = in_json(&content).and_then(|bytes| bytes.first().copied()) {
                    *found.entry(id).or_default() += 1;
                }
            }
            continue;
        }
        let lookup = sealed.lookup.map(|(column, _)| column);
        for column in std::iter::once(sealed.column).chain(lookup) {
            let text = format!(
                "SELECT substr({column}, 1, 1) AS under, count(*) AS many FROM {}
                 WHERE {column} IS NOT NULL GROUP BY substr({column}, 1, 1)",
                sealed.table
            );
            for row in sql(text).rows(conn).await? {
                let under: Vec<u8> = row.get("under")?;
                let id = under.first().copied().unwrap_or_default();
                *found.entry(id).or_default() += row.get::<i64>("many")?;
            }
        }
    }
    Ok(found)
}

pub(super) fn in_json(content: &serde_json::Value) -> Option<Vec<u8>> {
    let text = content.get("sealed")?.get(0)?.as_str()?;
    data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok()
}

pub(super) fn into_json(bytes: &[u8]) -> serde_json::Value {
    let text = data_encoding::BASE64URL_NOPAD.encode(bytes);
    serde_json::json!({ "sealed": [text] })
}
