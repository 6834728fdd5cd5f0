//! `zanjireh restore FILE`: into an empty database, compared with the backup row by row.

use std::collections::BTreeMap;
use std::path::Path;

use access::audit::Sealer;
use db::dump::{self, InOrder};
use db::{Clock, Db, Keys, Origin, Table, Tx, Write};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::backup::{Backup, content};
use super::said;
use crate::city;
use crate::cli::Exit;
use crate::fault::Fault;
use crate::settings::Settings;

/// Rows written in one transaction.
const TOGETHER: usize = 2_000;

/// Runs it.
pub async fn run(settings: &Settings, by: Option<&str>, file: &Path) -> Result<Exit, Fault> {
    let mut backup = Backup::open(file)?;
    let all = migrations::all();
    let steps: Vec<_> = all
        .iter()
        .filter(|step| step.number <= backup.manifest.schema)
        .cloned()
        .collect();
    if steps
        .last()
        .is_none_or(|step| step.number != backup.manifest.schema)
    {
        return Err("this backup was written by a newer program".into());
    }
    let tables = db::tables(&steps);
    let (orders, rows, origin) = look(&mut backup, &tables, by)?;
    let db = city::open_db(settings, Clock::system())
        .await
        .map_err(said)?;
    if !db::is_empty(&db).await.map_err(said)? {
        return Err("the target is not empty; nothing was changed".into());
    }
    db::migrate(&db, &steps).await.map_err(said)?;
    db.write(&Origin::program("restore"), ClearTables {})
        .await
        .map_err(said)?;
    for (table, order) in tables.iter().zip(orders) {
        fill(&db, table, order, backup.lines(&table.name)?).await?;
    }
    let mut conn = db.snapshot().await.map_err(said)?;
    for (table, kept) in tables.iter().zip(&backup.manifest.tables) {
        let found = content(&mut conn, table).await?;
        if found != *kept {
            let name = &table.name;
            return Err(format!("{name} differs from the backup: {found:?}, {kept:?}").into());
        }
    }
    conn.end_snapshot().await.map_err(said)?;
    finish(&db, settings, &origin, rows).await?;
    println!("{rows} rows restored and compared.");
    Ok(Exit::Good)
}

/// Reads the whole backup before anything is written: it must be undamaged, and the user named
/// by `--as` must be in it. Learns which rows name others of their own table.
fn look(
    backup: &mut Backup,
    tables: &[Table],
    by: Option<&str>,
) -> Result<(Vec<InOrder>, i64, Origin), Fault> {
    let mut orders: BTreeMap<&str, InOrder> = tables
        .iter()
        .map(|table| (table.name.as_str(), InOrder::new(table)))
        .collect();
    let wanted = by.map(access::users::fold_username);
    let mut user = None;
    let rows = backup.verify(|name, line| {
        let row: Json = serde_json::from_str(line).map_err(said)?;
        if name == "user_account" && wanted.as_deref().is_some_and(|by| row[1] == by) {
            user = row[0].as_str().and_then(|id| id.parse().ok());
        }
        let order = orders.get_mut(name);
        let order = order.ok_or_else(|| format!("the backup holds {name}, which is no table"))?;
        order.look(&row);
        Ok(())
    })?;
    let origin = match (&wanted, user) {
        (None, _) => Origin::program("operator"),
        (Some(by), Some(user)) => Origin::user(user, by.clone()),
        (Some(by), None) => return Err(format!("--as {by}: there is no such user").into()),
    };
    let names = tables.iter();
    let orders = names.filter_map(|table| orders.remove(table.name.as_str()));
    Ok((orders.collect(), rows, origin))
}

async fn fill(
    db: &Db,
    table: &Table,
    mut order: InOrder,
    lines: impl Iterator<Item = std::io::Result<String>>,
) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for line in lines {
        let row = serde_json::from_str(&line.map_err(said)?).map_err(said)?;
        rows.extend(order.take(row));
        if rows.len() >= TOGETHER {
            insert(db, table, std::mem::take(&mut rows), false).await?;
        }
    }
    insert(db, table, rows, false).await?;
    insert(db, table, order.rest(), true).await
}

async fn insert(db: &Db, table: &Table, rows: Vec<Json>, circle: bool) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let command = RestoreRows {
        table: table.name.clone(),
        rows,
        circle,
    };
    db.write(&Origin::program("restore"), command)
        .await
        .map_err(|error| Fault {
            text: format!("{}: {error}", table.name),
            ..said(error)
        })
}

/// Brings the schema up to date and says so in the audit.
async fn finish(db: &Db, settings: &Settings, origin: &Origin, rows: i64) -> Result<(), Fault> {
    db::migrate(db, &migrations::all()).await.map_err(said)?;
    city::lay_heads_aside(settings).map_err(said)?;
    db.write(origin, NoteRestore { rows }).await.map_err(said)?;
    let sealer = if Keys::is_present(&settings.keys) {
        let keys = Keys::open(&settings.keys).map_err(said)?;
        Sealer::new(db, &keys, &settings.audit_heads)
    } else {
        let folder = settings.keys.display();
        eprintln!("Put the city's keys into {folder} and run doctor.");
        Sealer::without_keys(db)
    };
    sealer.close().await.map_err(said)?;
    db.close().await;
    Ok(())
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
    rows: Vec<Json>,
    /// They name each other.
    circle: bool,
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
        match self.circle {
            false => dump::insert(tx, table, rows?).await.map(drop),
            true => dump::insert_circle(tx, table, rows?).await.map(drop),
        }
    }
}

/// Says in the audit that the city is a restored one.
#[derive(Serialize, Deserialize)]
struct NoteRestore {
    rows: i64,
}

impl Write for NoteRestore {
    const NAME: &'static str = "note_restore";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let detail = serde_json::json!({ "rows": self.rows });
        access::audit::record(tx, "city_restored", "database", None, detail).await
    }
}
