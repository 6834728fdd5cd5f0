//! Parts: what pages are built from. Each is a function from plain values to markup.
//!
//! A part owns its label, id, value and error text; the page keeps the words.

pub mod blocks;
pub mod buttons;
pub mod choices;
pub mod dates;
pub mod drawings;
pub mod errors;
pub mod fields;
pub mod form;
pub mod maker;
pub mod navigation;
pub mod steps;
pub mod table;

pub use blocks::{Tone, badge, card, empty_state, facts, notice, stat, stats};
pub use buttons::{
    button_link, choice_button, danger_button, primary_button, secondary_button, secondary_link,
};
pub use choices::{Choice, checkboxes, radios, select, tick};
pub use dates::{DateField, date_field, date_text_field};
pub use drawings::Drawing;
pub use errors::{FormErrors, error_summary};
pub use fields::{Dir, Field, Kind, field, file_field, hidden, money_field};
pub use form::{buttons, fieldset, form, inline_form, save_bar, search_form, upload_form};
pub use maker::{MakerCard, maker_card};
pub use navigation::{Tab, back_link, copyable, pagination, tabs};
pub use steps::{Event, Stage, Step, StepState, chain, progress_thread, timeline};
pub use table::{Align, Column, table};
