//! How offices write one person down, and what is right about it.

use documents::sheets::Cell;
use persian::{Jalali, Lang};

use super::chance::Chance;
use super::people::{GROUPS, Person};
use super::shape::Layout;
use crate::import::cells::choices::Gender;
use crate::import::columns::Column;
use crate::import::row::Clean;
use crate::import::verdict::Reason;

/// Faults that can be put into a row, in their order; those of one line exclude
/// each other.
const FAULTS: &[&[Reason]] = &[
    &[Reason::NameMissing],
    &[Reason::NationalCodeChecksum, Reason::NoDocument],
    &[Reason::BirthDateNotInCalendar, Reason::BirthDateIncomplete],
    &[Reason::GenderUnknown],
    &[Reason::LandlineNotMobile, Reason::PhoneUnreadable],
    &[Reason::RegionUnknown],
    &[Reason::GroupUnknown],
    &[Reason::DependantsUnreadable],
    &[Reason::ShebaChecksum],
    &[Reason::IncomeUnreadable],
];

/// One fault, sometimes two.
pub(super) fn draw_faults(chance: &mut Chance) -> Vec<Reason> {
    let first = chance.below(FAULTS.len());
    let second = if chance.percent(20) {
        chance.below(FAULTS.len())
    } else {
        first
    };
    let mut lines = vec![first.min(second), first.max(second)];
    lines.dedup();
    lines
        .into_iter()
        .map(|line| chance.one(FAULTS[line]))
        .collect()
}

/// One person's cells and the values they stand for. `is_again` writes her
/// names in another spelling, as the second clerk does.
pub(super) fn write(
    person: &Person,
    faults: &[Reason],
    layout: &Layout,
    number: usize,
    is_again: bool,
    chance: &mut Chance,
) -> (Vec<Cell>, Clean) {
    let mut writer = Writer {
        person,
        faults,
        layout,
        number,
        is_again,
        chance,
    };
    let cells = layout
        .columns
        .iter()
        .map(|column| writer.cell(*column))
        .collect();
    (cells, truth(person, faults, layout))
}

fn truth(person: &Person, faults: &[Reason], layout: &Layout) -> Clean {
    let unless = |reasons: &[Reason]| !reasons.iter().any(|reason| faults.contains(reason));
    let has_name = unless(&[Reason::NameMissing]);
    let is_landline = faults.contains(&Reason::LandlineNotMobile);
    let has_phone = unless(&[Reason::LandlineNotMobile, Reason::PhoneUnreadable]);
    Clean {
        // Where both names share a cell, both are missing.
        first: (has_name || layout.has(Column::FirstName)).then(|| person.first.to_owned()),
        last: has_name.then(|| person.last.to_owned()),
        father: Some(person.father.to_owned()),
        national_code: unless(&[Reason::NationalCodeChecksum, Reason::NoDocument])
            .then(|| person.national_code.clone()),
        birth: unless(&[Reason::BirthDateNotInCalendar, Reason::BirthDateIncomplete])
            .then_some(person.birth),
        gender: unless(&[Reason::GenderUnknown]).then_some(person.gender),
        mobile: has_phone.then(|| person.mobile.clone()),
        region: unless(&[Reason::RegionUnknown]).then_some(person.region),
        group: unless(&[Reason::GroupUnknown]).then(|| GROUPS[person.group].0.to_owned()),
        dependants: unless(&[Reason::DependantsUnreadable]).then_some(person.dependants),
        field: Some(person.field.to_owned()),
        sheba: unless(&[Reason::ShebaChecksum]).then(|| person.sheba.clone()),
        income_rial: unless(&[Reason::IncomeUnreadable]).then_some(person.income_toman * 10),
        landline: (is_landline || layout.has(Column::Landline)).then(|| person.landline.clone()),
        ..Clean::default()
    }
}

struct Writer<'a> {
    person: &'a Person,
    faults: &'a [Reason],
    layout: &'a Layout,
    number: usize,
    is_again: bool,
    chance: &'a mut Chance,
}

impl Writer<'_> {
    fn has(&self, reason: Reason) -> bool {
        self.faults.contains(&reason)
    }

    fn cell(&mut self, column: Option<Column>) -> Cell {
        let Some(column) = column else {
            let other = self.chance.one(&["دیپلم", "استیجاری", "0012345679", ""]);
            return self.text(other);
        };
        match column {
            #[expect(clippy::cast_precision_loss, reason = "row numbers are small")]
            Column::RowNumber => Cell::Number(self.number as f64 + 1.0),
            Column::FirstName => self.name(self.person.first),
            Column::LastName if self.has(Reason::NameMissing) => Cell::Empty,
            Column::LastName => self.name(self.person.last),
            Column::FullName | Column::FullNameLastFirst if self.has(Reason::NameMissing) => {
                Cell::Empty
            }
            Column::FullName => self.name(&format!("{} {}", self.person.first, self.person.last)),
            Column::FullNameLastFirst => {
                self.name(&format!("{} {}", self.person.last, self.person.first))
            }
            Column::FatherName => self.name(self.person.father),
            Column::NationalCode => self.national_code(),
            Column::BirthDate => self.birth(),
            Column::BirthDay | Column::BirthMonth | Column::BirthYear => self.birth_part(column),
            Column::Gender => self.gender(),
            Column::Mobile => self.mobile(),
            Column::Landline if self.has(Reason::LandlineNotMobile) => Cell::Empty,
            Column::Landline => self.landline(),
            Column::Region => self.region(),
            Column::TargetGroup => self.group(),
            Column::Dependants => self.dependants(),
            Column::FieldOfWork => {
                let field = self.letters(self.person.field);
                self.text(&field)
            }
            Column::Sheba => self.sheba(),
            Column::Income => self.income(),
            Column::Notes => self.notes(),
        }
    }

    /// Text with the spaces people leave around it.
    fn text(&mut self, text: &str) -> Cell {
        if text.is_empty() {
            return Cell::Empty;
        }
        Cell::Text(match self.chance.below(8) {
            0 => format!(" {text}"),
            1 => format!("{text}  "),
            2 => format!("\u{202B}{text}\u{202C}"),
            3 => format!("\u{A0}{text}\t"),
            _ => text.to_owned(),
        })
    }

    /// Persian or Arabic ye and kaf.
    fn letters(&mut self, text: &str) -> String {
        if self.chance.percent(30) {
            text.replace('ی', "ي").replace('ک', "ك")
        } else {
            text.to_owned()
        }
    }

    fn name(&mut self, name: &str) -> Cell {
        let mut name = self.letters(name);
        if self.is_again && self.chance.percent(50) {
            name = name.replace('\u{200C}', " ");
        }
        if self.chance.percent(10) {
            name = name.replace(' ', "  ");
        }
        self.text(&name)
    }

    /// Latin, Persian or Arabic digits.
    fn script(&mut self, text: &str) -> String {
        match self.chance.below(4) {
            0 => persian::persian_digits(text),
            1 => text
                .chars()
                .map(|c| {
                    c.to_digit(10)
                        .and_then(|d| char::from_u32(0x660 + d))
                        .unwrap_or(c)
                })
                .collect(),
            _ => text.to_owned(),
        }
    }

    fn digits(&mut self, text: &str) -> Cell {
        let text = self.script(text);
        self.text(&text)
    }

    fn number(text: &str) -> Cell {
        text.parse().map_or(Cell::Empty, Cell::Number)
    }

    fn national_code(&mut self) -> Cell {
        if self.has(Reason::NoDocument) {
            let nothing = self
                .chance
                .one(&["", "-", "ندارد", "فاقد مدرک", "بدون شناسنامه"]);
            return self.text(nothing);
        }
        let mut code = self.person.national_code.clone();
        if self.has(Reason::NationalCodeChecksum) {
            code = with_other_last_digit(&code, self.chance);
        }
        // A spreadsheet that lost more than two zeros lost the code.
        if self.layout.loses_zeros && !code.starts_with("000") {
            return Self::number(&code);
        }
        let text = match self.chance.below(5) {
            0 => format!("{}-{}-{}", &code[..3], &code[3..9], &code[9..]),
            1 => format!("{} {} {}", &code[..3], &code[3..6], &code[6..]),
            2 => format!("'{code}"),
            _ => code,
        };
        self.digits(&text)
    }

    fn birth(&mut self) -> Cell {
        let Jalali { year, month, day } = self.person.birth;
        if self.has(Reason::BirthDateNotInCalendar) {
            let text = match self.chance.below(4) {
                0 => "1378/12/30".to_owned(),
                1 => format!("{year}/{}/31", self.chance.between(7, 12)),
                2 => format!("{year}/13/{day}"),
                _ => "1410/01/01".to_owned(),
            };
            return self.digits(&text);
        }
        if self.has(Reason::BirthDateIncomplete) {
            return self.digits(&year.to_string());
        }
        let date = self.person.birth.to_date();
        if self.layout.has_real_dates {
            return Cell::Date(date);
        }
        let text = match self.chance.below(9) {
            0 => format!("{year}-{month:02}-{day:02}"),
            1 => format!("{}/{month}/{day}", year - 1300),
            2 => format!("{day} {} {year}", Jalali::month_name(month, Lang::Fa)),
            3 => format!("{day} {} ماه {year}", Jalali::month_name(month, Lang::Fa)),
            4 => format!("{year}.{month:02}.{day:02}"),
            5 => format!("{year}{month:02}{day:02}"),
            6 => date.to_string(),
            _ => format!("{year}/{month}/{day}"),
        };
        self.digits(&text)
    }

    fn birth_part(&mut self, column: Column) -> Cell {
        let Jalali { year, month, day } = self.person.birth;
        let is_incomplete = self.has(Reason::BirthDateIncomplete);
        let is_impossible = self.has(Reason::BirthDateNotInCalendar);
        match column {
            Column::BirthYear => self.digits(&year.to_string()),
            _ if is_incomplete => Cell::Empty,
            Column::BirthMonth if is_impossible => self.digits("13"),
            Column::BirthMonth if self.chance.percent(50) => {
                self.text(Jalali::month_name(month, Lang::Fa))
            }
            Column::BirthMonth => Cell::Number(f64::from(month)),
            _ => self.digits(&day.to_string()),
        }
    }

    fn gender(&mut self) -> Cell {
        if self.has(Reason::GenderUnknown) {
            return self.text("نامفهوم");
        }
        let words: &[&str] = match self.person.gender {
            Gender::Female => &["زن", "خانم", "مؤنث", "مونث", "Female"],
            Gender::Male => &["مرد", "آقا", "مذکر", "Male"],
        };
        let word = self.chance.one(words);
        let word = self.letters(word);
        self.text(&word)
    }

    fn mobile(&mut self) -> Cell {
        if self.has(Reason::LandlineNotMobile) {
            return self.landline();
        }
        if self.has(Reason::PhoneUnreadable) {
            return self.digits("12345");
        }
        let bare = self.person.mobile.trim_start_matches("+98").to_owned();
        if self.layout.loses_zeros {
            return Self::number(&bare);
        }
        let text = match self.chance.below(6) {
            0 => bare,
            1 => format!("+98{bare}"),
            2 => format!("0098{bare}"),
            3 => format!("0{} {} {}", &bare[..3], &bare[3..6], &bare[6..]),
            4 => format!("0{}-{}", &bare[..3], &bare[3..]),
            _ => format!("0{bare}"),
        };
        self.digits(&text)
    }

    fn landline(&mut self) -> Cell {
        let bare = self.person.landline.trim_start_matches("+98").to_owned();
        if self.layout.loses_zeros {
            return Self::number(&bare);
        }
        let text = match self.chance.below(3) {
            0 => format!("0{}-{}", &bare[..2], &bare[2..]),
            1 => bare[2..].to_owned(),
            _ => format!("0{bare}"),
        };
        self.digits(&text)
    }

    fn region(&mut self) -> Cell {
        if self.has(Reason::RegionUnknown) {
            let unknown = self.chance.one(&["منطقه ۲۵", "شهریار", "0", "99"]);
            return self.text(unknown);
        }
        let number = self.person.region;
        let text = match self.chance.below(8) {
            0 => format!("منطقه {number}"),
            1 => format!("م {number}"),
            2 => format!("م{number}"),
            3 => format!("ناحیه {number}"),
            4 => format!("شهرداری منطقه {number} تهران"),
            5 => format!("منطقه {}", persian::in_words(number, Lang::Fa)),
            6 => return Self::number(&number.to_string()),
            _ => number.to_string(),
        };
        self.digits(&text)
    }

    fn group(&mut self) -> Cell {
        if self.has(Reason::GroupUnknown) {
            return self.text("کارمند رسمی");
        }
        let word = self.chance.one(GROUPS[self.person.group].1);
        let word = self.letters(word);
        self.text(&word)
    }

    fn dependants(&mut self) -> Cell {
        if self.has(Reason::DependantsUnreadable) {
            let unreadable = self.chance.one(&["زیاد", "-2", "1.5", "500"]);
            return self.text(unreadable);
        }
        let count = self.person.dependants;
        if count == 0 && self.chance.percent(40) {
            return self.text("ندارد");
        }
        let text = match self.chance.below(5) {
            0 => format!("{count} نفر"),
            1 => persian::in_words(count, Lang::Fa),
            2 => return Self::number(&count.to_string()),
            _ => count.to_string(),
        };
        self.digits(&text)
    }

    fn sheba(&mut self) -> Cell {
        let mut sheba = self.person.sheba.clone();
        if self.has(Reason::ShebaChecksum) {
            sheba = with_other_last_digit(&sheba, self.chance);
        }
        let bare = sheba.trim_start_matches("IR").to_owned();
        let text = match self.chance.below(5) {
            0 => bare,
            1 => {
                let groups: Vec<&str> = (0..sheba.len())
                    .step_by(4)
                    .map(|at| &sheba[at..sheba.len().min(at + 4)])
                    .collect();
                groups.join(" ")
            }
            2 => format!("ir-{bare}"),
            3 => format!("IR {bare}"),
            _ => sheba,
        };
        self.digits(&text)
    }

    fn income(&mut self) -> Cell {
        if self.has(Reason::IncomeUnreadable) {
            let unreadable = self.chance.one(&["متغیر", "3 تا 5 میلیون", "-5000"]);
            return self.text(unreadable);
        }
        let toman = self.person.income_toman;
        let amount = if self.layout.is_rial {
            toman * 10
        } else {
            toman
        };
        let text = match self.chance.below(5) {
            // The cell's own unit wins over the heading's.
            0 => format!("{} تومان", persian::grouped(toman, Lang::En)),
            1 => format!("{} ریال", persian::grouped(toman * 10, Lang::En)),
            2 => return Self::number(&amount.to_string()),
            3 => persian::grouped(amount, Lang::En),
            _ => amount.to_string(),
        };
        self.digits(&text)
    }

    fn notes(&mut self) -> Cell {
        let note = match self.chance.below(12) {
            0 => "\u{202E}پیگیری شود\u{202C}".to_owned(),
            1 => "=2+2".to_owned(),
            2 => "-1".to_owned(),
            3 => "@SUM(1)".to_owned(),
            4 if self.chance.percent(10) => "شرح حال بسیار بلند. ".repeat(400),
            _ => String::new(),
        };
        if note.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(note)
        }
    }
}

/// Any other last digit makes a code or a Sheba wrong.
fn with_other_last_digit(code: &str, chance: &mut Chance) -> String {
    let (start, last) = code.split_at(code.len() - 1);
    let digit: i64 = last.parse().unwrap_or(0);
    format!("{start}{}", (digit + chance.between(1, 9)) % 10)
}
