//! Cells that choose from a list: gender, target group, field of work.

use persian::fold_tokens;

use crate::import::numbers::is_nothing;
use crate::import::reference::Entries;

db::text_enum! {
    /// Gender as the papers say it.
    pub enum Gender {
        /// زن
        Female = "female",
        /// مرد
        Male = "male",
    }
}

/// A cell that chooses from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Choice<T> {
    /// Nothing, or a word for nothing.
    None,
    /// One of the list; `says_more` when the cell has other words besides.
    Known {
        /// What was chosen.
        value: T,
        /// Other words stand in the cell, worth keeping as a note.
        says_more: bool,
    },
    /// None of the list.
    Unknown,
}

const FEMALE: &[&str] = &[
    "زن", "خانم", "مونث", "بانو", "دختر", "ز", "female", "f", "woman", "ms", "mrs", "زنان",
];
const MALE: &[&str] = &[
    "مرد",
    "اقا",
    "اقای",
    "مذکر",
    "پسر",
    "male",
    "m",
    "man",
    "mr",
    "مردان",
];

/// Reads a gender word.
pub(in crate::import) fn gender(text: &str) -> Choice<Gender> {
    if is_nothing(text) {
        return Choice::None;
    }
    let tokens = fold_tokens(text);
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.as_str()));
    match (has(FEMALE), has(MALE)) {
        (true, false) => Choice::Known {
            value: Gender::Female,
            says_more: false,
        },
        (false, true) => Choice::Known {
            value: Gender::Male,
            says_more: false,
        },
        _ => Choice::Unknown,
    }
}

/// Reads a target group into its code.
pub(in crate::import) fn group(text: &str, groups: &Entries) -> Choice<String> {
    match groups.find(text) {
        Some(found) => Choice::Known {
            value: found.entry.code.clone(),
            says_more: !found.is_whole,
        },
        None if is_nothing(text) => Choice::None,
        None => Choice::Unknown,
    }
}

/// A field of work: always the words of the cell, with a code where known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct FieldOfWork {
    /// As written, or in the list's own spelling of the same words.
    pub name: String,
    /// The code in the list of fields.
    pub code: Option<String>,
}

/// Reads a field of work.
pub(in crate::import) fn field_of_work(text: &str, fields: &Entries) -> Option<FieldOfWork> {
    let found = fields.find(text);
    if found.is_none() && is_nothing(text) {
        return None;
    }
    Some(match found {
        Some(found) => FieldOfWork {
            name: if found.is_own_name {
                found.entry.fa.clone()
            } else {
                text.to_owned()
            },
            code: Some(found.entry.code.clone()),
        },
        None => FieldOfWork {
            name: text.to_owned(),
            code: None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gender_has_many_words() {
        for text in ["زن", "خانم", "مؤنث", "مونث", "Female", "F"] {
            assert_eq!(
                gender(text),
                Choice::Known {
                    value: Gender::Female,
                    says_more: false
                },
                "{text}"
            );
        }
        for text in ["مرد", "آقا", "اقا", "مذکر", "male"] {
            assert_eq!(
                gender(text),
                Choice::Known {
                    value: Gender::Male,
                    says_more: false
                },
                "{text}"
            );
        }
        assert_eq!(gender("زن/مرد"), Choice::Unknown);
        assert_eq!(gender(""), Choice::None);
    }

    #[test]
    fn a_field_of_work_keeps_its_words() {
        let fields = Entries::built_in_fields();
        assert_eq!(
            field_of_work("گليم بافي", &fields).unwrap().name,
            "گلیم\u{200C}بافی"
        );
        let synonym = field_of_work("فرش دستباف", &fields).unwrap();
        assert_eq!(
            (synonym.name.as_str(), synonym.code.as_deref()),
            ("فرش دستباف", Some("carpet_weaving"))
        );
        assert_eq!(field_of_work("شیشه‌گری", &fields).unwrap().code, None);
    }
}
