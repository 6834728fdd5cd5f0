//! Keys of a city: they seal single columns and make keyed hashes for equality search.
//!
//! Each *generation* has a key for sealing and a key for lookups; its number stands in front of
//! every value made with it. One generation is in use, older ones are kept for reading until
//! nothing lies under them. The lasting key signs what cannot be made again: numbers on paper,
//! links, heads of the audit chain.

mod file;
mod lookup;
mod reseal;
mod sealed;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use sha2::Sha256;
use uuid::Uuid;

pub use lookup::Lookup;
pub use reseal::{Part, reseal};
pub use sealed::{Sealed, count};
pub use text::SealedText;

/// What can be wrong with keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysFault {
    /// The folder or file could not be read or written.
    #[error("the key folder {0}: {1}")]
    Io(String, std::io::Error),
    /// The file is not a key file.
    #[error("the key file is damaged: {0}")]
    Damaged(String),
    /// A sealed value names a key we do not have, or was changed.
    #[error("a sealed value cannot be opened with the keys at hand")]
    CannotOpen,
    /// There is no such key, or it may not be used so.
    #[error("key {0}: {1}")]
    Unfit(u8, &'static str),
}

/// The keys of one city. They live outside the database and its backups. Clones share one ring,
/// so that a key made while the city is served reaches everybody.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    ring: RwLock<Ring>,
    lasting: [u8; 32],
    /// Where they are kept; none for keys of tests.
    folder: Option<PathBuf>,
}

#[derive(Clone)]
struct Ring {
    generations: BTreeMap<u8, Generation>,
    newest: u8,
}

#[derive(Clone)]
struct Generation {
    column: [u8; 32],
    lookup: [u8; 32],
}

impl Generation {
    fn fresh() -> Self {
        Self {
            column: fresh(),
            lookup: fresh(),
        }
    }
}

const NONCE: usize = 24;

impl Keys {
    fn new(ring: Ring, lasting: [u8; 32], folder: Option<&Path>) -> Self {
        Self(Arc::new(Inner {
            ring: RwLock::new(ring),
            lasting,
            folder: folder.map(Path::to_owned),
        }))
    }

    /// Fresh keys that are kept nowhere: for tests.
    pub fn ephemeral() -> Self {
        let ring = Ring {
            generations: BTreeMap::from([(1, Generation::fresh())]),
            newest: 1,
        };
        Self::new(ring, fresh(), None)
    }

    fn ring(&self) -> Ring {
        let ring = self.0.ring.read();
        ring.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn generation(&self, id: u8) -> Option<Generation> {
        let ring = self.0.ring.read();
        let ring = ring.unwrap_or_else(PoisonError::into_inner);
        ring.generations.get(&id).cloned()
    }

    /// The generation new values are sealed under.
    pub fn newest(&self) -> u8 {
        let ring = self.0.ring.read();
        ring.unwrap_or_else(PoisonError::into_inner).newest
    }

    /// Every generation at hand, oldest first.
    pub fn all(&self) -> Vec<u8> {
        self.ring().generations.into_keys().collect()
    }

    /// By what a database knows a generation again without holding its keys.
    pub fn mark_of(&self, id: u8) -> Option<Vec<u8>> {
        let generation = self.generation(id)?;
        let own = mac(&generation.column, "key_check", b"zanjireh");
        Some(mac(&generation.lookup, "key_check", &own))
    }

    /// Seals one column of one row. Layout: key id, nonce, ciphertext with tag.
    pub fn seal(&self, table: &str, column: &str, row: Uuid, plain: &str) -> Vec<u8> {
        let mut nonce = [0_u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload {
            msg: plain.as_bytes(),
            aad: &associated(table, column, row),
        };
        let ring = self.ring();
        let newest = ring.newest;
        let sealed = ring.generations.get(&newest).and_then(|generation| {
            XChaCha20Poly1305::new((&generation.column).into())
                .encrypt(&XNonce::from(nonce), payload)
                .ok()
        });
        // Encryption in memory only fails beyond 256 GB of text.
        let mut out = vec![newest];
        out.extend_from_slice(&nonce);
        out.extend(sealed.unwrap_or_default());
        out
    }

    /// Opens what [`Keys::seal`] made for the same table, column and row.
    pub fn open_sealed(
        &self,
        table: &str,
        column: &str,
        row: Uuid,
        sealed: &[u8],
    ) -> Result<String, KeysFault> {
        let open = || {
            let (id, rest) = sealed.split_first()?;
            let (nonce, text) = rest.split_at_checked(NONCE)?;
            let nonce: [u8; NONCE] = nonce.try_into().ok()?;
            let payload = Payload {
                msg: text,
                aad: &associated(table, column, row),
            };
            let generation = self.generation(*id).or_else(|| {
                // Another process has made a key a moment ago.
                self.refresh().ok()?;
                self.generation(*id)
            })?;
            let cipher = XChaCha20Poly1305::new((&generation.column).into());
            String::from_utf8(cipher.decrypt(&XNonce::from(nonce), payload).ok()?).ok()
        };
        open().ok_or(KeysFault::CannotOpen)
    }

    /// A keyed hash that stays the same through every rotation: for comparing what is resent and
    /// for values nobody can make again. Columns that are searched have a [`Lookup`].
    pub fn blind(&self, purpose: &str, text: &str) -> Vec<u8> {
        self.sign(purpose, text.as_bytes())
    }

    /// Signs bytes for a purpose: links, tokens, heads.
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> Vec<u8> {
        mac(&self.0.lasting, purpose, bytes)
    }
}

fn mac(key: &[u8; 32], purpose: &str, bytes: &[u8]) -> Vec<u8> {
    use hmac::KeyInit as _;
    // HMAC takes keys of any length, so this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

fn fresh() -> [u8; 32] {
    let mut key = [0_u8; 32];
    rand::rng().fill_bytes(&mut key);
    key
}

fn associated(table: &str, column: &str, row: Uuid) -> Vec<u8> {
    [
        table.as_bytes(),
        b"\0",
        column.as_bytes(),
        b"\0",
        row.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_at_its_own_place() {
        let keys = Keys::ephemeral();
        let row = Uuid::now_v7();
        let sealed = keys.seal("person", "note", row, "راز");
        assert_eq!(
            keys.open_sealed("person", "note", row, &sealed).unwrap(),
            "راز"
        );
        assert!(keys.open_sealed("person", "story", row, &sealed).is_err());
        assert!(
            keys.open_sealed("person", "note", Uuid::now_v7(), &sealed)
                .is_err()
        );
        let mut changed = sealed.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert!(keys.open_sealed("person", "note", row, &changed).is_err());
    }

    #[test]
    fn keys_are_found_again_in_their_folder_and_never_overwritten() {
        let folder = std::env::temp_dir().join(Uuid::now_v7().to_string());
        let made = Keys::create(&folder).unwrap();
        let found = Keys::open(&folder).unwrap();
        assert_eq!(
            made.blind("phone", "+98900"),
            found.blind("phone", "+98900")
        );
        assert_ne!(
            made.blind("phone", "+98900"),
            found.blind("sheba", "+98900")
        );
        assert_eq!(
            made.lookup("phone", "+98900").kept(),
            found.lookup("phone", "+98900").kept()
        );
        assert!(Keys::create(&folder).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_new_key_reaches_every_clone_and_an_old_one_reads_until_it_is_given_up() {
        let folder = std::env::temp_dir().join(Uuid::now_v7().to_string());
        let (made, served) = (Keys::create(&folder).unwrap(), Keys::open(&folder).unwrap());
        let row = Uuid::now_v7();
        let old = made.seal("person", "note", row, "راز");
        let old_phone = made.lookup("phone", "+98900").kept();
        assert_eq!(made.make().unwrap(), 2);
        assert_eq!(made.newest(), 1, "a key that waits is not in use");
        made.take_into_use(2).unwrap();
        let new = made.seal("person", "note", row, "راز");
        assert_eq!(new[0], 2);
        // Whoever has not looked since reads what is new at once.
        assert_eq!(served.newest(), 1);
        assert_eq!(
            served.open_sealed("person", "note", row, &new).unwrap(),
            "راز"
        );
        assert_eq!(served.newest(), 2);
        assert_eq!(
            served.open_sealed("person", "note", row, &old).unwrap(),
            "راز"
        );
        let phone = served.lookup("phone", "+98900");
        assert!(phone.is(&old_phone) && phone.kept() != old_phone && phone.has_older());
        assert!(made.give_up(2).is_err(), "the key in use stays");
        made.give_up(1).unwrap();
        served.refresh().unwrap();
        assert!(served.open_sealed("person", "note", row, &old).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
