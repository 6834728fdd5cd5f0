//! Twelve months of arrivals, stage by stage.

use std::collections::BTreeMap;

use db::{Conn, Result, sql};
use persian::{Date, Jalali};
use schemars::JsonSchema;
use serde::Serialize;

use crate::figures::month_key;

/// Months that are looked back on, this one among them.
const MONTHS: i32 = 12;

/// How many came to each stage in each of the last twelve Jalali months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ChainMonths")]
pub struct Months {
    /// The months in order: `1405-09`; the last one is not over yet.
    pub months: Vec<String>,
    /// Arrivals by stage, one number per month.
    pub arrivals: BTreeMap<String, Vec<i64>>,
}

impl Months {
    /// A stage's numbers; of a stage nobody came to, as many zeros.
    pub fn of(&self, stage: &str) -> Vec<i64> {
        let none = || vec![0; self.months.len()];
        self.arrivals.get(stage).cloned().unwrap_or_else(none)
    }

    /// Arrivals in the month that runs.
    pub fn this(&self, stage: &str) -> i64 {
        self.of(stage).last().copied().unwrap_or_default()
    }
}

/// Counts the arrivals up to a day.
pub async fn months(conn: &mut Conn, today: Date) -> Result<Months> {
    let this = Jalali::from(today).first_of_month();
    let firsts = (0..MONTHS)
        .rev()
        .map(|back| this.plus_months(-back).to_date());
    let keys: Vec<String> = firsts.clone().map(month_key).collect();
    let rows = sql("SELECT stage, day, entered FROM stage_day_card WHERE day >= $1 AND day <= $2")
        .bind(firsts.clone().next().unwrap_or(today))
        .bind(today)
        .rows(conn)
        .await?;
    let mut arrivals: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for row in &rows {
        let month = month_key(row.get("day")?);
        let numbers = arrivals
            .entry(row.get("stage")?)
            .or_insert_with(|| vec![0; keys.len()]);
        let place = keys.iter().position(|key| *key == month);
        if let Some(number) = place.and_then(|place| numbers.get_mut(place)) {
            *number += row.get::<i64>("entered")?;
        }
    }
    Ok(Months {
        months: keys,
        arrivals,
    })
}
