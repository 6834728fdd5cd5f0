use chrono::Datelike;

use super::Date;
use crate::Lang;

const MONTHS: [(&str, &str); 12] = [
    ("فروردین", "Farvardin"),
    ("اردیبهشت", "Ordibehesht"),
    ("خرداد", "Khordad"),
    ("تیر", "Tir"),
    ("مرداد", "Mordad"),
    ("شهریور", "Shahrivar"),
    ("مهر", "Mehr"),
    ("آبان", "Aban"),
    ("آذر", "Azar"),
    ("دی", "Dey"),
    ("بهمن", "Bahman"),
    ("اسفند", "Esfand"),
];

/// The name of month 1 to 12; empty outside.
pub(super) fn month(month: u8, lang: Lang) -> &'static str {
    let names = usize::from(month)
        .checked_sub(1)
        .and_then(|at| MONTHS.get(at));
    match (names, lang) {
        (Some((fa, _)), Lang::Fa) => fa,
        (Some((_, en)), Lang::En) => en,
        (None, _) => "",
    }
}

/// A day of the week, which in Iran begins on Saturday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Saturday,
    Sunday,
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
}

impl Weekday {
    /// All seven, in their order.
    pub const ALL: [Self; 7] = [
        Self::Saturday,
        Self::Sunday,
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
    ];

    /// The day of the week of a date.
    pub fn of(date: Date) -> Self {
        Self::ALL[(date.weekday().num_days_from_monday() as usize + 2) % 7]
    }

    /// 0 for Saturday to 6 for Friday.
    pub fn index(self) -> u8 {
        self as u8
    }

    /// Its name.
    pub fn name(self, lang: Lang) -> &'static str {
        let (fa, en) = match self {
            Self::Saturday => ("شنبه", "Saturday"),
            Self::Sunday => ("یکشنبه", "Sunday"),
            Self::Monday => ("دوشنبه", "Monday"),
            Self::Tuesday => ("سه\u{200C}شنبه", "Tuesday"),
            Self::Wednesday => ("چهارشنبه", "Wednesday"),
            Self::Thursday => ("پنجشنبه", "Thursday"),
            Self::Friday => ("جمعه", "Friday"),
        };
        match lang {
            Lang::Fa => fa,
            Lang::En => en,
        }
    }
}
