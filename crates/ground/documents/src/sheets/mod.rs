//! Workbooks and CSV, in and out.
//!
//! Reading keeps what a person sees in the spreadsheet: the sheet's own row
//! numbers, text as text, the last computed value of a formula. Everything is
//! bounded by [`Limits`], and no file, however broken, may panic.

mod csv_text;
mod ods_size;
mod read;
#[cfg(test)]
mod tests;
mod write;
mod xls_size;

pub use read::read;
pub use write::{Column, Definition, Table, Value, WriteFault, csv, xlsx};

use chrono::NaiveDate;

/// One sheet, its leading and trailing blank rows left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// Name on its tab; a CSV has an empty one.
    pub name: String,
    /// Number, from 1, that the spreadsheet shows beside the first row here.
    pub first_row: usize,
    /// Rows without gaps; each begins at column A and ends at its last filled
    /// cell.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// Rows with the number the spreadsheet shows.
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &[Cell])> {
        self.rows
            .iter()
            .enumerate()
            .map(|(index, row)| (self.first_row + index, row.as_slice()))
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing, or only white space.
    #[default]
    Empty,
    /// Text as typed.
    Text(String),
    /// A number.
    Number(f64),
    /// A real spreadsheet date (Gregorian); a time of day is dropped.
    Date(NaiveDate),
    /// True or false.
    Bool(bool),
    /// A formula that failed, with its mark (`#DIV/0!`).
    Error(String),
}

impl Cell {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// As a person reads it: whole numbers without a point, dates as ISO.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            // f64 prints whole numbers without a point and never in
            // scientific notation, so long codes stay whole.
            Cell::Number(number) => number.to_string(),
            Cell::Date(date) => date.to_string(),
            Cell::Bool(value) => value.to_string(),
            Cell::Error(mark) => mark.clone(),
        }
    }
}

/// How much a file may ask of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: usize,
    /// Bytes after unpacking (XLSX and ODS are archives).
    pub unpacked_bytes: u64,
    /// Last row number that may be filled, in each sheet.
    pub rows: usize,
    /// Cells of all sheets together, blanks before filled ones counted.
    pub cells: usize,
    /// Sheets.
    pub sheets: usize,
}

impl Default for Limits {
    /// Room for 200,000 applicants in 25 columns.
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            unpacked_bytes: 512 << 20,
            rows: 200_000,
            cells: 5_000_000,
            sheets: 64,
        }
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetFault {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// Larger than the limit, in bytes.
    #[error("the file is larger than {limit} bytes")]
    FileTooLarge {
        /// Limit in bytes.
        limit: usize,
    },
    /// Unpacks to more than the limit.
    #[error("the file unpacks to more than {limit} bytes")]
    UnpacksTooLarge {
        /// Limit in bytes.
        limit: u64,
    },
    /// A filled cell lies below the last row allowed.
    #[error("sheet “{sheet}” has more than {limit} rows")]
    TooManyRows {
        /// Name of the sheet.
        sheet: String,
        /// Last row allowed.
        limit: usize,
    },
    /// Too many cells.
    #[error("the file has more than {limit} cells")]
    TooManyCells {
        /// Cells allowed.
        limit: usize,
    },
    /// Too many sheets.
    #[error("the file has more than {limit} sheets")]
    TooManySheets {
        /// Sheets allowed.
        limit: usize,
    },
    /// Opens only with a password.
    #[error("the workbook is protected by a password")]
    Protected,
    /// Neither a workbook nor a table of text.
    #[error("the file is not a workbook or CSV")]
    NotASheet,
    /// A workbook, but damaged.
    #[error("the workbook is damaged: {detail}")]
    Damaged {
        /// What the reader met, for the log.
        detail: String,
    },
}
