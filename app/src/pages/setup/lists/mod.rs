//! Lists a new city brings along as workbooks: staff, and what stands in its shops.
//!
//! A list is taken whole or not at all: with one fault nothing is stored, and every fault is
//! told with its row and column.

mod staff;
mod stock;
mod views;

use access::{Ask, Need, Routes};
use documents::sheets::{self, Cell, Limits, Sheet, Table};
use persian::Lang;
use web::{Outcome, Upload, Words};

use super::super::{SETUP, WORDS};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/setup/staff", Need::May(&SETUP), staff::show)
        .get("/setup/staff/form.xlsx", Need::May(&SETUP), staff::form)
        .post("/setup/staff", Need::Proved(&SETUP), staff::take)
        .get("/setup/stock", Need::May(&SETUP), stock::show)
        .get("/setup/stock/form.xlsx", Need::May(&SETUP), stock::form)
        .post("/setup/stock", Need::May(&SETUP), stock::take)
}

/// Rows a list may have.
const MOST_ROWS: usize = 5_000;

/// A kind of list: the end of its words' keys, and its columns by the ends of theirs.
struct Kind {
    key: &'static str,
    columns: &'static [&'static str],
}

impl Kind {
    fn heading(&self, lang: Lang, column: &str) -> String {
        WORDS.text(lang, &format!("list-{}-{column}", self.key), &[])
    }

    /// An empty workbook with the headings.
    fn form(&self, ask: &Ask) -> Outcome {
        let words: &Words = &WORDS;
        let text = |key: &str| words.text(ask.lang(), key, &[]);
        let table = Table {
            name: text(&format!("list-{}", self.key)),
            lang: ask.lang(),
            columns: self
                .columns
                .iter()
                .map(|column| {
                    let meaning = text(&format!("list-{}-{column}-meaning", self.key));
                    sheets::Column::new(self.heading(ask.lang(), column), meaning)
                })
                .collect(),
            rows: Vec::new(),
            definitions: sheets::Definition {
                name: text("list-definitions"),
                column: text("list-column"),
                meaning: text("list-meaning"),
            },
        };
        workbook(ask, &table, self.key)
    }

    /// The rows of the first sheet that has all headings, in either language; none if there is
    /// no such sheet.
    fn read(&self, bytes: &[u8]) -> Option<Vec<Row>> {
        let book = sheets::read(bytes, &Limits::default()).ok()?;
        book.iter().find_map(|sheet| self.rows(sheet))
    }

    fn rows(&self, sheet: &Sheet) -> Option<Vec<Row>> {
        let mut numbered = sheet.numbered();
        let places = numbered.by_ref().take(10).find_map(|(_, row)| {
            let heads: Vec<String> = row.iter().map(|cell| persian::fold(&cell.text())).collect();
            let place = |column: &&str| {
                [Lang::Fa, Lang::En]
                    .map(|lang| persian::fold(&self.heading(lang, column)))
                    .iter()
                    .find_map(|wanted| heads.iter().position(|head| head == wanted))
            };
            self.columns.iter().map(place).collect::<Option<Vec<_>>>()
        })?;
        let rows = numbered.map(|(number, row)| Row {
            number,
            cells: places
                .iter()
                .map(|place| row.get(*place).cloned().unwrap_or_default())
                .collect(),
        });
        Some(rows.filter(|row| !row.is_blank()).take(MOST_ROWS).collect())
    }
}

/// One filled row.
struct Row {
    number: usize,
    cells: Vec<Cell>,
}

impl Row {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }

    /// The cell as cleaned text.
    fn text(&self, column: usize) -> String {
        let text = self.cells.get(column).map(Cell::text);
        persian::clean(&text.unwrap_or_default())
    }

    /// The cell as a whole number above zero.
    fn count(&self, column: usize) -> Option<i64> {
        let text = persian::latin_digits(&self.text(column));
        text.parse().ok().filter(|count| *count > 0)
    }
}

/// What is wrong in which cell: the row's number, the column's place, the key of the sentence.
struct Fault {
    row: usize,
    column: usize,
    key: &'static str,
}

/// The rows of the uploaded file, or the page that says why there are none.
async fn rows_of(
    ask: &Ask,
    kind: &Kind,
    upload: &Upload,
) -> Outcome<Result<Vec<Row>, axum::response::Response>> {
    let read = upload
        .file("file")
        .and_then(|file| kind.read(&file.bytes))
        .filter(|rows| !rows.is_empty());
    match read {
        Some(rows) => Ok(Ok(rows)),
        None => views::again(ask, kind, &[], Some("list-unreadable")).map(Err),
    }
}

fn workbook(ask: &Ask, table: &Table, name: &str) -> Outcome {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let bytes = sheets::xlsx(table).map_err(|fault| web::Failure::Internal(fault.to_string()))?;
    ask.download(&format!("{name}.xlsx"), XLSX, bytes)
}
