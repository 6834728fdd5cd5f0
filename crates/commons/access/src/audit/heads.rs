//! The heads of the chain, kept in a file apart from the database: signed with a key of the
//! city, so that a chain cut short or written anew is found.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use db::{Conn, Db, Keys, Result, sql};
use uuid::Uuid;

use super::chain::{self, ChainFault, Head};

/// What a head is signed for.
const PURPOSE: &str = "audit head";

/// Links what waits and keeps the head: the one way in which this is done.
pub struct Sealer {
    db: Db,
    keys: Option<Keys>,
    file: PathBuf,
    /// Under this name it holds the lease.
    holder: Uuid,
}

impl Sealer {
    /// For a city and the file of its heads.
    pub fn new(db: &Db, keys: &Keys, file: &Path) -> Self {
        Self {
            db: db.clone(),
            keys: Some(keys.clone()),
            file: file.to_owned(),
            holder: Uuid::now_v7(),
        }
    }

    /// For a restored database whose keys are not here yet: links, and keeps no head. The next
    /// process that has the keys does.
    pub fn without_keys(db: &Db) -> Self {
        Self {
            db: db.clone(),
            keys: None,
            file: PathBuf::new(),
            holder: Uuid::now_v7(),
        }
    }

    /// Links what waits and keeps the new head. Nothing is done while another sealer is at work:
    /// it does the same within a second.
    pub async fn seal(&self) -> Result<Option<Head>> {
        let head = chain::seal_pending(&self.db, self.holder).await?;
        if let Some(head) = &head {
            self.keep(head).map_err(db::Error::other)?;
        }
        Ok(head)
    }

    /// At the end of a process: waits until nothing is left to seal, by this sealer or another,
    /// and lets the next one begin at once.
    pub async fn close(&self) -> Result<()> {
        // One that was killed holds its lease a little longer.
        for _ in 0..=chain::LEASE {
            self.seal().await?;
            if !chain::waits(&mut self.db.read().await?).await? {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        chain::let_go(&self.db, self.holder).await
    }

    /// At the start of a process: a head that was linked but not kept, because the process
    /// before was killed between the two, is kept now.
    pub async fn catch_up(&self) -> Result<()> {
        let head = chain::head(&mut self.db.read().await?).await?;
        let lines = lines(&self.file)?;
        let kept = lines.iter().filter_map(|line| parse(line));
        let last = kept.map(|(head, _)| head.number).max();
        if head.number > last.unwrap_or_default() {
            self.keep(&head).map_err(db::Error::other)?;
        }
        Ok(())
    }

    fn keep(&self, head: &Head) -> std::io::Result<()> {
        let Some(keys) = &self.keys else {
            return Ok(());
        };
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut out = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.file)?;
        // One call, so that two processes never mix their lines.
        out.write_all(line(keys, head).as_bytes())?;
        out.sync_data()
    }
}

/// `NUMBER HASH SIGNATURE`
pub(crate) fn line(keys: &Keys, head: &Head) -> String {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let signed = hex(&signature(keys, head));
    format!("{} {} {signed}\n", head.number, hex(&head.hash))
}

fn signature(keys: &Keys, head: &Head) -> Vec<u8> {
    let bytes = [&head.number.to_be_bytes()[..], &head.hash].concat();
    keys.sign(PURPOSE, &bytes)
}

/// The lines of the file; none when there is no file.
fn lines(file: &Path) -> Result<Vec<String>> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(db::Error::other(format!("{}: {error}", file.display()))),
    }
}

/// What [`line`] wrote.
fn parse(line: &str) -> Option<(Head, Vec<u8>)> {
    let mut words = line.split(' ');
    let number = words.next()?.parse().ok()?;
    let mut bytes = || {
        data_encoding::HEXLOWER
            .decode(words.next()?.as_bytes())
            .ok()
    };
    let head = Head {
        number,
        hash: bytes()?,
    };
    Some((head, bytes()?))
}

/// The heads that were kept up to now. Read before the chain is looked at: a city at work keeps
/// further heads meanwhile, which that look at the chain does not reach.
pub struct KeptHeads(Vec<String>);

impl KeptHeads {
    /// Reads the file; none when there is no file.
    pub fn read(file: &Path) -> Result<Self> {
        lines(file).map(Self)
    }
}

/// Compares every head that was kept with the chain. Gives how many there are and what is wrong.
pub async fn verify(
    conn: &mut Conn,
    keys: &Keys,
    kept: &KeptHeads,
) -> Result<(i64, Vec<ChainFault>)> {
    let lines = &kept.0;
    let mut faults = Vec::new();
    for (place, line) in (1..).zip(lines) {
        if let Some(detail) = wrong(conn, keys, line).await? {
            faults.push(ChainFault {
                record: format!("audit-heads:{place}"),
                detail: detail.to_owned(),
            });
        }
    }
    Ok((i64::try_from(lines.len()).unwrap_or(i64::MAX), faults))
}

async fn wrong(conn: &mut Conn, keys: &Keys, line: &str) -> Result<Option<&'static str>> {
    let Some((head, signed)) = parse(line) else {
        return Ok(Some("no head of a chain"));
    };
    if signed != signature(keys, &head) {
        return Ok(Some("the signature is not this city's"));
    }
    let linked: Option<Vec<u8>> = sql("SELECT hash AS value FROM audit_link WHERE number = $1")
        .bind(head.number)
        .optional_scalar(conn)
        .await?;
    Ok(match linked {
        None => Some("the chain does not reach this head"),
        Some(hash) if hash != head.hash => Some("the chain has another hash here"),
        Some(_) => None,
    })
}
