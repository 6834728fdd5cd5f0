//! A figure cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, Result, Value, sql};
use persian::{Date, Jalali};
use uuid::Uuid;

use super::queries::{days, definition as definition_of, median, number, source_of, values};
use super::sources::{About, Measure, Source, within};
use super::{BREAKDOWN_NOT_OF_FIGURE, Breakdown, Cell, Definition, Table};
use crate::suppression::{Count, Shown, suppress_beside};

/// Months that a table of months looks back, this one among them.
const MONTHS: i32 = 24;

/// One cell with nothing hidden. For keeping and proving, never for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Code of the region, group or body; `1405-09` of a month; empty where it is not known.
    pub key: String,
    /// The number; none for a ratio or median of nothing.
    pub amount: Option<i64>,
    /// How many different people stand behind it.
    pub subjects: i64,
    /// What it is made of, for the proof that cells hold all of the list and nothing twice: rows,
    /// amounts together (zero in a median) and wholes together (zero but in a ratio).
    pub parts: [i64; 3],
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
    match source.measure {
        Measure::MedianDays | Measure::MedianOfInstants => {
            medians(conn, &source, breakdown, today).await
        }
        _ => sums(conn, &source, breakdown, today).await,
    }
}

/// How a figure's rows lead to the keys of a breakdown.
fn key(source: &Source, breakdown: Breakdown) -> Result<(&'static str, String)> {
    let key = breakdown.key(source);
    key.map_or_else(|| BREAKDOWN_NOT_OF_FIGURE.at("by"), Ok)
}

/// Counted by the database. A key that hangs on the person alone is looked up once per person and
/// not once per row: makers have thousands.
async fn sums(
    conn: &mut Conn,
    source: &Source,
    breakdown: Breakdown,
    today: Date,
) -> Result<Vec<Counted>> {
    let (key, joins) = key(source, breakdown)?;
    let is_ratio = matches!(source.measure, Measure::Ratio(_));
    let whole = if is_ratio { "whole" } else { "0" };
    let mut given = values(source, today);
    let months = match breakdown {
        Breakdown::Month => {
            let (text, values) = months(source.rows, today, source.params.len() + 1);
            given.extend(values);
            text
        }
        _ => String::new(),
    };
    let rows = match breakdown.hangs_on_the_person(source.about) {
        true => format!(
            "SELECT r.subject, count(*) AS held, sum(r.amount) AS amount, sum({whole}) AS whole
             FROM ({}) r GROUP BY r.subject",
            source.rows
        ),
        false => format!(
            "SELECT r.*, 1 AS held{} FROM ({}) r",
            if is_ratio { "" } else { ", 0 AS whole" },
            source.rows
        ),
    };
    let subjects = subjects(source);
    let text = format!(
        "{months}SELECT {key} AS cell, CAST(sum(x.held) AS bigint) AS held,
         CAST(coalesce(sum(x.amount), 0) AS bigint) AS amount,
         CAST(coalesce(sum(x.whole), 0) AS bigint) AS whole, {subjects}
         FROM ({rows}) x{joins} GROUP BY {key} ORDER BY {key}"
    );
    let rows = sql(text).bind_all(given).rows(conn).await?;
    rows.iter()
        .map(|row| {
            let parts = [row.get("held")?, row.get("amount")?, row.get("whole")?];
            let (above, below): (i64, i64) = (row.get("subjects")?, row.get("below")?);
            Ok(Counted {
                amount: of_parts(source.measure, parts),
                parts,
                key: row.get("cell")?,
                subjects: if is_ratio { fewer(above, below) } else { above },
            })
        })
        .collect()
}

/// The number that rows, amounts and wholes together make; a median is not made of them.
fn of_parts(measure: Measure, [held, amount, whole]: [i64; 3]) -> Option<i64> {
    match measure {
        Measure::Count => Some(held),
        Measure::Sum => Some(amount),
        Measure::Ratio(scale) => ratio(amount, whole, scale),
        Measure::MedianDays | Measure::MedianOfInstants => None,
    }
}

/// The figure's number out of cells that hold every row once: those of every breakdown but months.
pub async fn number_of(
    conn: &mut Conn,
    code: &str,
    cells: &[Counted],
    today: Date,
) -> Result<Option<i64>> {
    let measure = source_of(code)?.measure;
    let sum = |place: usize| cells.iter().map(|cell| cell.parts[place]).sum();
    match measure {
        Measure::MedianDays | Measure::MedianOfInstants => number(conn, code, today).await,
        _ => Ok(of_parts(measure, [sum(0), sum(1), sum(2)])),
    }
}

/// People behind a cell, as two columns. Of a ratio those above the line and those below it: with
/// the sum beside it a ratio gives away what only the fewer of them add.
fn subjects(source: &Source) -> &'static str {
    match (source.measure, source.about) {
        (Measure::Ratio(_), _) => {
            "count(DISTINCT CASE WHEN x.amount <> 0 THEN x.subject END) AS subjects,
             count(DISTINCT CASE WHEN x.whole <> 0 THEN x.subject END) AS below"
        }
        (_, About::Counted) => {
            "CAST(coalesce(sum(x.amount), 0) AS bigint) AS subjects,
             CAST(coalesce(sum(x.amount), 0) AS bigint) AS below"
        }
        _ => "count(DISTINCT x.subject) AS subjects, CAST(0 AS bigint) AS below",
    }
}

/// The smaller of two counts, of those that count anybody.
fn fewer(one: i64, other: i64) -> i64 {
    match (one, other) {
        (0, some) | (some, 0) => some,
        (one, other) => one.min(other),
    }
}

/// The month of each day that rows tell of, as a table `d` of the months that are told; with its
/// parameters from `first` on. Rows are many and days few: they are collected once and not per month.
fn months(rows: &str, today: Date, first: usize) -> (String, Vec<Value>) {
    let this = Jalali::from(today).first_of_month();
    let (mut told, mut values) = (Vec::new(), Vec::new());
    for (place, back) in (0..MONTHS).rev().enumerate() {
        let number = first + 3 * place;
        told.push(format!("(${number}, ${}, ${})", number + 1, number + 2));
        let month = this.plus_months(-back);
        values.push(Value::from(month.to_date()));
        values.push(month.plus_months(1).to_date().into());
        values.push(month_key(month.to_date()).into());
    }
    let text = format!(
        "WITH m(first_on, next_on, month) AS (VALUES {}),
         z AS MATERIALIZED (SELECT DISTINCT r.day FROM ({rows}) r),
         d AS (SELECT z.day, max(m.month) AS month FROM z
             JOIN m ON z.day >= m.first_on AND z.day < m.next_on GROUP BY z.day) ",
        told.join(", ")
    );
    (text, values)
}

/// Medians are found here; no engine has them in the same words. The rows stand by themselves, so that
/// the way to a key does not change the way to them.
async fn medians(
    conn: &mut Conn,
    source: &Source,
    breakdown: Breakdown,
    today: Date,
) -> Result<Vec<Counted>> {
    let (key, joins) = key(source, breakdown)?;
    let rows = sql(format!(
        "WITH x AS MATERIALIZED ({}) SELECT {key} AS cell, x.subject, x.began, x.ended FROM x{joins}",
        source.rows
    ))
    .bind_all(values(source, today))
    .rows(conn)
    .await?;
    let mut cells: BTreeMap<String, (Vec<i64>, BTreeSet<Uuid>)> = BTreeMap::new();
    for row in &rows {
        let (found, subjects) = cells.entry(row.get("cell")?).or_default();
        found.push(days(row, source.measure)?);
        subjects.insert(row.get("subject")?);
    }
    let counted = cells.into_iter().map(|(key, (days, subjects))| Counted {
        parts: [i64::try_from(days.len()).unwrap_or(i64::MAX), 0, 0],
        key,
        amount: median(days),
        subjects: i64::try_from(subjects.len()).unwrap_or(i64::MAX),
    });
    Ok(counted.collect())
}

/// True of a mean of money.
pub(crate) fn is_mean(measure: Measure) -> bool {
    measure == Measure::Ratio(1)
}

/// A mean of money as tables, publications and readers without the list are told it: to the nearest
/// 100,000 tomans, so that nobody finds by two means what the last one to come earns.
pub(crate) fn rounded(amount: i64, measure: Measure) -> i64 {
    const STEP: i64 = 1_000_000;
    match is_mean(measure) {
        true => (amount + STEP / 2).div_euclid(STEP) * STEP,
        false => amount,
    }
}

/// `1405-09`, so that months stand in order.
pub(crate) fn month_key(day: Date) -> String {
    let day = Jalali::from(day);
    format!("{:04}-{:02}", day.year, day.month)
}

/// What may be shown of a figure's cells, beside the larger figures that anybody can open too.
pub(super) async fn shown(
    conn: &mut Conn,
    definition: &Definition,
    breakdown: Breakdown,
    today: Date,
    cells: &[Counted],
) -> Result<Shown> {
    let mut larger = Vec::new();
    for code in within(&definition.code) {
        if source_of(code)?.breakdowns().contains(&breakdown) {
            let outer = definition_of(conn, code).await?;
            let cells = self::cells(conn, code, breakdown, today).await?;
            let whole = Box::pin(shown(conn, &outer, breakdown, today, &cells)).await?;
            larger.push((counts(&cells), whole));
        }
    }
    let smallest = breakdown.smallest_cell(definition.smallest_cell);
    let overlaps = breakdown.overlaps();
    Ok(suppress_beside(&counts(cells), &larger, smallest, overlaps))
}

fn counts(cells: &[Counted]) -> Vec<Count> {
    let count = |cell: &Counted| Count {
        key: cell.key.clone(),
        amount: cell.amount.unwrap_or_default(),
        people: cell.subjects,
    };
    cells.iter().map(count).collect()
}

/// A figure cell by cell as it may be shown: small cells are hidden, and with them as many others
/// as it takes that nobody finds them by subtraction, also from a larger figure.
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
    let smallest = breakdown.smallest_cell(definition.smallest_cell);
    let shown = shown(conn, definition, breakdown, today, &cells).await?;
    let total = number_of(conn, &definition.code, &cells, today).await?;
    let measure = source_of(&definition.code)?.measure;
    let names = breakdown.names(conn).await?;
    let cells = cells.into_iter().zip(&shown.cells).map(|(cell, is_shown)| {
        let (name_fa, name_en) = names.get(&cell.key).cloned().unwrap_or_default();
        Cell {
            name_fa,
            name_en,
            amount: cell
                .amount
                .filter(|_| *is_shown)
                .map(|amount| rounded(amount, measure)),
            // Two means and how many stand behind each would tell what the last one to come earns.
            subjects: is_shown
                .then_some(cell.subjects)
                .filter(|_| !is_mean(measure)),
            is_hidden: !is_shown,
            key: cell.key,
        }
    });
    Ok(Table {
        breakdown,
        smallest_cell: smallest,
        cells: cells.collect(),
        // Months before the first are in no cell.
        total: total
            .filter(|_| shown.total && breakdown != Breakdown::Month)
            .map(|total| rounded(total, measure)),
        is_cut: !shown.total || shown.cells.contains(&false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_stands_on_the_fewer_people() {
        assert_eq!(fewer(20, 2), 2);
        assert_eq!(fewer(3, 40), 3);
        // Nobody above or below the line: the ratio tells of the others alone.
        assert_eq!((fewer(0, 7), fewer(7, 0), fewer(0, 0)), (7, 7, 0));
    }

    #[test]
    fn a_mean_of_money_is_told_in_steps() {
        let mean = Measure::Ratio(1);
        assert_eq!(rounded(26_969_693, mean), 27_000_000);
        assert_eq!(rounded(499_999, mean), 0);
        assert_eq!(rounded(26_969_693, Measure::Sum), 26_969_693);
        assert_eq!(rounded(1_951, Measure::Ratio(10_000)), 1_951);
    }
}
