//! What is said of a row: accepted, rejected or a duplicate, and why.

use serde::Serialize;
use uuid::Uuid;

/// Why a row was rejected or warned about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// No given name or no family name.
    NameMissing,
    /// The national code cannot be right: its length or check digit.
    NationalCodeChecksum,
    /// No national code: registered without papers.
    NoDocument,
    /// No such day, a day to come, or no date at all.
    BirthDateNotInCalendar,
    /// Only the year is known.
    BirthDateIncomplete,
    /// An unknown word for gender.
    GenderUnknown,
    /// A landline where a mobile belongs; kept as phone.
    LandlineNotMobile,
    /// No phone number could be read.
    PhoneUnreadable,
    /// No region of this city.
    RegionUnknown,
    /// A target group that is not on the list.
    GroupUnknown,
    /// Not a number of people.
    DependantsUnreadable,
    /// The Sheba cannot be right; kept out of payee data.
    ShebaChecksum,
    /// Not an amount of money.
    IncomeUnreadable,
    /// The note was longer than a note may be.
    NoteShortened,
}

impl Reason {
    /// Every reason, in the order in which a row names them.
    pub const ALL: [Self; 14] = [
        Self::NameMissing,
        Self::NationalCodeChecksum,
        Self::NoDocument,
        Self::BirthDateNotInCalendar,
        Self::BirthDateIncomplete,
        Self::GenderUnknown,
        Self::LandlineNotMobile,
        Self::PhoneUnreadable,
        Self::RegionUnknown,
        Self::GroupUnknown,
        Self::DependantsUnreadable,
        Self::ShebaChecksum,
        Self::IncomeUnreadable,
        Self::NoteShortened,
    ];

    /// The code machines read.
    pub fn code(self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::NationalCodeChecksum => "national_code_checksum",
            Self::NoDocument => "no_document",
            Self::BirthDateNotInCalendar => "birth_date_not_in_calendar",
            Self::BirthDateIncomplete => "birth_date_incomplete",
            Self::GenderUnknown => "gender_unknown",
            Self::LandlineNotMobile => "landline_not_mobile",
            Self::PhoneUnreadable => "phone_unreadable",
            Self::RegionUnknown => "region_unknown",
            Self::GroupUnknown => "group_unknown",
            Self::DependantsUnreadable => "dependants_unreadable",
            Self::ShebaChecksum => "sheba_checksum",
            Self::IncomeUnreadable => "income_unreadable",
            Self::NoteShortened => "note_shortened",
        }
    }

    /// The key of its sentence in the message catalogue.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::NameMissing => "import-reason-name-missing",
            Self::NationalCodeChecksum => "import-reason-national-code-checksum",
            Self::NoDocument => "import-reason-no-document",
            Self::BirthDateNotInCalendar => "import-reason-birth-date-not-in-calendar",
            Self::BirthDateIncomplete => "import-reason-birth-date-incomplete",
            Self::GenderUnknown => "import-reason-gender-unknown",
            Self::LandlineNotMobile => "import-reason-landline-not-mobile",
            Self::PhoneUnreadable => "import-reason-phone-unreadable",
            Self::RegionUnknown => "import-reason-region-unknown",
            Self::GroupUnknown => "import-reason-group-unknown",
            Self::DependantsUnreadable => "import-reason-dependants-unreadable",
            Self::ShebaChecksum => "import-reason-sheba-checksum",
            Self::IncomeUnreadable => "import-reason-income-unreadable",
            Self::NoteShortened => "import-reason-note-shortened",
        }
    }

    /// Whether a row with this reason is refused; else it is only warned about.
    pub fn rejects(self) -> bool {
        matches!(
            self,
            Self::NameMissing
                | Self::NationalCodeChecksum
                | Self::BirthDateNotInCalendar
                | Self::RegionUnknown
        )
    }
}

/// A reason and the cell it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Why.
    pub reason: Reason,
    /// Index of the column from A; `None` where the list has no such column.
    pub column: Option<usize>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Becomes a person; its reasons, if any, are warnings.
    Accept,
    /// Waits on the repair list.
    Reject,
    /// Is somebody already there or in an earlier row.
    Duplicate,
}

/// Whom a duplicate row repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Original {
    /// An earlier row of the same file.
    Row {
        /// Name of its sheet.
        sheet: String,
        /// Its row number in that sheet.
        row: usize,
    },
    /// A person registered before.
    Person(Uuid),
}

impl std::fmt::Display for Original {
    /// `SHEET:ROW`, or `person:` and the id.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Row { sheet, row } => write!(f, "{sheet}:{row}"),
            Self::Person(id) => write!(f, "person:{id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_key_is_the_code_with_dashes() {
        for reason in Reason::ALL {
            assert_eq!(
                reason.message_key(),
                format!("import-reason-{}", reason.code().replace('_', "-"))
            );
        }
    }

    #[test]
    fn every_reason_has_its_sentence_in_both_languages() {
        for catalogue in [
            include_str!("../../messages/fa.ftl"),
            include_str!("../../messages/en.ftl"),
        ] {
            for reason in Reason::ALL {
                let start = format!("{} = ", reason.message_key());
                assert!(
                    catalogue.lines().any(|line| line.starts_with(&start)),
                    "{start}"
                );
            }
        }
    }
}
