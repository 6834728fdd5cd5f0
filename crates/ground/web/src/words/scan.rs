//! Compares a room's source with its catalogue: keys nobody shows, keys nobody wrote.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

/// What [`scan`] found; both lists are empty in a tidy room.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Keys of `messages/fa.ftl` that no source file mentions.
    pub unused: Vec<String>,
    /// Keys given to `.t(WORDS, …)` or `.tr(WORDS, …)` that are not in the file.
    pub missing: Vec<String>,
}

/// Reads `messages/fa.ftl` and every file under `src` of one crate.
///
/// A key counts as used when it stands in any string literal, or when it begins
/// with a prefix declared in a comment line `// words: state-*` (for keys built
/// from an enum). Fails only when the folder cannot be read.
pub fn scan(crate_dir: impl AsRef<Path>) -> io::Result<Scan> {
    let crate_dir = crate_dir.as_ref();
    let catalogue = std::fs::read_to_string(crate_dir.join("messages/fa.ftl"))?;
    let keys: BTreeSet<&str> = catalogue.lines().filter_map(key_of).collect();
    let mut source = Source::default();
    read_folder(&crate_dir.join("src"), &mut source)?;
    let used = |key: &str| {
        source.literals.contains(key)
            || source
                .prefixes
                .iter()
                .any(|prefix| key.starts_with(prefix.as_str()))
            || catalogue.contains(&format!("{{ {key} }}"))
    };
    Ok(Scan {
        unused: keys
            .iter()
            .filter(|key| !used(key))
            .map(ToString::to_string)
            .collect(),
        missing: source
            .shown
            .into_iter()
            .filter(|key| !keys.contains(key.as_str()))
            .collect(),
    })
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    (key.starts_with(|c: char| c.is_ascii_lowercase()) && !key.contains(' ')).then_some(key)
}

#[derive(Default)]
struct Source {
    literals: BTreeSet<String>,
    prefixes: BTreeSet<String>,
    shown: BTreeSet<String>,
}

fn read_folder(folder: &Path, source: &mut Source) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_folder(&path, source)?;
        } else if path.extension().is_some_and(|end| end == "rs") {
            read_text(&std::fs::read_to_string(&path)?, source);
        }
    }
    Ok(())
}

fn read_text(text: &str, source: &mut Source) {
    // Test code may show keys that do not exist on purpose.
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let trimmed = line.trim_start();
        if let Some(prefix) = trimmed.strip_prefix("// words: ") {
            let names = prefix
                .split([' ', ','])
                .filter_map(|name| name.strip_suffix('*'));
            source.prefixes.extend(names.map(str::to_owned));
        }
        if !trimmed.starts_with("//") {
            code.push_str(line);
            code.push('\n');
        }
    }
    let mut rest = code.as_str();
    while let Some(start) = rest.find('"') {
        let before = &rest[..start];
        let after = &rest[start + 1..];
        let Some(end) = after.find('"') else { break };
        let literal = &after[..end];
        // An escaped or raw literal is cut in pieces here; no piece of it looks like a key.
        source.literals.insert(literal.to_owned());
        if is_key(literal) && is_shown(before) {
            source.shown.insert(literal.to_owned());
        }
        rest = &after[end + 1..];
    }
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether the code before a literal is `.t(&WORDS, ` with this room's own catalogue.
fn is_shown(before: &str) -> bool {
    let Some(call) = before.trim_end().strip_suffix(',') else {
        return false;
    };
    let Some(open) = call.rfind('(') else {
        return false;
    };
    let (method, words) = (
        &call[..open],
        call[open + 1..].trim().trim_start_matches('&'),
    );
    let own = matches!(
        words,
        "WORDS" | "crate::WORDS" | "super::WORDS" | "self::WORDS"
    );
    own && (method.ends_with(".t") || method.ends_with(".tr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_calls_literals_and_declared_prefixes() {
        let mut source = Source::default();
        read_text(
            "// words: state-*\n// p.t(&WORDS, \"in-comment\")\nfn f() { p.t(&WORDS, \"save\"); p.tr(&crate::WORDS,\n \"sold-count\", &[]); p.t(&web::WORDS, \"theirs\"); g(\"loose-key\"); }",
            &mut source,
        );
        assert_eq!(
            source.shown.iter().collect::<Vec<_>>(),
            ["save", "sold-count"]
        );
        assert!(source.literals.contains("loose-key") && source.literals.contains("theirs"));
        assert!(!source.literals.contains("in-comment"));
        assert!(source.prefixes.contains("state-"));
    }
}
