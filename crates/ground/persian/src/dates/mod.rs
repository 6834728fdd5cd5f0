//! Dates as people write them.

mod months;
mod reading;

use crate::calendar::{Date, Jalali};
use reading::{Number, Written, read};

/// Why a text gives no Jalali date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Nothing was written.
    #[error("no date")]
    Empty,
    /// Not a day, a month and a year in any form known here.
    #[error("the date was not understood")]
    NotUnderstood,
    /// The three parts are clear, but there is no such day.
    #[error("{year}/{month}/{day} is not in the calendar")]
    NotInCalendar {
        /// The year, a two-digit one completed.
        year: i32,
        /// The month as written.
        month: u8,
        /// The day as written.
        day: u8,
    },
    /// The year is 1900 or later: ask whether this Gregorian day is meant.
    #[error("{0} looks like a Gregorian date")]
    LooksGregorian(Date),
}

/// Years from here on are taken for Gregorian ones.
const FIRST_GREGORIAN_YEAR: i32 = 1900;

/// Reads a Jalali date such as a date of birth.
///
/// Digits may be Persian, Arabic or Latin and stand between `/ - .` or spaces.
/// Understood are:
///
/// - year, month, day: ۱۳۵۸/۱۲/۲۴, 1358-12-24, 58/12/24, 13581224;
/// - day, month, year: 24/12/1358; also month, day, year where the month
///   written second is above 12;
/// - a named month, in Persian, English letters or the Afghan manner, with day
///   and year around it: 24 اسفند ۵۸, «بیست و چهارم اسفندماه سال ۱۳۵۸».
///
/// A name of the weekday, words such as «مورخ» and a time of day at the end are
/// passed over. Of three short numbers the first is the year when it has two
/// digits and the others make a month and a day; else the last one is. A
/// two-digit year is the latest one whose day has come by `today`. With the
/// year in front a month above 12 is a mistake, never a day: nobody writes so.
pub fn parse_date(text: &str, today: Date) -> Result<Jalali, DateFault> {
    match read(text)? {
        Written::Numbers([a, b, c]) => all_numbers(a, b, c, today),
        Written::Jalali {
            month,
            first,
            second,
        } => {
            let (day, year) = day_and_year(first, second)?;
            match full_year(year) {
                Some(year) => jalali(year, month, day),
                None => jalali(recent_year(year, month, day, today), month, day),
            }
        }
        Written::Gregorian {
            month,
            first,
            second,
        } => {
            let (day, year) = day_and_year(first, second)?;
            match full_year(year) {
                Some(year) if year >= FIRST_GREGORIAN_YEAR => Err(gregorian(year, month, day)),
                _ => Err(DateFault::NotUnderstood),
            }
        }
    }
}

fn all_numbers(a: Number, b: Number, c: Number, today: Date) -> Result<Jalali, DateFault> {
    let not_understood = DateFault::NotUnderstood;
    let middle = b.short().ok_or(not_understood)?;
    if let Some(year) = full_year(a) {
        return either_calendar(year, middle, c.short().ok_or(not_understood)?);
    }
    let first = a.short().ok_or(not_understood)?;
    if let Some(year) = full_year(c) {
        let is_month_first = middle > 12 && first <= 12;
        let (month, day) = if is_month_first {
            (first, middle)
        } else {
            (middle, first)
        };
        return either_calendar(year, month, day);
    }
    let last = c.short().ok_or(not_understood)?;
    let is_day = |number| (1..=31).contains(&number);
    let is_month = (1..=12).contains(&middle);
    let (year, day) = if is_month && a.digits == 2 && is_day(last) {
        (a, last)
    } else if is_month && c.digits == 2 && is_day(first) {
        (c, first)
    } else if a.digits == 2 {
        (a, last)
    } else {
        return Err(not_understood);
    };
    jalali(recent_year(year, middle, day, today), middle, day)
}

/// With a named month: a year is written in full or cannot be a day; else the day comes first.
fn day_and_year(first: Number, second: Number) -> Result<(u8, Number), DateFault> {
    let is_day = |number: Number| number.short().filter(|day| (1..=31).contains(day));
    let (day, year) = match (full_year(first), is_day(first)) {
        (None, Some(day)) => (day, second),
        _ => (second.short().ok_or(DateFault::NotUnderstood)?, first),
    };
    let is_year = full_year(year).is_some() || year.digits == 2;
    is_year
        .then_some((day, year))
        .ok_or(DateFault::NotUnderstood)
}

fn full_year(number: Number) -> Option<i32> {
    (number.digits == 4 && number.value >= 1000).then_some(number.value as i32)
}

/// Completes a two-digit year to the latest one in which that day is not after today.
fn recent_year(year: Number, month: u8, day: u8, today: Date) -> i32 {
    let today = Jalali::from(today);
    let year = today.year - today.year.rem_euclid(100) + year.value as i32;
    if (Jalali { year, month, day }) > today {
        year - 100
    } else {
        year
    }
}

fn either_calendar(year: i32, month: u8, day: u8) -> Result<Jalali, DateFault> {
    if year >= FIRST_GREGORIAN_YEAR {
        return Err(gregorian(year, month, day));
    }
    jalali(year, month, day)
}

fn gregorian(year: i32, month: u8, day: u8) -> DateFault {
    Date::from_ymd_opt(year, month.into(), day.into()).map_or(
        DateFault::NotInCalendar { year, month, day },
        DateFault::LooksGregorian,
    )
}

fn jalali(year: i32, month: u8, day: u8) -> Result<Jalali, DateFault> {
    Jalali::new(year, month, day)
        .ok()
        .filter(|_| year < FIRST_GREGORIAN_YEAR)
        .ok_or(DateFault::NotInCalendar { year, month, day })
}

#[cfg(test)]
mod tests;
