use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, FromRow, Result, Row, sql};
use persian::Date;

use super::{Figure, Tile};
use crate::figures::{self, Cell, Definition, measure, within};
use crate::suppression::{Count, Shown, suppress_beside};

#[derive(Clone, FromRow)]
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
    let newest = "v.as_of = (SELECT max(o.as_of) FROM indicator_value o WHERE o.code = v.code)";
    let rows = sql(values(newest)).rows(conn).await?;
    let found = counted_of(&rows)?;
    let shown = |one: &Counted| one.figure(&found);
    Ok(found.iter().map(shown).collect())
}

/// The days on which a figure's number for the city may be told to everybody, as it may be told on
/// the page of that day.
pub(crate) async fn days_told(conn: &mut Conn, code: &str) -> Result<BTreeSet<Date>> {
    let codes = std::iter::once(&code).chain(within(code));
    let codes: Vec<&str> = codes.copied().collect();
    let marks: Vec<String> = (1..=codes.len())
        .map(|number| format!("${number}"))
        .collect();
    let rows = sql(values(&format!("v.code IN ({})", marks.join(", "))))
        .bind_all(codes.into_iter().map(db::Value::from))
        .rows(conn)
        .await?;
    let mut days: BTreeMap<Date, Vec<Row>> = BTreeMap::new();
    for row in rows {
        days.entry(row.get("as_of")?).or_default().push(row);
    }
    let mut told = BTreeSet::new();
    for (day, rows) in days {
        let found = counted_of(&rows)?;
        let own = found.iter().find(|one| one.definition.code == code);
        if own.is_some_and(|one| one.shown(&found).total) {
            told.insert(day);
        }
    }
    Ok(told)
}

/// Published values that nothing corrects, with what they meant, as SQL.
fn values(condition: &str) -> String {
    format!(
        "SELECT i.code, i.version, i.name_fa, i.name_en, i.definition_fa, i.definition_en, i.formula, i.unit,
         i.source, i.owner, i.smallest_cell, i.valid_from, i.position, v.as_of, v.region, v.amount, v.subjects, v.reason
         FROM indicator_value v JOIN indicator i ON i.code = v.code AND i.version = v.version
         WHERE {condition} AND NOT EXISTS (SELECT 1 FROM indicator_value c WHERE c.corrects_id = v.id)
         ORDER BY i.position, i.code, v.region"
    )
}

fn counted_of(rows: &[Row]) -> Result<Vec<Counted>> {
    let mut found: BTreeMap<(i64, String), (Definition, Vec<Value>)> = BTreeMap::new();
    for row in rows {
        let definition = Definition::from_row(row)?;
        let place = (row.get("position")?, definition.code.clone());
        let (_, values) = found.entry(place).or_insert((definition, Vec::new()));
        values.push(Value::from_row(row)?);
    }
    Ok(found.into_values().filter_map(counted).collect())
}

/// A figure as it was counted, nothing hidden.
struct Counted {
    definition: Definition,
    city: Value,
    /// In the order of their numbers; the last one stands for people whose region is not known: it
    /// is in no cell but in the total.
    regions: Vec<Value>,
}

/// A figure from its values: that of the city has no region.
fn counted((definition, values): (Definition, Vec<Value>)) -> Option<Counted> {
    let (city, mut regions): (Vec<Value>, Vec<Value>) = values
        .into_iter()
        .partition(|value| value.region.is_empty());
    let city = city.into_iter().next()?;
    // Regions are numbered; «۱۰» comes after «۹».
    regions.sort_by_key(|value| value.region.parse::<i64>().unwrap_or(i64::MAX));
    let sum = |of: fn(&Value) -> i64| regions.iter().map(of).sum::<i64>();
    regions.push(Value {
        region: String::new(),
        amount: city
            .amount
            .map(|amount| amount - sum(|value| value.amount.unwrap_or_default())),
        subjects: (city.subjects - sum(|value| value.subjects)).max(0),
        ..city.clone()
    });
    Some(Counted {
        definition,
        city,
        regions,
    })
}

impl Counted {
    /// What may be shown, beside the larger figures: those published last, whatever their day, for
    /// they stand on the same page.
    fn shown(&self, all: &[Counted]) -> Shown {
        let larger: Vec<(Vec<Count>, Shown)> = within(&self.definition.code)
            .iter()
            .filter_map(|code| all.iter().find(|other| other.definition.code == *code))
            .map(|other| (other.counts(), other.shown(all)))
            .collect();
        let smallest = self.definition.smallest_cell;
        suppress_beside(&self.counts(), &larger, smallest, false)
    }

    fn counts(&self) -> Vec<Count> {
        let count = |value: &Value| Count {
            key: value.region.clone(),
            amount: value.amount.unwrap_or_default(),
            people: value.subjects,
        };
        self.regions.iter().map(count).collect()
    }

    fn figure(&self, all: &[Counted]) -> Figure {
        let shown = self.shown(all);
        let is_mean = measure(&self.definition.code).is_ok_and(figures::is_mean);
        let known = self.regions.iter().zip(&shown.cells);
        let cells = known
            .filter(|(value, _)| !value.region.is_empty())
            .map(|(value, is_shown)| Cell {
                key: value.region.clone(),
                name_fa: String::new(),
                name_en: String::new(),
                amount: value.amount.filter(|_| *is_shown),
                subjects: is_shown.then_some(value.subjects).filter(|_| !is_mean),
                is_hidden: !is_shown,
            });
        Figure {
            correction: self.city.reason.clone(),
            as_of: self.city.as_of,
            amount: self.city.amount.filter(|_| shown.total),
            is_hidden: !shown.total,
            regions: cells.collect(),
            definition: self.definition.clone(),
        }
    }
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
