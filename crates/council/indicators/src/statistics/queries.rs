use std::collections::BTreeMap;

use db::{Conn, FromRow, Result, sql};
use persian::Date;

use super::{Figure, Tile};
use crate::figures::{self, Cell, Definition, Told, measure, within};
use crate::suppression::{Rest, Shown, suppress};

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
    let found: Vec<Counted> = found.into_values().filter_map(counted).collect();
    let shown = |one: &Counted| one.figure(&found);
    Ok(found.iter().map(shown).collect())
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
        let larger: Vec<(&Counted, Shown)> = within(&self.definition.code)
            .iter()
            .filter_map(|code| all.iter().find(|other| other.definition.code == *code))
            .map(|other| (other, other.shown(all)))
            .collect();
        let mut keys: Vec<&str> = self.regions.iter().map(|one| one.region.as_str()).collect();
        for one in larger.iter().flat_map(|(other, _)| &other.regions) {
            if !keys.contains(&one.region.as_str()) {
                keys.push(&one.region);
            }
        }
        let people: Vec<i64> = keys
            .iter()
            .map(|key| self.find(key).map_or(0, |(_, value)| value.subjects))
            .collect();
        let rests: Vec<Rest> = larger
            .iter()
            .map(|(other, shown)| Rest {
                cells: keys
                    .iter()
                    .map(|key| other.amount(key) - self.amount(key))
                    .collect(),
                larger: Shown {
                    cells: keys
                        .iter()
                        .map(|key| other.find(key).is_none_or(|(place, _)| shown.cells[place]))
                        .collect(),
                    total: shown.total,
                },
            })
            .collect();
        let mut shown = suppress(&people, self.definition.smallest_cell, false, &rests);
        shown.cells.truncate(self.regions.len());
        shown
    }

    fn find(&self, region: &str) -> Option<(usize, &Value)> {
        let mut regions = self.regions.iter().enumerate();
        regions.find(|(_, value)| value.region == region)
    }

    fn amount(&self, region: &str) -> i64 {
        self.find(region)
            .and_then(|(_, value)| value.amount)
            .unwrap_or_default()
    }

    fn figure(&self, all: &[Counted]) -> Figure {
        let shown = self.shown(all);
        let told = Told::of(
            self.city.amount,
            self.city.subjects,
            self.definition.smallest_cell,
        );
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
            amount: told.amount.filter(|_| shown.total),
            is_hidden: told.is_hidden || !shown.total,
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
