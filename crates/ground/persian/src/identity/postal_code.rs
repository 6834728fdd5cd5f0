use std::fmt;

use super::{all_digits, compact};

/// A postal code: ten digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostalCode(String);

/// What is wrong with a postal code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostalCodeFault {
    /// Nothing but spaces and dashes.
    #[error("no postal code")]
    Empty,
    /// Not ten digits.
    #[error("a postal code has ten digits")]
    Length,
}

impl PostalCode {
    /// Reads ten digits of any script with spaces or dashes between them.
    pub fn parse(text: &str) -> Result<Self, PostalCodeFault> {
        let code = compact(text);
        if code.is_empty() {
            return Err(PostalCodeFault::Empty);
        }
        if code.len() != 10 || !all_digits(&code) {
            return Err(PostalCodeFault::Length);
        }
        Ok(Self(code))
    }

    /// Ten ASCII digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it looks as codes usually do: no 0 and no 2 in the first five
    /// digits, which name the area. Sources disagree on stricter rules, so
    /// this is a reason to ask again, never to refuse.
    pub fn is_usual(&self) -> bool {
        !self.0.chars().take(5).any(|c| matches!(c, '0' | '2'))
    }
}

impl fmt::Display for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_make_a_code() {
        let read = |text| PostalCode::parse(text).map(|code| (code.to_string(), code.is_usual()));
        assert_eq!(read("۱۳۴۵۶-۷۸۹۰۲"), Ok(("1345678902".to_owned(), true)));
        assert_eq!(read("1205678902"), Ok(("1205678902".to_owned(), false)));
        assert_eq!(read("134567890"), Err(PostalCodeFault::Length));
        assert_eq!(read("1345678x02"), Err(PostalCodeFault::Length));
        assert_eq!(read("-"), Err(PostalCodeFault::Empty));
    }
}
