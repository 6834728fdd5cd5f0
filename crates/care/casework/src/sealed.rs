use db::{Keys, Result};
use uuid::Uuid;

/// Opens what [`crate::Sealed::new`] made for the same place.
pub fn open(keys: &Keys, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<String> {
    keys.open_sealed(table, column, row, sealed)
        .map_err(db::Error::other)
}
