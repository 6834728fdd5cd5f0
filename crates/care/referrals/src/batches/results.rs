//! Results: what a body wrote into the workbook we sent it.

use db::{FromRow, Keys};
use documents::sheets::{Cell, Sheet};
use persian::{Date, fold_spaceless};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use crate::legs::{LegId, Note};
use crate::reference::DeclineCode;

db::text_enum! {
    /// What a row says.
    pub enum Verdict {
        /// The licence was issued.
        Issued = "issued",
        /// It was refused.
        Refused = "refused",
        /// Something is missing.
        Incomplete = "incomplete",
        /// Nothing yet.
        None = "none",
    }
}

db::text_enum! {
    /// What came of a row.
    pub enum RowState {
        /// It can be applied.
        Good = "good",
        /// It cannot be read; its fault says why.
        Wrong = "wrong",
        /// It was applied.
        Applied = "applied",
        /// The leg had this answer before.
        Same = "same",
        /// The leg has another answer; its fault says which rule refused.
        Refused = "refused",
    }
}

db::text_enum! {
    /// Columns of the workbook. Headings are `batch-column-{word}` in both languages.
    pub enum ColumnOf {
        /// The leg's number.
        Number = "number",
        /// What came of it.
        Verdict = "verdict",
        /// Number of the licence.
        Licence = "licence",
        /// Its last day.
        Until = "until",
        /// Why not.
        Reason = "reason",
        /// More words.
        Note = "note",
    }
}

/// What could be read from a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ReferralResultRead")]
pub struct Read {
    /// Number of the licence.
    pub licence_number: Option<String>,
    /// Its last day.
    pub valid_until: Option<Date>,
    /// Why not, as a decline code.
    pub decline_code: Option<String>,
}

/// A row ready to be kept.
#[derive(Clone, Debug)]
pub struct WrittenRow {
    pub(crate) id: Uuid,
    pub(crate) sheet_row: i64,
    pub(crate) leg_id: Option<LegId>,
    pub(crate) number: String,
    pub(crate) verdict: Verdict,
    pub(crate) read: Read,
    pub(crate) note: Option<Vec<u8>>,
    pub(crate) fault: Option<String>,
}

impl Serialize for WrittenRow {
    /// Ids and seals differ each time a file is read; what it says does not.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (
            self.sheet_row,
            &self.number,
            self.verdict,
            &self.read,
            &self.fault,
        )
            .serialize(serializer)
    }
}

impl WrittenRow {
    pub(crate) fn state(&self) -> RowState {
        if self.fault.is_some() {
            RowState::Wrong
        } else {
            RowState::Good
        }
    }
}

/// A kept row.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// The number beside it in the spreadsheet.
    pub sheet_row: i64,
    /// The leg it answers.
    pub leg_id: Option<LegId>,
    /// The number as it was written.
    pub number: String,
    /// What it says.
    pub verdict: Verdict,
    /// What was read, as [`Read`].
    pub answer: serde_json::Value,
    /// More words, sealed.
    pub note: Option<Vec<u8>>,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// What came of it.
    pub state: RowState,
}

/// What is needed to read a results file.
pub struct Reader<'a> {
    /// The city's keys.
    pub keys: &'a Keys,
    /// Numbers and ids of the batch's legs.
    pub legs: &'a [(String, LegId)],
    /// Reasons to say no.
    pub codes: &'a [DeclineCode],
    /// Makes ids for rows.
    pub new_id: &'a (dyn Fn() -> Uuid + Sync),
    /// Today, for dates.
    pub today: Date,
}

/// Longest heading line looked for from the top.
const HEADING_ROWS: usize = 20;

impl Reader<'_> {
    /// The rows of the first sheet that has our headings; none when there is no such sheet.
    pub fn read(&self, sheets: &[Sheet]) -> Option<Vec<WrittenRow>> {
        sheets.iter().find_map(|sheet| self.sheet(sheet))
    }

    fn sheet(&self, sheet: &Sheet) -> Option<Vec<WrittenRow>> {
        let (place, columns) = sheet
            .rows
            .iter()
            .take(HEADING_ROWS)
            .enumerate()
            .find_map(|(place, row)| headings(row).map(|columns| (place, columns)))?;
        let mut rows: Vec<WrittenRow> = Vec::new();
        for (number, cells) in sheet.numbered().skip(place + 1) {
            if cells.iter().all(Cell::is_empty) {
                continue;
            }
            let mut row = self.row(number, cells, &columns);
            let is_twice =
                row.leg_id.is_some() && rows.iter().any(|other| other.leg_id == row.leg_id);
            if is_twice {
                row.fault = Some("number_twice".to_owned());
            }
            rows.push(row);
        }
        Some(rows)
    }

    fn row(&self, number: usize, cells: &[Cell], columns: &Columns) -> WrittenRow {
        let cell = |column| columns.cell(cells, column);
        let text = |column| persian::clean(&cell(column).text());
        let id = (self.new_id)();
        let written = text(ColumnOf::Number);
        let key = number_key(&written);
        let leg_id = self
            .legs
            .iter()
            .find(|(known, _)| number_key(known) == key)
            .map(|(_, id)| *id);
        let mut fault = None;
        let mut wrong = |code: &str| {
            fault.get_or_insert_with(|| code.to_owned());
        };
        if leg_id.is_none() {
            wrong("unknown_number");
        }
        let verdict = verdict(&text(ColumnOf::Verdict)).unwrap_or_else(|| {
            wrong("verdict_not_understood");
            Verdict::None
        });
        let mut read = Read::default();
        if verdict == Verdict::Issued {
            let licence = persian::latin_digits(&text(ColumnOf::Licence));
            match licence.is_empty() || licence.chars().count() > 40 {
                true => wrong("licence_missing"),
                false => read.licence_number = Some(licence),
            }
            match day(cell(ColumnOf::Until), self.today) {
                Ok(day) => read.valid_until = day,
                Err(()) => wrong("date_not_understood"),
            }
        }
        if verdict == Verdict::Refused {
            match self.code(&text(ColumnOf::Reason)) {
                Some(code) => read.decline_code = Some(code),
                None => wrong("reason_not_understood"),
            }
        }
        let words: String = text(ColumnOf::Note).chars().take(500).collect();
        WrittenRow {
            id,
            sheet_row: i64::try_from(number).unwrap_or(i64::MAX),
            leg_id,
            number: written.chars().take(40).collect(),
            verdict,
            read,
            // The row's id becomes the event's id, so the words are sealed for the event.
            note: Note::seal(self.keys, id, &words).sealed,
            fault,
        }
    }

    /// A reason by code or by its name in either language; an empty cell is another reason.
    fn code(&self, text: &str) -> Option<String> {
        if text.is_empty() {
            return Some("other".to_owned());
        }
        let key = fold_spaceless(text);
        let is_it = |code: &&DeclineCode| {
            [&code.code, &code.name_fa, &code.name_en]
                .iter()
                .any(|name| fold_spaceless(name) == key)
        };
        self.codes.iter().find(is_it).map(|code| code.code.clone())
    }
}

struct Columns(Vec<(ColumnOf, usize)>);

impl Columns {
    fn cell<'a>(&self, cells: &'a [Cell], column: ColumnOf) -> &'a Cell {
        const EMPTY: &Cell = &Cell::Empty;
        let place = self
            .0
            .iter()
            .find(|(known, _)| *known == column)
            .map(|(_, place)| *place);
        place.and_then(|place| cells.get(place)).unwrap_or(EMPTY)
    }
}

// words: batch-column-*
/// The columns of a heading row: it names at least number and verdict.
fn headings(row: &[Cell]) -> Option<Columns> {
    let mut found = Vec::new();
    for (place, cell) in row.iter().enumerate() {
        let text = fold_spaceless(&cell.text());
        let is_named = |column: &&ColumnOf| {
            [persian::Lang::Fa, persian::Lang::En]
                .into_iter()
                .any(|lang| fold_spaceless(&super::sheet::heading(lang, **column)) == text)
        };
        let column = ColumnOf::ALL.iter().find(is_named);
        found.extend(column.map(|column| (*column, place)));
    }
    let has = |column| found.iter().any(|(known, _)| *known == column);
    (has(ColumnOf::Number) && has(ColumnOf::Verdict)).then_some(Columns(found))
}

/// Digits of a number, so that its dashes and script do not matter.
fn number_key(text: &str) -> String {
    persian::latin_digits(text)
        .chars()
        .filter(char::is_ascii_digit)
        .collect()
}

/// The words offices use; none when they are not understood.
fn verdict(text: &str) -> Option<Verdict> {
    let key = fold_spaceless(text);
    let words: [(Verdict, &[&str]); 4] = [
        (Verdict::None, &[""]),
        (
            Verdict::Issued,
            &[
                "صادر شد",
                "صادر",
                "تأیید",
                "تایید شد",
                "موافقت شد",
                "issued",
                "approved",
            ],
        ),
        (
            Verdict::Refused,
            &["رد شد", "رد", "مخالفت شد", "refused", "rejected"],
        ),
        (
            Verdict::Incomplete,
            &["ناقص", "نقص مدرک", "نقص", "incomplete"],
        ),
    ];
    let is_it = |names: &[&str]| names.iter().any(|name| fold_spaceless(name) == key);
    words
        .iter()
        .find(|(_, names)| is_it(names))
        .map(|(verdict, _)| *verdict)
}

fn day(cell: &Cell, today: Date) -> Result<Option<Date>, ()> {
    match cell {
        Cell::Empty => Ok(None),
        // A real spreadsheet date is Gregorian.
        Cell::Date(day) => Ok(Some(*day)),
        other => match persian::parse_date(&other.text(), today) {
            Ok(day) => Ok(Some(day.to_date())),
            Err(_) => Err(()),
        },
    }
}
