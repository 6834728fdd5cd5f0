//! `zanjireh keys …`: the keys that seal private columns.
//!
//! A key is made (it waits), taken into use (new values lie under it), put in the place of older
//! ones row by row, and an old one is given up when nothing lies under it. Each step may be cut
//! and done again.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::Subcommand;
use db::{Keys, Origin, Part, Sealed, Table, Tx, Write};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use web::City;

use super::said;
use crate::city::{self, keep_setting};
use crate::cli::{Exit, examples};
use crate::fault::Fault;
use crate::rooms;
use crate::settings::Settings;

/// How often a process that serves looks for a new key.
pub const HEARD_WITHIN: Duration = Duration::from_secs(2);

/// How often all columns are gone through: those who had not heard of the key yet may have
/// written under an older one.
const ROUNDS: usize = 5;

/// `zanjireh keys …`
#[derive(Subcommand)]
pub enum What {
    /// Say which keys there are and how many values lie under each.
    #[command(after_help = examples!("keys list", "keys list --json"))]
    List {
        /// One JSON document instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Make a key that waits. Copy the key file to every machine that serves the city, then rotate.
    #[command(after_help = examples!("keys make"))]
    Make,
    /// Take a new key into use and put it in the place of the older ones, while the city is
    /// served. Cut short, the same command goes on where it stopped.
    #[command(after_help = examples!("keys rotate", "keys rotate --to 2 --json"))]
    Rotate {
        /// The key to be at in the end; one that is in use already is only put everywhere.
        #[arg(long, value_name = "KEY")]
        to: Option<u8>,
        /// One JSON document instead of lines.
        #[arg(long)]
        json: bool,
    },
    /// Give up an old key under which nothing lies. Backups taken before need it: keep a copy of
    /// the key file as long as them.
    #[command(after_help = examples!("keys retire 1"))]
    Retire {
        /// The key's number.
        key: u8,
    },
}

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, what: What) -> Result<Exit, Fault> {
    let city = city::open_as_it_is(settings).await.map_err(said)?;
    let origin = city::by(&mut city.db.read().await.map_err(said)?, by).await?;
    match what {
        What::List { json } => {
            list(&city, json).await?;
            // Nothing was written: nothing waits for a seal.
            city.db.close().await;
            return Ok(Exit::Good);
        }
        What::Make => {
            let key = make(&city, &origin).await?;
            println!("Key {key} waits. `zanjireh keys rotate` takes it into use.");
        }
        What::Rotate { to, json } => rotate(&city, &origin, to, json).await?,
        What::Retire { key } => retire(&city, &origin, key).await?,
    }
    city::close(&city, settings).await.map_err(said)?;
    Ok(Exit::Good)
}

async fn make(city: &City, origin: &Origin) -> Result<u8, Fault> {
    let key = city.keys.make().map_err(said)?;
    note(city, origin, "key_made", key, json!({})).await?;
    Ok(key)
}

async fn list(city: &City, is_json: bool) -> Result<(), Fault> {
    let counts = counts(city).await?;
    if is_json {
        println!("{:#}", described(&city.keys, &counts));
        return Ok(());
    }
    for (id, many) in each(&city.keys, &counts) {
        println!("key {id}: {}, {many} values", state(&city.keys, id));
    }
    Ok(())
}

async fn counts(city: &City) -> Result<BTreeMap<u8, i64>, Fault> {
    let mut conn = city.db.snapshot().await.map_err(said)?;
    let counts = db::count_sealed(&mut conn, &rooms::sealed())
        .await
        .map_err(said)?;
    conn.end_snapshot().await.map_err(said)?;
    Ok(counts)
}

/// Every key at hand or found, with its values.
fn each(keys: &Keys, counts: &BTreeMap<u8, i64>) -> BTreeMap<u8, i64> {
    let mut each: BTreeMap<u8, i64> = keys.all().into_iter().map(|id| (id, 0)).collect();
    each.extend(counts);
    each
}

fn state(keys: &Keys, id: u8) -> &'static str {
    match (id.cmp(&keys.newest()), keys.all().contains(&id)) {
        (_, false) => "missing",
        (std::cmp::Ordering::Less, _) => "old",
        (std::cmp::Ordering::Equal, _) => "in use",
        (std::cmp::Ordering::Greater, _) => "waits",
    }
}

fn described(keys: &Keys, counts: &BTreeMap<u8, i64>) -> Json {
    let each = each(keys, counts).into_iter();
    let each =
        each.map(|(id, many)| json!({ "key": id, "state": state(keys, id), "values": many }));
    json!({ "in_use": keys.newest(), "keys": each.collect::<Vec<_>>() })
}

/// Values under older keys.
fn older(keys: &Keys, counts: &BTreeMap<u8, i64>) -> i64 {
    counts.range(..keys.newest()).map(|(_, many)| many).sum()
}

pub(crate) async fn rotate(
    city: &City,
    origin: &Origin,
    to: Option<u8>,
    is_json: bool,
) -> Result<(), Fault> {
    let keys = &city.keys;
    let waits = keys.all().into_iter().find(|id| *id > keys.newest());
    let next = waits.unwrap_or(keys.newest().saturating_add(1));
    let target = match to {
        Some(key) => key,
        // One that was begun is finished before another is made.
        None if older(keys, &counts(city).await?) > 0 => keys.newest(),
        None => next,
    };
    if target != keys.newest() {
        if target != next {
            return Err(format!("key {target} cannot be the next one").into());
        }
        if waits.is_none() {
            make(city, origin).await?;
        }
        // The database knows of it before anything lies under it.
        note(city, origin, "key_taken_into_use", target, json!({})).await?;
        keys.take_into_use(target).map_err(said)?;
        // Whoever serves the city hears of it before old values are looked for.
        tokio::time::sleep(HEARD_WITHIN * 2).await;
    }
    let mut bar = None;
    for _ in 0..ROUNDS {
        let left = older(keys, &counts(city).await?);
        if left == 0 {
            break;
        }
        let bar = bar.get_or_insert_with(|| progress(left));
        for sealed in &rooms::sealed() {
            one_column(city, origin, sealed, bar).await?;
        }
    }
    if let Some(bar) = &bar {
        bar.finish_and_clear();
    }
    let counts = counts(city).await?;
    let left = older(keys, &counts);
    let done = bar.map_or(0, |bar| bar.position());
    if done > 0 {
        let detail = json!({ "resealed": done, "left": left });
        note(city, origin, "keys_rotated", target, detail).await?;
    }
    if is_json {
        let mut said = described(keys, &counts);
        said["resealed"] = json!(done);
        println!("{said:#}");
    } else {
        println!("key {target} is in use; {done} rows sealed anew, {left} under older keys.");
    }
    match left {
        0 => Ok(()),
        left => Err(format!(
            "{left} values came under older keys meanwhile: does every machine that serves the \
             city have the newest key file? Then run the same command again"
        )
        .into()),
    }
}

async fn one_column(
    city: &City,
    origin: &Origin,
    sealed: &Sealed,
    bar: &ProgressBar,
) -> Result<(), Fault> {
    let table = table_of(sealed)?;
    let mut part = Part::begin();
    let mut done = 0;
    while let Some(next) = db::reseal(&city.db, &city.keys, origin, &table, sealed, part)
        .await
        .map_err(said)?
    {
        bar.inc(next.done - done);
        done = next.done;
        part = next;
    }
    Ok(())
}

pub(crate) fn table_of(sealed: &Sealed) -> Result<Table, Fault> {
    let tables = db::tables(&migrations::all());
    let table = tables.into_iter().find(|table| table.name == sealed.table);
    table.ok_or_else(|| format!("there is no table {}", sealed.table).into())
}

/// On a terminal only; elsewhere nothing is drawn.
fn progress(all: i64) -> ProgressBar {
    let bar = ProgressBar::new(u64::try_from(all).unwrap_or_default());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} values, {eta} left") {
        bar.set_style(style);
    }
    bar
}

pub(crate) async fn retire(city: &City, origin: &Origin, key: u8) -> Result<(), Fault> {
    let keys = &city.keys;
    if key >= keys.newest() {
        return Err(format!("key {key} is not an old key; {} is in use", keys.newest()).into());
    }
    let left = counts(city).await?.get(&key).copied().unwrap_or_default();
    if left > 0 {
        return Err(
            format!("{left} values lie under key {key}: run `zanjireh keys rotate` first").into(),
        );
    }
    // The database no longer asks for it before it is gone.
    note(city, origin, "key_retired", key, json!({})).await?;
    keys.give_up(key).map_err(said)?;
    println!("Key {key} is gone. Backups taken while it was in use need a copy of it.");
    Ok(())
}

/// Says in the audit what happened to a key, and which keys the database needs from now on.
async fn note(
    city: &City,
    origin: &Origin,
    fact: &'static str,
    key: u8,
    mut detail: Json,
) -> Result<(), Fault> {
    detail["key"] = json!(key);
    let keys = &city.keys;
    let needed: Vec<u8> = keys
        .all()
        .into_iter()
        .filter(|id| match fact {
            "key_retired" => *id != key && *id <= keys.newest(),
            "key_taken_into_use" => *id <= key,
            _ => *id <= keys.newest(),
        })
        .collect();
    let noted = NoteKeys {
        fact: fact.to_owned(),
        check: city::key_check(keys, &needed),
        detail,
    };
    city.db.write(origin, noted).await.map_err(said)
}

#[derive(Serialize, Deserialize)]
struct NoteKeys {
    fact: String,
    check: Json,
    detail: Json,
}

impl Write for NoteKeys {
    const NAME: &'static str = "note_keys";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        keep_setting(tx, "key_check", &self.check).await?;
        access::audit::record(tx, &self.fact, "key", None, self.detail.clone()).await
    }
}
