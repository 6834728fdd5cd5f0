//! What a form or a machine may send: lengths, numbers and days within bounds.

use persian::Date;
use web::{Failure, Outcome, Read};

use crate::days;

/// The last day that may be planned for, in days from today.
const FAR: i64 = 5 * 366;

/// A day from today on, not beyond what anyone plans.
pub(crate) fn day_ahead(read: &mut Read<'_>, page: &web::Page, name: &str) -> Option<Date> {
    let day = read.date(name)?;
    match is_ahead(day, page.now.date()) {
        true => Some(day),
        false => read.wrong(name, page.t(&crate::WORDS, "day-not-ahead")),
    }
}

fn is_ahead(day: Date, today: Date) -> bool {
    today <= day && day <= days::plus(today, FAR)
}

/// The same for a machine's body.
pub(crate) fn ahead(day: Date, today: Date, place: &str) -> Outcome<Date> {
    if is_ahead(day, today) {
        Ok(day)
    } else {
        Err(Failure::Unreadable(place.to_owned()))
    }
}

/// Cleaned words of 1 to `most` letters.
pub(crate) fn words(text: &str, most: usize, place: &str) -> Outcome<String> {
    let text = optional_words(text, most, place)?;
    if text.is_empty() {
        Err(Failure::Unreadable(place.to_owned()))
    } else {
        Ok(text)
    }
}

/// Cleaned words of at most `most` letters.
pub(crate) fn optional_words(text: &str, most: usize, place: &str) -> Outcome<String> {
    let text = persian::clean(text);
    if text.chars().count() > most {
        Err(Failure::Unreadable(place.to_owned()))
    } else {
        Ok(text)
    }
}

/// A number within bounds, both included.
pub(crate) fn within(number: i64, least: i64, most: i64, place: &str) -> Outcome<i64> {
    match (least..=most).contains(&number) {
        true => Ok(number),
        false => Err(Failure::Unreadable(place.to_owned())),
    }
}
