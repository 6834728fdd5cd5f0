//! `zanjireh backup FILE`: one consistent moment of the database, while it runs.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use db::{Clock, dump};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::said;
use crate::city;
use crate::cli::Exit;
use crate::fault::Fault;
use crate::settings::Settings;

/// Rows read at once.
const TOGETHER: i64 = 2_000;

/// What a backup holds, in its `manifest.json`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Always `zanjireh-backup`.
    pub format: String,
    /// The program that wrote it.
    pub program: String,
    /// The schema's step.
    pub schema: i64,
    /// When it was taken.
    pub taken_at: persian::Timestamp,
    /// Each table with its rows and the SHA-256 of its lines.
    pub tables: Vec<Content>,
}

/// One table of a backup.
#[derive(Serialize, Deserialize, PartialEq, Eq, Debug)]
pub(crate) struct Content {
    /// The table.
    pub name: String,
    /// How many rows.
    pub rows: i64,
    /// SHA-256 of its JSON lines, hex.
    pub sha256: String,
}

/// A backup that is being read.
pub(crate) struct Backup {
    /// What it says of itself.
    pub manifest: Manifest,
    zip: ZipArchive<File>,
}

impl Backup {
    /// Opens a backup and reads its manifest.
    pub(crate) fn open(file: &Path) -> Result<Self, Fault> {
        let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let opened = File::open(file).map_err(|error| named(&error))?;
        let mut zip = ZipArchive::new(opened).map_err(|error| named(&error))?;
        let manifest: Manifest = {
            let entry = zip
                .by_name("manifest.json")
                .map_err(|error| named(&error))?;
            serde_json::from_reader(entry).map_err(|error| named(&error))?
        };
        if manifest.format != "zanjireh-backup" {
            return Err(named(&"no backup of a city").into());
        }
        Ok(Self { manifest, zip })
    }

    /// Reads the lines of a table, one after the other.
    pub(crate) fn lines(
        &mut self,
        table: &str,
    ) -> Result<impl Iterator<Item = std::io::Result<String>>, Fault> {
        let entry = self.zip.by_name(&format!("{table}.jsonl")).map_err(said)?;
        Ok(BufReader::new(entry).lines())
    }

    /// Reads everything, compares rows and hashes with the manifest, and shows each row. Gives
    /// the number of rows.
    pub(crate) fn verify(
        &mut self,
        mut look: impl FnMut(&str, &str) -> Result<(), Fault>,
    ) -> Result<i64, Fault> {
        let tables = std::mem::take(&mut self.manifest.tables);
        let mut all = 0;
        for kept in &tables {
            let (mut hash, mut rows) = (Sha256::new(), 0);
            for line in self.lines(&kept.name)? {
                let line = line.map_err(said)?;
                hash.update(&line);
                hash.update("\n");
                rows += 1;
                look(&kept.name, &line)?;
            }
            let sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
            if rows != kept.rows || sha256 != kept.sha256 {
                let name = &kept.name;
                return Err(
                    format!("the backup is damaged: {name} is not as it was written").into(),
                );
            }
            all += rows;
        }
        self.manifest.tables = tables;
        Ok(all)
    }
}

/// Runs it.
pub async fn run(settings: &Settings, file: &Path) -> Result<Exit, Fault> {
    let db = city::open_db_as_it_is(settings, Clock::system())
        .await
        .map_err(said)?;
    let all = migrations::all();
    let schema = db::schema_version(&db).await.map_err(said)?;
    let draft = file.with_extension("part");
    let mut zip = ZipWriter::new(File::create(&draft).map_err(said)?);
    let mut conn = db.snapshot().await.map_err(said)?;
    let mut tables = Vec::new();
    for table in db::tables(&all) {
        zip.start_file(
            format!("{}.jsonl", table.name),
            SimpleFileOptions::default(),
        )
        .map_err(said)?;
        tables.push(write_table(&mut conn, &table, &mut zip).await?);
    }
    conn.end_snapshot().await.map_err(said)?;
    let rows: i64 = tables.iter().map(|table| table.rows).sum();
    let manifest = Manifest {
        format: "zanjireh-backup".to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        taken_at: db.clock().now(),
        tables,
    };
    zip.start_file("manifest.json", SimpleFileOptions::default())
        .map_err(said)?;
    zip.write_all(&serde_json::to_vec_pretty(&manifest).map_err(said)?)
        .map_err(said)?;
    zip.finish().map_err(said)?.sync_all().map_err(said)?;
    std::fs::rename(&draft, file).map_err(said)?;
    db.close().await;
    println!(
        "{}: {rows} rows of {} tables",
        file.display(),
        manifest.tables.len()
    );
    eprintln!(
        "Keys are not in it. Keep a copy of {} elsewhere.",
        settings.keys.display()
    );
    Ok(Exit::Good)
}

async fn write_table(
    conn: &mut db::Conn,
    table: &db::Table,
    out: &mut impl std::io::Write,
) -> Result<Content, Fault> {
    let mut hash = Sha256::new();
    let mut rows = 0;
    let mut last: Option<Vec<db::Value>> = None;
    loop {
        let page = dump::page(conn, table, last.as_deref(), TOGETHER)
            .await
            .map_err(said)?;
        let Some(end) = page.last() else { break };
        last = Some(dump::key_of(table, end));
        for row in &page {
            let mut line = dump::to_json(row).to_string();
            line.push('\n');
            hash.update(&line);
            out.write_all(line.as_bytes()).map_err(said)?;
        }
        rows += i64::try_from(page.len()).map_err(said)?;
    }
    let sha256 = data_encoding::HEXLOWER.encode(&hash.finalize());
    Ok(Content {
        name: table.name.clone(),
        rows,
        sha256,
    })
}

/// The content of a table as it is in a database now, for comparison.
pub(crate) async fn content(conn: &mut db::Conn, table: &db::Table) -> Result<Content, Fault> {
    write_table(conn, table, &mut std::io::sink()).await
}
