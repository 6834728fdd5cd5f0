//! Earnings: payments that have reached a contact. Follow-up reads them instead of asking.

mod queries;
#[cfg(test)]
mod tests;

pub use queries::{between, first_day, record, take_back};
