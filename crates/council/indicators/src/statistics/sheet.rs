//! The published figures as one table for spreadsheets and programs.

use documents::sheets::{Column, Definition, Table, Value};
use web::Page;

use super::Figure;
use crate::WORDS;

/// A row per figure and region, the city's row first; on the second sheet what each figure means.
pub(super) fn table(p: &Page, figures: &[Figure]) -> Table {
    let t = |key: &str| p.t(&WORDS, key);
    let rows = figures.iter().flat_map(|figure| {
        let note = match figure.is_hidden {
            true => "hidden".to_owned(),
            false => figure.correction.clone(),
        };
        let city = std::iter::once((String::new(), figure.amount, note));
        let regions = figure.regions.iter();
        let note = |is_hidden| if is_hidden { "hidden" } else { "" };
        let regions =
            regions.map(|cell| (cell.key.clone(), cell.amount, note(cell.is_hidden).into()));
        city.chain(regions)
            .map(|(region, amount, note)| {
                vec![
                    Value::text(figure.definition.code.clone()),
                    Value::text(figure.definition.name(p.lang)),
                    Value::Number(figure.definition.version),
                    Value::Date(figure.as_of),
                    Value::text(region),
                    amount.map_or(Value::Blank, Value::Number),
                    Value::text(figure.definition.unit.as_str()),
                    Value::text(note),
                    Value::text(figure.definition.meaning(p.lang)),
                ]
            })
            .collect::<Vec<_>>()
    });
    Table {
        name: t("statistics-title"),
        lang: p.lang,
        columns: vec![
            Column::new(t("sheet-code"), t("sheet-code-meaning")),
            Column::new(t("figure-name"), t("sheet-name-meaning")),
            Column::new(t("figure-version"), t("sheet-version-meaning")),
            Column::date(t("figure-day"), t("sheet-day-iso"), t("sheet-day-meaning")),
            Column::new(t("breakdown-region"), t("sheet-region-meaning")),
            Column::new(t("figure-published"), t("sheet-amount-meaning")),
            Column::new(t("sheet-unit"), t("sheet-unit-meaning")),
            Column::new(t("figure-note"), t("sheet-note-meaning")),
            Column::new(t("figure-meaning"), t("sheet-definition-meaning")),
        ],
        rows: rows.collect(),
        definitions: Definition {
            name: t("sheet-definitions"),
            column: t("sheet-column"),
            meaning: t("figure-meaning"),
        },
    }
}
