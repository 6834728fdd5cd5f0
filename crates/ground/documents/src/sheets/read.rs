//! Reading: which kind of file it is, whether it fits, and what it says.

use std::io::{Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Ods, Range, Reader, Xls, Xlsx, XlsxError};
use chrono::NaiveDate;

use super::{Cell, Limits, Sheet, SheetFault, csv_text, ods_size, xls_size};

const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads a workbook (XLSX, XLSM, XLS, ODS) or a CSV, told apart by their
/// contents. Sheets come in the order of their tabs, blank ones left out.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Vec<Sheet>, SheetFault> {
    if bytes.is_empty() {
        return Err(SheetFault::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(SheetFault::FileTooLarge {
            limit: limits.file_bytes,
        });
    }
    let mut taken = Taken { limits, cells: 0 };
    // The workbook reader is not ours; on hostile bytes it may index out of
    // bounds, and a form must not be lost to that.
    let sheets = catch_unwind(AssertUnwindSafe(|| {
        if bytes.starts_with(ZIP) {
            read_archive(bytes, &mut taken)
        } else if bytes.starts_with(COMPOUND) {
            read_xls(bytes, &mut taken)
        } else {
            csv_text::read(bytes, limits).map(|sheet| vec![sheet])
        }
    }))
    .unwrap_or_else(|_| {
        Err(SheetFault::Damaged {
            detail: "the reader gave up".into(),
        })
    })?;
    Ok(sheets
        .into_iter()
        .filter(|sheet| !sheet.rows.is_empty())
        .collect())
}

/// What has been taken in so far, against the limits.
struct Taken<'a> {
    limits: &'a Limits,
    cells: usize,
}

impl Taken<'_> {
    fn check_sheets(&self, count: usize) -> Result<(), SheetFault> {
        let limit = self.limits.sheets;
        if count > limit {
            Err(SheetFault::TooManySheets { limit })
        } else {
            Ok(())
        }
    }

    fn check_cells(&self, unfolded: u64) -> Result<(), SheetFault> {
        let limit = self.limits.cells;
        if unfolded > limit as u64 {
            Err(SheetFault::TooManyCells { limit })
        } else {
            Ok(())
        }
    }

    /// Puts a cell at its place (counted from 0), with blanks before it.
    fn put(
        &mut self,
        sheet: &mut Sheet,
        row: usize,
        column: usize,
        cell: Cell,
    ) -> Result<(), SheetFault> {
        if cell.is_empty() {
            return Ok(());
        }
        if row >= self.limits.rows {
            return Err(SheetFault::TooManyRows {
                sheet: sheet.name.clone(),
                limit: self.limits.rows,
            });
        }
        if sheet.rows.len() <= row {
            sheet.rows.resize_with(row + 1, Vec::new);
        }
        let Some(cells) = sheet.rows.get_mut(row) else {
            return Ok(());
        };
        if cells.len() <= column {
            self.cells += column + 1 - cells.len();
            if self.cells > self.limits.cells {
                return Err(SheetFault::TooManyCells {
                    limit: self.limits.cells,
                });
            }
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }
}

/// A sheet whose rows so far begin at row 1, with the blank ones cut off.
fn finished(mut sheet: Sheet) -> Sheet {
    let first = sheet
        .rows
        .iter()
        .position(|row| !row.is_empty())
        .unwrap_or(0);
    sheet.rows.drain(..first);
    sheet.first_row = first + 1;
    sheet
}

fn read_archive(bytes: &[u8], taken: &mut Taken<'_>) -> Result<Vec<Sheet>, SheetFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    check_unpacked(&mut archive, taken.limits.unpacked_bytes)?;
    if archive.index_for_name("content.xml").is_some() {
        let mut xml = String::new();
        archive
            .by_name("content.xml")
            .map_err(damaged)?
            .read_to_string(&mut xml)
            .map_err(damaged)?;
        taken.check_cells(ods_size::unfolded_cells(&xml))?;
        let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|fault| match fault {
            calamine::OdsError::Password => SheetFault::Protected,
            other => damaged(other),
        })?;
        return read_ranges(&mut book, taken);
    }
    if archive.index_for_name("[Content_Types].xml").is_some() {
        return read_xlsx(bytes, taken);
    }
    Err(SheetFault::NotASheet)
}

/// Unpacks everything into nothing, because the sizes an archive declares may
/// be lies.
fn check_unpacked(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    limit: u64,
) -> Result<(), SheetFault> {
    let mut left = limit;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let size =
            std::io::copy(&mut entry.take(left + 1), &mut std::io::sink()).map_err(damaged)?;
        left = left
            .checked_sub(size)
            .ok_or(SheetFault::UnpacksTooLarge { limit })?;
    }
    Ok(())
}

/// XLSX cell by cell: a sheet with two cells at far corners costs two cells.
fn read_xlsx(bytes: &[u8], taken: &mut Taken<'_>) -> Result<Vec<Sheet>, SheetFault> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|fault| match fault {
        XlsxError::Password => SheetFault::Protected,
        other => damaged(other),
    })?;
    let names = book.sheet_names();
    taken.check_sheets(names.len())?;
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        let mut sheet = Sheet {
            name: name.clone(),
            ..Sheet::default()
        };
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(other) => return Err(damaged(other)),
        };
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::SharedString(text) => from_text(text),
                DataRef::String(text) => from_text(text),
                other => from_data(other.clone().into()),
            };
            taken.put(&mut sheet, row as usize, column as usize, value)?;
        }
        sheets.push(finished(sheet));
    }
    Ok(sheets)
}

fn read_xls(bytes: &[u8], taken: &mut Taken<'_>) -> Result<Vec<Sheet>, SheetFault> {
    match xls_size::unfolded_cells(bytes) {
        // A protected XLSX is wrapped in a compound file without a workbook.
        None if find(bytes, &utf16("EncryptedPackage")) => return Err(SheetFault::Protected),
        None => {
            return Err(SheetFault::Damaged {
                detail: "not a readable XLS".into(),
            });
        }
        // The rectangles are sparse in honest files too (a title far above, a
        // note far right), so they may be a few times larger than the cells.
        Some(unfolded) => taken.check_cells(unfolded / 4)?,
    }
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|fault| match fault {
        calamine::XlsError::Password => SheetFault::Protected,
        other => damaged(other),
    })?;
    read_ranges(&mut book, taken)
}

/// Sheets of a reader that lays each out whole.
fn read_ranges<'b, R>(book: &mut R, taken: &mut Taken<'_>) -> Result<Vec<Sheet>, SheetFault>
where
    R: Reader<Cursor<&'b [u8]>>,
    R::Error: std::fmt::Display,
{
    let names = book.sheet_names();
    taken.check_sheets(names.len())?;
    let mut sheets = Vec::with_capacity(names.len());
    for name in names {
        let range = book.worksheet_range(&name).map_err(damaged)?;
        let mut sheet = Sheet {
            name,
            ..Sheet::default()
        };
        put_range(&range, &mut sheet, taken)?;
        sheets.push(finished(sheet));
    }
    Ok(sheets)
}

fn put_range(
    range: &Range<Data>,
    sheet: &mut Sheet,
    taken: &mut Taken<'_>,
) -> Result<(), SheetFault> {
    let (top, start) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let cell = from_data(data.clone());
        taken.put(sheet, top as usize + row, start as usize + column, cell)?;
    }
    Ok(())
}

fn from_text(text: &str) -> Cell {
    if text.trim().is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text.to_owned())
    }
}

fn from_data(data: Data) -> Cell {
    match data {
        Data::Empty => Cell::Empty,
        Data::String(text) => from_text(&text),
        Data::Int(number) => Cell::Number(number as f64),
        Data::Float(number) => Cell::Number(number),
        Data::Bool(value) => Cell::Bool(value),
        Data::DateTime(date) if date.is_datetime() => match date.as_datetime() {
            Some(moment) => Cell::Date(moment.date()),
            None => Cell::Number(date.as_f64()),
        },
        Data::DateTime(duration) => Cell::Number(duration.as_f64()),
        Data::DateTimeIso(text) => match text.get(..10).unwrap_or(&text).parse::<NaiveDate>() {
            Ok(date) => Cell::Date(date),
            Err(_) => from_text(&text),
        },
        Data::DurationIso(text) => from_text(&text),
        Data::Error(mark) => Cell::Error(mark.to_string()),
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn find(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn damaged(fault: impl std::fmt::Display) -> SheetFault {
    SheetFault::Damaged {
        detail: fault.to_string(),
    }
}
