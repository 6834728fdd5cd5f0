//! What goes back to the office: the rows that were refused, as they were.

use super::row::ReadRow;
use super::verdict::{Reason, Status};
use super::{Reading, shown};

/// A refused row, ready to be written beside its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// Name of the sheet.
    pub sheet: String,
    /// The sheet's row number, from 1.
    pub row: usize,
    /// Headings of its list, from column A.
    pub headings: Vec<String>,
    /// The row's cells as the office sees them, from column A.
    pub cells: Vec<String>,
    /// Heading of the column at fault; empty where the list lacks the column.
    pub column: String,
    /// Every reason, refusals first.
    pub reasons: Vec<RejectReason>,
}

/// One reason for the office to read, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectReason {
    /// The reason; its sentence is under [`Reason::message_key`].
    pub reason: Reason,
    /// Heading of the column it is about; empty where there is none.
    pub column: String,
    /// What stands in that cell.
    pub value: String,
}

/// The refused rows of a reading, in order.
pub fn rejects(reading: &Reading<'_>) -> Vec<Reject> {
    reading
        .rows
        .iter()
        .filter(|row| row.status() == Status::Reject)
        .map(|row| reject(reading, row))
        .collect()
}

fn reject(reading: &Reading<'_>, row: &ReadRow<'_>) -> Reject {
    let headings = reading
        .tables
        .get(row.table)
        .map(|table| table.headings.clone())
        .unwrap_or_default();
    let heading = |column: Option<usize>| {
        column
            .and_then(|index| headings.get(index))
            .cloned()
            .unwrap_or_default()
    };
    let mut faults = row.faults.clone();
    faults.sort_by_key(|fault| !fault.reason.rejects());
    let reasons = faults
        .iter()
        .map(|fault| RejectReason {
            reason: fault.reason,
            column: heading(fault.column),
            value: fault
                .column
                .and_then(|index| row.cells.get(index))
                .map(|cell| cell.text())
                .unwrap_or_default(),
        })
        .collect();
    Reject {
        sheet: row.sheet.to_owned(),
        row: row.row,
        column: heading(row.rejecting_fault().and_then(|fault| fault.column)),
        cells: shown(row.cells),
        headings,
        reasons,
    }
}
