//! One row of a list: from cells to clean values and reasons.

use std::collections::HashMap;

use documents::sheets::Cell;
use persian::{Jalali, clean_lines};
use serde::{Serialize, Serializer};

use super::cells::amounts::{self, Amount};
use super::cells::birth::{Birth, birth, birth_of_parts};
use super::cells::choices::{self, Choice, FieldOfWork, Gender};
use super::cells::names;
use super::cells::papers::{self, Paper};
use super::cells::phones::phones;
use super::cells::region::{self, Region};
use super::columns::Column;
use super::numbers::{is_nothing, text_of};
use super::reference::Reference;
use super::table::Table;
use super::verdict::{Fault, Original, Reason, Status};

/// Characters a note may have: as many as one spreadsheet cell can hold.
pub const NOTE_LIMIT: usize = 32_767;

/// The values of a row in their stored forms; `None` where the row gives none
/// that can be used.
///
/// As JSON it has thirteen keys; the fields marked "not in JSON" are for the
/// person's record alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Clean {
    /// Given name.
    pub first: Option<String>,
    /// Family name.
    pub last: Option<String>,
    /// Father's given name.
    pub father: Option<String>,
    /// National code, ten digits.
    pub national_code: Option<String>,
    /// Birth date; as JSON `1358-12-24`.
    #[serde(serialize_with = "dashed")]
    pub birth: Option<Jalali>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Mobile, `+989…`.
    pub mobile: Option<String>,
    /// Number of the region.
    pub region: Option<i64>,
    /// Code of the target group.
    pub group: Option<String>,
    /// Number of dependants.
    pub dependants: Option<i64>,
    /// Field of work in words.
    pub field: Option<String>,
    /// Sheba, `IR` and 24 digits.
    pub sheba: Option<String>,
    /// Monthly income in rials.
    pub income_rial: Option<i64>,
    /// Landline, `+98…` (not in JSON).
    #[serde(skip)]
    pub landline: Option<String>,
    /// Code of the field of work, where it is on the list (not in JSON).
    #[serde(skip)]
    pub field_code: Option<String>,
    /// Notes, unknown columns and what could not be read, line by line (not in
    /// JSON).
    #[serde(skip)]
    pub notes: Option<String>,
}

/// A row that speaks of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow<'a> {
    /// Name of the sheet.
    pub sheet: &'a str,
    /// Row number the spreadsheet shows, from 1.
    pub row: usize,
    /// The row's cells as they are.
    pub cells: &'a [Cell],
    /// Which of the reading's tables gives the headings.
    pub table: usize,
    /// What is wrong or worth a warning, in a fixed order.
    pub faults: Vec<Fault>,
    /// Clean values.
    pub clean: Clean,
    /// Whom the row repeats, once duplicates are settled.
    pub duplicate_of: Option<Original>,
}

impl ReadRow<'_> {
    /// What becomes of the row.
    pub fn status(&self) -> Status {
        if self.faults.iter().any(|fault| fault.reason.rejects()) {
            Status::Reject
        } else if self.duplicate_of.is_some() {
            Status::Duplicate
        } else {
            Status::Accept
        }
    }

    /// The reason codes. A duplicate has one, `duplicate_of:SHEET:ROW`: nothing
    /// of it is stored, so its warnings concern nobody.
    pub fn reasons(&self) -> Vec<String> {
        match (&self.duplicate_of, self.status()) {
            (Some(original), Status::Duplicate) => vec![format!("duplicate_of:{original}")],
            _ => self
                .faults
                .iter()
                .map(|fault| fault.reason.code().to_owned())
                .collect(),
        }
    }

    /// The first fault that rejects the row.
    pub fn rejecting_fault(&self) -> Option<Fault> {
        self.faults
            .iter()
            .copied()
            .find(|fault| fault.reason.rejects())
    }
}

/// What the few texts that fill most cells of a list were found to mean.
#[derive(Debug, Default)]
pub(super) struct Seen {
    genders: HashMap<String, Choice<Gender>>,
    regions: HashMap<String, Region>,
    groups: HashMap<String, Choice<String>>,
    fields: HashMap<String, Option<FieldOfWork>>,
}

/// More different texts than any list of choices has; memory stays flat when a
/// column holds prose.
const SEEN_LIMIT: usize = 2000;

fn recall<T: Clone>(
    seen: &mut HashMap<String, T>,
    text: String,
    read: impl FnOnce(&str) -> T,
) -> T {
    if let Some(known) = seen.get(&text) {
        return known.clone();
    }
    let found = read(&text);
    if seen.len() < SEEN_LIMIT {
        seen.insert(text, found.clone());
    }
    found
}

/// Reads the cells of one row into clean values and faults.
pub(super) fn read_cells(
    cells: &[Cell],
    table: &Table,
    reference: &Reference,
    seen: &mut Seen,
) -> (Clean, Vec<Fault>) {
    let mut reader = Reader {
        cells,
        table,
        reference,
        seen,
        clean: Clean::default(),
        faults: Vec::new(),
        notes: Vec::new(),
    };
    reader.names();
    reader.papers();
    reader.birth();
    reader.gender();
    reader.phones();
    reader.region();
    reader.work();
    reader.money();
    reader.notes();
    (reader.clean, reader.faults)
}

struct Reader<'a> {
    cells: &'a [Cell],
    table: &'a Table,
    reference: &'a Reference,
    seen: &'a mut Seen,
    clean: Clean,
    faults: Vec<Fault>,
    /// Lines for the note: heading and text.
    notes: Vec<String>,
}

impl Reader<'_> {
    fn cell(&self, column: Column) -> &Cell {
        self.table
            .index(column)
            .and_then(|index| self.cells.get(index))
            .unwrap_or(&Cell::Empty)
    }

    fn text(&self, column: Column) -> String {
        text_of(self.cell(column))
    }

    fn fault(&mut self, reason: Reason, column: Column) {
        self.faults.push(Fault {
            reason,
            column: self.table.index(column),
        });
    }

    /// Keeps a cell's own words, since its value does not hold them all.
    fn keep(&mut self, column: Column) {
        if let Some(index) = self.table.index(column) {
            let text = self.text(column);
            self.notes
                .push(format!("{}: {text}", self.table.heading(index)));
        }
    }

    fn names(&mut self) {
        self.clean.first = names::name(&self.text(Column::FirstName));
        self.clean.last = names::name(&self.text(Column::LastName));
        self.clean.father = names::name(&self.text(Column::FatherName));
        for (column, is_last_first) in
            [(Column::FullName, false), (Column::FullNameLastFirst, true)]
        {
            if self.clean.first.is_some() && self.clean.last.is_some() {
                return;
            }
            let full = self.table.full_name(self.cells, column);
            if !full.is_empty() {
                let (first, last) = names::split(&full, is_last_first);
                self.clean.first = first.or(self.clean.first.take());
                self.clean.last = last.or(self.clean.last.take());
            }
        }
        if self.clean.first.is_none() || self.clean.last.is_none() {
            let wanted = if self.clean.first.is_none() {
                Column::FirstName
            } else {
                Column::LastName
            };
            let at = [
                wanted,
                Column::FullName,
                Column::FullNameLastFirst,
                Column::FirstName,
                Column::LastName,
            ];
            let column = at
                .into_iter()
                .find(|column| self.table.index(*column).is_some())
                .unwrap_or(wanted);
            self.fault(Reason::NameMissing, column);
        }
    }

    fn papers(&mut self) {
        match papers::national_code(self.cell(Column::NationalCode)) {
            Paper::Right(code) => self.clean.national_code = Some(code),
            Paper::None => self.fault(Reason::NoDocument, Column::NationalCode),
            Paper::Wrong => self.fault(Reason::NationalCodeChecksum, Column::NationalCode),
        }
    }

    fn birth(&mut self) {
        let today = self.reference.today;
        let mut column = Column::BirthDate;
        let mut read = birth(self.cell(column), today);
        if read == Birth::None && self.table.index(Column::BirthYear).is_some() {
            column = Column::BirthYear;
            let parts = [Column::BirthYear, Column::BirthMonth, Column::BirthDay]
                .map(|part| self.text(part));
            read = birth_of_parts(&parts[0], &parts[1], &parts[2], today);
        }
        match read {
            Birth::None => {}
            Birth::Day(day) => self.clean.birth = Some(day),
            Birth::YearOnly => {
                self.fault(Reason::BirthDateIncomplete, column);
                self.keep(column);
            }
            Birth::Impossible => self.fault(Reason::BirthDateNotInCalendar, column),
        }
    }

    fn gender(&mut self) {
        let text = self.text(Column::Gender);
        match recall(&mut self.seen.genders, text, choices::gender) {
            Choice::None => {}
            Choice::Known { value, .. } => self.clean.gender = Some(value),
            Choice::Unknown => {
                self.fault(Reason::GenderUnknown, Column::Gender);
                self.keep(Column::Gender);
            }
        }
    }

    fn phones(&mut self) {
        let area_code = &self.reference.area_code;
        let first = phones(self.cell(Column::Mobile), area_code);
        let second = phones(self.cell(Column::Landline), area_code);
        let is_landline_alone =
            first.mobile.is_none() && first.landline.is_some() && second.mobile.is_none();
        for (column, read) in [(Column::Mobile, &first), (Column::Landline, &second)] {
            if read.has_rest {
                self.keep(column);
                if read.mobile.is_none() && read.landline.is_none() {
                    self.fault(Reason::PhoneUnreadable, column);
                }
            }
        }
        if is_landline_alone {
            self.fault(Reason::LandlineNotMobile, Column::Mobile);
        }
        self.clean.mobile = first.mobile.or(second.mobile);
        self.clean.landline = first.landline.or(second.landline);
    }

    fn region(&mut self) {
        let regions = &self.reference.regions;
        let text = self.text(Column::Region);
        match recall(&mut self.seen.regions, text, |text| {
            region::region(text, regions)
        }) {
            Region::Number(number) => self.clean.region = Some(number),
            // A list of one region often says so in its title alone.
            Region::None if self.table.index(Column::Region).is_none() => {
                self.clean.region = self.table.region
            }
            Region::None => {}
            Region::Unknown => self.fault(Reason::RegionUnknown, Column::Region),
        }
    }

    fn work(&mut self) {
        let groups = &self.reference.groups;
        let text = self.text(Column::TargetGroup);
        match recall(&mut self.seen.groups, text, |text| {
            choices::group(text, groups)
        }) {
            Choice::None => {}
            Choice::Known { value, says_more } => {
                self.clean.group = Some(value);
                if says_more {
                    self.keep(Column::TargetGroup);
                }
            }
            Choice::Unknown => {
                self.fault(Reason::GroupUnknown, Column::TargetGroup);
                self.keep(Column::TargetGroup);
            }
        }
        match amounts::dependants(self.cell(Column::Dependants)) {
            Amount::None => {}
            Amount::Known(count) => self.clean.dependants = Some(count),
            Amount::Unreadable => {
                self.fault(Reason::DependantsUnreadable, Column::Dependants);
                self.keep(Column::Dependants);
            }
        }
        let fields = &self.reference.fields;
        let text = self.text(Column::FieldOfWork);
        let field = recall(&mut self.seen.fields, text, |text| {
            choices::field_of_work(text, fields)
        });
        if let Some(field) = field {
            self.clean.field = Some(field.name);
            self.clean.field_code = field.code;
        }
    }

    fn money(&mut self) {
        match papers::sheba(self.cell(Column::Sheba)) {
            Paper::None => {}
            Paper::Right(sheba) => self.clean.sheba = Some(sheba),
            Paper::Wrong => self.fault(Reason::ShebaChecksum, Column::Sheba),
        }
        match amounts::income(self.cell(Column::Income), self.table.unit) {
            Amount::None => {}
            Amount::Known(rials) => self.clean.income_rial = Some(rials),
            Amount::Unreadable => {
                self.fault(Reason::IncomeUnreadable, Column::Income);
                self.keep(Column::Income);
            }
        }
    }

    fn notes(&mut self) {
        let own = match self.cell(Column::Notes) {
            Cell::Text(text) => clean_lines(text),
            other => text_of(other),
        };
        let mut lines = Vec::new();
        if own.split_whitespace().count() > 1 || !is_nothing(&own) {
            lines.push(own);
        }
        for index in self.table.unknown_columns(self.cells.len()) {
            let text = text_of(&self.cells[index]);
            if !text.is_empty() {
                lines.push(format!("{}: {text}", self.table.heading(index)));
            }
        }
        lines.append(&mut self.notes);
        let note = lines.join("\n");
        if let Some((cut, _)) = note.char_indices().nth(NOTE_LIMIT) {
            self.fault(Reason::NoteShortened, Column::Notes);
            self.clean.notes = Some(note[..cut].to_owned());
        } else if !note.is_empty() {
            self.clean.notes = Some(note);
        }
    }
}

fn dashed<S: Serializer>(day: &Option<Jalali>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(Jalali { year, month, day }) => {
            serializer.serialize_str(&format!("{year:04}-{month:02}-{day:02}"))
        }
        None => serializer.serialize_none(),
    }
}
