//! The newest numbers of all cities as one table for spreadsheets and programs.

use documents::sheets::{Column, Definition, Table, Value};
use web::Page;

use super::{CityBoard, Figure, Meaning};
use crate::WORDS;

/// A row per city and figure, and one for each city that sent nothing.
pub(super) fn table(p: &Page, figures: &[Figure], board: &[CityBoard]) -> Table {
    let t = |key: &str| p.t(&WORDS, key);
    let mut rows = Vec::new();
    for city in board {
        let name = || Value::text(city.name(p.lang));
        if city.day.is_none() {
            let mut row = vec![Value::text(city.code.clone()), name()];
            row.extend(std::iter::repeat_n(Value::Blank, 6));
            row.push(Value::text("not_connected"));
            rows.push(row);
        }
        for cell in &city.values {
            let figure = figures.iter().find(|figure| figure.code == cell.figure);
            let note = match (cell.meaning, cell.is_hidden, city.is_invented) {
                (Meaning::Same, true, _) => "hidden",
                (Meaning::Same, false, true) => "invented",
                (Meaning::Same, false, false) => "",
                _ => "another_definition",
            };
            rows.push(vec![
                Value::text(city.code.clone()),
                name(),
                Value::text(cell.figure.clone()),
                Value::text(figure.map_or("", |figure| figure.name(p.lang))),
                Value::Number(cell.version),
                Value::Date(cell.as_of),
                cell.amount.map_or(Value::Blank, Value::Number),
                Value::text(cell.unit.clone()),
                Value::text(note),
            ]);
        }
    }
    Table {
        name: t("observatory-title"),
        lang: p.lang,
        columns: vec![
            Column::new(t("sheet-code"), t("sheet-code-meaning")),
            Column::new(t("column-city"), t("sheet-city-meaning")),
            Column::new(t("sheet-figure"), t("sheet-figure-meaning")),
            Column::new(t("column-figure"), t("sheet-name-meaning")),
            Column::new(t("column-version"), t("sheet-version-meaning")),
            Column::date(t("column-day"), t("sheet-day-iso"), t("sheet-day-meaning")),
            Column::new(t("column-number"), t("sheet-amount-meaning")),
            Column::new(t("sheet-unit"), t("sheet-unit-meaning")),
            Column::new(t("sheet-note"), t("sheet-note-meaning")),
        ],
        rows,
        definitions: Definition {
            name: t("sheet-definitions"),
            column: t("sheet-column"),
            meaning: t("sheet-meaning"),
        },
    }
}
