use std::collections::BTreeMap;

use db::{Conn, FromRow, Result, sql};
use persian::Date;

use super::{Figure, Tile};
use crate::figures::{self, Cell, Definition, Told, measure};
use crate::suppression::suppress;

#[derive(FromRow)]
struct Value {
    as_of: Date,
    region: String,
    amount: Option<i64>,
    subjects: i64,
    reason: String,
}

/// Every figure as it was published last, in the committee's order; corrections in the place of
/// what they correct. Cells under the definition's threshold are hidden, and as many others as it
/// takes.
pub async fn published(conn: &mut Conn) -> Result<Vec<Figure>> {
    let rows = sql(
        "SELECT i.code, i.version, i.name_fa, i.name_en, i.definition_fa, i.definition_en, i.formula, i.unit,
         i.source, i.owner, i.smallest_cell, i.valid_from, i.position, v.as_of, v.region, v.amount, v.subjects, v.reason
         FROM indicator_value v JOIN indicator i ON i.code = v.code AND i.version = v.version
         JOIN (SELECT o.code, max(o.as_of) AS as_of FROM indicator_value o GROUP BY o.code) n
         ON n.code = v.code AND n.as_of = v.as_of
         WHERE NOT EXISTS (SELECT 1 FROM indicator_value c WHERE c.corrects_id = v.id)
         ORDER BY i.position, i.code, v.region",
    )
    .rows(conn)
    .await?;
    let mut found: BTreeMap<(i64, String), (Definition, Vec<Value>)> = BTreeMap::new();
    for row in &rows {
        let definition = Definition::from_row(row)?;
        let place = (row.get("position")?, definition.code.clone());
        let (_, values) = found.entry(place).or_insert((definition, Vec::new()));
        values.push(Value::from_row(row)?);
    }
    Ok(found.into_values().filter_map(figure).collect())
}

/// A figure from its values: that of the city has no region.
fn figure((definition, values): (Definition, Vec<Value>)) -> Option<Figure> {
    let (city, mut regions): (Vec<Value>, Vec<Value>) = values
        .into_iter()
        .partition(|value| value.region.is_empty());
    let city = city.into_iter().next()?;
    let told = Told::of(city.amount, city.subjects, definition.smallest_cell);
    // Regions are numbered; «۱۰» comes after «۹».
    regions.sort_by_key(|value| value.region.parse::<i64>().unwrap_or(i64::MAX));
    // Whose region is not known is in no cell but in the total: a cell of its own, never shown.
    let mut people: Vec<i64> = regions.iter().map(|value| value.subjects).collect();
    people.push((city.subjects - people.iter().sum::<i64>()).max(0));
    let shown = suppress(&people, definition.smallest_cell, false);
    let is_mean = measure(&definition.code).is_ok_and(figures::is_mean);
    let cells = regions
        .into_iter()
        .zip(shown.cells)
        .map(|(value, is_shown)| Cell {
            key: value.region,
            name_fa: String::new(),
            name_en: String::new(),
            amount: value.amount.filter(|_| is_shown),
            subjects: is_shown.then_some(value.subjects).filter(|_| !is_mean),
            is_hidden: !is_shown,
        });
    Some(Figure {
        correction: city.reason,
        as_of: city.as_of,
        amount: told.amount.filter(|_| shown.total),
        is_hidden: told.is_hidden || !shown.total,
        regions: cells.collect(),
        definition,
    })
}

/// The map of tiles; empty for a city that has none.
pub async fn tiles(conn: &mut Conn) -> Result<Vec<Tile>> {
    let rows = sql("SELECT number, tile_row, tile_column FROM region_card
         WHERE tile_row IS NOT NULL AND tile_column IS NOT NULL ORDER BY number")
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Tile {
                region: row.get("number")?,
                row: row.get("tile_row")?,
                column: row.get("tile_column")?,
            })
        })
        .collect()
}
