//! Where a page of a list ends, sealed: a reader turns pages and learns no record's id.

use db::Keys;
use uuid::Uuid;
use web::Failure;

use super::Item;

/// The row after which a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Its record.
    pub id: Uuid,
}

impl Item {
    /// Where this row stands in its list.
    pub fn place(&self) -> Place {
        Place {
            code: self.code.clone(),
            id: self.id,
        }
    }
}

impl Place {
    /// As a reader carries it to the next page.
    pub(crate) fn sealed(&self, keys: &Keys) -> String {
        let text = format!("{}{}", self.id.simple(), self.code);
        let sealed = keys.seal("figure", "cursor", Uuid::nil(), &text);
        sealed.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads what was given out before; anything else opens nothing.
    pub(crate) fn open(keys: &Keys, cursor: &str) -> Result<Self, Failure> {
        let read = || {
            let pairs = cursor.as_bytes().chunks(2);
            let bytes: Option<Vec<u8>> = pairs
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
                .collect();
            let text = keys
                .open_sealed("figure", "cursor", Uuid::nil(), &bytes?)
                .ok()?;
            let (id, code) = text.split_at_checked(32)?;
            Some(Self {
                code: code.to_owned(),
                id: id.parse().ok()?,
            })
        };
        read().ok_or(Failure::NotFound)
    }
}
