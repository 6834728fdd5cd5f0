use serde::{Serialize, Serializer};

use super::{Keys, mac};
use crate::Value;

/// A keyed hash of a text for a column that is searched for equality: the number of the key, then
/// 32 bytes. While keys are changed, rows hold it under the old key or the new one: a search asks
/// for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Under the key in use, then under those before it.
    all: Vec<Vec<u8>>,
    mark: Vec<u8>,
}

impl Lookup {
    /// What is stored.
    pub fn kept(&self) -> Vec<u8> {
        self.all.first().cloned().unwrap_or_default()
    }

    /// True when a stored value is of the same text, whichever key it was made with.
    pub fn is(&self, kept: &[u8]) -> bool {
        self.all.iter().any(|hash| hash == kept)
    }

    /// True while rows may still hold it under an older key; a unique index alone then does not
    /// see that two rows are alike.
    pub fn has_older(&self) -> bool {
        self.all.len() > 1
    }

    /// Every form in which a row may hold it, newest first.
    pub fn forms(&self) -> &[Vec<u8>] {
        &self.all
    }

    /// The condition that a column holds it, with parameters from `$first` on, and their values.
    pub fn held_by(&self, column: &str, first: usize) -> (String, Vec<Value>) {
        let marks: Vec<String> = (first..first + self.all.len())
            .map(|place| format!("${place}"))
            .collect();
        let values = self.all.iter().cloned().map(Value::Bytes).collect();
        (format!("{column} IN ({})", marks.join(", ")), values)
    }

    /// The same for the same text through every rotation: for counting tries.
    pub fn mark(&self) -> &[u8] {
        &self.mark
    }
}

impl Serialize for Lookup {
    /// What is compared when a form is resent must not change with the keys.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.mark.serialize(serializer)
    }
}

impl Keys {
    /// The keyed hash of a text under every key at hand.
    pub fn lookup(&self, purpose: &str, text: &str) -> Lookup {
        let ring = self.ring();
        let under = |id: &u8| {
            let generation = ring.generations.get(id)?;
            let mut hash = vec![*id];
            hash.extend(mac(&generation.lookup, purpose, text.as_bytes()));
            Some(hash)
        };
        // The key in use first; one that waits may be in use elsewhere already.
        let others = ring.generations.keys().rev();
        let others = others.filter(|id| **id != ring.newest);
        let all = std::iter::once(&ring.newest).chain(others);
        Lookup {
            all: all.filter_map(under).collect(),
            mark: self.blind(purpose, text),
        }
    }
}
