//! The drawing in ARCHITECTURE.md is the house: Cargo's graph and every statement agree with it.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

struct Room {
    wing: String,
    calls: BTreeSet<String>,
    migrations: BTreeSet<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn drawing() -> BTreeMap<String, Room> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let block = text
        .split("```house\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    block
        .lines()
        .map(|line| {
            let (path, rest) = line.split_once(" ->").unwrap();
            let (calls, migrations) = rest.split_once(':').unwrap_or((rest, ""));
            let (wing, name) = path.split_once('/').unwrap();
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
            let room = Room {
                wing: wing.to_owned(),
                calls: words(calls),
                migrations: words(migrations),
            };
            (name.to_owned(), room)
        })
        .collect()
}

#[test]
fn cargo_draws_the_same_lines_as_the_architecture() {
    let house = drawing();
    for (name, room) in &house {
        let file = root()
            .join("crates")
            .join(&room.wing)
            .join(name)
            .join("Cargo.toml");
        let text = std::fs::read_to_string(&file).unwrap();
        let section = text
            .split("[dependencies]")
            .nth(1)
            .unwrap_or("")
            .split("\n[")
            .next()
            .unwrap();
        let calls: BTreeSet<String> = section
            .lines()
            .filter_map(|line| Some(line.split(['.', ' ', '=']).next()?.to_owned()))
            .filter(|dependency| house.contains_key(dependency) && dependency != "testing")
            .collect();
        assert_eq!(calls, room.calls, "{name}");
    }
}

#[test]
fn lines_go_downward_and_wings_do_not_know_each_other() {
    let order = ["ground", "commons", "care", "market", "council"];
    let house = drawing();
    for (name, room) in &house {
        for called in &room.calls {
            let below = &house[called].wing;
            let place = |wing: &str| order.iter().position(|known| *known == wing).unwrap();
            assert!(
                place(below) <= place(&room.wing),
                "{name} calls {called}, which is above it"
            );
            let is_across = room.wing == "market" && below == "care";
            assert!(!is_across, "{name} calls {called} across the wings");
            assert!(
                !(room.wing == "market" && called == "people"),
                "{name} reaches people"
            );
        }
    }
}

/// Who owns each table, and which names are published views.
fn owners(house: &BTreeMap<String, Room>) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let (mut tables, mut views) = (BTreeMap::new(), BTreeSet::new());
    for entry in std::fs::read_dir(root().join("migrations")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "sql") {
            continue;
        }
        let number = path.file_name().unwrap().to_str().unwrap()[..4].to_owned();
        let owner = house
            .iter()
            .find(|(_, room)| room.migrations.contains(&number));
        let owner = owner.map_or("app", |(name, _)| name.as_str());
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                let table = rest.split([' ', '(']).next().unwrap().to_owned();
                tables.insert(table, owner.to_owned());
            }
            if let Some(rest) = line.strip_prefix("CREATE VIEW ") {
                views.insert(rest.split([' ', '(']).next().unwrap().to_owned());
            }
        }
    }
    (tables, views)
}

/// Names that follow FROM, JOIN, INTO and UPDATE in a room's sources.
fn tables_named(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                tables_named(&path, found);
            }
            continue;
        }
        let is_test = path.file_stem().is_some_and(|stem| {
            let stem = stem.to_str().unwrap();
            stem == "cast" || stem.contains("test")
        });
        if is_test || path.extension().is_none_or(|end| end != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let words: Vec<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        for pair in words.windows(2) {
            if matches!(pair[0], "FROM" | "JOIN" | "INTO" | "UPDATE") {
                found.insert(pair[1].to_owned());
            }
        }
    }
}

#[test]
fn no_room_reads_another_rooms_tables() {
    let house = drawing();
    let (tables, _) = owners(&house);
    let mut wrong = Vec::new();
    for (name, room) in &house {
        // `db` keeps answers and steps for everyone; `testing` looks at anything.
        if matches!(name.as_str(), "db" | "testing") {
            continue;
        }
        let mut named = BTreeSet::new();
        tables_named(
            &root()
                .join("crates")
                .join(&room.wing)
                .join(name)
                .join("src"),
            &mut named,
        );
        for table in named {
            if let Some(owner) = tables.get(&table)
                && owner != name
            {
                wrong.push(format!("{name} names {table}, which is {owner}'s"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
