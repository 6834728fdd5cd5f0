//! A city's numbers month by month: of each Jalali month the last document.

use persian::{Date, Jalali};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Figure, Meaning};
use crate::taken::Past;

/// A city's number of a figure at the end of what it sent in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "CityMonth")]
pub struct Month {
    /// The Jalali month: `1405-09`.
    pub month: String,
    /// Day of the document.
    pub day: Date,
    /// The number; null when it is hidden or there is none.
    pub amount: Option<i64>,
    /// The city does not tell it.
    pub is_hidden: bool,
    /// Version of the city's definition.
    pub version: i64,
    /// How that definition stands to ours.
    pub meaning: Meaning,
}

fn key(day: Date) -> String {
    let jalali = Jalali::from(day);
    format!("{}-{:02}", jalali.year, jalali.month)
}

/// The months of one figure, oldest first; `past` is in the order of documents.
pub fn months(figure: &Figure, past: &[Past]) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for one in past.iter().filter(|one| one.figure == figure.code) {
        let month = Month {
            month: key(one.day),
            day: one.day,
            amount: one.amount,
            is_hidden: one.is_hidden,
            version: one.version,
            meaning: figure.stands(one.version, &one.wording),
        };
        match months.last_mut() {
            Some(last) if last.month == month.month => *last = month,
            _ => months.push(month),
        }
    }
    months
}

/// The numbers that may be drawn in one line: told, and by our definition.
pub(super) fn drawn(months: &[Month]) -> Vec<(&Month, i64)> {
    let same = months.iter().filter(|month| month.meaning == Meaning::Same);
    same.filter_map(|month| Some((month, month.amount?)))
        .collect()
}
