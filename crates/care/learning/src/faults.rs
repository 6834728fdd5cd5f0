//! What a constraint refuses becomes a sentence instead of a fault of ours.

use db::{Error, Reason, Refusal, Result};

/// A value is empty, too long, or outside what is allowed.
pub const VALUE_WRONG: Reason = Reason::new("learning_value_wrong", 422);
/// A record that was named does not exist.
pub const RECORD_UNKNOWN: Reason = Reason::new("learning_record_unknown", 422);

/// Turns a refused CHECK or a missing reference into a refusal.
pub(crate) fn out_of_range(error: Error) -> Error {
    let reason = match error {
        Error::Check(_) => &VALUE_WRONG,
        Error::MissingReference => &RECORD_UNKNOWN,
        other => return other,
    };
    Error::Refused(Refusal {
        reason,
        field: None,
        args: Vec::new(),
    })
}

/// Refuses a text that is empty or longer than `most` letters.
pub(crate) fn fits(text: &str, most: usize, field: &str) -> Result<()> {
    let count = persian::clean(text).chars().count();
    if (1..=most).contains(&count) {
        Ok(())
    } else {
        VALUE_WRONG.at(field)
    }
}
