//! A number behind which few people stand is in no document.

use db::Reason;

use super::{Document, SignedFigure};

/// A cell shows fewer people than may be shown.
pub const CELL_TOO_SMALL: Reason = Reason::new("cell_too_small", 422);

/// What holds for figures nobody here knows.
const LEAST: i64 = 5;

/// Units of which there are no more people than things counted: fewer than the threshold of them
/// are fewer people.
const OF_PEOPLE: &[&str] = &["people", "cases", "legs"];

/// The code of the first figure that shows so few people that they could be found. `known` gives
/// the threshold of a definition as it is known here; the stricter one holds.
pub fn small_cell(
    document: &Document,
    known: impl Fn(&SignedFigure) -> Option<i64>,
) -> Option<&str> {
    let is_small = |figure: &&SignedFigure| {
        let least = known(figure).unwrap_or(LEAST).max(figure.smallest_cell);
        let is_few = |count: Option<i64>| count.is_some_and(|count| count > 0 && count < least);
        let counts_people = OF_PEOPLE.contains(&figure.unit.as_str());
        let mut regions = figure.regions.iter();
        (counts_people && is_few(figure.amount))
            || regions.any(|cell| match cell.people {
                Some(people) => cell.amount.is_some() && is_few(Some(people)),
                None => counts_people && is_few(cell.amount),
            })
    };
    let found = document.figures.iter().find(is_small);
    found.map(|figure| figure.code.as_str())
}
