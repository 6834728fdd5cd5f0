//! Rows as JSON and back: the engine-neutral form of backups and copies.

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
