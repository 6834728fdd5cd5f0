//! SQLite: one writer on a thread of its own, a few readers beside it.

mod link;
mod readers;
mod writer;

use std::path::PathBuf;

pub(crate) use link::{Cells, Link};
pub(crate) use readers::{Reader, Readers};
pub(crate) use writer::Writer;

/// The file behind `sqlite://PATH`; none for another engine.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
}
