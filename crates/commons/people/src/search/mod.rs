//! Finding people: forgiving of letters, spaces and slips, and careful with what it shows.

pub(crate) mod api;
pub(crate) mod pages;
mod queries;
pub(crate) mod views;

use persian::{NationalCode, Phone};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Person, PersonId};

pub use queries::find;
#[cfg(test)]
pub(crate) use queries::indexed_text;

/// What was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Words of a name, folded, in the order typed.
    pub words: Vec<String>,
    /// A national code with a right check digit.
    pub national_code: Option<String>,
    /// Codes one slip away from ten digits typed.
    pub near_codes: Vec<String>,
    /// A phone in its stored form.
    pub phone: Option<String>,
    /// A public code: `P-…`.
    pub code: Option<String>,
    /// Jalali year of birth.
    pub birth_year: Option<i64>,
    /// Folded name of father, guardian or someone of the household.
    pub relative: String,
}

/// How a person was found; smaller is closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closeness {
    /// Name, code or phone are the same.
    Exact,
    /// The name begins so, or the code is one slip away.
    Prefix,
    /// It sounds alike.
    Sounds,
    /// The name holds it.
    Fold,
}

impl Closeness {
    /// By its rank in the query.
    fn of(rank: i64) -> Self {
        match rank {
            0 => Self::Exact,
            1 => Self::Prefix,
            2 => Self::Sounds,
            _ => Self::Fold,
        }
    }

    /// The word of it: `exact`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Prefix => "prefix",
            Self::Fold => "fold",
            Self::Sounds => "sounds",
        }
    }
}

/// One person found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Who.
    pub person: Person,
    /// How close.
    pub closeness: Closeness,
    /// The registering body, in Persian.
    pub body_fa: String,
    /// The registering body, in English.
    pub body_en: String,
}

/// What a search came to.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// People the viewer may see, closest first.
    pub hits: Vec<Hit>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Who has exactly the national code typed but is not the viewer's to see. That she is
    /// registered in another centre may be said, nothing else of her.
    pub elsewhere: Option<PersonId>,
    /// Who has exactly the code typed and was registered by a body of the viewer's, which may see
    /// her no more: she is asked again whether she agrees.
    pub lapsed: Option<PersonId>,
}

impl Terms {
    /// Reads what was typed into the search box, the year and the relative's name.
    pub fn read(typed: &str, year: &str, relative: &str) -> Self {
        let mut terms = Self {
            birth_year: read_year(year),
            relative: persian::fold_spaceless(relative),
            ..Self::default()
        };
        let mut number = String::new();
        for word in persian::latin_digits(&persian::clean(typed)).split_whitespace() {
            let bare: String = word
                .chars()
                .filter(|c| !matches!(c, '-' | '(' | ')' | '+'))
                .collect();
            let is_digits = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
            if let Some(code) = public_code(word) {
                terms.code = Some(code);
            } else if let Some(year) = read_year(&bare).filter(|_| is_digits) {
                terms.birth_year = terms.birth_year.or(Some(year));
            } else if is_digits {
                number.push_str(&bare);
            } else {
                terms.words.extend(persian::fold_tokens(word));
            }
        }
        terms.words.truncate(6);
        terms.read_number(&number);
        terms
    }

    /// True when digits were typed that name someone: a code or a phone.
    fn has_number(&self) -> bool {
        self.national_code.is_some()
            || self.phone.is_some()
            || self.code.is_some()
            || !self.near_codes.is_empty()
    }

    fn read_number(&mut self, number: &str) {
        if number.len() < 8 {
            return;
        }
        let code = NationalCode::parse(number)
            .ok()
            .map(|code| code.as_str().to_owned());
        self.phone = match Phone::parse(number) {
            Ok(Phone::Mobile(mobile)) => Some(mobile.as_str().to_owned()),
            Ok(Phone::Landline(landline)) => Some(landline.as_str().to_owned()),
            Err(_) => None,
        };
        self.near_codes = crate::duplicates::near_codes(number)
            .iter()
            .map(|code| code.as_str().to_owned())
            .collect();
        self.national_code = code;
    }

    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn read_year(typed: &str) -> Option<i64> {
    let year: i64 = persian::latin_digits(typed.trim()).parse().ok()?;
    (1280..=1450).contains(&year).then_some(year)
}

/// `P-7F3K…` in any digits and case, with the letters that are mistaken for digits put right.
pub(crate) fn public_code(typed: &str) -> Option<String> {
    let upper = persian::latin_digits(typed).trim().to_ascii_uppercase();
    let rest: String = upper
        .strip_prefix('P')?
        .chars()
        .filter(|c| *c != '-')
        .collect();
    let rest = rest.replace('O', "0").replace(['I', 'L'], "1");
    (rest.len() == 10 && rest.chars().all(|c| c.is_ascii_alphanumeric()))
        .then(|| format!("P-{rest}"))
}
