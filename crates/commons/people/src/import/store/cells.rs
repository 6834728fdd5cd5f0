//! A refused row as kept: its cells and what each column holds, sealed until it is settled.

use db::{Error, Keys, Result};
use documents::sheets::Cell;
use money::Unit;
use persian::Date;
use serde::{Deserialize, Serialize};

use super::RowId;
use crate::import::row::{self, Seen};
use crate::import::{Clean, Column, Fault, HeadingUnit, Reference, Table};

/// A cell with its type, so that what nobody touched is read again as before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum KeptCell {
    Empty,
    Text(String),
    Number(f64),
    Date(Date),
    Bool(bool),
    Error(String),
}

/// What is needed to read one row again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct KeptRow {
    headings: Vec<String>,
    columns: Vec<Option<Column>>,
    is_rial: bool,
    scale: String,
    region: Option<i64>,
    cells: Vec<KeptCell>,
}

impl KeptRow {
    pub(super) fn new(table: &Table, cells: &[Cell]) -> Self {
        let kept = cells.iter().map(|cell| match cell {
            Cell::Empty => KeptCell::Empty,
            Cell::Text(text) => KeptCell::Text(text.clone()),
            Cell::Number(number) => KeptCell::Number(*number),
            Cell::Date(date) => KeptCell::Date(*date),
            Cell::Bool(value) => KeptCell::Bool(*value),
            Cell::Error(mark) => KeptCell::Error(mark.clone()),
        });
        Self {
            headings: table.headings.clone(),
            columns: table.columns.clone(),
            is_rial: table.unit.unit == Unit::Rial,
            scale: table.unit.scale.to_owned(),
            region: table.region,
            cells: kept.collect(),
        }
    }

    pub(super) fn seal(&self, keys: &Keys, row: RowId) -> Result<Vec<u8>> {
        Ok(keys.seal(
            "import_row",
            "cells",
            row.get(),
            &serde_json::to_string(self)?,
        ))
    }

    pub(super) fn open(keys: &Keys, row: RowId, sealed: &[u8]) -> Result<Self> {
        let text = keys
            .open_sealed("import_row", "cells", row.get(), sealed)
            .map_err(Error::other)?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Heading and text of each column, in the list's order.
    pub(super) fn shown(&self) -> Vec<(String, String)> {
        let width = self.headings.len().max(self.cells.len());
        let cells = self.cells();
        let text = |index: usize| cells.get(index).map(Cell::text).unwrap_or_default();
        (0..width)
            .map(|index| {
                (
                    self.headings.get(index).cloned().unwrap_or_default(),
                    text(index),
                )
            })
            .collect()
    }

    /// The same row with cells as typed; a text equal to what was shown keeps its cell.
    pub(super) fn with(&self, typed: &[String]) -> Self {
        let shown = self.shown();
        let cells = typed.iter().enumerate().map(|(index, text)| {
            match (shown.get(index), self.cells.get(index)) {
                (Some((_, shown)), Some(cell)) if shown == text => cell.clone(),
                _ if text.trim().is_empty() => KeptCell::Empty,
                _ => KeptCell::Text(text.clone()),
            }
        });
        Self {
            cells: cells.collect(),
            ..self.clone()
        }
    }

    /// Reads the row again.
    pub(super) fn read(&self, reference: &Reference) -> (Clean, Vec<Fault>) {
        let table = Table {
            sheet: String::new(),
            heading_row: 0,
            headings: self.headings.clone(),
            columns: self.columns.clone(),
            unit: HeadingUnit {
                unit: if self.is_rial {
                    Unit::Rial
                } else {
                    Unit::Toman
                },
                scale: match self.scale.as_str() {
                    "هزار" => "هزار",
                    "میلیون" => "میلیون",
                    _ => "",
                },
            },
            region: self.region,
        };
        row::read_cells(&self.cells(), &table, reference, &mut Seen::default())
    }

    fn cells(&self) -> Vec<Cell> {
        let cell = |kept: &KeptCell| match kept {
            KeptCell::Empty => Cell::Empty,
            KeptCell::Text(text) => Cell::Text(text.clone()),
            KeptCell::Number(number) => Cell::Number(*number),
            KeptCell::Date(date) => Cell::Date(*date),
            KeptCell::Bool(value) => Cell::Bool(*value),
            KeptCell::Error(mark) => Cell::Error(mark.clone()),
        };
        self.cells.iter().map(cell).collect()
    }
}
