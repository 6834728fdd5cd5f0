//! The workbook of a batch: one row a leg, with empty columns for the answers.

use db::{Conn, Keys, Result};
use documents::sheets::{Column, Definition, Table, Value, xlsx};
use persian::Lang;
use uuid::Uuid;

use super::queries;
use super::results::ColumnOf;
use crate::WORDS;
use crate::legs::queries as legs;
use crate::parcels::{self, Field, Snapshot};

// words: batch-column-* batch-meaning-* field-*
/// The heading of an answer column, as people read it.
pub(crate) fn heading(lang: Lang, column: ColumnOf) -> String {
    word(lang, &format!("batch-column-{}", column.as_str()))
}

fn word(lang: Lang, key: &str) -> String {
    web::words::plain(&WORDS.text(lang, key, &[])).into_owned()
}

fn column(lang: Lang, column: ColumnOf) -> Column {
    let meaning = word(lang, &format!("batch-meaning-{}", column.as_str()));
    Column::new(heading(lang, column), meaning)
}

/// The workbook. A parcel that was called back leaves its fields blank.
pub(crate) async fn workbook(
    conn: &mut Conn,
    keys: &Keys,
    lang: Lang,
    batch: &queries::Batch,
) -> Result<(Vec<u8>, Vec<Uuid>)> {
    let mut legs_of_batch = Vec::new();
    for id in queries::legs_of(conn, batch.id).await? {
        let leg = legs::get(conn, id).await?;
        let parcel = parcels::find(conn, id)
            .await?
            .filter(|parcel| parcel.ended_at.is_none());
        let snapshot = match parcel {
            Some(parcel) => {
                let text = keys
                    .open_sealed("parcel", "content", parcel.id, &parcel.content)
                    .map_err(db::Error::other)?;
                Some(Snapshot::of_text(&text)?)
            }
            None => None,
        };
        legs_of_batch.push((leg, snapshot));
    }
    let is_there = |field: &Field| {
        let mut snapshots = legs_of_batch
            .iter()
            .filter_map(|(_, snapshot)| snapshot.as_ref());
        snapshots.any(|snapshot| !snapshot.text(*field).is_empty())
    };
    let fields: Vec<Field> = Field::ALL.iter().copied().filter(is_there).collect();
    let mut columns = vec![column(lang, ColumnOf::Number)];
    columns.extend(fields.iter().map(|field| {
        Column::new(
            word(lang, &format!("field-{}", field.as_str().replace('_', "-"))),
            "",
        )
    }));
    let answers = [
        ColumnOf::Verdict,
        ColumnOf::Licence,
        ColumnOf::Until,
        ColumnOf::Reason,
        ColumnOf::Note,
    ];
    columns.extend(answers.iter().map(|answer| column(lang, *answer)));
    let rows = legs_of_batch.iter().map(|(leg, snapshot)| {
        let text = |field: &Field| {
            snapshot
                .as_ref()
                .map(|held| held.text(*field))
                .unwrap_or_default()
        };
        let mut row = vec![Value::text(leg.number.clone())];
        row.extend(fields.iter().map(|field| Value::text(text(field))));
        row.extend(answers.iter().map(|_| Value::Blank));
        row
    });
    let table = Table {
        name: batch.number.clone(),
        lang,
        rows: rows.collect(),
        columns,
        definitions: Definition {
            name: word(lang, "batch-definitions"),
            column: word(lang, "batch-definitions-column"),
            meaning: word(lang, "batch-definitions-meaning"),
        },
    };
    let bytes = xlsx(&table).map_err(db::Error::other)?;
    let persons = legs_of_batch.iter().map(|(leg, _)| leg.person_id).collect();
    Ok((bytes, persons))
}
