//! What a form or a machine may send: hours, lengths and days within bounds.

use persian::{Date, Timestamp};
use uuid::Uuid;
use web::{Failure, Outcome, Read};

use crate::WORDS;

/// The last day that may be planned for, in days from today.
const FAR: i64 = 3 * 366;

/// True from today on, up to what anyone plans.
pub(crate) fn is_ahead(day: Date, today: Date) -> bool {
    (0..=FAR).contains(&(day - today).num_days())
}

/// A day from today on.
pub(crate) fn day_ahead(read: &mut Read<'_>, page: &web::Page, name: &str) -> Option<Date> {
    let day = read.date(name)?;
    match is_ahead(day, page.now.date()) {
        true => Some(day),
        false => read.wrong(name, page.t(&WORDS, "day-not-ahead")),
    }
}

/// An hour of the day as people write it: `9`, `9:30`, `۹٫۳۰`.
pub(crate) fn clock(read: &mut Read<'_>, page: &web::Page, name: &str) -> Option<(u32, u32)> {
    let typed = read.text(name, 20)?;
    match parse_clock(&typed) {
        Some(clock) => Some(clock),
        None => read.wrong(name, page.t(&WORDS, "clock-not-understood")),
    }
}

fn parse_clock(typed: &str) -> Option<(u32, u32)> {
    let typed = persian::latin_digits(typed);
    let mut parts = typed.trim().split([':', '.', '٫']).map(str::trim);
    let hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = match parts.next() {
        Some(minute) => minute.parse().ok()?,
        None => 0,
    };
    (parts.next().is_none() && hour < 24 && minute < 60).then_some((hour, minute))
}

/// The instant of a day and an hour in Tehran.
pub(crate) fn instant(day: Date, clock: (u32, u32)) -> Timestamp {
    Timestamp::at(day, clock.0, clock.1)
}

/// An id that follows from a form's key, so that a resent form means the same records.
pub(crate) fn follow(key: Uuid, place: usize) -> Uuid {
    Uuid::from_u128(key.as_u128().wrapping_add(place as u128 + 1))
}

/// Cleaned words of 1 to `most` letters, from a machine.
pub(crate) fn words(text: &str, most: usize, place: &str) -> Outcome<String> {
    let text = persian::clean(text);
    if (1..=most).contains(&text.chars().count()) {
        Ok(text)
    } else {
        Err(Failure::Unreadable(place.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::parse_clock;

    #[test]
    fn hours_are_read_as_people_write_them() {
        assert_eq!(parse_clock("9"), Some((9, 0)));
        assert_eq!(parse_clock(" ۹:۳۰ "), Some((9, 30)));
        assert_eq!(parse_clock("16.05"), Some((16, 5)));
        for wrong in ["", "24", "9:60", "9:30:10", "-1", "نه"] {
            assert_eq!(parse_clock(wrong), None, "{wrong}");
        }
    }
}
