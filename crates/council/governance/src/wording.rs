//! Texts as commands take them, and names by language.

use db::{Reason, Result, Tx};
use persian::{Date, Lang};
use web::words::plain;

use crate::WORDS;

/// A text that must be there is empty.
pub const TEXT_MISSING: Reason = Reason::new("text_missing", 422);
/// A text is longer than its place allows.
pub const TEXT_TOO_LONG: Reason = Reason::new("text_too_long", 422);

/// A day of something that has happened has not come.
pub const DAY_AHEAD: Reason = Reason::new("day_ahead", 422);
/// The day lies before the resolution was decided.
pub const DAY_BEFORE_DECISION: Reason = Reason::new("day_before_decision", 422);

/// Refuses, at `field`, a day that has not come.
pub(crate) fn not_ahead(tx: &Tx, day: Date, field: &str) -> Result<()> {
    if day > tx.today() {
        DAY_AHEAD.at(field)
    } else {
        Ok(())
    }
}

/// The longest name or heading, in letters.
pub(crate) const NAME: usize = 200;
/// The longest paragraph, in letters.
pub(crate) const PARAGRAPH: usize = 4_000;

/// Cleaned text of 1 to `most` letters; refuses at `field` otherwise. Line breaks are kept.
pub(crate) fn required(text: &str, field: &str, most: usize) -> Result<String> {
    let text = optional(text, field, most)?;
    if text.is_empty() {
        TEXT_MISSING.at(field)
    } else {
        Ok(text)
    }
}

/// Cleaned text of at most `most` letters.
pub(crate) fn optional(text: &str, field: &str, most: usize) -> Result<String> {
    let text = persian::clean_lines(text).trim().to_owned();
    if text.chars().count() > most {
        TEXT_TOO_LONG.at(field)
    } else {
        Ok(text)
    }
}

/// At most so many letters of a text, and a sign when there is more.
pub(crate) fn short(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// The one of two names that fits the language.
pub(crate) fn by_lang<'a>(lang: Lang, fa: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Fa => fa,
        Lang::En => en,
    }
}

/// Whole days from one day to a later one; negative when it is earlier.
pub(crate) fn days_between(from: Date, until: Date) -> i64 {
    (until - from).num_days()
}

/// A code of Latin digits as people of the language read it.
pub(crate) fn in_digits(code: &str, lang: Lang) -> String {
    match lang {
        Lang::Fa => persian::persian_digits(code),
        Lang::En => code.to_owned(),
    }
}

/// A number of a year inside a sentence: «۵ سال ۱۴۰۵». With a dash it would turn round there.
pub(crate) fn number_of_year(year: i64, number: i64, lang: Lang) -> String {
    let year = in_digits(&year.to_string(), lang);
    let args = [("number", number.into()), ("year", year.into())];
    plain(&WORDS.text(lang, "number-of-year", &args)).into_owned()
}
