use serde::{Serialize, Serializer};
use uuid::Uuid;

use super::Keys;

/// A sealed text on its way into a table. A resent form seals again with other bytes, so what
/// is serialised (and compared for resends) is a keyed hash of the text, not the seal.
#[derive(Clone, Debug)]
pub struct SealedText {
    bytes: Vec<u8>,
    mark: Vec<u8>,
}

impl SealedText {
    /// Seals a text for one column of one row.
    pub fn new(keys: &Keys, table: &str, column: &str, row: Uuid, plain: &str) -> Self {
        let mark = keys.blind(&format!("{table}.{column}.{row}"), plain);
        Self {
            bytes: keys.seal(table, column, row, plain),
            mark,
        }
    }

    /// What is stored.
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.clone()
    }
}

impl Serialize for SealedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.mark.serialize(serializer)
    }
}
