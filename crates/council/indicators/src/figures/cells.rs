//! A figure cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, Result, sql};
use persian::{Date, Jalali};
use uuid::Uuid;

use super::queries::{days, median, number, source_of, values};
use super::sources::{Measure, Source};
use super::{Breakdown, Cell, Definition, Table};
use crate::suppression::suppress;

/// Months that a table of months looks back, this one among them.
const MONTHS: i32 = 24;

/// One cell with nothing hidden. For keeping and proving, never for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Code of the region, group or body; `1405-09` of a month; empty where it is not known.
    pub key: String,
    /// The number; none for a ratio of nothing.
    pub amount: Option<i64>,
    /// How many different people stand behind it.
    pub subjects: i64,
}

/// What is gathered for one cell.
#[derive(Default)]
struct Sums {
    rows: i64,
    amount: i64,
    whole: i64,
    days: Vec<i64>,
    subjects: BTreeSet<Uuid>,
}

impl Sums {
    fn number(self, measure: Measure) -> Option<i64> {
        match measure {
            Measure::Count => Some(self.rows),
            Measure::Sum => Some(self.amount),
            Measure::Ratio(scale) => ratio(self.amount, self.whole, scale),
            Measure::MedianDays | Measure::MedianOfInstants => median(self.days),
        }
    }
}

/// Amount per whole, rounded down; none of nothing.
pub(super) fn ratio(amount: i64, whole: i64, scale: i64) -> Option<i64> {
    let times = i128::from(amount) * i128::from(scale);
    i64::try_from(times.checked_div(i128::from(whole))?).ok()
}

/// A figure's cells on a day; not found for an unknown code.
pub async fn cells(
    conn: &mut Conn,
    code: &str,
    breakdown: Breakdown,
    today: Date,
) -> Result<Vec<Counted>> {
    let source = source_of(code)?;
    let is_median = matches!(
        source.measure,
        Measure::MedianDays | Measure::MedianOfInstants
    );
    if is_median || breakdown == Breakdown::Month {
        row_by_row(conn, &source, breakdown, today).await
    } else {
        by_key(conn, &source, breakdown, today).await
    }
}

/// Counted by the database.
async fn by_key(
    conn: &mut Conn,
    source: &Source,
    breakdown: Breakdown,
    today: Date,
) -> Result<Vec<Counted>> {
    let (key, joins) = breakdown.key(source);
    let whole = match source.measure {
        Measure::Ratio(_) => "CAST(coalesce(sum(x.whole), 0) AS bigint)",
        _ => "count(*)",
    };
    let rows = sql(format!(
        "SELECT {key} AS cell, count(*) AS held, CAST(coalesce(sum(x.amount), 0) AS bigint) AS amount,
         {whole} AS whole, count(DISTINCT x.subject) AS subjects
         FROM ({}) x{joins} GROUP BY {key} ORDER BY {key}",
        source.rows
    ))
    .bind_all(values(source, today))
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let amount = match source.measure {
                Measure::Count => Some(row.get("held")?),
                Measure::Ratio(scale) => ratio(row.get("amount")?, row.get("whole")?, scale),
                _ => Some(row.get("amount")?),
            };
            Ok(Counted {
                key: row.get("cell")?,
                amount,
                subjects: row.get("subjects")?,
            })
        })
        .collect()
}

/// Gathered here: medians, and Jalali months, which no database knows.
async fn row_by_row(
    conn: &mut Conn,
    source: &Source,
    breakdown: Breakdown,
    today: Date,
) -> Result<Vec<Counted>> {
    let (key, joins) = breakdown.key(source);
    let is_median = matches!(
        source.measure,
        Measure::MedianDays | Measure::MedianOfInstants
    );
    let columns = match source.measure {
        Measure::MedianDays | Measure::MedianOfInstants => "x.began, x.ended",
        Measure::Ratio(_) => "CAST(x.amount AS bigint) AS amount, CAST(x.whole AS bigint) AS whole",
        _ => "CAST(x.amount AS bigint) AS amount, CAST(0 AS bigint) AS whole",
    };
    let rows = sql(format!(
        "SELECT {key} AS cell, x.subject, {columns} FROM ({}) x{joins}",
        source.rows
    ))
    .bind_all(values(source, today))
    .rows(conn)
    .await?;
    let first = month_key(first_of_months(today));
    let mut cells: BTreeMap<String, Sums> = BTreeMap::new();
    for row in &rows {
        let key = match breakdown {
            Breakdown::Month => month_key(row.get("cell")?),
            _ => row.get("cell")?,
        };
        if breakdown == Breakdown::Month && key < first {
            continue;
        }
        let sums = cells.entry(key).or_default();
        sums.rows += 1;
        sums.subjects.insert(row.get("subject")?);
        if is_median {
            sums.days.push(days(row, source.measure)?);
        } else {
            sums.amount += row.get::<i64>("amount")?;
            sums.whole += row.get::<i64>("whole")?;
        }
    }
    let counted = cells.into_iter().map(|(key, sums)| Counted {
        key,
        subjects: i64::try_from(sums.subjects.len()).unwrap_or(i64::MAX),
        amount: sums.number(source.measure),
    });
    Ok(counted.collect())
}

/// `1405-09`, so that months stand in order.
pub(crate) fn month_key(day: Date) -> String {
    let day = Jalali::from(day);
    format!("{:04}-{:02}", day.year, day.month)
}

/// The first day that a table of months looks at.
fn first_of_months(today: Date) -> Date {
    let this = Jalali::from(today).first_of_month();
    this.plus_months(1 - MONTHS).to_date()
}

/// A figure cell by cell as it may be shown: small cells are hidden, and with them as many others
/// as it takes that nobody finds them by subtraction.
pub async fn table(
    conn: &mut Conn,
    definition: &Definition,
    breakdown: Breakdown,
    today: Date,
) -> Result<Table> {
    let mut cells = cells(conn, &definition.code, breakdown, today).await?;
    if breakdown == Breakdown::Region {
        // Regions are numbered; «۱۰» comes after «۹».
        cells.sort_by_key(|cell| cell.key.parse::<i64>().unwrap_or(i64::MAX));
    }
    let people: Vec<i64> = cells.iter().map(|cell| cell.subjects).collect();
    let smallest = breakdown.smallest_cell(definition.smallest_cell);
    let shown = suppress(&people, smallest, breakdown.overlaps());
    let total = number(conn, &definition.code, today).await?;
    let names = breakdown.names(conn).await?;
    let cells = cells.into_iter().zip(&shown.cells).map(|(cell, is_shown)| {
        let (name_fa, name_en) = names.get(&cell.key).cloned().unwrap_or_default();
        Cell {
            name_fa,
            name_en,
            amount: cell.amount.filter(|_| *is_shown),
            subjects: is_shown.then_some(cell.subjects),
            is_hidden: !is_shown,
            key: cell.key,
        }
    });
    Ok(Table {
        breakdown,
        smallest_cell: smallest,
        cells: cells.collect(),
        // Months before the first are in no cell.
        total: total.filter(|_| shown.total && breakdown != Breakdown::Month),
        is_cut: !shown.total || shown.cells.contains(&false),
    })
}
