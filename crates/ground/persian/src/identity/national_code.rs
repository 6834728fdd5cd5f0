use std::fmt;

use super::{all_digits, compact, last_four, values};

/// The national code (کد ملی) of a person: ten digits, the last a check digit.
///
/// Its debug form shows only the last four digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NationalCode(String);

/// What is wrong with a national code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NationalCodeFault {
    /// Nothing but spaces and dashes.
    #[error("no national code")]
    Empty,
    /// Not 8 to 10 digits.
    #[error("a national code has ten digits")]
    Length,
    /// The same digit ten times.
    #[error("a national code is not one digit repeated")]
    Repeated,
    /// The check digit does not fit: one digit is wrong or two are swapped.
    #[error("the check digit of the national code does not fit")]
    Checksum,
}

impl NationalCode {
    /// Reads digits of any script with spaces or dashes between them. Eight or
    /// nine digits get back the leading zeros that spreadsheets drop.
    pub fn parse(text: &str) -> Result<Self, NationalCodeFault> {
        let digits = compact(text);
        if digits.is_empty() {
            return Err(NationalCodeFault::Empty);
        }
        if !all_digits(&digits) || !(8..=10).contains(&digits.len()) {
            return Err(NationalCodeFault::Length);
        }
        let code = format!("{digits:0>10}");
        let digits: Vec<u32> = values(&code).collect();
        if digits.iter().all(|d| Some(d) == digits.first()) {
            return Err(NationalCodeFault::Repeated);
        }
        let (weighted, check) = (digits.iter().zip((2..=10).rev()), digits.last().copied());
        let rest = weighted.map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
        let expected = if rest < 2 { rest } else { 11 - rest };
        if check == Some(expected) {
            Ok(Self(code))
        } else {
            Err(NationalCodeFault::Checksum)
        }
    }

    /// Ten ASCII digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for NationalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        last_four(f, "NationalCode", &self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, NationalCodeFault> {
        NationalCode::parse(text).map(|code| code.as_str().to_owned())
    }

    #[test]
    fn published_codes_are_judged_rightly() {
        assert_eq!(read("1234567891"), Ok("1234567891".to_owned()));
        assert_eq!(read("0012345679"), Ok("0012345679".to_owned()));
        assert_eq!(read("1234567890"), Err(NationalCodeFault::Checksum));
        assert_eq!(read("1111111111"), Err(NationalCodeFault::Repeated));
        assert_eq!(read("00000000"), Err(NationalCodeFault::Repeated));
    }

    #[test]
    fn any_digits_spaces_dashes_and_lost_zeros_are_read() {
        for text in ["۱۲۳۴۵۶۷۸۹۱", "١٢٣-٤٥٦٧٨٩-١", " 123 456 789 1\u{200F}"] {
            assert_eq!(read(text), Ok("1234567891".to_owned()));
        }
        assert_eq!(read("12345679"), Ok("0012345679".to_owned()));
    }

    #[test]
    fn what_is_no_code_is_named() {
        assert_eq!(read(" - "), Err(NationalCodeFault::Empty));
        for text in ["1234567", "12345678911", "12345678a1", "ندارد"] {
            assert_eq!(read(text), Err(NationalCodeFault::Length));
        }
    }

    #[test]
    fn a_debug_print_hides_the_person() {
        assert_eq!(
            format!("{:?}", NationalCode::parse("1234567891")),
            "Ok(NationalCode(…7891))"
        );
    }

    proptest! {
        #[test]
        fn one_check_digit_fits_each_code(nine in 1_u32..999_999_999) {
            let fitting = (0..10).filter(|check| {
                let text = format!("{nine:09}{check}");
                !matches!(NationalCode::parse(&text), Err(NationalCodeFault::Checksum))
            });
            prop_assert_eq!(fitting.count(), 1);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = NationalCode::parse(&text);
        }
    }
}
