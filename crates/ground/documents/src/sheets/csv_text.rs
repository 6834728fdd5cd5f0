//! CSV as offices write it: any of three separators, any of four encodings.

use super::{Cell, Limits, Sheet, SheetFault};

/// Reads a CSV into one unnamed sheet; every filled cell is text.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, SheetFault> {
    let text = decode(bytes);
    if text.contains('\0') {
        return Err(SheetFault::NotASheet);
    }
    let mut rows = Rows {
        limits,
        rows: Vec::new(),
        row: Vec::new(),
        cells: 0,
    };
    split(&text, separator(&text), &mut rows)?;
    let first = rows
        .rows
        .iter()
        .position(|row| !row.is_empty())
        .unwrap_or(0);
    let end = rows
        .rows
        .iter()
        .rposition(|row| !row.is_empty())
        .map_or(0, |last| last + 1);
    rows.rows.truncate(end);
    Ok(Sheet {
        name: String::new(),
        first_row: first + 1,
        rows: rows.rows.split_off(first.min(end)),
    })
}

/// UTF-8 or UTF-16 by its mark, else UTF-8 when valid, else Windows-1256, which
/// older Persian and Arabic spreadsheets write.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(bytes.get(mark..).unwrap_or_default())
            .0
            .into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1256
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// Lines at the start that have a say in what separates.
const SAMPLE: usize = 20;

/// The separator that most lines at the start agree on; comma when none does.
fn separator(text: &str) -> char {
    let score = |candidate: char| {
        let counts = counts(text, candidate);
        let agreed = counts.iter().filter(|count| **count > 0).count();
        (agreed, counts.iter().sum::<usize>())
    };
    // On a tie the earlier candidate of this order wins.
    [';', '\t', ',']
        .into_iter()
        .max_by_key(|candidate| score(*candidate))
        .unwrap_or(',')
}

/// How often a candidate stands outside quotes in each of the first filled lines. A line break
/// inside quotes ends no line.
fn counts(text: &str, candidate: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut quoted, mut is_blank, mut count) = (false, true, 0);
    for character in text.chars().chain(['\n']) {
        quoted ^= character == '"';
        match character {
            '\n' | '\r' if !quoted => {
                if !is_blank {
                    counts.push(count);
                }
                (is_blank, count) = (true, 0);
                if counts.len() == SAMPLE {
                    break;
                }
            }
            _ => {
                is_blank &= character.is_whitespace();
                count += usize::from(!quoted && character == candidate);
            }
        }
    }
    counts
}

struct Rows<'a> {
    limits: &'a Limits,
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cells: usize,
}

impl Rows<'_> {
    fn end_field(&mut self, field: &mut String) -> Result<(), SheetFault> {
        self.cells += 1;
        if self.cells > self.limits.cells {
            return Err(SheetFault::TooManyCells {
                limit: self.limits.cells,
            });
        }
        let text = std::mem::take(field);
        self.row.push(if text.trim().is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        });
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetFault> {
        let filled = self
            .row
            .iter()
            .rposition(|cell| !cell.is_empty())
            .map_or(0, |last| last + 1);
        self.row.truncate(filled);
        if filled > 0 && self.rows.len() >= self.limits.rows {
            return Err(SheetFault::TooManyRows {
                sheet: String::new(),
                limit: self.limits.rows,
            });
        }
        self.rows.push(std::mem::take(&mut self.row));
        Ok(())
    }
}

/// RFC 4180, forgiving: a quote inside an unquoted field stands for itself, and
/// an unclosed one ends with the file. Blank lines count as rows, as they do in
/// a spreadsheet.
fn split(text: &str, separator: char, rows: &mut Rows<'_>) -> Result<(), SheetFault> {
    let mut field = String::new();
    let mut quoted = false;
    let mut at_start = true;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if at_start => {
                quoted = true;
                at_start = false;
            }
            _ if quoted => field.push(character),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                rows.end_field(&mut field)?;
                rows.end_row()?;
                at_start = true;
            }
            _ if character == separator => {
                rows.end_field(&mut field)?;
                at_start = true;
            }
            _ => {
                field.push(character);
                at_start = false;
            }
        }
    }
    rows.end_field(&mut field)?;
    rows.end_row()
}
