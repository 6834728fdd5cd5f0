#![doc = include_str!("../README.md")]

pub mod calendar;
pub mod dates;
pub mod digits;
pub mod identity;
mod lang;
pub mod phones;
pub mod sorting;
pub mod text;
pub mod words;

pub use calendar::{Date, Jalali, NotInCalendar, Timestamp, TimestampFault, Weekday};
pub use dates::{DateFault, parse_date};
pub use digits::{grouped, latin_digits, persian_digits};
pub use identity::{
    LegalId, LegalIdFault, NationalCode, NationalCodeFault, PostalCode, PostalCodeFault, Sheba,
    ShebaFault, card_is_valid,
};
pub use lang::Lang;
pub use phones::{Landline, Mobile, Phone, PhoneFault};
pub use sorting::sort_key;
pub use text::{clean, clean_lines, fold, fold_spaceless, fold_tokens, sounds};
pub use words::{from_words, in_words};
