//! Phone numbers of Iran, stored as `+98…`.
//!
//! People share phones: a number reaches somebody, it identifies nobody.

use std::fmt;

use crate::identity::compact;

/// A mobile number.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mobile(String);

/// A landline with its area code.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Landline(String);

/// Either kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phone {
    /// Takes calls and messages.
    Mobile(Mobile),
    /// Takes calls only.
    Landline(Landline),
}

/// What is wrong with a phone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneFault {
    /// Nothing but spaces and dashes.
    #[error("no phone number")]
    Empty,
    /// Something else than digits.
    #[error("a phone number is made of digits")]
    NotANumber,
    /// Too few or too many digits, or a landline without its area code.
    #[error("the phone number is too short or too long")]
    Length,
    /// A right number of the other kind: a landline where a mobile was asked for, or the reverse.
    #[error("a phone number of the other kind")]
    OtherKind,
}

impl Phone {
    /// Reads digits of any script, with or without 0, 98, 0098 or +98, with
    /// spaces, dashes or brackets between them.
    pub fn parse(text: &str) -> Result<Self, PhoneFault> {
        let typed: String = compact(text)
            .chars()
            .filter(|c| !matches!(c, '(' | ')'))
            .collect();
        let digits = typed.strip_prefix('+').unwrap_or(&typed);
        if typed.is_empty() {
            return Err(PhoneFault::Empty);
        }
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneFault::NotANumber);
        }
        let is_international = typed.starts_with('+') || digits.starts_with("00");
        let number = digits.strip_prefix("00").unwrap_or(digits);
        let number = match number.strip_prefix("98") {
            // Ten digits that begin with 98 are a mobile of that series.
            Some(rest) if is_international || number.len() > 10 => rest,
            _ if is_international => return Err(PhoneFault::Length),
            _ => number,
        };
        let number = number.strip_prefix('0').unwrap_or(number);
        if number.len() != 10 || number.starts_with('0') {
            return Err(PhoneFault::Length);
        }
        let stored = format!("+98{number}");
        Ok(if number.starts_with('9') {
            Self::Mobile(Mobile(stored))
        } else {
            Self::Landline(Landline(stored))
        })
    }

    /// `+98` and ten digits.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Mobile(mobile) => mobile.as_str(),
            Self::Landline(landline) => landline.as_str(),
        }
    }

    /// As people in Iran write it, with a leading 0.
    pub fn local(&self) -> String {
        local(self.as_str())
    }
}

impl Mobile {
    /// As [`Phone::parse`], refusing landlines.
    pub fn parse(text: &str) -> Result<Self, PhoneFault> {
        match Phone::parse(text)? {
            Phone::Mobile(mobile) => Ok(mobile),
            Phone::Landline(_) => Err(PhoneFault::OtherKind),
        }
    }

    /// `+989…`, thirteen characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `09…`, eleven digits.
    pub fn local(&self) -> String {
        local(&self.0)
    }
}

impl Landline {
    /// As [`Phone::parse`], refusing mobiles.
    pub fn parse(text: &str) -> Result<Self, PhoneFault> {
        match Phone::parse(text)? {
            Phone::Landline(landline) => Ok(landline),
            Phone::Mobile(_) => Err(PhoneFault::OtherKind),
        }
    }

    /// `+98`, two digits of the area, eight of the line.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `021…`, eleven digits.
    pub fn local(&self) -> String {
        local(&self.0)
    }
}

fn local(stored: &str) -> String {
    format!("0{}", stored.strip_prefix("+98").unwrap_or(stored))
}

/// Only the last four digits: these prints reach logs.
fn hidden(f: &mut fmt::Formatter<'_>, name: &str, stored: &str) -> fmt::Result {
    write!(f, "{name}(…{})", stored.get(9..).unwrap_or_default())
}

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hidden(f, "Mobile", &self.0)
    }
}

impl fmt::Debug for Landline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hidden(f, "Landline", &self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, PhoneFault> {
        Phone::parse(text).map(|phone| phone.as_str().to_owned())
    }

    #[test]
    fn every_way_of_writing_a_mobile_is_read() {
        for text in [
            "09120000042",
            "9120000042",
            "+989120000042",
            "00989120000042",
            "989120000042",
            "+98 (0) 912 000 0042",
            "0912-000-0042",
            "۰۹۱۲ ۰۰۰ ۰۰۴۲",
            "\u{200E}+٩٨٩١٢٠٠٠٠٠٤٢",
        ] {
            assert_eq!(read(text), Ok("+989120000042".to_owned()), "{text}");
        }
        assert_eq!(
            Mobile::parse("9120000042").map(|m| m.local()),
            Ok("09120000042".to_owned())
        );
    }

    #[test]
    fn the_980_series_is_not_taken_for_the_country() {
        assert_eq!(read("9800000042"), Ok("+989800000042".to_owned()));
        assert_eq!(read("989800000042"), Ok("+989800000042".to_owned()));
    }

    #[test]
    fn landlines_need_their_area() {
        for text in [
            "02130000042",
            "2130000042",
            "+98 21 3000 0042",
            "(021) 30000042",
        ] {
            assert_eq!(read(text), Ok("+982130000042".to_owned()), "{text}");
        }
        assert_eq!(
            Landline::parse("2130000042").map(|l| l.local()),
            Ok("02130000042".to_owned())
        );
        assert_eq!(read("30000042"), Err(PhoneFault::Length));
        assert_eq!(Mobile::parse("02130000042"), Err(PhoneFault::OtherKind));
        assert_eq!(Landline::parse("09120000042"), Err(PhoneFault::OtherKind));
    }

    #[test]
    fn what_is_no_number_is_named() {
        assert_eq!(read(" - "), Err(PhoneFault::Empty));
        assert_eq!(read("+"), Err(PhoneFault::NotANumber));
        assert_eq!(read("ندارد"), Err(PhoneFault::NotANumber));
        for text in [
            "0",
            "00",
            "091200000",
            "+441632960000",
            "0912000004200",
            "0000000000",
        ] {
            assert_eq!(read(text), Err(PhoneFault::Length), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_back(number in "[1-9][0-9]{9}") {
            let phone = Phone::parse(&number);
            prop_assert!(phone.is_ok());
            if let Ok(phone) = phone {
                prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
                prop_assert_eq!(Phone::parse(&phone.local()), Ok(phone));
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Phone::parse(&text);
        }
    }
}
