//! Applicants lists made from a seed, in the shapes offices keep them, with the
//! truth of each row: for tests and for the benchmark.
//!
//! All people are invented from lists of common names.

mod chance;
mod people;
mod shape;
mod writing;

use documents::sheets::{Cell, Sheet};

use super::row::Clean;
use super::verdict::{Reason, Status};
use chance::Chance;
use people::Person;
pub use shape::Shape;

/// A made workbook and what is right about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The sheets, as a reader would give them.
    pub sheets: Vec<Sheet>,
    /// The truth of each row that speaks of a person, in order.
    pub truth: Vec<Truth>,
}

/// What is right about one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Name of the sheet.
    pub sheet: String,
    /// Row number, from 1.
    pub row: usize,
    /// Its verdict.
    pub status: Status,
    /// Reasons in their order, empty for a duplicate.
    pub reasons: Vec<Reason>,
    /// Sheet and row it repeats.
    pub duplicate_of: Option<(String, usize)>,
    /// Clean values.
    pub clean: Clean,
}

/// What is made to happen to one row in so many hundred.
const FAULTY_PERCENT: u64 = 12;
const REPEATED_PERCENT: u64 = 6;

/// How many people a list may have before it meets those of the next seed.
const BLOCK: u64 = 100_000;

/// A workbook of `rows` people in a shape drawn from the seed. Lists of neighbouring seeds
/// speak of other people: no national code stands in both.
pub fn workbook(seed: u64, rows: usize) -> Sample {
    let mut chance = Chance::new(seed);
    let shape = Shape::draw(&mut chance);
    shaped(&shape, rows, seed % 1_000 * BLOCK, &mut chance)
}

fn shaped(shape: &Shape, rows: usize, before: u64, chance: &mut Chance) -> Sample {
    let mut sample = Sample {
        sheets: Vec::new(),
        truth: Vec::new(),
    };
    let mut accepted: Vec<(Person, usize)> = Vec::new();
    let sheets = shape.sheets.len();
    let mut number = before;
    for (index, layout) in shape.sheets.iter().enumerate() {
        let mut sheet = Sheet {
            name: layout.name.clone(),
            first_row: 1,
            rows: layout.top(chance),
        };
        let share = rows / sheets + usize::from(index < rows % sheets);
        for at in 0..share {
            layout.interrupt(&mut sheet.rows, at, chance);
            number += 1;
            let row = sheet.rows.len() + 1;
            let again = (!accepted.is_empty() && chance.percent(REPEATED_PERCENT))
                .then(|| accepted[chance.below(accepted.len())].clone());
            let (person, original) = match again {
                Some((person, original)) => (person, Some(original)),
                None => (Person::draw(number, chance), None),
            };
            let reasons = if original.is_none() && chance.percent(FAULTY_PERCENT) {
                writing::draw_faults(chance)
            } else {
                Vec::new()
            };
            let (cells, clean) =
                writing::write(&person, &reasons, layout, at, original.is_some(), chance);
            sheet.rows.push(cells);
            let truth = truth(&sample, layout, row, reasons, original, clean);
            // Only whoever was accepted with all that identifies her repeats.
            if truth.status == Status::Accept
                && (truth.clean.national_code.is_some() || truth.clean.birth.is_some())
            {
                accepted.push((person, sample.truth.len()));
            }
            sample.truth.push(truth);
        }
        layout.bottom(&mut sheet.rows, chance);
        sample.sheets.push(trimmed(sheet));
    }
    sample
}

fn truth(
    sample: &Sample,
    layout: &shape::Layout,
    row: usize,
    reasons: Vec<Reason>,
    original: Option<usize>,
    mut clean: Clean,
) -> Truth {
    let original = original.and_then(|index| sample.truth.get(index));
    if let Some(first) = original {
        clean.first.clone_from(&first.clean.first);
        clean.last.clone_from(&first.clean.last);
        clean.father.clone_from(&first.clean.father);
    }
    let is_rejected = reasons.iter().any(|reason| reason.rejects());
    Truth {
        sheet: layout.name.clone(),
        row,
        status: match (is_rejected, original) {
            (true, _) => Status::Reject,
            (_, Some(_)) => Status::Duplicate,
            _ => Status::Accept,
        },
        reasons: if original.is_some() {
            Vec::new()
        } else {
            reasons
        },
        duplicate_of: original.map(|first| (first.sheet.clone(), first.row)),
        clean,
    }
}

/// As a reader gives a sheet: no blank rows around, no blank cells at the end.
fn trimmed(mut sheet: Sheet) -> Sheet {
    for row in &mut sheet.rows {
        let filled = row
            .iter()
            .rposition(|cell| *cell != Cell::Empty)
            .map_or(0, |last| last + 1);
        row.truncate(filled);
    }
    while sheet.rows.last().is_some_and(Vec::is_empty) {
        sheet.rows.pop();
    }
    let blank = sheet.rows.iter().take_while(|row| row.is_empty()).count();
    sheet.rows.drain(..blank);
    sheet.first_row += blank;
    sheet
}
