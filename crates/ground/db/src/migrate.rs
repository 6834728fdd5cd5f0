//! One migration text for both engines.

use sha2::{Digest, Sha256};

use crate::open::Mark;
use crate::{Db, Engine, Error, Result, sql};

/// One step of the schema.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Its place in the one sequence.
    pub number: i64,
    /// What it is about: `people`.
    pub name: String,
    /// The text, in the common dialect.
    pub text: String,
}

const FIRST: &str = "CREATE TABLE IF NOT EXISTS migration (number bigint NOT NULL PRIMARY KEY, \
     name text NOT NULL, digest bytea NOT NULL, applied_at timestamptz NOT NULL)";

/// Applies what is missing, each step in a transaction of its own. Gives the names applied.
///
/// Refuses a database that is newer than the program or whose history differs from ours.
pub async fn migrate(db: &Db, all: &[Migration]) -> Result<Vec<String>> {
    db.script(statements(FIRST, db.engine())?, Vec::new())
        .await?;
    let mut applied = Vec::new();
    for step in pending(db, all).await? {
        let mark: Mark = (step.number, step.name.clone(), digest(&step.text));
        db.script(statements(&step.text, db.engine())?, vec![mark])
            .await
            .map_err(|error| {
                Error::other(format!(
                    "migration {:04}_{}: {error}",
                    step.number, step.name
                ))
            })?;
        applied.push(format!("{:04}_{}", step.number, step.name));
    }
    db.learn_names().await?;
    Ok(applied)
}

/// The steps a database still lacks.
pub async fn pending<'a>(db: &Db, all: &'a [Migration]) -> Result<Vec<&'a Migration>> {
    let mut conn = db.read().await?;
    let rows = sql("SELECT number, digest FROM migration ORDER BY number")
        .rows(&mut conn)
        .await?;
    let mut known = std::collections::BTreeMap::new();
    for row in rows {
        known.insert(row.get::<i64>("number")?, row.get::<Vec<u8>>("digest")?);
    }
    for (number, kept) in &known {
        match all.iter().find(|step| step.number == *number) {
            None => {
                return Err(Error::other(format!(
                    "the database is newer: it has step {number}"
                )));
            }
            Some(step) if digest(&step.text) != *kept => {
                return Err(Error::other(format!(
                    "step {number} was changed after it was applied"
                )));
            }
            Some(_) => {}
        }
    }
    Ok(all
        .iter()
        .filter(|step| !known.contains_key(&step.number))
        .collect())
}

/// True when nothing was ever made in a database.
pub async fn is_empty(db: &Db) -> Result<bool> {
    let mut conn = db.read().await?;
    let tables: i64 = match db.engine() {
        Engine::Sqlite => sql("SELECT count(*) AS value FROM sqlite_master"),
        Engine::Postgres => {
            sql("SELECT count(*) AS value FROM pg_catalog.pg_tables WHERE schemaname = current_schema()")
        }
    }
    .scalar(&mut conn)
    .await?;
    Ok(tables == 0)
}

/// Gets a database ready that must have exactly these steps already; changes nothing in it.
///
/// # Errors
/// A sentence for the operator when it has none, lacks some, or has more.
pub async fn require(db: &Db, all: &[Migration]) -> Result<()> {
    if is_empty(db).await? {
        return Err(Error::other(
            "there is no city in this database: run `zanjireh migrate` first",
        ));
    }
    let lacking = pending(db, all).await?.len();
    if lacking > 0 {
        return Err(Error::other(format!(
            "the schema lacks {lacking} steps of this program: run `zanjireh migrate` first"
        )));
    }
    db.learn_names().await
}

/// The number of the last step a database has; 0 for an empty one.
pub async fn schema_version(db: &Db) -> Result<i64> {
    let mut conn = db.read().await?;
    sql("SELECT CAST(coalesce(max(number), 0) AS bigint) AS value FROM migration")
        .scalar(&mut conn)
        .await
}

fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

/// The statements of a text in an engine's own words.
fn statements(text: &str, engine: Engine) -> Result<Vec<String>> {
    let mut out = Vec::new();
    for statement in split(text) {
        if let Some(table) = statement.strip_prefix("append_only ") {
            out.extend(append_only(table.trim(), text, engine)?);
            continue;
        }
        let mut words = map_types(&statement, engine);
        if engine == Engine::Sqlite && is_create_table(&statement) {
            words.push_str(" STRICT");
        }
        out.push(words);
    }
    if out.is_empty() {
        return Err(Error::other("an empty migration"));
    }
    Ok(out)
}

fn is_create_table(statement: &str) -> bool {
    statement.to_ascii_lowercase().starts_with("create table")
}

/// Cuts at semicolons outside quotes and drops `--` comments.
pub(crate) fn split(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut current = String::new();
    let mut is_quoted = false;
    for line in text.lines() {
        let mut rest = line.chars().peekable();
        while let Some(letter) = rest.next() {
            match letter {
                '\'' => {
                    is_quoted = !is_quoted;
                    current.push(letter);
                }
                '-' if !is_quoted && rest.peek() == Some(&'-') => break,
                ';' if !is_quoted => out.push(std::mem::take(&mut current)),
                _ => current.push(letter),
            }
        }
        current.push('\n');
    }
    out.push(current);
    out.into_iter()
        .map(|s| s.trim().to_owned())
        .filter(|s| !s.is_empty())
        .collect()
}

/// Puts the engine's types for ours, word by word, outside quotes.
fn map_types(statement: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(statement.len() + 64);
    let mut word = String::new();
    let mut is_quoted = false;
    for letter in statement.chars().chain([' ']) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        out.push_str(if is_quoted {
            &word
        } else {
            type_word(&word, engine)
        });
        word.clear();
        if letter == '\'' {
            is_quoted = !is_quoted;
        }
        out.push(letter);
    }
    out.trim_end().to_owned()
}

fn type_word(word: &str, engine: Engine) -> &str {
    match (engine, word) {
        (Engine::Sqlite, "uuid" | "bytea") => "BLOB",
        (Engine::Sqlite, "text" | "date" | "timestamptz" | "json") => "TEXT",
        (Engine::Sqlite, "bigint" | "boolean") => "INTEGER",
        (Engine::Postgres, "text") => "text COLLATE \"C\"",
        (Engine::Postgres, "json") => "jsonb",
        _ => word,
    }
}

/// The only triggers there are: history is added to, never edited. `append_only t except c, d`
/// lets the sealed columns `c` and `d` be sealed anew under another key, and nothing else; the
/// table is made in the same step.
fn append_only(what: &str, step: &str, engine: Engine) -> Result<Vec<String>> {
    let (table, except) = match what.split_once(" except ") {
        Some((table, except)) => (table.trim(), except.split(',').map(str::trim).collect()),
        None => (what, Vec::new()),
    };
    let of = match except[..] {
        [] => "UPDATE".to_owned(),
        _ => format!("UPDATE OF {}", others(table, &except, step)?),
    };
    Ok(match engine {
        Engine::Sqlite => [("update", of.as_str()), ("delete", "DELETE")]
            .map(|(name, verb)| {
                format!(
                    "CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is append only'); END"
                )
            })
            .to_vec(),
        Engine::Postgres => vec![
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION '% is append only', TG_TABLE_NAME; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER {table}_append_only BEFORE {of} OR DELETE ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            ),
        ],
    })
}

/// The columns of a table of this step without some.
fn others(table: &str, except: &[&str], step: &str) -> Result<String> {
    let text = step.to_owned();
    let step = Migration {
        number: 0,
        name: String::new(),
        text,
    };
    let made = crate::tables(&[step]);
    let made = made.iter().find(|made| made.name == table);
    let columns = made.map_or(&[][..], |made| &made.columns);
    let kept: Vec<&str> = columns
        .iter()
        .map(|(column, _)| column.as_str())
        .filter(|column| !except.contains(column))
        .collect();
    if kept.len() + except.len() != columns.len() {
        return Err(Error::other(format!(
            "append_only {table}: this step has not each of {except:?}"
        )));
    }
    Ok(kept.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- a comment; with a semicolon\nCREATE TABLE t (id uuid NOT NULL PRIMARY KEY, \
        note text NOT NULL CONSTRAINT ck_note CHECK (note <> 'text; date'), at timestamptz NOT NULL);\nappend_only t;";

    #[test]
    fn types_are_mapped_outside_quotes_only() {
        let sqlite = statements(TEXT, Engine::Sqlite).unwrap();
        assert_eq!(sqlite.len(), 3);
        assert!(sqlite[0].starts_with("CREATE TABLE t (id BLOB NOT NULL"));
        assert!(sqlite[0].contains("'text; date'") && sqlite[0].ends_with("STRICT"));
        let postgres = statements(TEXT, Engine::Postgres).unwrap();
        assert!(postgres[0].contains("note text COLLATE \"C\" NOT NULL"));
        assert!(postgres[2].contains("BEFORE UPDATE OR DELETE ON t"));
    }

    #[test]
    fn only_the_column_left_out_may_be_written_again() {
        let text = TEXT.replace("append_only t;", "append_only t except note;");
        let sqlite = statements(&text, Engine::Sqlite).unwrap();
        assert!(
            sqlite[1].contains("BEFORE UPDATE OF id, at ON t"),
            "{}",
            sqlite[1]
        );
        let postgres = statements(&text, Engine::Postgres).unwrap();
        assert!(postgres[2].contains("BEFORE UPDATE OF id, at OR DELETE ON t"));
        let wrong = TEXT.replace("append_only t;", "append_only t except nothing;");
        assert!(statements(&wrong, Engine::Sqlite).is_err());
    }
}
