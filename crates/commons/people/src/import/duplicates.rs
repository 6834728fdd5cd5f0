//! The same person twice: in the file, or in the file and in the records.

use std::collections::HashMap;

use persian::Jalali;
use uuid::Uuid;

use super::cells::names::key;
use super::row::{Clean, ReadRow};
use super::verdict::{Original, Status};

/// By what a row is recognised.
///
/// Two rows are one person when their national codes agree, or when their
/// likeness agrees and not both have a code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// National code, ten digits.
    pub national_code: Option<String>,
    /// A text equal for rows alike. With birth date and father's name known it
    /// is [`likeness`]; else it holds the phone as well, and for rows without
    /// phone everything they say.
    pub likeness: String,
}

/// Folded first, last and father's name and birth date as one text.
///
/// For people already registered; equal to the likeness of a row that names all
/// four. Where the names are cut in two does not matter.
pub fn likeness(first: &str, last: &str, father: &str, birth: Jalali) -> String {
    format!("person|{}{}|{}|{birth}", key(first), key(last), key(father))
}

impl Clean {
    /// By what this person is recognised.
    pub fn identity(&self) -> Identity {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let (first, last, father) = (text(&self.first), text(&self.last), text(&self.father));
        let phone = self.mobile.as_ref().or(self.landline.as_ref());
        let likeness = match (self.birth, phone) {
            (Some(birth), _) if !father.is_empty() => likeness(&first, &last, &father, birth),
            (birth, Some(phone)) => {
                let birth = birth.map(|day| day.to_string()).unwrap_or_default();
                format!(
                    "phone|{}{}|{}|{birth}|{phone}",
                    key(&first),
                    key(&last),
                    key(&father)
                )
            }
            (birth, None) => format!(
                "row|{}{}|{}|{birth:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}",
                key(&first),
                key(&last),
                key(&father),
                self.gender,
                self.region,
                self.group,
                self.dependants,
                self.field,
                self.sheba,
                self.income_rial,
                self.notes
            ),
        };
        Identity {
            national_code: self.national_code.clone(),
            likeness,
        }
    }
}

/// A person registered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownPerson {
    /// Her id.
    pub id: Uuid,
    /// Whether her national code is on record.
    pub has_national_code: bool,
}

/// People registered before, as far as a file asks for them: look the
/// [`identities`] of its rows up in the records, then fill in what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// By national code.
    pub by_national_code: HashMap<String, Uuid>,
    /// By likeness.
    pub by_likeness: HashMap<String, KnownPerson>,
}

/// The identities of the rows that are not rejected, to look up in the records.
pub fn identities(rows: &[ReadRow<'_>]) -> Vec<Identity> {
    rows.iter()
        .filter(|row| row.status() != Status::Reject)
        .map(|row| row.clean.identity())
        .collect()
}

/// Marks each row that repeats a known person or an earlier accepted row.
///
/// Rejected rows are left as they are and nothing is a duplicate of them, since
/// they become nobody. A row that repeats a known person names her; otherwise it
/// names the row met first and takes the spelling of its names.
pub fn settle_duplicates(rows: &mut [ReadRow<'_>], known: &Known) {
    let mut by_code: HashMap<String, usize> = HashMap::new();
    let mut by_likeness: HashMap<String, usize> = HashMap::new();
    for index in 0..rows.len() {
        rows[index].duplicate_of = None;
        if rows[index].status() == Status::Reject {
            continue;
        }
        let identity = rows[index].clean.identity();
        if let Some(person) = known_person(&identity, known) {
            rows[index].duplicate_of = Some(Original::Person(person));
            continue;
        }
        let has_code = identity.national_code.is_some();
        let same_code = identity
            .national_code
            .as_ref()
            .and_then(|code| by_code.get(code));
        let alike = by_likeness
            .get(&identity.likeness)
            .filter(|&&first| !(has_code && rows[first].clean.national_code.is_some()));
        if let Some(&first) = same_code.or(alike) {
            let original = Original::Row {
                sheet: rows[first].sheet.to_owned(),
                row: rows[first].row,
            };
            let (earlier, later) = rows.split_at_mut(index);
            later[0].duplicate_of = Some(original);
            take_spelling(&mut later[0].clean, &earlier[first].clean);
        } else {
            if let Some(code) = identity.national_code {
                by_code.insert(code, index);
            }
            by_likeness.entry(identity.likeness).or_insert(index);
        }
    }
}

fn known_person(identity: &Identity, known: &Known) -> Option<Uuid> {
    let same_code = identity
        .national_code
        .as_ref()
        .and_then(|code| known.by_national_code.get(code));
    same_code.copied().or_else(|| {
        let alike = known.by_likeness.get(&identity.likeness)?;
        let both_have_codes = identity.national_code.is_some() && alike.has_national_code;
        (!both_have_codes).then_some(alike.id)
    })
}

/// «نیک پور» after «نیک‌پور» is one name; the first spelling stays, and where
/// it was cut in two.
fn take_spelling(later: &mut Clean, first: &Clean) {
    let whole = |clean: &Clean| {
        let part = |name: &Option<String>| name.as_deref().map(key).unwrap_or_default();
        format!("{}{}", part(&clean.first), part(&clean.last))
    };
    if whole(later) == whole(first) {
        later.first.clone_from(&first.first);
        later.last.clone_from(&first.last);
    }
    if later.father.as_deref().map(key) == first.father.as_deref().map(key) {
        later.father.clone_from(&first.father);
    }
}
