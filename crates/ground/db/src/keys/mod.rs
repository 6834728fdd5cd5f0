//! Keys of a city: they seal single columns and make keyed hashes for equality search.

use std::collections::BTreeMap;
use std::path::Path;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

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
}

/// The keys of one city. They live outside the database and its backups.
#[derive(Clone)]
pub struct Keys {
    ring: BTreeMap<u8, [u8; 32]>,
    newest: u8,
    index: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    newest: u8,
    columns: BTreeMap<u8, String>,
    index: String,
}

const FILE: &str = "city.keys.json";
const NONCE: usize = 24;

impl Keys {
    /// Fresh keys that are kept nowhere: for tests.
    pub fn ephemeral() -> Self {
        Self {
            ring: BTreeMap::from([(1, fresh())]),
            newest: 1,
            index: fresh(),
        }
    }

    /// True when the folder holds keys.
    pub fn is_present(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Reads the keys of a city.
    pub fn open(folder: &Path) -> Result<Self, KeysFault> {
        let io = |error| KeysFault::Io(folder.display().to_string(), error);
        let text = std::fs::read_to_string(folder.join(FILE)).map_err(io)?;
        let file: KeyFile =
            serde_json::from_str(&text).map_err(|error| KeysFault::Damaged(error.to_string()))?;
        let key = |text: &str| -> Result<[u8; 32], KeysFault> {
            HEXLOWER
                .decode(text.as_bytes())
                .ok()
                .and_then(|bytes| bytes.try_into().ok())
                .ok_or_else(|| KeysFault::Damaged("a key is not 32 bytes of hex".into()))
        };
        let mut ring = BTreeMap::new();
        for (id, text) in &file.columns {
            ring.insert(*id, key(text)?);
        }
        if !ring.contains_key(&file.newest) {
            return Err(KeysFault::Damaged("the newest key is missing".into()));
        }
        Ok(Self {
            ring,
            newest: file.newest,
            index: key(&file.index)?,
        })
    }

    /// Makes keys in a folder that has none, readable by its owner alone.
    pub fn create(folder: &Path) -> Result<Self, KeysFault> {
        Self::ephemeral().keep(folder)
    }

    /// [`Keys::create`] with keys that follow from a seed: for invented cities alone, so that the
    /// same seed gives the same city. Whoever knows the seed knows the keys.
    pub fn create_invented(folder: &Path, seed: u64) -> Result<Self, KeysFault> {
        let key = |what: &str| Sha256::digest(format!("invented {what} key of seed {seed}")).into();
        let keys = Self {
            ring: BTreeMap::from([(1, key("column"))]),
            newest: 1,
            index: key("index"),
        };
        keys.keep(folder)
    }

    fn keep(self, folder: &Path) -> Result<Self, KeysFault> {
        let io = |error| KeysFault::Io(folder.display().to_string(), error);
        let keys = self;
        let file = KeyFile {
            newest: keys.newest,
            columns: keys
                .ring
                .iter()
                .map(|(id, key)| (*id, HEXLOWER.encode(key)))
                .collect(),
            index: HEXLOWER.encode(&keys.index),
        };
        let text = serde_json::to_string_pretty(&file)
            .map_err(|error| KeysFault::Damaged(error.to_string()))?;
        std::fs::create_dir_all(folder).map_err(io)?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut out = options.open(folder.join(FILE)).map_err(io)?;
        std::io::Write::write_all(&mut out, text.as_bytes()).map_err(io)?;
        out.sync_all().map_err(io)?;
        Ok(keys)
    }

    /// Seals one column of one row. Layout: key id, nonce, ciphertext with tag.
    pub fn seal(&self, table: &str, column: &str, row: Uuid, plain: &str) -> Vec<u8> {
        let mut nonce = [0_u8; NONCE];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload {
            msg: plain.as_bytes(),
            aad: &associated(table, column, row),
        };
        let sealed = self.ring.get(&self.newest).and_then(|key| {
            XChaCha20Poly1305::new(key.into())
                .encrypt(&XNonce::from(nonce), payload)
                .ok()
        });
        // Encryption in memory only fails beyond 256 GB of text.
        let mut out = vec![self.newest];
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
            let cipher = XChaCha20Poly1305::new(self.ring.get(id)?.into());
            String::from_utf8(cipher.decrypt(&XNonce::from(nonce), payload).ok()?).ok()
        };
        open().ok_or(KeysFault::CannotOpen)
    }

    /// A keyed hash for equality search: the same text gives the same 32 bytes per purpose.
    pub fn blind(&self, purpose: &str, text: &str) -> Vec<u8> {
        self.sign(purpose, text.as_bytes())
    }

    /// Signs bytes for a purpose: links, tokens, heads.
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> Vec<u8> {
        use hmac::KeyInit as _;
        // HMAC takes keys of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.index) else {
            return Vec::new();
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(bytes);
        mac.finalize().into_bytes().to_vec()
    }
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
        assert!(Keys::create(&folder).is_err());
        std::fs::remove_dir_all(folder).unwrap();
    }
}
