//! The register as one table for spreadsheets.

use documents::sheets::{Column, Definition, Table, Value};
use web::Page;

use super::Listed;
use crate::WORDS;

pub(super) fn table(p: &Page, places: &[Listed]) -> Table {
    let t = |key: &str| p.t(&WORDS, key);
    let row = |place: &Listed| {
        vec![
            Value::text(place.code.clone()),
            Value::text(place.kind.as_str()),
            Value::text(place.name_fa.clone()),
            Value::text(place.name_en.clone()),
            Value::Number(place.region),
            Value::text(place.address.clone()),
            Value::text(place.trade.clone()),
            Value::text(place.body(p.lang)),
        ]
    };
    let column = |key: &str| Column::new(t(key), t(key));
    Table {
        name: t("places-title"),
        lang: p.lang,
        columns: vec![
            column("place-code"),
            column("place-kind"),
            column("place-name-fa"),
            column("place-name-en"),
            column("place-region"),
            column("place-address"),
            column("place-trade"),
            column("place-body"),
        ],
        rows: places.iter().map(row).collect(),
        definitions: Definition {
            name: t("place-columns"),
            column: t("place-columns"),
            meaning: t("place-trade"),
        },
    }
}
