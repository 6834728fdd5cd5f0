//! The lists an office may change: regions, target groups, fields of work.

use std::collections::HashMap;

use persian::{Date, fold_tokens};

/// A name under which a list knows one of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Stable code: `low_income`, `pottery`.
    pub code: String,
    /// The Persian name, as shown.
    pub fa: String,
    /// The English name.
    pub en: String,
    /// Other ways offices write it, in either language.
    pub synonyms: Vec<String>,
}

/// A list of entries, found by any of their names.
#[derive(Debug, Clone)]
pub struct Entries {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
}

/// How a cell matched an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match<'a> {
    /// The entry found.
    pub entry: &'a Entry,
    /// The cell is the entry's own name, but for spaces and letter forms.
    pub is_own_name: bool,
    /// The cell says nothing more than the name found.
    pub is_whole: bool,
}

impl Entries {
    /// A list; where two entries share a name the earlier one has it.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut by_key = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            let names = [&entry.fa, &entry.en, &entry.code];
            for name in names.into_iter().chain(&entry.synonyms) {
                let key = key(name);
                if !key.is_empty() {
                    by_key.entry(key).or_insert(index);
                }
            }
        }
        Self { entries, by_key }
    }

    /// The target groups that come with the program.
    pub fn built_in_groups() -> Self {
        Self::new(parse(include_str!("../../data/target-groups.csv")))
    }

    /// The fields of work that come with the program.
    pub fn built_in_fields() -> Self {
        Self::new(parse(include_str!("../../data/fields-of-work.csv")))
    }

    /// All entries, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// The entry a text names: first as a whole, then the first and longest
    /// known name inside it.
    pub fn find(&self, text: &str) -> Option<Match<'_>> {
        let tokens = fold_tokens(&text.replace('\u{200C}', " "));
        let whole = tokens.concat();
        if let Some(&index) = self.by_key.get(&whole) {
            let entry = &self.entries[index];
            return Some(Match {
                entry,
                is_own_name: key(&entry.fa) == whole,
                is_whole: true,
            });
        }
        // Long texts are notes in the wrong column; do not look into them.
        if tokens.len() > 12 {
            return None;
        }
        (0..tokens.len()).find_map(|from| {
            (from + 1..=tokens.len()).rev().find_map(|to| {
                let &index = self.by_key.get(&tokens[from..to].concat())?;
                Some(Match {
                    entry: &self.entries[index],
                    is_own_name: false,
                    is_whole: false,
                })
            })
        })
    }
}

/// The regions of a city.
#[derive(Debug, Clone)]
pub struct Regions {
    names: HashMap<String, i64>,
    numbers: Vec<i64>,
}

impl Regions {
    /// Regions numbered 1 to `last`, without names: Tehran has 22.
    pub fn numbered(last: i64) -> Self {
        Self {
            names: HashMap::new(),
            numbers: (1..=last).collect(),
        }
    }

    /// Regions by number, each with the names it goes by (there may be none).
    pub fn new(regions: impl IntoIterator<Item = (i64, Vec<String>)>) -> Self {
        let mut made = Self {
            names: HashMap::new(),
            numbers: Vec::new(),
        };
        for (number, names) in regions {
            made.numbers.push(number);
            made.names
                .extend(names.iter().map(|name| (key(name), number)));
        }
        made
    }

    /// Whether the city has a region of this number.
    pub fn contains(&self, number: i64) -> bool {
        self.numbers.contains(&number)
    }

    /// The region of this name.
    pub fn by_name(&self, name: &str) -> Option<i64> {
        self.names.get(&key(name)).copied()
    }
}

/// What reading an applicants list needs to know besides the list.
#[derive(Debug, Clone)]
pub struct Reference {
    /// Target groups.
    pub groups: Entries,
    /// Fields of work.
    pub fields: Entries,
    /// Regions of the city.
    pub regions: Regions,
    /// Area code put before a local number of eight digits, such as `021`.
    pub area_code: String,
    /// Today, to resolve years of two digits and refuse birth dates to come.
    pub today: Date,
}

impl Reference {
    /// The built-in lists and Tehran's regions.
    pub fn built_in(today: Date) -> Self {
        Self {
            groups: Entries::built_in_groups(),
            fields: Entries::built_in_fields(),
            regions: Regions::numbered(22),
            area_code: "021".to_owned(),
            today,
        }
    }
}

/// Rows of `code,fa,en,synonym|synonym`; no field holds a comma.
fn parse(table: &str) -> Vec<Entry> {
    table
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split(',').map(str::to_owned);
            Some(Entry {
                code: fields.next()?,
                fa: fields.next()?,
                en: fields.next()?,
                synonyms: fields.next()?.split('|').map(str::to_owned).collect(),
            })
        })
        .collect()
}

fn key(text: &str) -> String {
    fold_tokens(text).concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_found_under_every_name() {
        let groups = Entries::built_in_groups();
        for (text, code) in [
            ("معلوليت جسمي حركتي", "person_with_disability"),
            ("توان یاب", "person_with_disability"),
            ("سرپرست خانوار (زن)", "woman_head_of_household"),
            ("بهبود يافته", "recovered_person"),
            ("اقشار كم درآمد", "low_income"),
            ("معلول شدید - ویلچر", "person_with_disability"),
            ("LOW-INCOME", "low_income"),
        ] {
            assert_eq!(groups.find(text).unwrap().entry.code, code, "{text}");
        }
        assert_eq!(groups.find("کارمند"), None);
        assert_eq!(groups.find(""), None);
    }

    #[test]
    fn the_built_in_lists_have_every_name_once() {
        for list in [Entries::built_in_groups(), Entries::built_in_fields()] {
            for entry in list.iter() {
                for name in entry
                    .synonyms
                    .iter()
                    .chain([&entry.fa, &entry.en, &entry.code])
                {
                    assert_eq!(list.find(name).unwrap().entry.code, entry.code, "{name}");
                }
            }
        }
    }

    #[test]
    fn a_field_keeps_whether_its_own_name_was_used() {
        let fields = Entries::built_in_fields();
        assert!(fields.find("گليم بافي").unwrap().is_own_name);
        assert!(!fields.find("جاجیم‌بافی").unwrap().is_own_name);
    }
}
