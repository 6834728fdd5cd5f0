//! Every released schema, filled, becomes the present one and loses nothing.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod running;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use db::{Clock, Db, Engine, Migration, Origin, Table, Tx, Value, Write, dump, on_server};
use running::{demo_city, folder, program};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use testing::{Bench, both};

/// Releases with the steps of their schema and the hash of each.
type Releases = BTreeMap<String, BTreeMap<String, String>>;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn releases() -> Releases {
    toml::from_str(&std::fs::read_to_string(file("migrations/released.toml")).unwrap()).unwrap()
}

/// The versions of the change log, and whether each is out.
fn versions() -> Vec<(String, bool)> {
    let text = std::fs::read_to_string(file("CHANGELOG.md")).unwrap();
    let heads = text.lines().filter_map(|line| line.strip_prefix("## "));
    heads
        .map(|head| {
            let (version, when) = head.split_once(", ").unwrap();
            (version.to_owned(), when != "unreleased")
        })
        .collect()
}

fn full_name(step: &Migration) -> String {
    format!("{:04}_{}", step.number, step.name)
}

/// The steps of a release, in the texts of today.
fn steps_of(release: &BTreeMap<String, String>) -> Vec<Migration> {
    let all = migrations::all().into_iter();
    all.filter(|step| release.contains_key(&full_name(step)))
        .collect()
}

#[test]
fn a_released_step_never_changes_and_every_release_is_on_record() {
    use sha2::Digest as _;
    let releases = releases();
    let mut present = BTreeMap::new();
    for step in migrations::all() {
        let hash = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(&step.text));
        present.insert(full_name(&step), hash);
    }
    for (version, is_out) in versions() {
        let kept = releases.get(&version);
        let kept = kept.unwrap_or_else(|| panic!("{version} is not in migrations/released.toml"));
        for (name, hash) in kept {
            let found = present.get(name);
            // Until a version is out its steps may still be written anew.
            assert!(
                !is_out || found == Some(hash),
                "{name} belongs to release {version}: leave it as it was and add a step"
            );
        }
    }
}

/// All rows of a table as JSON lists, in the order of its key.
async fn rows(db: &Db, table: &Table) -> Vec<Json> {
    let mut conn = db.read().await.unwrap();
    let mut rows = Vec::new();
    let mut last: Option<Vec<Value>> = None;
    loop {
        let page = dump::page(&mut conn, table, last.as_deref(), 1000).await;
        let page = page.unwrap();
        let Some(end) = page.last() else { return rows };
        last = Some(dump::key_of(table, end));
        rows.extend(page.iter().map(|row| dump::to_json(row)));
    }
}

/// The columns that both forms of a table have, as places in each.
fn shared(old: &Table, new: &Table) -> Vec<(usize, usize)> {
    let find = |name: &String| new.columns.iter().position(|(column, _)| column == name);
    let places = old.columns.iter().enumerate();
    places
        .filter_map(|(at, (name, _))| Some((at, find(name)?)))
        .collect()
}

/// Puts rows into the tables of a schema that has only the first steps.
#[derive(Serialize, Deserialize)]
struct Fill {
    last_step: i64,
    tables: Vec<(String, Vec<Json>)>,
}

impl Write for Fill {
    const NAME: &'static str = "fill";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> db::Result<()> {
        let tables = db::tables(&first_steps(self.last_step));
        for table in tables.iter().rev() {
            dump::clear(tx, table).await?;
        }
        for (name, rows) in &self.tables {
            let table = tables.iter().find(|table| table.name == *name).unwrap();
            let rows = rows.iter().map(|row| dump::from_json(table, row));
            let rows = rows.collect::<db::Result<Vec<_>>>()?;
            for some in rows.chunks(2000) {
                dump::insert(tx, table, some.to_vec()).await?;
            }
        }
        Ok(())
    }
}

fn first_steps(last: i64) -> Vec<Migration> {
    let all = migrations::all().into_iter();
    all.filter(|step| step.number <= last).collect()
}

/// An empty database on the engine of a test.
async fn empty(bench: &Bench, folder: &Path) -> String {
    if bench.engine == Engine::Sqlite {
        let name = uuid::Uuid::now_v7().simple();
        return format!(
            "sqlite://{}",
            folder.join(format!("{name}.sqlite")).display()
        );
    }
    let anew = ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"];
    on_server(&bench.url, &anew.map(str::to_owned))
        .await
        .unwrap();
    bench.url.clone()
}

/// Fills the schema of the first steps from a city and brings it up to date.
async fn upgrade(from: &Db, url: &str, last_step: i64) {
    let all = migrations::all();
    let old = db::tables(&first_steps(last_step));
    let new = db::tables(&all);
    let mut kept = Vec::new();
    for table in &old {
        let Some(present) = new.iter().find(|present| present.name == table.name) else {
            continue;
        };
        let places = shared(table, present);
        let rows = rows(from, present).await.into_iter().map(|row| {
            let mut cells = vec![Json::Null; table.columns.len()];
            for (old, new) in &places {
                cells[*old] = row[*new].clone();
            }
            Json::Array(cells)
        });
        kept.push((table.name.clone(), rows.collect::<Vec<_>>()));
    }
    let db = Db::open(url, Clock::system()).await.unwrap();
    db::migrate(&db, &first_steps(last_step)).await.unwrap();
    let fill = Fill {
        last_step,
        tables: kept.clone(),
    };
    db.write(&Origin::program("test"), fill).await.unwrap();
    let applied = db::migrate(&db, &all).await.unwrap();
    assert_eq!(applied.len(), all.len() - first_steps(last_step).len());
    for (name, before) in &kept {
        let find = |tables: &[Table]| tables.iter().find(|table| table.name == *name).cloned();
        let (table, present) = (find(&old).unwrap(), find(&new).unwrap());
        let places = shared(&table, &present);
        let after = rows(&db, &present).await;
        assert_eq!(after.len(), before.len(), "{name} after step {last_step}");
        for (before, after) in before.iter().zip(&after) {
            for (old, new) in &places {
                assert_eq!(before[*old], after[*new], "{name} after step {last_step}");
            }
        }
    }
    db.close().await;
}

both! {
    async fn a_filled_database_of_each_release_becomes_the_present_one_and_loses_no_row(bench: Bench) {
        let folder = folder("upgrade");
        let city = format!("sqlite://{}", folder.join("city.sqlite").display());
        demo_city(&folder, &city, "6");
        let from = Db::open(&city, Clock::system()).await.unwrap();
        let last = |steps: &[Migration]| steps.last().unwrap().number;
        let all = migrations::all();
        // Each step is also met by rows that were there before it.
        let mut cuts: Vec<i64> = [1, 2].map(|part| last(&all[..all.len() * part / 3])).to_vec();
        cuts.extend(releases().values().map(|release| last(&steps_of(release))));
        for cut in cuts {
            upgrade(&from, &empty(&bench, &folder).await, cut).await;
        }
        from.close().await;
        // A version that is out has a backup of its own, which the program must take.
        for (version, _) in versions().iter().filter(|(_, is_out)| *is_out) {
            let backup = file(&format!("app/tests/releases/{version}.backup"));
            let target = empty(&bench, &folder).await;
            let arguments = ["restore", backup.to_str().unwrap()];
            let taken = program(&folder, &target, &arguments).output().unwrap();
            assert!(taken.status.success(), "{version}: {}", String::from_utf8_lossy(&taken.stderr));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
