//! The tables as our migrations describe them: the one place that knows each column's kind on
//! both engines. Backup, copying and the schema comparison rest on it.

use std::collections::BTreeMap;

use crate::{Kind, Migration};

/// A table and its columns, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Name and kind of each column.
    pub columns: Vec<(String, Kind)>,
    /// The columns of its primary key.
    pub key: Vec<String>,
    /// The columns that name another row of the same table.
    pub own_references: Vec<String>,
}

/// All tables, in the order in which they were made: a table follows those it refers to.
pub fn tables(all: &[Migration]) -> Vec<Table> {
    let mut order = Vec::new();
    let mut found = BTreeMap::new();
    for statement in all
        .iter()
        .flat_map(|step| crate::migrate::split(&step.text))
    {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", name, ..] => {
                let name = name.trim_end_matches('(').to_owned();
                order.push(name.clone());
                found.insert(name.clone(), table(name, &statement));
            }
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column, kind, ..] => {
                if let (Some(table), Some(kind)) = (found.get_mut(name), kind_of(kind)) {
                    let table: &mut Table = table;
                    table.columns.push((column.to_owned(), kind));
                }
            }
            _ => {}
        }
    }
    order.iter().filter_map(|name| found.remove(name)).collect()
}

fn table(name: String, statement: &str) -> Table {
    let inside = statement.split_once('(').map_or("", |(_, rest)| rest);
    let inside = inside.rsplit_once(')').map_or(inside, |(inside, _)| inside);
    let mut table = Table {
        name,
        columns: Vec::new(),
        key: Vec::new(),
        own_references: Vec::new(),
    };
    let itself = format!("REFERENCES {} ", table.name);
    for item in items(inside) {
        let words: Vec<&str> = item.split_whitespace().collect();
        match words[..] {
            ["PRIMARY", "KEY", ..] => table.key = names_in(&item),
            ["CONSTRAINT" | "FOREIGN" | "UNIQUE" | "CHECK", ..] => {}
            [column, kind, ..] => {
                if let Some(kind) = kind_of(kind) {
                    table.columns.push((column.to_owned(), kind));
                    if item.contains("PRIMARY KEY") {
                        table.key = vec![column.to_owned()];
                    }
                    if item.contains(&itself) {
                        table.own_references.push(column.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    table
}

fn names_in(item: &str) -> Vec<String> {
    let inside = item
        .split_once('(')
        .map_or("", |(_, rest)| rest)
        .trim_end_matches(')');
    inside
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect()
}

/// Cuts at commas outside parentheses and quotes.
fn items(text: &str) -> Vec<String> {
    let (mut out, mut current, mut depth, mut is_quoted) =
        (Vec::new(), String::new(), 0_i32, false);
    for letter in text.chars() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth -= 1,
            ',' if !is_quoted && depth == 0 => {
                out.push(std::mem::take(&mut current));
                continue;
            }
            _ => {}
        }
        current.push(letter);
    }
    out.push(current);
    out.into_iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

fn kind_of(word: &str) -> Option<Kind> {
    Some(match word.trim_end_matches([',', ')']) {
        "uuid" => Kind::Uuid,
        "text" => Kind::Text,
        "bigint" => Kind::Int,
        "boolean" => Kind::Bool,
        "date" => Kind::Date,
        "timestamptz" => Kind::Time,
        "json" => Kind::Json,
        "bytea" => Kind::Bytes,
        _ => return None,
    })
}
