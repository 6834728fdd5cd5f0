//! The answer as JSON.

use serde::Serialize;
use uuid::Uuid;

use super::Reading;
use super::row::{Clean, ReadRow};
use super::verdict::{Original, Status};

/// One JSON document for a whole file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report<'a> {
    /// Each row that speaks of a person.
    pub rows: Vec<ReportRow<'a>>,
    /// Counts.
    pub totals: Totals,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportRow<'a> {
    /// Name of the sheet.
    pub sheet: &'a str,
    /// The sheet's row number, from 1.
    pub row: usize,
    /// `accept`, `reject` or `duplicate`.
    pub status: Status,
    /// Reason codes; `duplicate_of:SHEET:ROW` for a duplicate.
    pub reasons: Vec<String>,
    /// The person this row became or repeats.
    pub person_id: Option<Uuid>,
    /// `SHEET:ROW`, or `person:` and the id.
    pub duplicate_of: Option<String>,
    /// Clean values.
    pub clean: &'a Clean,
}

/// Counts of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Rows that speak of a person: the next two and duplicates.
    pub rows: usize,
    /// Accepted, with warnings or without.
    pub accept: usize,
    /// Of the accepted, those with warnings.
    pub accept_with_warnings: usize,
    /// Rejected.
    pub reject: usize,
    /// Duplicates.
    pub duplicate: usize,
    /// Filled rows that speak of nobody: totals, headings, signatures.
    pub skipped: usize,
}

impl Totals {
    /// Counts the rows of a reading whose duplicates are settled.
    pub fn of(reading: &Reading<'_>) -> Self {
        let mut totals = Self {
            rows: reading.rows.len(),
            skipped: reading.skipped.len(),
            ..Self::default()
        };
        for row in &reading.rows {
            match row.status() {
                Status::Accept => {
                    totals.accept += 1;
                    totals.accept_with_warnings += usize::from(!row.faults.is_empty());
                }
                Status::Reject => totals.reject += 1,
                Status::Duplicate => totals.duplicate += 1,
            }
        }
        totals
    }
}

impl<'a> Report<'a> {
    /// The report of a reading; `person_of` gives the person a row became, and
    /// is not asked for rejected rows or repeats of people registered before.
    pub fn new(reading: &'a Reading<'a>, person_of: impl Fn(&ReadRow<'a>) -> Option<Uuid>) -> Self {
        let rows = reading
            .rows
            .iter()
            .map(|row| {
                let status = row.status();
                let original = row
                    .duplicate_of
                    .as_ref()
                    .filter(|_| status == Status::Duplicate);
                ReportRow {
                    sheet: row.sheet,
                    row: row.row,
                    status,
                    reasons: row.reasons(),
                    person_id: match (status, original) {
                        (Status::Reject, _) => None,
                        (_, Some(Original::Person(id))) => Some(*id),
                        _ => person_of(row),
                    },
                    duplicate_of: original.map(Original::to_string),
                    clean: &row.clean,
                }
            })
            .collect();
        Self {
            rows,
            totals: Totals::of(reading),
        }
    }
}
