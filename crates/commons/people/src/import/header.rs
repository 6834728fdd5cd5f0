//! Finding the row of headings, and what each column then holds.

use documents::sheets::Cell;
use money::Unit;

use super::columns::{Column, HeadingUnit, Headings, unit_in};
use super::numbers::text_of;

/// Rows searched for headings: titles, logos and letter texts stand above.
const SEARCHED_ROWS: usize = 60;

/// Where the headings are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// Index of its first row; two when groups of columns have a heading.
    pub first: usize,
    /// Index of its last row.
    pub last: usize,
    /// The heading of each column, from column A; may be empty.
    pub headings: Vec<String>,
    /// The kind of each column. A kind appears once: what comes second is
    /// unknown, and so kept as a note.
    pub columns: Vec<Option<Column>>,
}

/// The first row of headings at or after `from`.
pub(super) fn find(rows: &[Vec<Cell>], from: usize, known: &Headings) -> Option<Header> {
    (from..rows.len().min(from + SEARCHED_ROWS)).find_map(|at| header_at(rows, at, from, known))
}

/// The headings in this row, if it is one; `from` bounds the look upwards.
pub(super) fn header_at(
    rows: &[Vec<Cell>],
    at: usize,
    from: usize,
    known: &Headings,
) -> Option<Header> {
    let row = rows.get(at).filter(|row| may_be_header(row))?;
    let single = Header::new(at, at, row.iter().map(text_of).collect(), known);
    if single.score() < 2
        || !single
            .columns
            .iter()
            .flatten()
            .any(|column| column.is_name())
    {
        return None;
    }
    // A title of one cell groups nothing.
    let is_group = |row: &Vec<Cell>| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let above = at
        .checked_sub(1)
        .filter(|&above| above >= from && is_group(&rows[above]))
        .map(|above| (above, at));
    let two_rows = [above, Some((at, at + 1))]
        .into_iter()
        .flatten()
        .filter_map(|(upper, lower)| Header::of_two_rows(rows, upper, lower, known));
    Some(two_rows.fold(single, |best, two| {
        if two.score() > best.score() {
            two
        } else {
            best
        }
    }))
}

/// Whether a row could be headings: short words, hardly a number.
fn may_be_header(row: &[Cell]) -> bool {
    let mut with_digits = 0;
    for cell in row {
        match cell {
            Cell::Number(_) | Cell::Date(_) | Cell::Error(_) => return false,
            Cell::Text(text) if text.chars().any(char::is_numeric) => {
                with_digits += 1;
                if with_digits > 1 {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

impl Header {
    fn new(first: usize, last: usize, headings: Vec<String>, known: &Headings) -> Self {
        let kinds = headings
            .iter()
            .map(|heading| known.column(heading))
            .collect();
        Self::with_kinds(first, last, headings, kinds)
    }

    fn with_kinds(
        first: usize,
        last: usize,
        headings: Vec<String>,
        kinds: Vec<Option<Column>>,
    ) -> Self {
        let mut columns: Vec<Option<Column>> = Vec::with_capacity(kinds.len());
        for kind in kinds {
            let is_new = !columns.contains(&kind);
            columns.push(kind.filter(|_| is_new));
        }
        let has = |wanted: &[Column]| {
            columns
                .iter()
                .flatten()
                .any(|column| wanted.contains(column))
        };
        // A lone «نام» holds whole names.
        if !has(&[
            Column::LastName,
            Column::FullName,
            Column::FullNameLastFirst,
        ]) {
            for column in columns
                .iter_mut()
                .flatten()
                .filter(|column| **column == Column::FirstName)
            {
                *column = Column::FullName;
            }
        }
        Self {
            first,
            last,
            headings,
            columns,
        }
    }

    /// Headings in two rows: a group above («تاریخ تولد») and its parts below
    /// («روز», «ماه», «سال»); a heading merged downwards stands in the upper
    /// row alone.
    fn of_two_rows(
        rows: &[Vec<Cell>],
        upper: usize,
        lower: usize,
        known: &Headings,
    ) -> Option<Self> {
        let (above, below) = (rows.get(upper)?, rows.get(lower)?);
        if !may_be_header(above) || !may_be_header(below) {
            return None;
        }
        let mut headings = Vec::new();
        let mut kinds = Vec::new();
        let mut group = String::new();
        for index in 0..above.len().max(below.len()) {
            let upper_text = above.get(index).map(text_of).unwrap_or_default();
            let part = below.get(index).map(text_of).unwrap_or_default();
            if !upper_text.is_empty() {
                group.clone_from(&upper_text);
            }
            let whole = if part.is_empty() {
                upper_text.clone()
            } else {
                format!("{group} {part}").trim().to_owned()
            };
            let kind = match part.is_empty() {
                true => known.column(&upper_text),
                // The group «مشخصات همسر» makes each of its parts somebody else's.
                false if known.is_of_others(&group) => None,
                // «همراه» stands alone, «روز» only under «تاریخ تولد».
                false => known
                    .column(&part)
                    .or_else(|| known.column(&whole))
                    .or_else(|| known.column(&upper_text)),
            };
            headings.push(whole);
            kinds.push(kind);
        }
        Some(Self::with_kinds(upper, lower, headings, kinds))
    }

    fn score(&self) -> usize {
        self.columns
            .iter()
            .flatten()
            .filter(|column| **column != Column::RowNumber)
            .count()
    }

    /// The unit of income: from its heading, else from a title above, else
    /// toman, in which people count.
    pub fn unit(&self, rows_above: &[Vec<Cell>]) -> HeadingUnit {
        let own = self
            .columns
            .iter()
            .position(|column| *column == Some(Column::Income))
            .and_then(|index| unit_in(&self.headings[index]));
        own.or_else(|| {
            rows_above
                .iter()
                .flatten()
                .find_map(|cell| unit_in(&text_of(cell)))
        })
        .unwrap_or(HeadingUnit {
            unit: Unit::Toman,
            scale: "",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<Cell>> {
        let cell = |text: &&str| {
            if text.is_empty() {
                Cell::Empty
            } else {
                Cell::Text((*text).to_owned())
            }
        };
        rows.iter()
            .map(|row| row.iter().map(cell).collect())
            .collect()
    }

    #[test]
    fn titles_above_are_passed_over() {
        let rows = rows(&[
            &["فهرست متقاضیان مشاغل خانگی به تفکیک منطقه"],
            &[],
            &[
                "ردیف",
                "نام",
                "نام خانوادگی",
                "کد ملی",
                "شماره پرونده",
                "درآمد (ریال)",
            ],
            &["1", "زهرا", "حسینی", "0012345679", "12", "5"],
        ]);
        let header = find(&rows, 0, &Headings::built_in()).unwrap();
        assert_eq!((header.first, header.last), (2, 2));
        assert_eq!(header.columns[4], None);
        assert_eq!(header.columns[5], Some(Column::Income));
        assert_eq!(header.unit(&rows[..2]).unit, Unit::Rial);
    }

    #[test]
    fn a_heading_may_be_in_two_rows() {
        let rows = rows(&[
            &["نام", "نام خانوادگی", "تاریخ تولد", "", "", "تلفن", ""],
            &["", "", "روز", "ماه", "سال", "همراه", "ثابت"],
            &["زهرا", "حسینی", "7", "2", "1345", "9121234567", ""],
        ]);
        let header = find(&rows, 0, &Headings::built_in()).unwrap();
        assert_eq!((header.first, header.last), (0, 1));
        let expected = [
            Column::FirstName,
            Column::LastName,
            Column::BirthDay,
            Column::BirthMonth,
            Column::BirthYear,
            Column::Mobile,
            Column::Landline,
        ];
        assert_eq!(header.columns, expected.map(Some));
    }

    #[test]
    fn a_group_row_above_does_not_hide_the_headings() {
        let rows = rows(&[
            &["", "مشخصات فردی", "", "", "اطلاعات تماس", ""],
            &[
                "ردیف",
                "نام",
                "نام خانوادگی",
                "کد ملی",
                "تلفن همراه",
                "منطقه",
            ],
            &["1", "زهرا", "حسینی", "0012345679", "9121234567", "5"],
        ]);
        let header = find(&rows, 0, &Headings::built_in()).unwrap();
        assert_eq!(header.last, 1);
        assert_eq!(header.columns[1], Some(Column::FirstName));
        assert_eq!(header.columns[3], Some(Column::NationalCode));
    }

    #[test]
    fn a_first_row_of_words_is_not_taken_for_headings() {
        let rows = rows(&[
            &["نام", "نام خانوادگی", "گروه هدف"],
            &["زهرا", "حسینی", "معلول"],
        ]);
        let header = find(&rows, 0, &Headings::built_in()).unwrap();
        assert_eq!((header.first, header.last), (0, 0));
    }

    #[test]
    fn a_lone_name_is_the_whole_name() {
        let rows = rows(&[&["نام", "کد ملی"]]);
        assert_eq!(
            find(&rows, 0, &Headings::built_in()).unwrap().columns[0],
            Some(Column::FullName)
        );
    }
}
