//! Numbers that name persons, firms, accounts and places.
//!
//! Each type holds a number whose form has been checked, which says nothing
//! about whether it was issued or to whom.

mod card;
mod legal_id;
mod national_code;
mod postal_code;
mod sheba;

pub use card::card_is_valid;
pub use legal_id::{LegalId, LegalIdFault};
pub use national_code::{NationalCode, NationalCodeFault};
pub use postal_code::{PostalCode, PostalCodeFault};
pub use sheba::{Sheba, ShebaFault};

use crate::digits::digit_value;

/// What is left of a typed number without the marks people put between digits:
/// ASCII digits and any other character as it is.
pub(crate) fn compact(text: &str) -> String {
    crate::clean(text)
        .chars()
        .filter(|&c| !is_separator(c))
        .map(|c| digit_value(c).map_or(c, |d| char::from(b'0' + d)))
        .collect()
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '_' | '.' | '/' | '\\' | '\u{200C}' | '\u{200D}' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}'
        )
}

/// The values of ASCII digits; other characters are left out.
fn values(digits: &str) -> impl Iterator<Item = u32> + '_ {
    digits.chars().filter_map(|c| c.to_digit(10))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `…7891`: what may stand in a log or a debug print.
fn last_four(f: &mut std::fmt::Formatter<'_>, name: &str, text: &str) -> std::fmt::Result {
    let tail = text.get(text.len().saturating_sub(4)..).unwrap_or_default();
    write!(f, "{name}(…{tail})")
}
