//! Text as it is stored, and the keys by which it is found.

mod clean;
mod fold;

pub use clean::{clean, clean_lines};
pub use fold::{fold, fold_spaceless, fold_tokens, sounds};

/// The half-space (نیم‌فاصله).
pub const ZWNJ: char = '\u{200C}';
