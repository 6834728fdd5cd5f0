//! Writing: one table of values, as XLSX for people or CSV for both.

use chrono::{Datelike as _, NaiveDate};
use persian::{Jalali, Lang};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Rows whose width decides a column's width; looking at all of them costs as
/// much as writing them.
const WIDTH_SAMPLE: usize = 200;
/// Column widths in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 8..=48;

/// A table to hand out.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Name of its sheet; characters a tab cannot have are left out.
    pub name: String,
    /// Language, and with it the direction of the sheet.
    pub lang: Lang,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// Rows; each has a value for every column (missing ones stay blank).
    pub rows: Vec<Vec<Value>>,
    /// Name of the definitions' sheet and its two headings; see
    /// [`Column::meaning`].
    pub definitions: Definition,
}

/// Words of the definitions' sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// Tab name.
    pub name: String,
    /// Heading over the column names.
    pub column: String,
    /// Heading over the meanings.
    pub meaning: String,
}

/// One column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// What it means; a line of the definitions' sheet.
    pub meaning: String,
    /// For a column of dates, the heading of the ISO column written beside the
    /// Jalali one.
    pub iso_title: Option<String>,
}

impl Column {
    /// A column of text, codes, numbers or flags.
    pub fn new(title: impl Into<String>, meaning: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            meaning: meaning.into(),
            iso_title: None,
        }
    }

    /// A column of dates, written twice: Jalali text, and an ISO date beside
    /// it under `iso_title`.
    pub fn date(
        title: impl Into<String>,
        iso_title: impl Into<String>,
        meaning: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            meaning: meaning.into(),
            iso_title: Some(iso_title.into()),
        }
    }
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Text, and every code: never taken for a number or a formula.
    Text(String),
    /// A whole number: money, counts. Beyond 2⁵³ spreadsheets lose digits, so
    /// such a number is written as text.
    Number(i64),
    /// A number with a fraction.
    Decimal(f64),
    /// A day.
    Date(NaiveDate),
}

impl Value {
    /// Text; an empty one is blank.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Value::Blank
        } else {
            Value::Text(text)
        }
    }
}

/// The workbook could not be made; a table larger than a sheet is the one way
/// to come here.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written: {0}")]
pub struct WriteFault(#[from] XlsxError);

/// Largest whole number a spreadsheet keeps exactly.
const EXACT: i64 = 1 << 53;
/// Longest text a cell may hold.
const CELL_CHARACTERS: usize = 32_767;

/// The table as an XLSX file: right to left in Persian, one frozen header row
/// with filters, no merged cells, and a sheet of definitions.
pub fn xlsx(table: &Table) -> Result<Vec<u8>, WriteFault> {
    let mut book = Workbook::new();
    // A fixed date: the same table gives the same bytes.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Thin);

    let sheet = book.add_worksheet();
    sheet
        .set_name(tab_name(&table.name, "1"))?
        .set_right_to_left(table.lang == Lang::Fa);
    write_rows(sheet, table, &head)?;

    let sheet = book.add_worksheet();
    sheet
        .set_name(tab_name(&table.definitions.name, "2"))?
        .set_right_to_left(table.lang == Lang::Fa);
    sheet.write_string_with_format(0, 0, &table.definitions.column, &head)?;
    sheet.write_string_with_format(0, 1, &table.definitions.meaning, &head)?;
    sheet
        .set_column_width(0, 28)?
        .set_column_width(1, 80)?
        .set_freeze_panes(1, 0)?;
    for (row, column) in (1..).zip(&table.columns) {
        sheet
            .write_string(row, 0, cut(&column.title))?
            .write_string(row, 1, cut(&column.meaning))?;
    }
    Ok(book.save_to_buffer()?)
}

fn write_rows(sheet: &mut Worksheet, table: &Table, head: &Format) -> Result<(), XlsxError> {
    let text = Format::new().set_num_format("@");
    let number = Format::new().set_num_format("#,##0");
    let decimal = Format::new().set_num_format("#,##0.##");
    let iso = Format::new().set_num_format("yyyy-mm-dd");
    for (place, title) in (0..).zip(titles(table)) {
        sheet.write_string_with_format(0, place, cut(title), head)?;
    }
    let mut widths: Vec<usize> = titles(table)
        .map(|title| title.chars().count() + 4)
        .collect();
    for (row, values) in (1..).zip(&table.rows) {
        let mut place = 0u16;
        for (column, value) in table.columns.iter().zip(values) {
            match value {
                Value::Blank => {}
                Value::Text(words) => {
                    sheet.write_string_with_format(row, place, cut(words), &text)?;
                }
                Value::Number(amount) if amount.abs() > EXACT => {
                    sheet.write_string_with_format(row, place, amount.to_string(), &text)?;
                }
                Value::Number(amount) => {
                    sheet.write_number_with_format(row, place, *amount as f64, &number)?;
                }
                Value::Decimal(amount) => {
                    sheet.write_number_with_format(row, place, *amount, &decimal)?;
                }
                Value::Date(date) => {
                    sheet.write_string_with_format(
                        row,
                        place,
                        Jalali::from(*date).to_string(),
                        &text,
                    )?;
                    if column.iso_title.is_some() {
                        write_iso(sheet, row, place + 1, *date, &iso)?;
                    }
                }
            }
            if (row as usize) <= WIDTH_SAMPLE
                && let Some(width) = widths.get_mut(usize::from(place))
            {
                *width = (*width).max(shown_width(value));
            }
            place += if column.iso_title.is_some() { 2 } else { 1 };
        }
    }
    for (place, width) in (0..).zip(widths) {
        sheet.set_column_width(place, width.clamp(*WIDTHS.start(), *WIDTHS.end()) as f64)?;
    }
    let last = u16::try_from(titles(table).count().saturating_sub(1)).unwrap_or(0);
    sheet.autofilter(
        0,
        0,
        u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
        last,
    )?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// A real date; spreadsheets know none before 1900, so those are ISO text.
fn write_iso(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    date: NaiveDate,
    iso: &Format,
) -> Result<(), XlsxError> {
    let year = u16::try_from(date.year()).unwrap_or(0);
    match ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8) {
        Ok(day) if year >= 1900 => sheet.write_datetime_with_format(row, place, &day, iso)?,
        _ => sheet.write_string(row, place, date.to_string())?,
    };
    Ok(())
}

fn titles(table: &Table) -> impl Iterator<Item = &String> {
    table
        .columns
        .iter()
        .flat_map(|column| std::iter::once(&column.title).chain(&column.iso_title))
}

fn shown_width(value: &Value) -> usize {
    match value {
        Value::Blank => 0,
        Value::Text(text) => text.chars().count() + 2,
        Value::Number(_) | Value::Decimal(_) => 14,
        Value::Date(_) => 12,
    }
}

/// At most 31 characters, none of those a tab cannot have.
fn tab_name(name: &str, instead: &str) -> String {
    let name: String = name
        .chars()
        .filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control())
        .take(31)
        .collect();
    if name.trim().is_empty() {
        instead.to_owned()
    } else {
        name.trim().to_owned()
    }
}

fn cut(text: &str) -> String {
    text.chars().take(CELL_CHARACTERS).collect()
}

/// The table as CSV with commas and CRLF. `mark` puts the byte order mark
/// before it, without which Excel garbles Persian; leave it out for machines.
/// Text that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn csv(table: &Table, mark: bool) -> Vec<u8> {
    let mut out = String::new();
    if mark {
        out.push('\u{feff}');
    }
    push_line(&mut out, titles(table).map(|title| guarded(title)));
    for values in &table.rows {
        let fields = table
            .columns
            .iter()
            .enumerate()
            .flat_map(|(place, column)| {
                let value = values.get(place).unwrap_or(&Value::Blank);
                let (shown, iso) = match value {
                    Value::Blank => (String::new(), String::new()),
                    Value::Text(text) => (guarded(text), String::new()),
                    Value::Number(number) => (number.to_string(), String::new()),
                    Value::Decimal(number) => (number.to_string(), String::new()),
                    Value::Date(date) => (Jalali::from(*date).to_string(), date.to_string()),
                };
                std::iter::once(shown).chain(column.iso_title.is_some().then_some(iso))
            });
        push_line(&mut out, fields);
    }
    out.into_bytes()
}

/// Tab and carriage return are guarded too: some spreadsheets skip them and
/// then see the formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn push_line(out: &mut String, fields: impl Iterator<Item = String>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            out.push(',');
        }
        if field.contains(['"', ',', ';', '\n', '\r', '\t']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}
