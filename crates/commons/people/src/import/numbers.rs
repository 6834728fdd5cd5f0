//! Numbers as people write them in cells: digits, words, lost precision.

use documents::sheets::Cell;
use persian::{clean, fold_tokens, latin_digits};

/// The text a cell shows, cleaned; numbers without decimals written in full.
pub(super) fn text_of(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => clean(text),
        // Display of f64 never uses exponents and drops a needless «.0».
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) => persian::Jalali::from(*date).to_string(),
        Cell::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Cell::Error(_) => "#".to_owned(),
    }
}

/// Whether the cell shows nothing at all.
pub(super) fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => {
            // Nearly every cell begins with something to see.
            !text.starts_with(|c: char| c.is_alphanumeric()) && clean(text).is_empty()
        }
        _ => false,
    }
}

/// Words that mean "there is none" or "not known".
const NOTHING: &[&str] = &[
    "ندارد",
    "ندارم",
    "ندارند",
    "نداره",
    "نیست",
    "نامشخص",
    "نامعلوم",
    "فاقد",
    "بدون",
    "خالی",
    "هیچ",
    "نا",
    "null",
    "none",
    "nan",
    "na",
    "nil",
    "unknown",
];

/// First letters of those words, as typed.
const NOTHING_BEGINS: &[char] = &['ن', 'ف', 'ب', 'خ', 'ه', 'n', 'N', 'u', 'U'];

/// Whether a text says that there is no value: empty, «-», «ندارد», «فاقد مدرک».
pub(super) fn is_nothing(text: &str) -> bool {
    if text.is_empty() || !text.chars().any(char::is_alphanumeric) {
        return text != "#";
    }
    // Most cells are no such word: their first letter tells.
    let first = text.chars().find(|c| c.is_alphanumeric());
    if text.len() > 40 || !first.is_some_and(|c| NOTHING_BEGINS.contains(&c)) {
        return false;
    }
    let tokens = fold_tokens(&text.replace('\u{200C}', " "));
    tokens
        .first()
        .is_some_and(|token| NOTHING.contains(&token.as_str()))
        || tokens.concat() == "na"
}

/// Codes, phones and accounts as their digits; undoes what spreadsheets do to
/// them.
///
/// A leading apostrophe, a trailing «.0» and exponents without loss are
/// undone. `None` when digits are lost for good (`5.13E+9`).
pub(super) fn digits_text(cell: &Cell) -> Option<String> {
    match cell {
        // Above 2^53 a spreadsheet number has lost its last digits.
        Cell::Number(number) if number.fract() != 0.0 || *number < 0.0 || *number >= 9e15 => None,
        Cell::Number(number) => Some(number.to_string()),
        other => {
            let text = latin_digits(&text_of(other));
            let text = text.trim_start_matches(['\'', '`', '’']).trim();
            let text = text.strip_suffix(".0").unwrap_or(text);
            match text.split_once(['e', 'E']) {
                Some((mantissa, exponent)) if is_decimal(mantissa) => {
                    exact_power(mantissa, exponent)
                }
                _ => Some(text.to_owned()),
            }
        }
    }
}

fn is_decimal(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn exact_power(mantissa: &str, exponent: &str) -> Option<String> {
    let exponent: usize = exponent.trim_start_matches('+').parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if exponent > 30 || fraction.len() < exponent {
        return None;
    }
    let (kept, rest) = fraction.split_at_checked(exponent)?;
    rest.chars()
        .all(|c| c == '0')
        .then(|| format!("{whole}{kept}"))
}

const UNITS: &[(&str, &str)] = &[
    ("صفر", "صفرم"),
    ("یک", "اول"),
    ("دو", "دوم"),
    ("سه", "سوم"),
    ("چهار", "چهارم"),
    ("پنج", "پنجم"),
    ("شش", "ششم"),
    ("هفت", "هفتم"),
    ("هشت", "هشتم"),
    ("نه", "نهم"),
    ("ده", "دهم"),
    ("یازده", "یازدهم"),
    ("دوازده", "دوازدهم"),
    ("سیزده", "سیزدهم"),
    ("چهارده", "چهاردهم"),
    ("پانزده", "پانزدهم"),
    ("شانزده", "شانزدهم"),
    ("هفده", "هفدهم"),
    ("هجده", "هجدهم"),
    ("نوزده", "نوزدهم"),
];
const TENS: &[(&str, &str, i64)] = &[
    ("بیست", "بیستم", 20),
    ("سی", "سیام", 30),
    ("چهل", "چهلم", 40),
    ("پنجاه", "پنجاهم", 50),
];

/// A piece of a short text: a number it holds, or another word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A number below a million, in digits or Persian words (ordinals too).
    Number(i64),
    /// A folded word.
    Word(String),
}

/// A short text as numbers and words: «م5», «منطقه بیست و دوم».
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for token in fold_tokens(&text.replace('\u{200C}', " ")) {
        for part in split_digits(&token) {
            let number = number_word(part);
            // «بیست و» then a unit is one number.
            if let (
                Some(unit @ 1..=9),
                [
                    ..,
                    Piece::Number(tens @ (20 | 30 | 40 | 50)),
                    Piece::Word(and),
                ],
            ) = (number, pieces.as_slice())
                && and == "و"
            {
                let whole = tens + unit;
                pieces.truncate(pieces.len() - 2);
                pieces.push(Piece::Number(whole));
                continue;
            }
            pieces.push(number.map_or_else(|| Piece::Word(part.to_owned()), Piece::Number));
        }
    }
    pieces
}

fn number_word(part: &str) -> Option<i64> {
    if part.len() <= 6 && part.bytes().all(|byte| byte.is_ascii_digit()) {
        return part.parse().ok();
    }
    let unit = UNITS
        .iter()
        .position(|(one, nth)| part == *one || part == *nth);
    unit.and_then(|index| i64::try_from(index).ok())
        .or_else(|| {
            TENS.iter()
                .find(|(one, nth, _)| part == *one || part == *nth)
                .map(|(_, _, value)| *value)
        })
        .or_else(|| (part == "هیجده").then_some(18))
}

fn split_digits(token: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut was_digit = None;
    for (at, c) in token.char_indices() {
        let is_digit = c.is_ascii_digit();
        if was_digit.is_some_and(|was| was != is_digit) {
            parts.push(&token[from..at]);
            from = at;
        }
        was_digit = Some(is_digit);
    }
    parts.push(&token[from..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_did_to_digits_is_undone() {
        for (cell, digits) in [
            (Cell::Number(9_121_234_567.0), Some("9121234567")),
            (Cell::Text("'0912 123".into()), Some("0912 123")),
            (Cell::Text("5131867436.0".into()), Some("5131867436")),
            (Cell::Text("5.131867436E+9".into()), Some("5131867436")),
            (Cell::Text("5.13E+09".into()), None),
            (Cell::Text("IR٤٨".into()), Some("IR48")),
            (Cell::Number(4.8e23), None),
            (Cell::Number(0.5), None),
        ] {
            assert_eq!(digits_text(&cell).as_deref(), digits, "{cell:?}");
        }
    }

    #[test]
    fn numbers_are_found_in_digits_and_words() {
        let word = |text: &str| Piece::Word(text.to_owned());
        assert_eq!(pieces("م5"), [word("م"), Piece::Number(5)]);
        assert_eq!(
            pieces("منطقه بیست و دوم"),
            [word("منطقه"), Piece::Number(22)]
        );
        assert_eq!(
            pieces("۲ و ۳"),
            [Piece::Number(2), word("و"), Piece::Number(3)]
        );
        assert_eq!(pieces("سه نفر"), [Piece::Number(3), word("نفر")]);
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in [
            "",
            "-",
            "---",
            "؟",
            "ندارد",
            "فاقد مدرک",
            "بدون شناسنامه",
            "N/A",
            "n.a",
        ] {
            assert!(is_nothing(text), "{text}");
        }
        for text in ["ناصر", "بدوی", "0", "#"] {
            assert!(!is_nothing(text), "{text}");
        }
    }
}
