//! `zanjireh verify FILE`: is a backup whole, line by line, as its manifest says?

use std::path::Path;

use super::backup::Backup;
use crate::cli::Exit;
use crate::fault::Fault;

/// Runs it; no database is opened.
pub fn run(file: &Path) -> Result<Exit, Fault> {
    let mut backup = Backup::open(file)?;
    let rows = backup.verify(|_, _| Ok(()))?;
    println!(
        "{}: whole; {rows} rows of {} tables, taken {} at step {}",
        file.display(),
        backup.manifest.tables.len(),
        backup.manifest.taken_at,
        backup.manifest.schema
    );
    Ok(Exit::Good)
}
