//! A list within a sheet: its headings, and which of its rows are no person.

use documents::sheets::Cell;
use persian::fold_tokens;

use super::columns::{Column, HeadingUnit};
use super::header::Header;
use super::numbers::{is_blank, text_of};

/// A list within a sheet; a sheet may hold several below each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Name of the sheet.
    pub sheet: String,
    /// Row number of its last row of headings.
    pub heading_row: usize,
    /// Headings from column A; those in two rows are joined.
    pub headings: Vec<String>,
    /// What each column holds; `None` is kept as a note.
    pub columns: Vec<Option<Column>>,
    /// Unit of the income column.
    pub unit: HeadingUnit,
    /// The region that the sheet's name or a section's heading gives.
    pub region: Option<i64>,
}

/// A row that speaks of nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoPerson {
    /// Nothing in it, or only its running number.
    Blank,
    /// Sums, with the word or without.
    Totals,
    /// One line of text: a section's heading, a footnote, signatures.
    Heading,
    /// The headings again.
    RepeatedHeadings,
}

const TOTALS: &[&str] = &[
    "جمع",
    "مجموع",
    "جمعکل",
    "میانگین",
    "معدل",
    "total",
    "totals",
    "sum",
    "subtotal",
    "average",
];
const FOOTNOTES: &[&str] = &[
    "امضا",
    "تهیه",
    "تایید",
    "مهر",
    "تذکر",
    "نکته",
    "تبصره",
    "signature",
    "prepared",
];

impl Table {
    pub(super) fn new(
        sheet: &str,
        first_row: usize,
        header: Header,
        unit: HeadingUnit,
        region: Option<i64>,
    ) -> Self {
        Self {
            sheet: sheet.to_owned(),
            heading_row: first_row + header.last,
            headings: header.headings,
            columns: header.columns,
            unit,
            region,
        }
    }

    /// Where a kind of column stands, counted from 0 at A.
    pub fn index(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|kind| *kind == Some(column))
    }

    /// The heading of a column; empty where it has none.
    pub fn heading(&self, index: usize) -> &str {
        self.headings.get(index).map_or("", String::as_str)
    }

    /// The text of a full name, whose heading may be merged over two columns.
    pub(super) fn full_name(&self, cells: &[Cell], column: Column) -> String {
        let Some(index) = self.index(column) else {
            return String::new();
        };
        let text = |index: usize| cells.get(index).map(text_of).unwrap_or_default();
        if self.continues_name(index + 1) {
            format!("{} {}", text(index), text(index + 1))
                .trim()
                .to_owned()
        } else {
            text(index)
        }
    }

    /// Whether a column without heading stands right of a full name.
    fn continues_name(&self, index: usize) -> bool {
        self.headings.get(index).is_some_and(String::is_empty)
            && index
                .checked_sub(1)
                .and_then(|before| self.columns.get(before).copied().flatten())
                .is_some_and(|before| {
                    matches!(before, Column::FullName | Column::FullNameLastFirst)
                })
    }

    /// Indexes below `width` whose cells are kept as notes.
    pub(super) fn unknown_columns(&self, width: usize) -> impl Iterator<Item = usize> {
        (0..width).filter(|&index| {
            self.columns.get(index).copied().flatten().is_none() && !self.continues_name(index)
        })
    }

    /// Why a row is no person; `None` when it is one.
    pub(super) fn no_person(&self, cells: &[Cell]) -> Option<NoPerson> {
        let filled: Vec<(Option<Column>, &Cell)> = cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !is_blank(cell))
            .map(|(index, cell)| (self.columns.get(index).copied().flatten(), cell))
            .collect();
        let is_personal = |column: &Option<Column>| column.is_some_and(Column::is_personal);
        if filled.iter().any(|(column, _)| is_personal(column)) {
            // Signatures and sums may stand under any column, yet never beside
            // two facts of one person.
            let facts = filled
                .iter()
                .filter(|(column, cell)| is_personal(column) && !is_label(cell))
                .count();
            return (facts == 0).then_some(NoPerson::Totals);
        }
        let said: Vec<_> = filled
            .iter()
            .filter(|(column, cell)| *column != Some(Column::RowNumber) || !is_number(cell))
            .collect();
        if said.is_empty() {
            return Some(NoPerson::Blank);
        }
        if said.iter().any(|(_, cell)| begins_with(cell, TOTALS)) {
            return Some(NoPerson::Totals);
        }
        if said.iter().any(|(_, cell)| begins_with(cell, FOOTNOTES)) {
            return Some(NoPerson::Heading);
        }
        if said
            .iter()
            .all(|(column, cell)| !column.is_some_and(Column::is_name) && is_number(cell))
        {
            return Some(NoPerson::Totals);
        }
        if let [(column, cell)] = said.as_slice() {
            let is_numbered = filled.len() > said.len();
            let is_name = match column {
                Some(Column::FullName | Column::FullNameLastFirst) => looks_like_a_name(cell),
                Some(Column::FirstName | Column::LastName) => is_numbered,
                _ => false,
            };
            return (!is_name).then_some(NoPerson::Heading);
        }
        None
    }
}

fn is_label(cell: &Cell) -> bool {
    begins_with(cell, TOTALS) || begins_with(cell, FOOTNOTES)
}

fn begins_with(cell: &Cell, words: &[&str]) -> bool {
    let Cell::Text(text) = cell else { return false };
    text.len() <= 200
        && fold_tokens(&text.replace('\u{200C}', " "))
            .first()
            .is_some_and(|first| words.contains(&first.as_str()))
}

fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => {
            text.chars().any(char::is_numeric)
                && persian::latin_digits(text)
                    .chars()
                    .all(|c| !c.is_alphabetic())
        }
        // A sum over nothing.
        Cell::Error(_) => true,
        _ => false,
    }
}

fn looks_like_a_name(cell: &Cell) -> bool {
    let text = text_of(cell);
    let words = text.split(' ').count();
    (2..=4).contains(&words)
        && !text.contains([':', '؛', '(', '«', '.'])
        && !text.chars().any(char::is_numeric)
        && !begins_with(
            cell,
            &[
                "منطقه",
                "ناحیه",
                "فهرست",
                "لیست",
                "متقاضیان",
                "گروه",
                "محله",
                "صفحه",
            ],
        )
}

#[cfg(test)]
mod tests {
    use money::Unit;

    use super::*;

    fn table() -> Table {
        let columns = [
            Column::RowNumber,
            Column::FirstName,
            Column::LastName,
            Column::NationalCode,
            Column::Dependants,
            Column::Income,
            Column::Notes,
        ];
        Table {
            sheet: String::new(),
            heading_row: 1,
            headings: vec![String::new(); columns.len()],
            columns: columns.map(Some).to_vec(),
            unit: HeadingUnit {
                unit: Unit::Toman,
                scale: "",
            },
            region: None,
        }
    }

    fn row(cells: &[&str]) -> Vec<Cell> {
        let cell = |text: &&str| match (text.is_empty(), text.parse()) {
            (true, _) => Cell::Empty,
            (_, Ok(number)) => Cell::Number(number),
            _ => Cell::Text((*text).to_owned()),
        };
        cells.iter().map(cell).collect()
    }

    #[test]
    fn rows_that_are_no_person_are_told_why() {
        let table = table();
        for (cells, why) in [
            (row(&[]), NoPerson::Blank),
            (row(&["", "  ", "\u{200C}"]), NoPerson::Blank),
            (row(&["17"]), NoPerson::Blank),
            (row(&["جمع", "", "", "", "88"]), NoPerson::Totals),
            (row(&["", "جمع كل:", "", "", "88", "5"]), NoPerson::Totals),
            (row(&["", "", "", "جمع صفحه", "88", "5"]), NoPerson::Totals),
            (row(&["", "", "", "", "88", "500000"]), NoPerson::Totals),
            (
                row(&["", "", "", "", "", "", "تهیه‌کننده: دفتر بانوان"]),
                NoPerson::Heading,
            ),
            (row(&["منطقه ۵"]), NoPerson::Heading),
            (row(&["", "امضاء مسئول", "", "", "مهر"]), NoPerson::Heading),
        ] {
            assert_eq!(table.no_person(&cells), Some(why), "{cells:?}");
        }
    }

    #[test]
    fn a_person_of_few_words_is_still_a_person() {
        let table = table();
        for cells in [
            row(&["", "زهرا", "حسینی"]),
            row(&["4", "زهرا"]),
            row(&["", "", "", "0012345679"]),
            row(&["", "جمعه", "جمعی", "12345679"]),
            row(&["5", "", "", "", "", "", "بی‌خانمان"])
                .into_iter()
                .chain(row(&["x"]))
                .collect(),
        ] {
            assert_eq!(table.no_person(&cells), None, "{cells:?}");
        }
    }
}
