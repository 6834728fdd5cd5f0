//! `zanjireh restore FILE`: into an empty database, compared with the backup row by row.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use db::{Clock, Origin, Tx, Write, dump};
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::backup::{Manifest, content};
use super::said;
use crate::city;
use crate::cli::Exit;
use crate::settings::Settings;

/// Rows written in one transaction.
const TOGETHER: usize = 2_000;

/// Runs it.
pub async fn run(settings: &Settings, file: &Path) -> Result<Exit, String> {
    let mut zip = ZipArchive::new(File::open(file).map_err(said)?).map_err(said)?;
    let manifest: Manifest =
        serde_json::from_reader(zip.by_name("manifest.json").map_err(said)?).map_err(said)?;
    let all = migrations::all();
    let steps: Vec<_> = all
        .iter()
        .filter(|step| step.number <= manifest.schema)
        .cloned()
        .collect();
    if manifest.format != "zanjireh-backup"
        || steps.last().is_none_or(|s| s.number != manifest.schema)
    {
        return Err("this backup was written by a newer program".to_owned());
    }
    let db = city::open_db(settings, Clock::system())
        .await
        .map_err(said)?;
    let applied = db::migrate(&db, &steps).await.map_err(said)?;
    if applied.len() != steps.len() {
        return Err("the target is not empty; nothing was changed".to_owned());
    }
    let tables = db::tables(&steps);
    db.write(&Origin::program("restore"), ClearTables {})
        .await
        .map_err(said)?;
    for table in &tables {
        let name = format!("{}.jsonl", table.name);
        let lines = BufReader::new(zip.by_name(&name).map_err(said)?).lines();
        fill(&db, table, lines).await?;
    }
    let mut conn = db.snapshot().await.map_err(said)?;
    for (table, kept) in tables.iter().zip(&manifest.tables) {
        let found = content(&mut conn, table).await?;
        if found != *kept {
            return Err(format!(
                "{} differs from the backup: {found:?}, {kept:?}",
                table.name
            ));
        }
    }
    conn.end_snapshot().await.map_err(said)?;
    db::migrate(&db, &all).await.map_err(said)?;
    db.close().await;
    let rows: i64 = manifest.tables.iter().map(|table| table.rows).sum();
    println!("{rows} rows restored and compared.");
    eprintln!(
        "Put the city's keys into {} and run doctor.",
        settings.keys.display()
    );
    Ok(Exit::Good)
}

async fn fill(
    db: &db::Db,
    table: &db::Table,
    lines: impl Iterator<Item = std::io::Result<String>>,
) -> Result<(), String> {
    let mut rows = Vec::new();
    for line in lines {
        rows.push(serde_json::from_str(&line.map_err(said)?).map_err(said)?);
        if rows.len() >= TOGETHER {
            insert(db, table, std::mem::take(&mut rows)).await?;
        }
    }
    insert(db, table, rows).await
}

async fn insert(
    db: &db::Db,
    table: &db::Table,
    rows: Vec<serde_json::Value>,
) -> Result<(), String> {
    if rows.is_empty() {
        return Ok(());
    }
    let command = RestoreRows {
        table: table.name.clone(),
        rows,
    };
    db.write(&Origin::program("restore"), command)
        .await
        .map_err(said)
}

/// Takes away the rows that the schema's steps made: the backup has its own.
#[derive(Serialize, Deserialize)]
struct ClearTables {}

impl Write for ClearTables {
    const NAME: &'static str = "clear_tables";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        for table in db::tables(&migrations::all()).iter().rev() {
            dump::clear(tx, table).await?;
        }
        Ok(())
    }
}

/// Inserts rows of a backup.
#[derive(Serialize, Deserialize)]
struct RestoreRows {
    table: String,
    rows: Vec<serde_json::Value>,
}

impl Write for RestoreRows {
    const NAME: &'static str = "restore_rows";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let tables = db::tables(&migrations::all());
        let table = tables.iter().find(|table| table.name == self.table);
        let table = table.ok_or_else(|| db::Error::other("no such table"))?;
        let rows: db::Result<Vec<_>> = self
            .rows
            .iter()
            .map(|row| dump::from_json(table, row))
            .collect();
        dump::insert(tx, table, rows?).await.map(drop)
    }
}
