use std::fmt;

use chrono::Datelike;

use super::{Date, Weekday, names};
use crate::Lang;
use crate::digits::local_digits;

/// A day as Iran writes it. Days are stored as [`Date`]; this exists at the edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Jalali {
    /// The year of the solar Hijri era, such as 1405.
    pub year: i32,
    /// 1 (Farvardin) to 12 (Esfand).
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// No such day: month 13, 31 Mehr, 30 Esfand of a common year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such day in the Jalali calendar")]
pub struct NotInCalendar;

/// The day before 1 Farvardin of year 0, counted in days of the Gregorian era.
const BEFORE_YEAR_ZERO: i64 = 226_530;

impl Jalali {
    /// The first year that [`Jalali::new`] takes.
    pub const MIN_YEAR: i32 = 1;
    /// The last year that [`Jalali::new`] takes; it ends within Gregorian 9999.
    pub const MAX_YEAR: i32 = 9377;

    /// A day that exists, of the years 1 to 9377.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, NotInCalendar> {
        let exists = (Self::MIN_YEAR..=Self::MAX_YEAR).contains(&year)
            && (1..=12).contains(&month)
            && (1..=Self::month_length(year, month)).contains(&day);
        exists
            .then_some(Self { year, month, day })
            .ok_or(NotInCalendar)
    }

    /// The same day for storage. A value made by hand that is no day of its
    /// month falls to the nearest day that is.
    pub fn to_date(self) -> Date {
        let month = self.month.clamp(1, 12);
        let day = self.day.clamp(1, Self::month_length(self.year, month));
        let number = new_year(self.year) + days_before_month(month) + i64::from(day) - 1;
        let nearest = if number < 0 { Date::MIN } else { Date::MAX };
        i32::try_from(number)
            .ok()
            .and_then(Date::from_num_days_from_ce_opt)
            .unwrap_or(nearest)
    }

    /// Whether Esfand has 30 days: eight years in each 33.
    ///
    /// The rule agrees with the observed equinox from 1206 to 1498. The
    /// 2820-year cycle that is often used instead is wrong for 1403.
    pub fn is_leap(year: i32) -> bool {
        matches!(year.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
    }

    /// Days of a month; 0 when there is no such month.
    pub fn month_length(year: i32, month: u8) -> u8 {
        match month {
            1..=6 => 31,
            7..=11 => 30,
            12 => 29 + u8::from(Self::is_leap(year)),
            _ => 0,
        }
    }

    /// The first day of this day's month.
    pub fn first_of_month(self) -> Self {
        Self { day: 1, ..self }
    }

    /// The last day of this day's month.
    pub fn last_of_month(self) -> Self {
        Self {
            day: Self::month_length(self.year, self.month).max(1),
            ..self
        }
    }

    /// The first day of the month after this day's.
    pub fn next_month(self) -> Self {
        self.first_of_month().plus_months(1)
    }

    /// The first day of the month before this day's.
    pub fn previous_month(self) -> Self {
        self.first_of_month().plus_months(-1)
    }

    /// 1 Farvardin of this day's year, where fiscal years begin.
    pub fn first_of_year(self) -> Self {
        Self {
            month: 1,
            day: 1,
            ..self
        }
    }

    /// The same day some months later or, when negative, earlier; the month's
    /// last day where that month is shorter. Stops at the ends of `i32`.
    pub fn plus_months(self, months: i32) -> Self {
        let count =
            i64::from(self.year) * 12 + i64::from(self.month.clamp(1, 12)) - 1 + i64::from(months);
        let year = count.div_euclid(12).clamp(i32::MIN.into(), i32::MAX.into()) as i32;
        let month = count.rem_euclid(12) as u8 + 1;
        let day = self.day.clamp(1, Self::month_length(year, month));
        Self { year, month, day }
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::of(self.to_date())
    }

    /// The name of a month; empty when there is no such month.
    pub fn month_name(month: u8, lang: Lang) -> &'static str {
        names::month(month, lang)
    }

    /// The name of this day of the week.
    pub fn weekday_name(self, lang: Lang) -> &'static str {
        self.weekday().name(lang)
    }

    /// «۲ آذر ۱۴۰۵» or "2 Azar 1405".
    pub fn long(self, lang: Lang) -> String {
        let name = Self::month_name(self.month, lang);
        local_digits(&format!("{} {name} {}", self.day, self.year), lang)
    }

    /// «دوشنبه ۲ آذر ۱۴۰۵» or "Monday 2 Azar 1405".
    pub fn full(self, lang: Lang) -> String {
        format!("{} {}", self.weekday_name(lang), self.long(lang))
    }

    /// «آذر ۱۴۰۵» or "Azar 1405".
    pub fn month_and_year(self, lang: Lang) -> String {
        let name = Self::month_name(self.month, lang);
        local_digits(&format!("{name} {}", self.year), lang)
    }

    /// «۱۴۰۵/۰۹/۰۲» or "1405/09/02".
    pub fn short(self, lang: Lang) -> String {
        local_digits(&self.to_string(), lang)
    }

    /// "1405-09-02", for machines.
    pub fn dashed(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Jalali {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:02}/{:02}", self.year, self.month, self.day)
    }
}

impl From<Date> for Jalali {
    fn from(date: Date) -> Self {
        let number = i64::from(date.num_days_from_ce());
        // A cycle of 33 years has 12,053 days; the guess is at most one year off.
        let mut year = ((number - BEFORE_YEAR_ZERO) * 33).div_euclid(12_053) as i32;
        while new_year(year) > number {
            year -= 1;
        }
        while new_year(year + 1) <= number {
            year += 1;
        }
        let of_year = number - new_year(year);
        let month = if of_year < 186 {
            of_year / 31 + 1
        } else {
            (of_year - 186) / 30 + 7
        } as u8;
        let day = (of_year - days_before_month(month) + 1) as u8;
        Self { year, month, day }
    }
}

/// The number of 1 Farvardin, counted in days of the Gregorian era.
fn new_year(year: i32) -> i64 {
    let year = i64::from(year);
    // The fraction counts the leap years that went before.
    BEFORE_YEAR_ZERO + 365 * year + (8 * year + 21).div_euclid(33)
}

fn days_before_month(month: u8) -> i64 {
    let whole = i64::from(month) - 1;
    if month <= 7 {
        whole * 31
    } else {
        186 + (whole - 6) * 30
    }
}

#[cfg(test)]
#[path = "jalali_tests.rs"]
mod tests;
