//! Reading applicants lists as offices keep them.
//!
//! Pure but for [`store`]: from the sheets of a workbook to one verdict a row,
//! without database or clock. [`read`] finds the headings, cleans the cells and names every
//! fault; [`settle_duplicates`] then marks rows that repeat an earlier row or a
//! person already registered; [`Report`] is the answer as JSON and [`rejects`]
//! what goes back to the office. Nothing a row says is lost: what no field
//! takes is kept in its note.

mod cells;
mod columns;
mod duplicates;
mod header;
mod numbers;
mod reference;
mod rejects;
mod report;
mod row;
#[cfg(any(test, feature = "sample"))]
pub mod sample;
pub mod store;
mod table;
#[cfg(test)]
mod tests;
mod verdict;

pub use cells::choices::Gender;
pub use columns::{Column, HeadingUnit, Headings, unit_in};
pub use duplicates::{Identity, Known, KnownPerson, identities, likeness, settle_duplicates};
pub use reference::{Entries, Entry, Match, Reference, Regions};
pub use rejects::{Reject, RejectReason, rejects};
pub use report::{Report, ReportRow, Totals};
pub use row::{Clean, NOTE_LIMIT, ReadRow};
pub use store::{Outcome, run};
pub use table::{NoPerson, Table};
pub use verdict::{Fault, Original, Reason, Status};

use cells::region::region_of_heading;
use documents::sheets::{Cell, Sheet};
use header::Header;
use numbers::text_of;
use row::Seen;

/// What was read of a workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading<'a> {
    /// The lists found, in order; [`ReadRow::table`] points here.
    pub tables: Vec<Table>,
    /// One entry for each row that speaks of a person, in order.
    pub rows: Vec<ReadRow<'a>>,
    /// Filled rows below headings that speak of nobody: sheet, row, why.
    pub skipped: Vec<(&'a str, usize, NoPerson)>,
    /// Names of sheets without headings we know; nothing of them was read.
    pub unread_sheets: Vec<&'a str>,
}

/// Reads every sheet of a workbook.
///
/// Takes time and memory in proportion to the rows; the rows borrow their
/// cells. Duplicates are not looked for: see [`settle_duplicates`].
pub fn read<'a>(sheets: &'a [Sheet], reference: &Reference) -> Reading<'a> {
    let headings = Headings::built_in();
    let mut reading = Reading::default();
    for sheet in sheets {
        match header::find(&sheet.rows, 0, &headings) {
            Some(header) => read_sheet(sheet, header, &headings, reference, &mut reading),
            None if sheet.rows.is_empty() => {}
            None => reading.unread_sheets.push(&sheet.name),
        }
    }
    reading
}

fn read_sheet<'a>(
    sheet: &'a Sheet,
    header: Header,
    headings: &Headings,
    reference: &Reference,
    reading: &mut Reading<'a>,
) {
    let title = &sheet.rows[..header.first];
    let region = region_of_heading(&sheet.name, &reference.regions).or_else(|| {
        title
            .iter()
            .flatten()
            .find_map(|cell| region_of_heading(&text_of(cell), &reference.regions))
    });
    let mut seen = Seen::default();
    let mut next = header.last + 1;
    let unit = header.unit(title);
    reading.tables.push(Table::new(
        &sheet.name,
        sheet.first_row,
        header,
        unit,
        region,
    ));
    while let Some(cells) = sheet.rows.get(next) {
        let number = sheet.first_row + next;
        next += 1;
        let Some(table) = reading.tables.last_mut() else {
            return;
        };
        match table.no_person(cells) {
            Some(NoPerson::Blank) => continue,
            Some(why) => {
                // «منطقه ۵» between rows opens that region's part of the list.
                if why == NoPerson::Heading {
                    let named = cells
                        .iter()
                        .find_map(|cell| region_of_heading(&text_of(cell), &reference.regions));
                    table.region = named.or(table.region);
                }
                reading.skipped.push((&sheet.name, number, why));
                continue;
            }
            None => {}
        }
        if let Some(again) =
            header::header_at(&sheet.rows, next - 1, next - 1, headings).filter(is_repeated)
        {
            let (region, is_same) = (table.region, table.columns == again.columns);
            for row in next - 1..=again.last {
                reading.skipped.push((
                    &sheet.name,
                    sheet.first_row + row,
                    NoPerson::RepeatedHeadings,
                ));
            }
            next = again.last + 1;
            if !is_same {
                let unit = again.unit(title);
                reading.tables.push(Table::new(
                    &sheet.name,
                    sheet.first_row,
                    again,
                    unit,
                    region,
                ));
            }
            continue;
        }
        let (clean, faults) = row::read_cells(cells, table, reference, &mut seen);
        reading.rows.push(ReadRow {
            sheet: &sheet.name,
            row: number,
            cells,
            table: reading.tables.len() - 1,
            faults,
            clean,
            duplicate_of: None,
        });
    }
}

/// Two words that happen to be headings do not make a person's row one.
fn is_repeated(header: &Header) -> bool {
    header.columns.iter().flatten().count() >= 3
}

/// The texts of a row's cells as a person sees them.
fn shown(cells: &[Cell]) -> Vec<String> {
    cells.iter().map(Cell::text).collect()
}
