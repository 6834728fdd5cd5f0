//! National code and Sheba.

use documents::sheets::Cell;
use persian::{NationalCode, Sheba, fold_tokens};

use crate::import::numbers::{digits_text, is_nothing};

/// What a cell for a code or an account holds.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::import) enum Paper {
    /// Nothing, or a word for nothing.
    None,
    /// A right one, in its stored form.
    Right(String),
    /// Something that cannot be right.
    Wrong,
}

/// Reads a national code: any digits, dashes, lost leading zeros.
pub(in crate::import) fn national_code(cell: &Cell) -> Paper {
    let Some(text) = digits_text(cell) else {
        return Paper::Wrong;
    };
    if is_none(&text) {
        return Paper::None;
    }
    match NationalCode::parse(&text) {
        Ok(code) => Paper::Right(code.as_str().to_owned()),
        Err(_) => Paper::Wrong,
    }
}

/// Reads a Sheba: any digits, spaces, with `IR` or without, or behind the word
/// «شبا».
pub(in crate::import) fn sheba(cell: &Cell) -> Paper {
    let Some(text) = digits_text(cell) else {
        return Paper::Wrong;
    };
    if is_none(&text) {
        return Paper::None;
    }
    let bare: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    match Sheba::parse(&bare) {
        Ok(sheba) => Paper::Right(sheba.as_str().to_owned()),
        Err(_) => Paper::Wrong,
    }
}

/// Whether a cell of a code says there is none: also «0» and «کد ملی ندارد».
fn is_none(text: &str) -> bool {
    let has_no_digit_but_zero = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    is_nothing(text) || text.chars().all(|c| c == '0') || (has_no_digit_but_zero && says_none(text))
}

/// «شناسنامه ندارد», «اتباع بدون مدرک».
fn says_none(text: &str) -> bool {
    fold_tokens(text).iter().any(|token| is_nothing(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_national_code_survives_its_ways_of_being_kept() {
        let right = Paper::Right("0012345679".to_owned());
        for cell in [
            Cell::Text("0012345679".into()),
            Cell::Text("۰۰۱-۲۳۴۵۶۷-۹".into()),
            Cell::Text("001 234567 9".into()),
            Cell::Number(12_345_679.0),
            Cell::Text("12345679.0".into()),
        ] {
            assert_eq!(national_code(&cell), right, "{cell:?}");
        }
    }

    #[test]
    fn no_code_is_told_from_a_wrong_code() {
        for text in ["", "-", "ندارد", "0", "شناسنامه ندارد"] {
            assert_eq!(
                national_code(&Cell::Text(text.into())),
                Paper::None,
                "{text}"
            );
        }
        for text in ["1234567890", "1111111111", "123", "5.1E+9", "نرگس"] {
            assert_eq!(
                national_code(&Cell::Text(text.into())),
                Paper::Wrong,
                "{text}"
            );
        }
        assert_eq!(national_code(&Cell::Error("#N/A".into())), Paper::Wrong);
    }

    #[test]
    fn a_sheba_may_lack_its_letters_and_have_spaces() {
        let right = Paper::Right("IR820540102680020817909002".to_owned());
        for text in [
            "IR820540102680020817909002",
            "IR82 0540 1026 8002 0817 9090 02",
            "820540102680020817909002",
            "ir-۸۲۰۵۴۰۱۰۲۶۸۰۰۲۰۸۱۷۹۰۹۰۰۲",
            "شبا: IR820540102680020817909002",
        ] {
            assert_eq!(sheba(&Cell::Text(text.into())), right, "{text}");
        }
        assert_eq!(
            sheba(&Cell::Text("IR820540102680020817909003".into())),
            Paper::Wrong
        );
        assert_eq!(sheba(&Cell::Number(8.205_401_026_800_208e23)), Paper::Wrong);
        assert_eq!(sheba(&Cell::Text("ندارد".into())), Paper::None);
    }
}
