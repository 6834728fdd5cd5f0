//! The file in which the keys of a city are kept, and what changes it.

use std::collections::BTreeMap;
use std::fs::File;

use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::sync::PoisonError;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Generation, Keys, KeysFault, Ring};

const FILE: &str = "city.keys.json";
/// Held while the file is changed, so that two commands do not make the same key.
const LOCK: &str = "city.keys.lock";

#[derive(Serialize, Deserialize)]
struct KeyFile {
    newest: u8,
    columns: BTreeMap<u8, String>,
    lookups: BTreeMap<u8, String>,
    lasting: String,
}

impl Keys {
    /// True when the folder holds keys.
    pub fn is_present(folder: &Path) -> bool {
        folder.join(FILE).is_file()
    }

    /// Reads the keys of a city.
    pub fn open(folder: &Path) -> Result<Self, KeysFault> {
        let (ring, lasting) = read(folder)?;
        Ok(Self::new(ring, lasting, Some(folder)))
    }

    /// Makes keys in a folder that has none, readable by its owner alone.
    pub fn create(folder: &Path) -> Result<Self, KeysFault> {
        let ring = Ring {
            generations: BTreeMap::from([(1, Generation::fresh())]),
            newest: 1,
        };
        Self::keep(folder, ring, super::fresh())
    }

    /// [`Keys::create`] with keys that follow from a seed: for invented cities alone, so that the
    /// same seed gives the same city. Whoever knows the seed knows the keys.
    pub fn create_invented(folder: &Path, seed: u64) -> Result<Self, KeysFault> {
        let key = |what: &str| Sha256::digest(format!("invented {what} key of seed {seed}")).into();
        let generation = Generation {
            column: key("column"),
            lookup: key("lookup"),
        };
        let ring = Ring {
            generations: BTreeMap::from([(1, generation)]),
            newest: 1,
        };
        Self::keep(folder, ring, key("index"))
    }

    fn keep(folder: &Path, ring: Ring, lasting: [u8; 32]) -> Result<Self, KeysFault> {
        let io = |error| KeysFault::Io(folder.display().to_string(), error);
        std::fs::create_dir_all(folder).map_err(io)?;
        let mut out = options().open(folder.join(FILE)).map_err(io)?;
        out.write_all(text(&ring, &lasting)?.as_bytes())
            .map_err(io)?;
        out.sync_all().map_err(io)?;
        Ok(Self::new(ring, lasting, Some(folder)))
    }

    /// Reads the file again: what another process made of it is known from now on.
    pub fn refresh(&self) -> Result<(), KeysFault> {
        let Some(folder) = &self.0.folder else {
            return Ok(());
        };
        let (ring, _) = read(folder)?;
        let mut own = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
        *own = ring;
        Ok(())
    }

    /// Adds a key that waits: it is read, nothing is sealed under it yet. Gives its number; one
    /// that waits already is given again.
    pub fn make(&self) -> Result<u8, KeysFault> {
        self.change(|ring| {
            let last = ring.generations.keys().next_back().copied();
            let last = last.unwrap_or(ring.newest);
            if last > ring.newest {
                return Ok(last);
            }
            let next = last.checked_add(1);
            let next = next.ok_or(KeysFault::Unfit(last, "there are no numbers left"))?;
            ring.generations.insert(next, Generation::fresh());
            Ok(next)
        })
    }

    /// New values are sealed under this key from now on.
    pub fn take_into_use(&self, id: u8) -> Result<(), KeysFault> {
        self.change(|ring| match ring.generations.contains_key(&id) {
            true if id >= ring.newest => {
                ring.newest = id;
                Ok(())
            }
            true => Err(KeysFault::Unfit(id, "a newer key is in use")),
            false => Err(KeysFault::Unfit(id, "there is no such key")),
        })
    }

    /// Takes an old key away for good. The caller knows that nothing lies under it.
    pub fn give_up(&self, id: u8) -> Result<(), KeysFault> {
        self.change(|ring| {
            if id >= ring.newest {
                return Err(KeysFault::Unfit(id, "it is in use"));
            }
            ring.generations.remove(&id);
            Ok(())
        })
    }

    /// Changes the file as a whole or not at all.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut Ring) -> Result<T, KeysFault>,
    ) -> Result<T, KeysFault> {
        let Some(folder) = &self.0.folder else {
            let mut own = self.0.ring.write().unwrap_or_else(PoisonError::into_inner);
            return change(&mut own);
        };
        let io = |error| KeysFault::Io(folder.display().to_string(), error);
        let lock = File::create(folder.join(LOCK)).map_err(io)?;
        lock.lock().map_err(io)?;
        let (mut ring, lasting) = read(folder)?;
        let out = change(&mut ring)?;
        // What a cut left half written is written anew.
        let draft = folder.join(format!("{FILE}.new"));
        match std::fs::remove_file(&draft) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
        let mut file = options().open(&draft).map_err(io)?;
        // The file stays whose it was: the service reads it, root may have run the command.
        let known = std::fs::metadata(folder.join(FILE)).map_err(io)?;
        std::os::unix::fs::fchown(&file, Some(known.uid()), Some(known.gid())).map_err(io)?;
        file.write_all(text(&ring, &lasting)?.as_bytes())
            .map_err(io)?;
        file.sync_all().map_err(io)?;
        std::fs::rename(&draft, folder.join(FILE)).map_err(io)?;
        // The new name is on disk before anything is sealed under the new key.
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(io)?;
        self.refresh()?;
        Ok(out)
    }
}

fn options() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn text(ring: &Ring, lasting: &[u8; 32]) -> Result<String, KeysFault> {
    let all = |key: fn(&Generation) -> &[u8; 32]| {
        let each = ring.generations.iter();
        each.map(|(id, generation)| (*id, HEXLOWER.encode(key(generation))))
            .collect()
    };
    let file = KeyFile {
        newest: ring.newest,
        columns: all(|generation| &generation.column),
        lookups: all(|generation| &generation.lookup),
        lasting: HEXLOWER.encode(lasting),
    };
    serde_json::to_string_pretty(&file).map_err(|error| KeysFault::Damaged(error.to_string()))
}

fn read(folder: &Path) -> Result<(Ring, [u8; 32]), KeysFault> {
    let io = |error| KeysFault::Io(folder.display().to_string(), error);
    let text = std::fs::read_to_string(folder.join(FILE)).map_err(io)?;
    let file: KeyFile =
        serde_json::from_str(&text).map_err(|error| KeysFault::Damaged(error.to_string()))?;
    let mut generations = BTreeMap::new();
    for (id, column) in &file.columns {
        let lookup = file.lookups.get(id);
        let lookup = lookup.ok_or_else(|| KeysFault::Damaged(format!("key {id} is half there")))?;
        let generation = Generation {
            column: key(column)?,
            lookup: key(lookup)?,
        };
        generations.insert(*id, generation);
    }
    if !generations.contains_key(&file.newest) {
        return Err(KeysFault::Damaged("the newest key is missing".into()));
    }
    let ring = Ring {
        generations,
        newest: file.newest,
    };
    Ok((ring, key(&file.lasting)?))
}

fn key(text: &str) -> Result<[u8; 32], KeysFault> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| KeysFault::Damaged("a key is not 32 bytes of hex".into()))
}
