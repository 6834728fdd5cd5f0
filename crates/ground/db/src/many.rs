use std::fmt::Write as _;

use crate::{Result, Tx, Value, sql};

/// Parameters of one statement on PostgreSQL, where a round trip is what costs.
const MANY: usize = 30_000;

/// The same on SQLite, where a long statement costs its reading and a short one is kept ready.
const FEW: usize = 1_000;

/// How many of such rows go into one statement.
fn together(tx: &Tx, columns: usize) -> usize {
    let most = if tx.is_here() { FEW } else { MANY };
    (most / columns.max(1)).max(1)
}

/// Inserts many rows in few statements: `insert_many(tx, "INSERT INTO t (a, b)", 2, rows)`.
/// Each row holds one value per column, in order. Gives the number of rows inserted.
pub async fn insert_many(
    tx: &mut Tx,
    head: &str,
    columns: usize,
    rows: Vec<Vec<Value>>,
) -> Result<u64> {
    let together = together(tx, columns);
    let mut done = 0;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(together).collect();
        let text = format!("{head} VALUES {}", tuples(chunk.len(), columns));
        done += sql(text)
            .bind_all(chunk.into_iter().flatten())
            .execute(tx)
            .await?;
    }
    Ok(done)
}

/// Changes many rows by one statement:
/// `update_many(tx, "v(id, n)", 2, "UPDATE stock SET on_hand = on_hand - v.n FROM v
/// WHERE stock.id = v.id AND stock.on_hand >= v.n", rows)`. Gives the number of rows changed.
pub async fn update_many(
    tx: &mut Tx,
    table: &str,
    columns: usize,
    update: &str,
    rows: Vec<Vec<Value>>,
) -> Result<u64> {
    let together = together(tx, columns);
    let mut done = 0;
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(together).collect();
        let values = tuples(chunk.len(), columns);
        // A common table may name its columns on both engines; an aliased VALUES may not.
        let text = format!("WITH {table} AS (VALUES {values}) {update}");
        done += sql(text)
            .bind_all(chunk.into_iter().flatten())
            .execute(tx)
            .await?;
    }
    Ok(done)
}

/// `($1,$2),($3,$4)`. Parameters arrive typed and NULLs carry their kind, so no cast is needed.
fn tuples(rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * columns * 6);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..columns {
            let comma = if column == 0 { "" } else { "," };
            let _ = write!(text, "{comma}${}", row * columns + column + 1);
        }
        text.push(')');
    }
    text
}
