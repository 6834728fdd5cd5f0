//! How an office lays its list out.

use documents::sheets::Cell;

use super::chance::Chance;
use crate::import::columns::Column;

/// A workbook's shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    pub(super) sheets: Vec<Layout>,
}

/// How one sheet is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub name: String,
    pub columns: Vec<Option<Column>>,
    headings: Vec<String>,
    /// Headings of three birth columns stand below one group.
    two_rows: bool,
    title_rows: usize,
    repeats_headings: bool,
    /// Income is written in rials, as the heading says.
    pub is_rial: bool,
    /// Codes and phones were kept as numbers and lost their zeros.
    pub loses_zeros: bool,
    /// Birth dates are real spreadsheet dates.
    pub has_real_dates: bool,
    /// Numbers its rows in the first column.
    pub totals: bool,
}

const FIRST_PART: &[(Column, &[&str])] = &[
    (Column::FatherName, &["نام پدر", "نام‌پدر", "Father name"]),
    (
        Column::NationalCode,
        &[
            "کد ملی",
            "كد ملي",
            "شماره ملی",
            "کدملی متقاضی",
            "National ID",
        ],
    ),
    (Column::Gender, &["جنسیت", "جنسيت", "Gender"]),
    (
        Column::Mobile,
        &[
            "تلفن همراه",
            "موبایل",
            "شماره تماس",
            "شماره تلفن همراه متقاضی",
            "Mobile",
        ],
    ),
    (Column::Landline, &["تلفن ثابت", "تلفن منزل"]),
    (
        Column::Region,
        &["منطقه", "منطقه شهرداری", "شماره منطقه", "Region"],
    ),
    (
        Column::TargetGroup,
        &["گروه هدف", "نوع گروه هدف", "Target group"],
    ),
    (
        Column::Dependants,
        &[
            "تعداد افراد تحت تکفل",
            "تحت تكفل",
            "افراد تحت سرپرستی",
            "Dependants",
        ],
    ),
    (
        Column::FieldOfWork,
        &["رشته شغلی", "رشته فعالیت", "زمینه فعالیت", "Field of work"],
    ),
    (Column::Sheba, &["شماره شبا", "شبا", "IBAN"]),
];

impl Shape {
    pub(super) fn draw(chance: &mut Chance) -> Self {
        let count = 1 + chance.below(3);
        Self {
            sheets: (0..count)
                .map(|index| Layout::draw(index, chance))
                .collect(),
        }
    }
}

impl Layout {
    fn draw(index: usize, chance: &mut Chance) -> Self {
        let mut kinds: Vec<(Option<Column>, String)> = Vec::new();
        for (column, headings) in FIRST_PART {
            // The landline has no column of its own in most lists.
            if *column == Column::Landline && chance.percent(80) {
                continue;
            }
            kinds.push((Some(*column), chance.one(headings).to_owned()));
        }
        let is_rial = chance.percent(40);
        let unit = if is_rial {
            chance.one(&["(ریال)", "به ریال"])
        } else {
            chance.one(&["(تومان)", "به تومان", ""])
        };
        let income = chance.one(&["فروش ماهانه", "درآمد ماهیانه", "متوسط درآمد ماهانه"]);
        kinds.push((Some(Column::Income), format!("{income} {unit}")));
        if chance.percent(50) {
            kinds.push((
                None,
                chance
                    .one(&["سطح تحصیلات", "وضعیت مسکن", "کد ملی همسر"])
                    .to_owned(),
            ));
        }
        let two_rows = chance.percent(25);
        chance.shuffle(&mut kinds);
        // Parts of a name and of a date stay together.
        Self::insert(&mut kinds, Self::name_columns(chance), chance);
        let birth = if two_rows {
            vec![
                (Some(Column::BirthDay), "روز"),
                (Some(Column::BirthMonth), "ماه"),
                (Some(Column::BirthYear), "سال"),
            ]
        } else {
            vec![(
                Some(Column::BirthDate),
                chance.one(&["تاریخ تولد", "تاريخ تولد", "متولد", "Date of birth"]),
            )]
        };
        Self::insert(&mut kinds, birth, chance);
        if chance.percent(80) {
            kinds.insert(0, (Some(Column::RowNumber), "ردیف".to_owned()));
        }
        kinds.push((
            Some(Column::Notes),
            chance.one(&["توضیحات", "ملاحظات"]).to_owned(),
        ));
        let (columns, headings) = kinds.into_iter().unzip();
        Self {
            name: format!("{} {}", chance.one(&["فهرست", "برگه", "Sheet"]), index + 1),
            columns,
            headings,
            two_rows,
            title_rows: chance.below(4),
            repeats_headings: chance.percent(30),
            is_rial,
            loses_zeros: chance.percent(40),
            has_real_dates: !two_rows && chance.percent(30),
            totals: chance.percent(70),
        }
    }

    fn name_columns(chance: &mut Chance) -> Vec<(Option<Column>, &'static str)> {
        match chance.below(6) {
            0 => vec![(
                Some(Column::FullName),
                chance.one(&["نام و نام خانوادگی", "نام و نام‌خانوادگي", "Full name"]),
            )],
            1 => vec![(Some(Column::FullNameLastFirst), "نام خانوادگی و نام")],
            2 => vec![
                (Some(Column::LastName), "نام خانوادگي"),
                (Some(Column::FirstName), "نام"),
            ],
            3 => vec![
                (Some(Column::FirstName), "First name"),
                (Some(Column::LastName), "Last name"),
            ],
            _ => vec![
                (Some(Column::FirstName), "نام"),
                (Some(Column::LastName), "نام خانوادگی"),
            ],
        }
    }

    fn insert(
        kinds: &mut Vec<(Option<Column>, String)>,
        group: Vec<(Option<Column>, &str)>,
        chance: &mut Chance,
    ) {
        let at = chance.below(kinds.len() + 1);
        let group = group
            .into_iter()
            .map(|(column, heading)| (column, heading.to_owned()));
        kinds.splice(at..at, group);
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }

    /// Titles, a blank line, headings.
    pub(super) fn top(&self, chance: &mut Chance) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for _ in 0..self.title_rows {
            rows.push(match chance.below(3) {
                0 => Vec::new(),
                1 => vec![Cell::Text(
                    "فهرست متقاضیان مشاغل خانگی — به تفکیک منطقه".to_owned(),
                )],
                _ => vec![
                    Cell::Empty,
                    Cell::Empty,
                    Cell::Text("تاریخ تهیه: ۱۴۰۴/۰۲/۱۱".to_owned()),
                ],
            });
        }
        rows.extend(self.heading_rows());
        rows
    }

    fn heading_rows(&self) -> Vec<Vec<Cell>> {
        let text = |heading: &str| Cell::Text(heading.to_owned());
        if !self.two_rows {
            return vec![self.headings.iter().map(|heading| text(heading)).collect()];
        }
        let is_part = |column: &Option<Column>| {
            matches!(
                column,
                Some(Column::BirthDay | Column::BirthMonth | Column::BirthYear)
            )
        };
        let mut upper = Vec::new();
        let mut lower = Vec::new();
        for (column, heading) in self.columns.iter().zip(&self.headings) {
            if is_part(column) {
                // A merged cell has its text in the first place alone.
                upper.push(if *column == Some(Column::BirthDay) {
                    text("تاریخ تولد")
                } else {
                    Cell::Empty
                });
                lower.push(text(heading));
            } else {
                upper.push(text(heading));
                lower.push(Cell::Empty);
            }
        }
        vec![upper, lower]
    }

    /// Now and then something stands between two people.
    pub(super) fn interrupt(&self, rows: &mut Vec<Vec<Cell>>, at: usize, chance: &mut Chance) {
        if at > 0 && at.is_multiple_of(47) {
            rows.push(Vec::new());
        }
        if at > 0 && at.is_multiple_of(60) && self.repeats_headings {
            rows.extend(self.heading_rows());
        }
        if at > 0 && at.is_multiple_of(75) && self.totals {
            rows.push(self.sums(chance));
        }
    }

    pub(super) fn bottom(&self, rows: &mut Vec<Vec<Cell>>, chance: &mut Chance) {
        if self.totals {
            rows.push(self.sums(chance));
        }
        if chance.percent(30) {
            rows.push(Vec::new());
            rows.push(vec![
                Cell::Empty,
                Cell::Text("تهیه‌کننده: دفتر امور بانوان".to_owned()),
            ]);
        }
    }

    /// Sums under the columns of numbers, with their word or without.
    fn sums(&self, chance: &mut Chance) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self
            .columns
            .iter()
            .map(|column| match column {
                Some(Column::Dependants) => Cell::Number(88.0),
                Some(Column::Income) => Cell::Number(910_000_000.0),
                _ => Cell::Empty,
            })
            .collect();
        if chance.percent(70) {
            let label = chance.one(&["جمع", "جمع کل", "جمع كل:", "مجموع", "Total"]);
            cells[0] = Cell::Text(label.to_owned());
        }
        cells
    }
}
