//! The schema: one numbered sequence for both engines, `NNNN_name.sql` beside this crate.

use db::Migration;

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR"]
#[include = "*.sql"]
struct Files;

/// Every step, in order.
pub fn all() -> Vec<Migration> {
    let mut steps: Vec<Migration> = Files::iter().filter_map(|name| step(&name)).collect();
    steps.sort_by_key(|step| step.number);
    steps
}

fn step(file: &str) -> Option<Migration> {
    let (number, name) = file.strip_suffix(".sql")?.split_once('_')?;
    let text = String::from_utf8(Files::get(file)?.data.into_owned()).ok()?;
    Some(Migration {
        number: number.parse().ok()?,
        name: name.to_owned(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sequence_has_no_holes_and_no_repeats() {
        let numbers: Vec<i64> = all().iter().map(|step| step.number).collect();
        let files = Files::iter().count();
        assert_eq!(numbers.len(), files, "every file is NNNN_name.sql");
        assert!(
            numbers.windows(2).all(|pair| pair[0] < pair[1]),
            "{numbers:?}"
        );
    }
}
