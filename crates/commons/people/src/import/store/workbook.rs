//! The refused rows as a workbook: the row as it was, the column at fault, why, in two languages.

use documents::sheets::{self, Column, Definition, Table, Value, WriteFault};
use persian::Lang;

use super::cells::KeptRow;
use super::queries::StoredRow;
use crate::WORDS;
use crate::import::{Reason, Reject};

/// One refused row for the workbook.
struct Line {
    sheet: String,
    row: i64,
    column: String,
    reasons: Vec<Reason>,
    cells: Vec<(String, String)>,
}

/// The workbook of a reading's refused rows.
pub(super) fn rejects(list: &[Reject]) -> Result<Vec<u8>, WriteFault> {
    let lines = list.iter().map(|reject| {
        let width = reject.headings.len().max(reject.cells.len());
        let text = |list: &[String], index: usize| list.get(index).cloned().unwrap_or_default();
        Line {
            sheet: reject.sheet.clone(),
            row: i64::try_from(reject.row).unwrap_or(i64::MAX),
            column: reject.column.clone(),
            reasons: reject.reasons.iter().map(|reason| reason.reason).collect(),
            cells: (0..width)
                .map(|index| (text(&reject.headings, index), text(&reject.cells, index)))
                .collect(),
        }
    });
    write(&lines.collect::<Vec<_>>())
}

/// The workbook of a stored list's refused rows.
pub(super) fn stored(list: &[(StoredRow, KeptRow)]) -> Result<Vec<u8>, WriteFault> {
    let lines = list.iter().map(|(row, kept)| Line {
        sheet: row.sheet.clone(),
        row: row.row_number,
        column: row.column_name.clone(),
        reasons: reasons(&row.reasons),
        cells: kept.shown(),
    });
    write(&lines.collect::<Vec<_>>())
}

/// Reasons of their stored codes.
pub(super) fn reasons(codes: &serde_json::Value) -> Vec<Reason> {
    let codes: Vec<&str> = codes
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|code| code.as_str())
        .collect();
    Reason::ALL
        .into_iter()
        .filter(|reason| codes.contains(&reason.code()))
        .collect()
}

fn write(lines: &[Line]) -> Result<Vec<u8>, WriteFault> {
    let t = |key: &str| WORDS.text(Lang::Fa, key, &[]);
    // Lists of one file may have different headings: each heading is one column here.
    let mut headings: Vec<&str> = Vec::new();
    for (heading, _) in lines.iter().flat_map(|line| &line.cells) {
        if !headings.contains(&heading.as_str()) {
            headings.push(heading);
        }
    }
    let own = |heading: String, meaning: &str| Column::new(heading, t(meaning));
    let mut columns: Vec<Column> = vec![
        own(t("rejects-sheet"), "rejects-sheet-meaning"),
        own(t("rejects-row"), "rejects-row-meaning"),
        own(t("rejects-column"), "rejects-column-meaning"),
        own(t("rejects-reason"), "rejects-reason-fa-meaning"),
        own(
            WORDS.text(Lang::En, "rejects-reason", &[]),
            "rejects-reason-en-meaning",
        ),
    ];
    columns.extend(
        headings
            .iter()
            .map(|heading| Column::new(*heading, t("rejects-cell-meaning"))),
    );
    let rows = lines.iter().map(|line| {
        let sentences = |lang| {
            let said: Vec<String> = line
                .reasons
                .iter()
                .map(|reason| WORDS.text(lang, reason.message_key(), &[]))
                .collect();
            Value::text(said.join(" "))
        };
        let mut row = vec![
            Value::text(&line.sheet),
            Value::Number(line.row),
            Value::text(&line.column),
            sentences(Lang::Fa),
            sentences(Lang::En),
        ];
        row.extend(headings.iter().map(|wanted| {
            let of_heading = line.cells.iter().filter(|(heading, _)| heading == wanted);
            let texts: Vec<&str> = of_heading
                .map(|(_, text)| text.as_str())
                .filter(|text| !text.is_empty())
                .collect();
            Value::text(texts.join("؛ "))
        }));
        row
    });
    sheets::xlsx(&Table {
        name: t("rejects-title"),
        lang: Lang::Fa,
        rows: rows.collect(),
        columns,
        definitions: Definition {
            name: t("rejects-definitions"),
            column: t("rejects-definitions-column"),
            meaning: t("rejects-definitions-meaning"),
        },
    })
}
