//! Phones: one or several numbers in a cell.

use documents::sheets::Cell;
use persian::Phone;

use crate::import::numbers::{digits_text, is_nothing, text_of};

/// The numbers of a cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct Phones {
    /// First mobile, `+989…`.
    pub mobile: Option<String>,
    /// First landline in the stored form.
    pub landline: Option<String>,
    /// The cell says more than the numbers taken from it, or nothing we
    /// understand.
    pub has_rest: bool,
}

/// Reads a cell of phones; `area_code` completes local numbers of 8 digits.
pub(in crate::import) fn phones(cell: &Cell, area_code: &str) -> Phones {
    let mut found = Phones::default();
    let Some(text) = digits_text(cell) else {
        return Phones {
            has_rest: true,
            ..found
        };
    };
    if is_nothing(&text) || text.chars().all(|c| c == '0') {
        return found;
    }
    if let Some(phone) = parse(&text, area_code) {
        found.take(phone);
        return found;
    }
    let shown = persian::latin_digits(&text_of(cell));
    for part in shown.split(['/', '\\', '،', ',', ';', '؛', '|', '\n', 'و', '(', ')', ':']) {
        let part = part.trim().trim_matches('-').trim();
        match parse(part, area_code) {
            Some(phone) => found.take(phone),
            None if part.is_empty() => {}
            // «0912…-021…»: a dash between two whole numbers.
            None => {
                let mut is_understood = false;
                for one in part
                    .split(" - ")
                    .flat_map(|half| split_dash(half, area_code))
                {
                    if let Some(phone) = parse(one, area_code) {
                        found.take(phone);
                        is_understood = true;
                    }
                }
                found.has_rest |= !is_understood;
            }
        }
    }
    found
}

/// A text cut at a dash when both sides are whole numbers.
fn split_dash<'a>(text: &'a str, area_code: &str) -> Vec<&'a str> {
    for (at, _) in text.match_indices('-') {
        let (left, right) = (text[..at].trim(), text[at + 1..].trim());
        if parse(left, area_code).is_some() && parse(right, area_code).is_some() {
            return vec![left, right];
        }
    }
    vec![text]
}

impl Phones {
    fn take(&mut self, phone: Phone) {
        let (place, number) = match phone {
            Phone::Mobile(mobile) => (&mut self.mobile, mobile.as_str().to_owned()),
            Phone::Landline(landline) => (&mut self.landline, landline.as_str().to_owned()),
        };
        match place {
            None => *place = Some(number),
            Some(first) => self.has_rest |= *first != number,
        }
    }
}

/// One number; a lost leading zero and a missing area code are supplied.
fn parse(text: &str, area_code: &str) -> Option<Phone> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 8 || text.chars().any(char::is_alphabetic) {
        return None;
    }
    if let Ok(phone) = Phone::parse(text) {
        return Some(phone);
    }
    match (digits.len(), digits.as_bytes().first()) {
        // Area code without its zero, as a number loses it.
        (10, Some(b'1'..=b'8')) => Phone::parse(&format!("0{digits}")).ok(),
        (8, Some(b'2'..=b'9')) => Phone::parse(&format!("{area_code}{digits}")).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Phones {
        phones(&Cell::Text(text.into()), "021")
    }

    #[test]
    fn a_mobile_is_one_number_in_all_its_forms() {
        for text in [
            "09121234567",
            "9121234567",
            "+98 912 123 4567",
            "0098-912-1234567",
            "۰۹۱۲ ۱۲۳ ۴۵۶۷",
            "'09121234567",
        ] {
            assert_eq!(
                read(text).mobile.as_deref(),
                Some("+989121234567"),
                "{text}"
            );
            assert!(!read(text).has_rest, "{text}");
        }
        let number = phones(&Cell::Number(9_121_234_567.0), "021");
        assert_eq!(number.mobile.as_deref(), Some("+989121234567"));
    }

    #[test]
    fn a_landline_is_kept_as_such() {
        let whole = read("02188012345").landline;
        assert!(whole.is_some());
        assert_eq!(
            phones(&Cell::Number(2_188_012_345.0), "021").landline,
            whole
        );
        assert_eq!(read("88012345").landline, whole);
        assert_eq!(read("021-88012345").landline, whole);
    }

    #[test]
    fn several_numbers_give_the_first_of_each_kind() {
        let both = read("09121234567 - 02188012345");
        assert!(both.mobile.is_some() && both.landline.is_some() && !both.has_rest);
        let two = read("09121234567 و 09351234567");
        assert_eq!(two.mobile.as_deref(), Some("+989121234567"));
        assert!(two.has_rest);
        let owner = read("09121234567 (خواهر)");
        assert_eq!(owner.mobile.as_deref(), Some("+989121234567"));
        assert!(owner.has_rest);
    }

    #[test]
    fn what_is_no_phone_is_left_to_the_reader() {
        assert_eq!(read("ندارد"), Phones::default());
        assert!(read("12345").has_rest);
        assert!(read("9.12E+09").has_rest);
    }
}
