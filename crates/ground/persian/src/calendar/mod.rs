//! Days, the Jalali calendar and instants.

mod jalali;
mod names;
mod timestamp;

pub use jalali::{Jalali, NotInCalendar};
pub use names::Weekday;
pub use timestamp::{Timestamp, TimestampFault};

/// A civil day, Gregorian inside; people see it as [`Jalali`].
pub type Date = chrono::NaiveDate;
