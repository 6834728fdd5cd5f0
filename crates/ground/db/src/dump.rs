//! Rows as JSON and back: the engine-neutral form of backups and copies.

use std::collections::{HashMap, HashSet};

use data_encoding::BASE64;
use serde_json::Value as Json;

use crate::{Conn, Error, Kind, Result, Table, Tx, Value, insert_many, sql};

/// One page of a table in the order of its key, after the key of the last row seen.
pub async fn page(
    conn: &mut Conn,
    table: &Table,
    after: Option<&[Value]>,
    limit: i64,
) -> Result<Vec<Vec<Value>>> {
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let key = table.key.join(", ");
    let marks: Vec<String> = (0..table.key.len())
        .map(|i| format!("${}", i + 2))
        .collect();
    let condition = match after {
        Some(_) => format!("WHERE ({key}) > ({})", marks.join(", ")),
        None => String::new(),
    };
    let text = format!(
        "SELECT {} FROM {} {condition} ORDER BY {key} LIMIT $1",
        names.join(", "),
        table.name
    );
    let query = sql(text)
        .bind(limit)
        .bind_all(after.unwrap_or_default().iter().cloned());
    let rows = query.rows(conn).await?;
    rows.iter()
        .map(|row| {
            table
                .columns
                .iter()
                .map(|(name, kind)| row.value(name, *kind))
                .collect()
        })
        .collect()
}

/// The key of a row that [`page`] gave.
pub fn key_of(table: &Table, row: &[Value]) -> Vec<Value> {
    let place = |name: &String| table.columns.iter().position(|(column, _)| column == name);
    table
        .key
        .iter()
        .filter_map(|name| row.get(place(name)?).cloned())
        .collect()
}

/// A row as a JSON list.
pub fn to_json(row: &[Value]) -> Json {
    row.iter()
        .map(|value| match value {
            Value::Null(_) => Json::Null,
            Value::Uuid(v) => Json::String(v.to_string()),
            Value::Text(v) => Json::String(v.clone()),
            Value::Int(v) => Json::from(*v),
            Value::Bool(v) => Json::Bool(*v),
            Value::Date(v) => Json::String(v.to_string()),
            Value::Time(v) => Json::String(v.to_string()),
            // In a list, so that a stored JSON null is not taken for SQL's.
            Value::Json(v) => Json::Array(vec![v.clone()]),
            Value::Bytes(v) => Json::String(BASE64.encode(v)),
        })
        .collect()
}

/// A row from [`to_json`].
pub fn from_json(table: &Table, row: &Json) -> Result<Vec<Value>> {
    let cells = row
        .as_array()
        .filter(|cells| cells.len() == table.columns.len());
    let cells =
        cells.ok_or_else(|| Error::other(format!("a row of {} has other columns", table.name)))?;
    table
        .columns
        .iter()
        .zip(cells)
        .map(|((_, kind), cell)| cell_value(*kind, cell))
        .collect()
}

fn cell_value(kind: Kind, cell: &Json) -> Result<Value> {
    let wrong = || Error::other(format!("a cell is no {kind:?}"));
    if cell.is_null() {
        return Ok(Value::Null(kind));
    }
    let text = || cell.as_str().ok_or_else(wrong);
    Ok(match kind {
        Kind::Uuid => Value::Uuid(text()?.parse().map_err(|_| wrong())?),
        Kind::Text => Value::Text(text()?.to_owned()),
        Kind::Int => Value::Int(cell.as_i64().ok_or_else(wrong)?),
        Kind::Bool => Value::Bool(cell.as_bool().ok_or_else(wrong)?),
        Kind::Date => Value::Date(text()?.parse().map_err(|_| wrong())?),
        Kind::Time => Value::Time(text()?.parse().map_err(|_| wrong())?),
        Kind::Json => Value::Json(cell.get(0).cloned().ok_or_else(wrong)?),
        Kind::Bytes => Value::Bytes(BASE64.decode(text()?.as_bytes()).map_err(|_| wrong())?),
    })
}

/// Takes away what the schema's own steps put into a table, so that a backup's rows can take
/// their place. Only for a database that nobody has used yet.
pub async fn clear(tx: &mut Tx, table: &Table) -> Result<u64> {
    sql(format!("DELETE FROM {}", table.name)).execute(tx).await
}

/// Inserts rows that [`from_json`] gave.
pub async fn insert(tx: &mut Tx, table: &Table, rows: Vec<Vec<Value>>) -> Result<u64> {
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let head = format!("INSERT INTO {} ({})", table.name, names.join(", "));
    insert_many(tx, &head, names.len(), rows).await
}

/// Inserts rows that name each other in a circle: first without these names, then with them.
pub async fn insert_circle(tx: &mut Tx, table: &Table, rows: Vec<Vec<Value>>) -> Result<u64> {
    let mut bare = rows.clone();
    for (place, (column, kind)) in table.columns.iter().enumerate() {
        if table.own_references.contains(column) {
            bare.iter_mut()
                .for_each(|row| row[place] = Value::Null(*kind));
        }
    }
    let done = insert(tx, table, bare).await?;
    let names = |(column, _): &&(String, Kind)| table.own_references.contains(column);
    let sets: Vec<String> = (table.key.len() + 1..)
        .zip(table.columns.iter().filter(names))
        .map(|(mark, (column, _))| format!("{column} = ${mark}"))
        .collect();
    let keys: Vec<String> = (1..)
        .zip(&table.key)
        .map(|(mark, column)| format!("{column} = ${mark}"))
        .collect();
    let text = format!(
        "UPDATE {} SET {} WHERE {}",
        table.name,
        sets.join(", "),
        keys.join(" AND ")
    );
    for row in rows {
        let named = table.columns.iter().zip(&row);
        let named = named.filter(|(column, _)| names(column));
        sql(text.clone())
            .bind_all(key_of(table, &row))
            .bind_all(named.map(|(_, value)| value.clone()))
            .execute_one(tx)
            .await?;
    }
    Ok(done)
}

/// Puts the rows of a table, as [`to_json`] gave them, into an order in which each follows the
/// row of the same table that it names.
pub struct InOrder {
    /// Where the names stand in a row, and where the row's own key.
    names: Vec<usize>,
    key: usize,
    /// Rows that others name, and those of them that came already.
    named: HashSet<String>,
    there: HashSet<String>,
    waiting: HashMap<String, Vec<Json>>,
}

impl InOrder {
    /// For the rows of this table.
    pub fn new(table: &Table) -> Self {
        let place = |name: &String| table.columns.iter().position(|(column, _)| column == name);
        Self {
            names: table.own_references.iter().filter_map(place).collect(),
            key: table.key.first().and_then(place).unwrap_or_default(),
            named: HashSet::new(),
            there: HashSet::new(),
            waiting: HashMap::new(),
        }
    }

    /// A first look at every row: only rows that others name are remembered later.
    pub fn look(&mut self, row: &Json) {
        let names = self.names.iter().map(|place| &row[*place]);
        let names = names.filter(|name| !name.is_null());
        self.named.extend(names.map(Json::to_string));
    }

    /// The rows that may be inserted now, in order: this one, when what it names is there, and
    /// those that waited for it.
    pub fn take(&mut self, row: Json) -> Vec<Json> {
        let (mut ready, mut next) = (Vec::new(), vec![row]);
        while let Some(row) = next.pop() {
            if let Some(name) = self.missing(&row) {
                self.waiting.entry(name).or_default().push(row);
                continue;
            }
            let key = row[self.key].to_string();
            if self.named.contains(&key) {
                next.extend(self.waiting.remove(&key).unwrap_or_default());
                self.there.insert(key);
            }
            ready.push(row);
        }
        ready
    }

    fn missing(&self, row: &Json) -> Option<String> {
        let key = row[self.key].to_string();
        let names = self.names.iter().map(|place| &row[*place]);
        let mut names = names.filter(|name| !name.is_null()).map(Json::to_string);
        names.find(|name| *name != key && !self.there.contains(name))
    }

    /// What is left names each other in a circle.
    pub fn rest(self) -> Vec<Json> {
        self.waiting.into_values().flatten().collect()
    }
}
