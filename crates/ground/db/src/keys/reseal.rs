//! Putting the key in use in the place of older ones, a few rows at a time, while others read and
//! write.

use serde::Serialize;

use super::sealed::{in_json, into_json};
use super::{Keys, Sealed};
use crate::{Db, Error, Kind, Origin, Result, Row, Table, Tx, Value, Write, sql, update_many};

/// Rows in one transaction: few, so that nobody waits.
const TOGETHER: i64 = 200;

/// What was done of one column so far.
pub struct Part {
    /// Rows that were sealed anew.
    pub done: u64,
    after: Option<Vec<Value>>,
}

impl Part {
    /// The beginning of a column.
    pub fn begin() -> Self {
        Self {
            done: 0,
            after: None,
        }
    }
}

/// Seals the next rows of a column under the key in use, with the keyed hash beside it. Gives
/// none when the end was reached. A row that somebody changed meanwhile is left as it is: what
/// they wrote lies under the key in use, or is found when the column is gone through again.
///
/// # Errors
/// A value that no key opens stops everything: its key is missing, or it was changed.
pub async fn reseal(
    db: &Db,
    keys: &Keys,
    origin: &Origin,
    table: &Table,
    sealed: &Sealed,
    part: Part,
) -> Result<Option<Part>> {
    let found = older(db, keys, table, sealed, part.after.as_deref()).await?;
    let Some(last) = found.last() else {
        return Ok(None);
    };
    let after = Some(key_of(table, last)?);
    let mut done = part.done;
    let mut rows = Vec::with_capacity(found.len());
    for row in &found {
        rows.extend(anew(keys, table, sealed, row)?);
    }
    if !rows.is_empty() {
        let command = Reseal::new(table, sealed, rows);
        done += db.write(origin, command).await?;
    }
    Ok(Some(Part { done, after }))
}

async fn older(
    db: &Db,
    keys: &Keys,
    table: &Table,
    sealed: &Sealed,
    after: Option<&[Value]>,
) -> Result<Vec<Row>> {
    let mut columns = table.key.clone();
    let more = [Some(sealed.row), sealed.place.map(|(column, _)| column)];
    let more = more.into_iter().flatten().map(str::to_owned);
    columns.extend(more.filter(|column| !table.key.contains(column)));
    columns.push(sealed.column.to_owned());
    let key = table.key.join(", ");
    let mut values = vec![Value::Int(TOGETHER)];
    let mut conditions = vec![format!("{} IS NOT NULL", sealed.column)];
    if !sealed.is_json {
        values.push(Value::Bytes(vec![keys.newest()]));
        let lookup = sealed.lookup.map(|(column, _)| column);
        let each = std::iter::once(sealed.column).chain(lookup);
        let older: Vec<String> = each
            .map(|column| format!("substr({column}, 1, 1) <> $2"))
            .collect();
        conditions.push(format!("({})", older.join(" OR ")));
    }
    if let Some(after) = after {
        let marks: Vec<String> = (values.len() + 1..)
            .take(after.len())
            .map(|place| format!("${place}"))
            .collect();
        conditions.push(format!("({key}) > ({})", marks.join(", ")));
        values.extend(after.iter().cloned());
    }
    let text = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY {key} LIMIT $1",
        columns.join(", "),
        sealed.table,
        conditions.join(" AND ")
    );
    let mut conn = db.read().await?;
    sql(text).bind_all(values).rows(&mut conn).await
}

fn key_of(table: &Table, row: &Row) -> Result<Vec<Value>> {
    let kind = |name: &String| {
        let column = table.columns.iter().find(|(column, _)| column == name);
        column.map_or(Kind::Uuid, |(_, kind)| *kind)
    };
    let each = table.key.iter();
    each.map(|name| row.value(name, kind(name))).collect()
}

/// The row's key, the value as it is, the value anew and its hash; none when it lies under the
/// key in use or is not sealed.
fn anew(keys: &Keys, table: &Table, sealed: &Sealed, row: &Row) -> Result<Option<Vec<Value>>> {
    let bytes = match sealed.is_json {
        true => in_json(&row.get(sealed.column)?),
        false => Some(row.get::<Vec<u8>>(sealed.column)?),
    };
    let Some(bytes) = bytes else {
        return Ok(None);
    };
    if sealed.is_json && bytes.first() == Some(&keys.newest()) {
        return Ok(None);
    }
    let id = row.get(sealed.row)?;
    let (place, name) = sealed.named;
    let name = match sealed.place {
        Some((column, name)) => name(row.get(column)?),
        None => name.to_owned(),
    };
    let plain = keys
        .open_sealed(place, &name, id, &bytes)
        .map_err(|error| {
            let (table, column) = (sealed.table, sealed.column);
            Error::other(format!("{table}.{column} of {id}: {error}"))
        })?;
    let made = keys.seal(place, &name, id, &plain);
    let mut values = key_of(table, row)?;
    if sealed.is_json {
        values.extend([
            row.value(sealed.column, Kind::Json)?,
            into_json(&made).into(),
        ]);
    } else {
        values.extend([Value::Bytes(bytes), Value::Bytes(made)]);
    }
    if let Some((_, purpose)) = sealed.lookup {
        values.push(Value::Bytes(keys.lookup(purpose, &plain).kept()));
    }
    Ok(Some(values))
}

/// One step of it: each row that still holds what was read gets the same text under the key in
/// use.
#[derive(Serialize)]
struct Reseal {
    table: &'static str,
    column: &'static str,
    #[serde(skip)]
    head: String,
    #[serde(skip)]
    update: String,
    #[serde(skip)]
    rows: Vec<Vec<Value>>,
}

impl Reseal {
    fn new(table: &Table, sealed: &Sealed, rows: Vec<Vec<Value>>) -> Self {
        let names: Vec<String> = (0..table.key.len()).map(|n| format!("k{n}")).collect();
        let mut sets = vec![format!("{} = v.made", sealed.column)];
        let mut head = names.clone();
        head.extend(["had".to_owned(), "made".to_owned()]);
        if let Some((column, _)) = sealed.lookup {
            sets.push(format!("{column} = v.hash"));
            head.push("hash".to_owned());
        }
        let keys: Vec<String> = table
            .key
            .iter()
            .zip(&names)
            .map(|(column, name)| format!("{}.{column} = v.{name}", sealed.table))
            .collect();
        Self {
            table: sealed.table,
            column: sealed.column,
            head: format!("v({})", head.join(", ")),
            update: format!(
                "UPDATE {0} SET {1} FROM v WHERE {2} AND {0}.{3} = v.had",
                sealed.table,
                sets.join(", "),
                keys.join(" AND "),
                sealed.column
            ),
            rows,
        }
    }
}

impl Write for Reseal {
    const NAME: &'static str = "reseal";
    type Out = u64;
    async fn run(&self, tx: &mut Tx) -> Result<u64> {
        let columns = self.rows.first().map_or(1, Vec::len);
        update_many(tx, &self.head, columns, &self.update, self.rows.clone()).await
    }
}
