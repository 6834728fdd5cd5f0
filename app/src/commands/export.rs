//! `zanjireh export [FILE]`: what the city knows, one JSON line a row, tables in their order.
//!
//! Sealed columns, keyed hashes, passwords and keys stay out, and so do target groups and
//! assessments, which are stored plain; so does what belongs to this
//! machine and not to the city: sessions, jobs, kept answers, and the audit, which has ids of
//! requests in it and proves itself.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use db::{Clock, Conn, Kind, Table, Value, dump};
use serde_json::{Map, Value as Json, json};

use super::said;
use crate::city;
use crate::cli::Exit;
use crate::fault::Fault;
use crate::settings::Settings;

/// Tables of the machine, ways in, and facts too sensitive for a file in plain words: groups,
/// assessments.
const LEFT_OUT: &[&str] = &[
    "kept_answer",
    "job",
    "session",
    "rate_limit",
    "sign_in_code",
    "sign_in_slip",
    "sign_in_choice",
    "leg_link",
    "link_code",
    "audit_event",
    "audit_link",
    "audit_sealer",
    "draft",
    "emergency_access",
    "setting",
    "person_group",
    "assessment_score",
    "assessment_answer",
];

/// Bytes that are no secret: they follow from the columns beside them, or anybody sees them.
const PLAIN_BYTES: &[&str] = &["sort_key", "picture", "small_picture"];

/// Text that is a secret.
const SECRET_TEXT: &[(&str, &str)] = &[("user_account", "password_hash")];

const TOGETHER: i64 = 2_000;

/// Runs it.
pub async fn run(settings: &Settings, file: Option<&Path>) -> Result<Exit, Fault> {
    let db = city::open_db_as_it_is(settings, Clock::system())
        .await
        .map_err(said)?;
    let mut out: Box<dyn Write> = match file {
        Some(file) => Box::new(BufWriter::new(File::create(file).map_err(said)?)),
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let mut conn = db.snapshot().await.map_err(said)?;
    let mut rows = 0;
    for table in db::tables(&migrations::all()) {
        if !LEFT_OUT.contains(&table.name.as_str()) {
            rows += write(&mut conn, &table, &mut out).await?;
        }
    }
    out.flush().map_err(said)?;
    conn.end_snapshot().await.map_err(said)?;
    db.close().await;
    eprintln!("{rows} rows");
    Ok(Exit::Good)
}

async fn write(conn: &mut Conn, table: &Table, out: &mut dyn Write) -> Result<u64, Fault> {
    let mut rows = 0;
    let mut last: Option<Vec<Value>> = None;
    loop {
        let page = dump::page(conn, table, last.as_deref(), TOGETHER)
            .await
            .map_err(said)?;
        let Some(end) = page.last() else {
            return Ok(rows);
        };
        last = Some(dump::key_of(table, end));
        for row in &page {
            let line = json!({ "table": table.name, "row": shown(table, row) });
            writeln!(out, "{line}").map_err(said)?;
            rows += 1;
        }
    }
}

/// The row by column names. What is sealed is only said to be there.
fn shown(table: &Table, row: &[Value]) -> Map<String, Json> {
    let cells = dump::to_json(row);
    let columns = table.columns.iter().enumerate();
    let pairs = columns.map(|(place, (column, kind))| {
        let cell = match (kind, &cells[place]) {
            (_, Json::Null) => Json::Null,
            (Kind::Bytes, _) if !PLAIN_BYTES.contains(&column.as_str()) => json!("sealed"),
            (Kind::Text, _) if SECRET_TEXT.contains(&(table.name.as_str(), column.as_str())) => {
                json!("sealed")
            }
            (Kind::Json, cell) => cell[0].clone(),
            (_, cell) => cell.clone(),
        };
        (column.clone(), cell)
    });
    pairs.collect()
}
