use std::collections::BTreeMap;

use db::{Conn, Result, Row, sql};

use super::{Cell, CityBoard, Figure, Ours};
use crate::document::wording;
use crate::registry;

/// The figures that can be compared: ours in the committee's order, then those only cities know.
pub async fn figures(conn: &mut Conn) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for definition in indicators::definitions(conn).await? {
        figures.push(Figure {
            ours: Some(Ours {
                version: definition.version,
                wording: wording(&definition)?,
                meaning_fa: definition.definition_fa,
                meaning_en: definition.definition_en,
            }),
            code: definition.code,
            name_fa: definition.name_fa,
            name_en: definition.name_en,
            unit: definition.unit.to_string(),
        });
    }
    let rows = sql(format!(
        "SELECT v.figure, max(v.name_fa) AS name_fa, max(v.name_en) AS name_en, max(v.unit) AS unit
         FROM observatory_value v JOIN observatory_document d ON d.id = v.document_id
         WHERE {NEWEST} GROUP BY v.figure ORDER BY v.figure"
    ))
    .rows(conn)
    .await?;
    for row in &rows {
        let code: String = row.get("figure")?;
        if figures.iter().any(|known| known.code == code) {
            continue;
        }
        figures.push(Figure {
            code,
            name_fa: row.get("name_fa")?,
            name_en: row.get("name_en")?,
            unit: row.get("unit")?,
            ours: None,
        });
    }
    Ok(figures)
}

/// `d` is the newest document of its city.
const NEWEST: &str = "NOT EXISTS (SELECT 1 FROM observatory_document n WHERE n.code = d.code
     AND (n.day, n.signed_at, n.number, n.id) > (d.day, d.signed_at, d.number, d.id))";

/// Every listed city with what it sent last; a city that sent nothing has no numbers.
pub async fn board(conn: &mut Conn, figures: &[Figure]) -> Result<Vec<CityBoard>> {
    let rows = sql(format!(
        "SELECT d.code, d.day, d.digest, d.is_invented, v.figure, v.unit, v.as_of, v.amount, v.is_hidden,
         v.version, v.wording FROM observatory_document d JOIN observatory_value v ON v.document_id = d.id
         WHERE {NEWEST} ORDER BY d.code, v.position"
    ))
    .rows(conn)
    .await?;
    let mut sent: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in &rows {
        sent.entry(row.get("code")?).or_default().push(row);
    }
    let mut cities = Vec::new();
    for city in registry::cities(conn).await? {
        if !city.is_listed {
            continue;
        }
        let rows = sent.remove(&city.code).unwrap_or_default();
        let first = rows.first();
        cities.push(CityBoard {
            day: first.map(|row| row.get("day")).transpose()?,
            digest: first.map(|row| row.get("digest")).transpose()?,
            is_invented: match first {
                Some(row) => row.get("is_invented")?,
                None => false,
            },
            values: rows
                .into_iter()
                .map(|row| cell(row, figures))
                .collect::<Result<_>>()?,
            code: city.code,
            name_fa: city.name_fa,
            name_en: city.name_en,
        });
    }
    Ok(cities)
}

fn cell(row: &Row, figures: &[Figure]) -> Result<Cell> {
    let figure: String = row.get("figure")?;
    let (version, wording): (i64, String) = (row.get("version")?, row.get("wording")?);
    let known = figures.iter().find(|known| known.code == figure);
    Ok(Cell {
        meaning: known.map_or(super::Meaning::Unknown, |known| {
            known.stands(version, &wording)
        }),
        unit: row.get("unit")?,
        as_of: row.get("as_of")?,
        amount: row.get("amount")?,
        is_hidden: row.get("is_hidden")?,
        figure,
        version,
    })
}
