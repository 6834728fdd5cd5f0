//! `zanjireh backup FILE`: one consistent moment of the database, while it runs.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use db::{Clock, dump};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::said;
use crate::city;
use crate::cli::Exit;
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

/// Runs it.
pub async fn run(settings: &Settings, file: &Path) -> Result<Exit, String> {
    let db = city::open_db(settings, Clock::system())
        .await
        .map_err(said)?;
    let schema = db::schema_version(&db).await.map_err(said)?;
    let all = migrations::all();
    if all.last().is_none_or(|step| step.number != schema) {
        return Err("the schema is not this program's; run migrate first".to_owned());
    }
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
) -> Result<Content, String> {
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
pub(crate) async fn content(conn: &mut db::Conn, table: &db::Table) -> Result<Content, String> {
    write_table(conn, table, &mut std::io::sink()).await
}
