//! The code on a product label: version, item, lot, label serial, check.
//!
//! Thirty-two symbols without the look-alikes I, L, O and U. Version 1 has four
//! symbols for the item, four for the lot and three for the serial; when a
//! number outgrows these, version 2 has six, six and four. The check symbol
//! makes a weighted sum over the field of 32 elements zero. Weights of
//! neighbours differ and none is zero, so a wrong symbol or a swap of two
//! neighbours is always noticed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Widths in symbols of item, lot and serial, by version.
const LAYOUTS: [(u8, [usize; 3]); 2] = [(1, [4, 4, 3]), (2, [6, 6, 4])];

/// What a label names. Two different triples never share a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LabelCode {
    item: u32,
    lot: u32,
    serial: u32,
}

/// Why a text is not a label code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LabelCodeFault {
    /// Nothing was typed.
    #[error("no code was given")]
    Empty,
    /// A character that no code has.
    #[error("the code has a character that no label has")]
    Symbol,
    /// Too short, too long, or of a version not known here.
    #[error("the code has a wrong length")]
    Length,
    /// Mistyped or damaged.
    #[error("the check character does not match")]
    Check,
    /// A number is larger than labels can carry.
    #[error("the number is too large for a label")]
    TooLarge,
}

impl LabelCode {
    /// Largest item or lot number.
    pub const MAX_NUMBER: u32 = (1 << 30) - 1;
    /// Largest label serial; 0 is the shared label of a lot.
    pub const MAX_SERIAL: u32 = (1 << 20) - 1;

    /// The code of a label.
    pub fn new(item: u32, lot: u32, serial: u32) -> Result<Self, LabelCodeFault> {
        if item > Self::MAX_NUMBER || lot > Self::MAX_NUMBER || serial > Self::MAX_SERIAL {
            return Err(LabelCodeFault::TooLarge);
        }
        Ok(Self { item, lot, serial })
    }

    /// Number of the item.
    pub const fn item(self) -> u32 {
        self.item
    }

    /// Number of the lot.
    pub const fn lot(self) -> u32 {
        self.lot
    }

    /// Number of the label in its lot; 0 is the shared label.
    pub const fn serial(self) -> u32 {
        self.serial
    }

    /// Reads what a scanner sent or a hand typed: the code itself, or a link
    /// whose path ends in it. Any digits, any case, spaces and dashes anywhere.
    pub fn parse(text: &str) -> Result<Self, LabelCodeFault> {
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let last = path
            .trim()
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let mut symbols = Vec::with_capacity(18);
        for character in persian::latin_digits(last).chars() {
            if let Some(value) = value_of(character)? {
                symbols.push(value);
            }
            if symbols.len() > 18 {
                return Err(LabelCodeFault::Length);
            }
        }
        let version = *symbols.first().ok_or(LabelCodeFault::Empty)?;
        let widths = LAYOUTS
            .iter()
            .find(|(v, _)| *v == version)
            .ok_or(LabelCodeFault::Length)?
            .1;
        if symbols.len() != widths.iter().sum::<usize>() + 2 {
            return Err(LabelCodeFault::Length);
        }
        if weighted_sum(&symbols) != 0 {
            return Err(LabelCodeFault::Check);
        }
        let mut rest = symbols.iter().skip(1);
        let [item, lot, serial] = widths.map(|width| {
            rest.by_ref()
                .take(width)
                .fold(0, |number, symbol| number << 5 | u32::from(*symbol))
        });
        let code = Self::new(item, lot, serial)?;
        // One triple has one text: a small number in the wide layout is not ours.
        if code.layout().0 == version {
            Ok(code)
        } else {
            Err(LabelCodeFault::Length)
        }
    }

    /// Groups for the eye: `1 000K 00C7 001X`.
    pub fn grouped(self) -> String {
        let text = self.to_string();
        let [item, lot, _] = self.layout().1;
        let (version, rest) = text.split_at(1);
        let (item, rest) = rest.split_at(item);
        let (lot, rest) = rest.split_at(lot);
        format!("{version} {item} {lot} {rest}")
    }

    fn layout(self) -> (u8, [usize; 3]) {
        let fits = |widths: [usize; 3]| {
            [self.item, self.lot, self.serial]
                .iter()
                .zip(widths)
                .all(|(number, width)| number >> (5 * width) == 0)
        };
        let [small, wide] = LAYOUTS;
        if fits(small.1) { small } else { wide }
    }
}

impl fmt::Display for LabelCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (version, widths) = self.layout();
        let mut symbols = vec![version];
        for (number, width) in [self.item, self.lot, self.serial].into_iter().zip(widths) {
            symbols.extend(
                (0..width)
                    .rev()
                    .map(|place| (number >> (5 * place) & 31) as u8),
            );
        }
        // With the last place empty the sum is exactly what the check must undo.
        symbols.push(0);
        let check = weighted_sum(&symbols);
        symbols.pop();
        symbols.push(check);
        let text: String = symbols
            .iter()
            .map(|symbol| char::from(SYMBOLS[usize::from(symbol & 31)]))
            .collect();
        f.pad(&text)
    }
}

impl FromStr for LabelCode {
    type Err = LabelCodeFault;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for LabelCode {
    type Error = LabelCodeFault;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<LabelCode> for String {
    fn from(code: LabelCode) -> Self {
        code.to_string()
    }
}

/// The value of a typed character; `None` for what is only there for the eye.
fn value_of(character: char) -> Result<Option<u8>, LabelCodeFault> {
    let latin = match character {
        '-'
        | '_'
        | '.'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => {
            return Ok(None);
        }
        _ if character.is_whitespace() => return Ok(None),
        _ if character.is_ascii() => (character as u8).to_ascii_uppercase(),
        _ => return Err(LabelCodeFault::Symbol),
    };
    // Read letters that are easily taken for digits as those digits.
    let latin = match latin {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    SYMBOLS
        .iter()
        .position(|symbol| *symbol == latin)
        .map(|value| Some(value as u8))
        .ok_or(LabelCodeFault::Symbol)
}

/// Sum of symbol × αⁿ over GF(32), n counted from the right end.
pub(super) fn weighted_sum(symbols: &[u8]) -> u8 {
    // Horner's rule: multiply by α (the polynomial x), add the next symbol.
    symbols
        .iter()
        .fold(0, |sum, symbol| times_alpha(sum) ^ symbol)
}

/// Multiplication by α in GF(32) = GF(2)[x] / (x⁵ + x² + 1).
fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 32 == 0 {
        shifted
    } else {
        (shifted ^ 0b100101) & 31
    }
}
