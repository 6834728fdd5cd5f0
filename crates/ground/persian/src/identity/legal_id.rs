use std::fmt;

use super::{all_digits, compact, values};

/// The national id (شناسه ملی) of a legal person: eleven digits, the last a check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LegalId(String);

/// What is wrong with a legal person's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LegalIdFault {
    /// Nothing but spaces and dashes.
    #[error("no legal person's id")]
    Empty,
    /// Not eleven digits.
    #[error("a legal person's id has eleven digits")]
    Length,
    /// The fourth to ninth digits, its serial, are all zero.
    #[error("the serial of the legal person's id is zero")]
    Serial,
    /// The check digit does not fit.
    #[error("the check digit of the legal person's id does not fit")]
    Checksum,
}

const WEIGHTS: [u32; 5] = [29, 27, 23, 19, 17];

impl LegalId {
    /// Reads digits of any script with spaces or dashes between them.
    pub fn parse(text: &str) -> Result<Self, LegalIdFault> {
        let id = compact(text);
        if id.is_empty() {
            return Err(LegalIdFault::Empty);
        }
        if !all_digits(&id) {
            return Err(LegalIdFault::Length);
        }
        let Ok(digits) = <[u32; 11]>::try_from(values(&id).collect::<Vec<_>>()) else {
            return Err(LegalIdFault::Length);
        };
        let [first @ .., tens, check] = digits;
        if first[3..].iter().all(|&d| d == 0) {
            return Err(LegalIdFault::Serial);
        }
        let added = tens + 2;
        let weighted = digits[..10].iter().zip(WEIGHTS.iter().cycle());
        let rest = weighted
            .map(|(digit, weight)| (digit + added) * weight)
            .sum::<u32>()
            % 11;
        if check == rest % 10 {
            Ok(Self(id))
        } else {
            Err(LegalIdFault::Checksum)
        }
    }

    /// Eleven ASCII digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LegalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_ids_are_judged_rightly() {
        assert_eq!(
            LegalId::parse("10380284790").map(|id| id.to_string()),
            Ok("10380284790".to_owned())
        );
        assert_eq!(
            LegalId::parse("۱۰۳۸۰-۲۸۴۷۹۰"),
            LegalId::parse("10380284790")
        );
        assert_eq!(LegalId::parse("10380284792"), Err(LegalIdFault::Checksum));
        assert_eq!(LegalId::parse("10300000090"), Err(LegalIdFault::Serial));
        assert_eq!(LegalId::parse("1038028479"), Err(LegalIdFault::Length));
        assert_eq!(LegalId::parse("1038028479x"), Err(LegalIdFault::Length));
        assert_eq!(LegalId::parse("1038028479x0"), Err(LegalIdFault::Length));
        assert_eq!(LegalId::parse(" "), Err(LegalIdFault::Empty));
    }
}
