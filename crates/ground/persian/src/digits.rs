//! Digits: stored as ASCII, shown in the reader's own.

use crate::Lang;

/// The value of a Latin, Persian (۰–۹) or Arabic (٠–٩) digit.
pub fn digit_value(c: char) -> Option<u8> {
    let first = match c {
        '0'..='9' => '0',
        '۰'..='۹' => '۰',
        '٠'..='٩' => '٠',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(first)).ok()
}

/// Writes every Persian and Arabic digit as ASCII; the rest is untouched.
pub fn latin_digits(text: &str) -> String {
    text.chars()
        .map(|c| digit_value(c).map_or(c, |d| char::from(b'0' + d)))
        .collect()
}

/// Writes every ASCII and Arabic digit as Persian; the rest is untouched.
pub fn persian_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            digit_value(c)
                .and_then(|d| char::from_u32(u32::from('۰') + u32::from(d)))
                .unwrap_or(c)
        })
        .collect()
}

/// `text` in the digits of `lang`.
pub fn local_digits(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Fa => persian_digits(text),
        Lang::En => latin_digits(text),
    }
}

/// A whole number in groups of three: `1,234,567` or `۱٬۲۳۴٬۵۶۷`.
///
/// A negative number begins with the sign of its language: `-` in English,
/// U+2212 in Persian, as typesetting there expects.
pub fn grouped(number: i64, lang: Lang) -> String {
    let (separator, minus) = match lang {
        Lang::Fa => ('٬', '−'),
        Lang::En => (',', '-'),
    };
    let plain = number.unsigned_abs().to_string();
    let mut shown = String::with_capacity(plain.len() * 3);
    if number < 0 {
        shown.push(minus);
    }
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            shown.push(separator);
        }
        shown.push(digit);
    }
    local_digits(&shown, lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_scripts_of_digits_become_one() {
        assert_eq!(latin_digits("۰۱۲٣٤٥678 الف"), "012345678 الف");
        assert_eq!(persian_digits("1٢۳"), "۱۲۳");
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        assert_eq!(grouped(0, Lang::En), "0");
        assert_eq!(grouped(999, Lang::Fa), "۹۹۹");
        assert_eq!(grouped(1_234_567, Lang::Fa), "۱٬۲۳۴٬۵۶۷");
        assert_eq!(grouped(-1_000, Lang::Fa), "−۱٬۰۰۰");
        assert_eq!(grouped(i64::MIN, Lang::En), "-9,223,372,036,854,775,808");
    }
}
