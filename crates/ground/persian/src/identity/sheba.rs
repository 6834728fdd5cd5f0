use std::fmt;

use super::{all_digits, compact, last_four, values};

/// A Sheba (شبا), the IBAN of an Iranian account: `IR`, two check digits, three
/// digits of the bank, nineteen of the account.
///
/// Its debug form shows only the last four digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sheba(String);

/// What is wrong with a Sheba.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShebaFault {
    /// Nothing but spaces and dashes.
    #[error("no Sheba")]
    Empty,
    /// Not 24 digits after IR.
    #[error("a Sheba is IR and 24 digits")]
    Length,
    /// The check digits do not fit.
    #[error("the check digits of the Sheba do not fit")]
    Checksum,
}

impl Sheba {
    /// Reads 24 digits of any script with spaces or dashes between them, with or without IR.
    pub fn parse(text: &str) -> Result<Self, ShebaFault> {
        let typed = compact(text).to_ascii_uppercase();
        let digits = typed.strip_prefix("IR").unwrap_or(&typed);
        if digits.is_empty() {
            return Err(ShebaFault::Empty);
        }
        if digits.len() != 24 || !all_digits(digits) {
            return Err(ShebaFault::Length);
        }
        let (check, account) = digits.split_at(2);
        // ISO 13616: the first four characters go to the end, I is 18, R is 27.
        let turned = format!("{account}1827{check}");
        let rest = values(&turned).fold(0, |rest, digit| (rest * 10 + digit) % 97);
        if rest == 1 {
            Ok(Self(format!("IR{digits}")))
        } else {
            Err(ShebaFault::Checksum)
        }
    }

    /// `IR` and 24 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of four, as banks print it: `IR06 2960 0000 0010 0324 2000 01`.
    pub fn grouped(&self) -> String {
        let mut shown = String::with_capacity(32);
        for (at, c) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                shown.push(' ');
            }
            shown.push(c);
        }
        shown
    }

    /// The three digits of the bank, such as `054`.
    pub fn bank_code(&self) -> &str {
        self.0.get(4..7).unwrap_or_default()
    }

    /// The last four digits, by which people recognize their account.
    pub fn last_four(&self) -> &str {
        self.0.get(22..).unwrap_or_default()
    }
}

impl fmt::Debug for Sheba {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        last_four(f, "Sheba", &self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_numbers_are_read() {
        for text in ["IR820540102680020817909002", "IR062960000000100324200001"] {
            assert_eq!(
                Sheba::parse(text).map(|s| s.as_str().to_owned()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn spaces_dashes_any_digits_and_a_missing_country_are_read() {
        let right = Sheba::parse("IR062960000000100324200001");
        for text in [
            "IR06 2960 0000 0010 0324 2000 01",
            "ir06-2960-0000-0010-0324-2000-01",
            "062960000000100324200001",
            "IR۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱",
            "\u{2066}٠٦٢٩٦٠٠٠٠٠٠٠١٠٠٣٢٤٢٠٠٠٠١\u{2069}",
        ] {
            assert_eq!(Sheba::parse(text), right);
        }
    }

    #[test]
    fn its_parts_can_be_shown() -> Result<(), ShebaFault> {
        let sheba = Sheba::parse("IR062960000000100324200001")?;
        assert_eq!(sheba.grouped(), "IR06 2960 0000 0010 0324 2000 01");
        assert_eq!(sheba.bank_code(), "296");
        assert_eq!(sheba.last_four(), "0001");
        assert_eq!(format!("{sheba:?}"), "Sheba(…0001)");
        Ok(())
    }

    #[test]
    fn what_is_no_sheba_is_named() {
        assert_eq!(Sheba::parse(" IR "), Err(ShebaFault::Empty));
        assert_eq!(
            Sheba::parse("IR06296000000010032420000"),
            Err(ShebaFault::Length)
        );
        assert_eq!(
            Sheba::parse("DE062960000000100324200001"),
            Err(ShebaFault::Length)
        );
        assert_eq!(
            Sheba::parse("IR062960000000100324200011"),
            Err(ShebaFault::Checksum)
        );
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_noticed(at in 0_usize..24, by in 1_u8..10) {
            let mut digits: Vec<u8> = b"062960000000100324200001".to_vec();
            digits[at] = (digits[at] - b'0' + by) % 10 + b'0';
            let text = String::from_utf8_lossy(&digits).into_owned();
            prop_assert_eq!(Sheba::parse(&text), Err(ShebaFault::Checksum));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = Sheba::parse(&text);
        }
    }
}
