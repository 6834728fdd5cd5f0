//! Birth dates: Jalali text in every form, numbers, real spreadsheet dates.

use chrono::{Datelike, Days, NaiveDate};
use documents::sheets::Cell;
use persian::{Date, DateFault, Jalali, latin_digits, parse_date};

use crate::import::numbers::{is_nothing, text_of};

/// What a birth cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Birth {
    /// Nothing, or a word for nothing.
    None,
    /// A day of the calendar, not in the future and within a life.
    Day(Jalali),
    /// A year alone.
    YearOnly,
    /// A day that no calendar has, a future one, or words.
    Impossible,
}

/// Nobody alive is older; a date further back is a slip of the pen.
const LONGEST_LIFE_YEARS: i32 = 130;

/// Reads a birth cell.
pub(in crate::import) fn birth(cell: &Cell, today: Date) -> Birth {
    match cell {
        Cell::Date(date) => of_date(*date, today),
        Cell::Number(number) => of_number(*number, today),
        Cell::Error(_) => Birth::Impossible,
        _ => of_text(&latin_digits(&text_of(cell)), today),
    }
}

/// Reads a birth date spread over three cells.
pub(in crate::import) fn birth_of_parts(year: &str, month: &str, day: &str, today: Date) -> Birth {
    if [year, month, day].iter().all(|part| is_nothing(part)) {
        return Birth::None;
    }
    if is_nothing(month) || is_nothing(day) {
        return of_text(&latin_digits(year), today);
    }
    if month.chars().any(char::is_alphabetic) {
        return of_text(&latin_digits(&format!("{day} {month} {year}")), today);
    }
    of_text(&latin_digits(&format!("{year}/{month}/{day}")), today)
}

/// A spreadsheet's own date is Gregorian; a Jalali date typed into such a cell
/// shows as a year no applicant can have.
fn of_date(date: NaiveDate, today: Date) -> Birth {
    let jalali = if date.year() < 1600 {
        day_of(date.year(), date.month(), date.day())
    } else {
        Some(date.into())
    };
    jalali.map_or(Birth::Impossible, |day| within_life(day, today))
}

fn of_number(number: f64, today: Date) -> Birth {
    if !(number.is_finite() && (0.0..1e9).contains(&number)) {
        return Birth::Impossible;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within 0 and 1e9")]
    let whole = number.trunc() as i32;
    // A date that lost its format: days since 1899-12-30 (here 1910 to 2064).
    if (3654..60_000).contains(&whole) {
        let date = NaiveDate::from_ymd_opt(1899, 12, 30)
            .and_then(|start| start.checked_add_days(Days::new(u64::from(whole.unsigned_abs()))));
        return date.map_or(Birth::Impossible, |date| of_date(date, today));
    }
    if number.fract() == 0.0 {
        of_text(&whole.to_string(), today)
    } else {
        Birth::Impossible
    }
}

fn of_text(text: &str, today: Date) -> Birth {
    let text = without_time(text);
    if is_nothing(text) {
        return Birth::None;
    }
    let plain = if text.chars().any(char::is_alphabetic) {
        words(text)
    } else {
        with_slashes(text)
    };
    if !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(&plain, today);
    }
    match parse_date(&plain, today) {
        Ok(day) => within_life(day, today),
        Err(DateFault::LooksGregorian(date)) => of_date(date, today),
        Err(_) => Birth::Impossible,
    }
}

/// 13581224, 581224, 1358, 58.
fn of_digits(digits: &str, today: Date) -> Birth {
    let cut = |at: &[usize]| {
        format!(
            "{}/{}/{}",
            &digits[..at[0]],
            &digits[at[0]..at[1]],
            &digits[at[1]..]
        )
    };
    match digits.len() {
        8 => of_triple(&cut(&[4, 6]), today),
        6 => of_triple(&cut(&[2, 4]), today),
        4 if ("1250".."2100").contains(&digits) => Birth::YearOnly,
        2 => Birth::YearOnly,
        _ => Birth::Impossible,
    }
}

fn of_triple(text: &str, today: Date) -> Birth {
    match parse_date(text, today) {
        Ok(day) => within_life(day, today),
        Err(DateFault::LooksGregorian(date)) => of_date(date, today),
        Err(_) => Birth::Impossible,
    }
}

fn within_life(day: Jalali, today: Date) -> Birth {
    let now = Jalali::from(today);
    if day > now || day.year < now.year - LONGEST_LIFE_YEARS {
        Birth::Impossible
    } else {
        Birth::Day(day)
    }
}

fn day_of(year: i32, month: u32, day: u32) -> Option<Jalali> {
    Jalali::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// «1980-03-12 00:00:00» and «1980-03-12T00:00» without the hour.
fn without_time(text: &str) -> &str {
    match text.split_once(':') {
        Some((before, _)) => before
            .rsplit_once([' ', 'T'])
            .map_or(text, |(date, _)| date.trim()),
        None => text,
    }
}

/// «1358.12.24», «1358 - 12 - 24» with slashes.
fn with_slashes(text: &str) -> String {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("/")
}

/// «متولد ۷ اردیبهشت ماه سال ۱۳۴۵» and «1345/اردیبهشت/7» as day, month, year.
fn words(text: &str) -> String {
    let mut parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty() && !matches!(*part, "ماه" | "سال" | "متولد" | "روز"))
        .collect();
    let is_year_first = parts.len() == 3
        && parts[0].len() == 4
        && parts[0].bytes().all(|byte| byte.is_ascii_digit());
    if is_year_first {
        parts.reverse();
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn text(text: &str) -> Birth {
        birth(&Cell::Text(text.into()), today())
    }

    #[test]
    fn one_day_is_read_in_every_form() {
        let day = Birth::Day(Jalali::new(1358, 12, 24).unwrap());
        for form in [
            "1358/12/24",
            "۱۳۵۸/۱۲/۲۴",
            "1358-12-24",
            "1358.12.24",
            "1358 / 12 / 24",
            "24 اسفند ۵۸",
            "۲۴ اسفند ۱۳۵۸",
            "24 اسفند ماه 1358",
            "متولد 24 اسفند 1358",
            "1358/اسفند/24",
            "58/12/24",
            "24/12/1358",
            "13581224",
            "581224",
            "1980-03-14",
            "1980-03-14 00:00:00",
        ] {
            assert_eq!(text(form), day, "{form}");
        }
        let date = NaiveDate::from_ymd_opt(1980, 3, 14).unwrap();
        assert_eq!(birth(&Cell::Date(date), today()), day);
        assert_eq!(birth(&Cell::Number(29_294.0), today()), day);
        assert_eq!(birth(&Cell::Number(13_581_224.0), today()), day);
        assert_eq!(
            birth(
                &Cell::Date(NaiveDate::from_ymd_opt(1358, 12, 24).unwrap()),
                today()
            ),
            day
        );
    }

    #[test]
    fn impossible_days_are_refused() {
        for form in [
            "1378/12/30",
            "1360/7/31",
            "1360/13/1",
            "1360/0/5",
            "1410/01/01",
            "فردا",
            "1100/1/1",
            "135/1/1",
        ] {
            assert_eq!(text(form), Birth::Impossible, "{form}");
        }
        assert_eq!(
            text("1379/12/30"),
            Birth::Day(Jalali::new(1379, 12, 30).unwrap())
        );
    }

    #[test]
    fn a_year_alone_and_nothing_are_told_apart() {
        assert_eq!(text("1358"), Birth::YearOnly);
        assert_eq!(birth(&Cell::Number(1358.0), today()), Birth::YearOnly);
        assert_eq!(text("نامشخص"), Birth::None);
        assert_eq!(text("---"), Birth::None);
    }

    #[test]
    fn three_cells_make_one_day() {
        let day = Birth::Day(Jalali::new(1345, 2, 7).unwrap());
        assert_eq!(birth_of_parts("45", "2", "7", today()), day);
        assert_eq!(birth_of_parts("۱۳۴۵", "اردیبهشت", "۷", today()), day);
        assert_eq!(birth_of_parts("1345", "", "", today()), Birth::YearOnly);
        assert_eq!(birth_of_parts("", "-", "", today()), Birth::None);
    }
}
