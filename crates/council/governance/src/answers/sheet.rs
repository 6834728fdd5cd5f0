//! The workbook of a body's open resolutions: one row each, with empty columns for its answers.

use db::{Conn, Reason, Result};
use documents::sheets::{Cell, Column, Definition, Sheet, Table, Value, xlsx};
use persian::{Jalali, Lang, fold_spaceless};
use uuid::Uuid;

use super::files::FileWords;
use super::{AnswerKind, FileAnswer};
use crate::resolutions::{Resolution, ResolutionId};
use crate::{WORDS, committees};

/// The file is not the one that was given out.
pub const FILE_NOT_OURS: Reason = Reason::new("answers_file_not_ours", 422);

db::text_enum! {
    /// Columns of the workbook. Headings are `asked-column-{word}` in both languages.
    pub(super) enum ColumnOf {
        /// Committee and number of the resolution.
        Number = "number",
        /// What was decided.
        Wording = "wording",
        /// Its deadline.
        Due = "due",
        /// What will prove it.
        Proof = "proof",
        /// Done, under way, or impossible.
        Kind = "kind",
        /// The body's words.
        Said = "said",
        /// Number of its letter.
        Reference = "reference",
    }
}

fn word(lang: Lang, key: &str) -> String {
    web::words::plain(&WORDS.text(lang, key, &[])).into_owned()
}

// words: asked-column-* asked-meaning-*
fn heading(lang: Lang, column: ColumnOf) -> String {
    word(lang, &format!("asked-column-{column}"))
}

/// The number of each resolution as the file writes it, which no two share: `coordination 1405-3`.
pub(super) async fn codes(
    conn: &mut Conn,
    asked: &[Resolution],
) -> Result<Vec<(String, ResolutionId)>> {
    let mut codes = Vec::with_capacity(asked.len());
    for one in asked {
        let committee = committees::get(conn, one.committee_id).await?;
        codes.push((format!("{} {}", committee.code, one.code()), one.id));
    }
    Ok(codes)
}

/// The workbook.
pub(super) fn workbook(
    lang: Lang,
    name: &str,
    asked: &[Resolution],
    codes: &[(String, ResolutionId)],
) -> Result<Vec<u8>> {
    let columns = ColumnOf::ALL.iter().map(|column| {
        let meaning = word(lang, &format!("asked-meaning-{column}"));
        Column::new(heading(lang, *column), meaning)
    });
    let rows = asked.iter().zip(codes).map(|(one, (code, _))| {
        vec![
            Value::text(code.clone()),
            Value::text(one.wording.clone()),
            Value::text(Jalali::from(one.due_on).short(lang)),
            Value::text(one.evidence_asked.clone()),
            Value::Blank,
            Value::Blank,
            Value::Blank,
        ]
    });
    let table = Table {
        name: name.to_owned(),
        lang,
        columns: columns.collect(),
        rows: rows.collect(),
        definitions: Definition {
            name: word(lang, "asked-definitions"),
            column: word(lang, "asked-definitions-column"),
            meaning: word(lang, "asked-definitions-meaning"),
        },
    };
    xlsx(&table).map_err(db::Error::other)
}

/// Longest heading line looked for from the top.
const HEADING_ROWS: usize = 20;

/// The rows of the first sheet with our headings that say something; none when there is no such
/// sheet.
pub(super) fn read(
    sheets: &[Sheet],
    codes: &[(String, ResolutionId)],
    new_id: &dyn Fn() -> Uuid,
) -> Option<Vec<FileAnswer>> {
    sheets.iter().find_map(|sheet| {
        let (place, columns) = sheet
            .rows
            .iter()
            .take(HEADING_ROWS)
            .enumerate()
            .find_map(|(place, row)| headings(row).map(|columns| (place, columns)))?;
        let rows = sheet.numbered().skip(place + 1).filter_map(|(row, cells)| {
            let text = |column| {
                let place = columns.iter().find(|(known, _)| *known == column)?.1;
                Some(
                    persian::clean_lines(&cells.get(place)?.text())
                        .trim()
                        .to_owned(),
                )
            };
            let said = |column| text(column).unwrap_or_default();
            // A row without an answer says nothing yet.
            if said(ColumnOf::Kind).is_empty() && said(ColumnOf::Said).is_empty() {
                return None;
            }
            Some(FileAnswer {
                id: new_id(),
                row: i64::try_from(row).unwrap_or(i64::MAX),
                said: words(&said, codes).map_err(str::to_owned),
            })
        });
        Some(rows.collect())
    })
}

fn words(
    said: &dyn Fn(ColumnOf) -> String,
    codes: &[(String, ResolutionId)],
) -> std::result::Result<FileWords, &'static str> {
    let number = fold_spaceless(&persian::latin_digits(&said(ColumnOf::Number)));
    let known = codes
        .iter()
        .find(|(code, _)| fold_spaceless(code) == number);
    let Some((_, resolution_id)) = known else {
        return Err("unknown_number");
    };
    let kind = kind(&said(ColumnOf::Kind)).ok_or("kind_not_understood")?;
    let wording = said(ColumnOf::Said);
    if wording.is_empty() {
        return Err("wording_missing");
    }
    Ok(FileWords {
        resolution_id: *resolution_id,
        kind,
        wording,
        reference: said(ColumnOf::Reference),
    })
}

/// The columns of a heading row: it names at least number, kind and words.
fn headings(row: &[Cell]) -> Option<Vec<(ColumnOf, usize)>> {
    let mut found = Vec::new();
    for (place, cell) in row.iter().enumerate() {
        let text = fold_spaceless(&cell.text());
        let is_named = |column: &&ColumnOf| {
            [Lang::Fa, Lang::En]
                .into_iter()
                .any(|lang| fold_spaceless(&heading(lang, **column)) == text)
        };
        let column = ColumnOf::ALL.iter().find(is_named);
        found.extend(column.map(|column| (*column, place)));
    }
    let has = |column| found.iter().any(|(known, _)| *known == column);
    let is_ours = has(ColumnOf::Number) && has(ColumnOf::Kind) && has(ColumnOf::Said);
    is_ours.then_some(found)
}

/// The words offices use; none when they are not understood.
fn kind(text: &str) -> Option<AnswerKind> {
    let key = fold_spaceless(text);
    let words: [(AnswerKind, &[&str]); 3] = [
        (AnswerKind::Done, &["انجام شد", "شد", "done"]),
        (
            AnswerKind::Progress,
            &[
                "در دست انجام",
                "در دست اقدام",
                "در حال انجام",
                "under way",
                "progress",
            ],
        ),
        (
            AnswerKind::Cannot,
            &[
                "نمی‌شود",
                "شدنی نیست",
                "امکان ندارد",
                "cannot",
                "not possible",
            ],
        ),
    ];
    words
        .iter()
        .find(|(_, names)| names.iter().any(|name| fold_spaceless(name) == key))
        .map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_words_are_understood_and_others_are_not() {
        assert_eq!(kind("  انجام شد "), Some(AnswerKind::Done));
        assert_eq!(kind("در دست اقدام"), Some(AnswerKind::Progress));
        assert_eq!(kind("نمی شود"), Some(AnswerKind::Cannot));
        assert_eq!(kind("شاید"), None);
    }
}
