//! Whether a document has the form it must have, before anything of it is believed.

use std::collections::BTreeSet;

use super::{Document, KIND, Signed, SignedFigure, SignedRegion, Statement, Succession};

/// Beyond this a number is not the same in every program that reads JSON.
const LARGEST_NUMBER: i64 = (1 << 53) - 1;
const MOST_FIGURES: usize = 200;
const MOST_REGIONS: usize = 400;
const MOST_SUCCESSIONS: usize = 100;
const LONGEST: usize = 200;

/// A code of a city: `bandar-abbas`.
pub fn is_city_code(code: &str) -> bool {
    let mut bytes = code.bytes();
    (2..=40).contains(&code.len())
        && bytes.next().is_some_and(|first| first.is_ascii_lowercase())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// `count` bytes in small hexadecimal digits.
pub fn is_hex(text: &str, count: usize) -> bool {
    let decoded = data_encoding::HEXLOWER.decode(text.as_bytes());
    decoded.is_ok_and(|bytes| bytes.len() == count)
}

fn is_word(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    (1..=60).contains(&text.len()) && text.bytes().all(is_plain)
}

fn is_name(text: &str) -> bool {
    let is_sound =
        |letter: char| !letter.is_control() && !('\u{202a}'..='\u{202e}').contains(&letter);
    !text.trim().is_empty() && text.chars().count() <= LONGEST && text.chars().all(is_sound)
}

fn is_number(number: Option<i64>) -> bool {
    number.is_none_or(|number| (-LARGEST_NUMBER..=LARGEST_NUMBER).contains(&number))
}

impl Signed {
    /// True when every part has the form it must have.
    pub fn is_well_formed(&self) -> bool {
        self.document.is_well_formed()
            && is_hex(&self.key, 32)
            && is_hex(&self.signature, 64)
            && self.successions.len() <= MOST_SUCCESSIONS
            && self.successions.iter().all(Succession::is_well_formed)
    }
}

impl Succession {
    fn is_well_formed(&self) -> bool {
        let said = &self.statement;
        said.kind == Statement::KIND
            && is_city_code(&said.code)
            && is_hex(&said.old_key, 32)
            && is_hex(&said.new_key, 32)
            && is_hex(&self.signature, 64)
    }
}

impl Document {
    fn is_well_formed(&self) -> bool {
        let codes: BTreeSet<&str> = self.figures.iter().map(|one| one.code.as_str()).collect();
        let newest = self.figures.iter().map(|one| one.as_of).max();
        self.kind == KIND
            && is_city_code(&self.city.code)
            && is_name(&self.city.name_fa)
            && is_name(&self.city.name_en)
            && (1..=LARGEST_NUMBER).contains(&self.number)
            && self
                .previous
                .as_ref()
                .is_none_or(|digest| is_hex(digest, 32))
            && is_name(&self.program)
            && (1..=MOST_FIGURES).contains(&self.figures.len())
            && codes.len() == self.figures.len()
            && newest == Some(self.day)
            && self.figures.iter().all(SignedFigure::is_well_formed)
    }
}

impl SignedFigure {
    fn is_well_formed(&self) -> bool {
        let regions: BTreeSet<&str> = self.regions.iter().map(|one| one.region.as_str()).collect();
        is_word(&self.code)
            && (1..=LARGEST_NUMBER).contains(&self.version)
            && is_hex(&self.wording, 32)
            && is_name(&self.name_fa)
            && is_name(&self.name_en)
            && is_word(&self.unit)
            && (0..=LARGEST_NUMBER).contains(&self.smallest_cell)
            && is_number(self.amount)
            && !(self.is_hidden && self.amount.is_some())
            && self.regions.len() <= MOST_REGIONS
            && regions.len() == self.regions.len()
            && self.regions.iter().all(SignedRegion::is_well_formed)
    }
}

impl SignedRegion {
    fn is_well_formed(&self) -> bool {
        let is_told = self.amount.is_some() || self.people.is_some();
        is_name(&self.region)
            && is_number(self.amount)
            && is_number(self.people)
            && self.people.is_none_or(|people| people >= 0)
            && !(self.is_hidden && is_told)
    }
}
