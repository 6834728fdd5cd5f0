use maud::{Markup, html};
use web::Page;
use web::parts::{self, Column, Tone};

use super::{Figure, Tile};
use crate::WORDS;
use crate::figures::{Breakdown, Cell, Told, Unit, cell_name, shown};

/// A cell as it may be told.
fn told(amount: Option<i64>, is_hidden: bool) -> Told {
    Told { amount, is_hidden }
}

pub(super) fn show(
    p: &Page,
    figures: &[Figure],
    chosen: Option<&Figure>,
    tiles: &[Tile],
    may_print: bool,
) -> Markup {
    let t = |key: &str| p.t(&WORDS, key);
    let columns = [
        Column::text(t("figure-name")),
        Column::figures(t("figure-published")),
        Column::text(t("figure-day")),
        Column::text(t("figure-meaning")),
    ];
    let rows: Vec<Vec<Markup>> = figures
        .iter()
        .map(|figure| {
            let definition = &figure.definition;
            vec![
                html! { a href={ "/statistics?figure=" (definition.code) "#map" } { (definition.name(p.lang)) } },
                shown(p, definition.unit, figure.told()),
                p.date(figure.as_of),
                html! {
                    (definition.meaning(p.lang))
                    @if !figure.correction.is_empty() {
                        " " (parts::badge(Tone::Warning, &t("figure-corrected")))
                        " " (p.tr(&WORDS, "figure-correction", &[("reason", figure.correction.clone().into())]))
                    }
                },
            ]
        })
        .collect();
    html! {
        h1 { (t("statistics-title")) }
        p { (t("statistics-lead")) }
        p {
            (parts::secondary_link("/statistics.xlsx", &t("statistics-xlsx"))) " "
            (parts::secondary_link("/statistics.csv", &t("statistics-csv"))) " "
            (parts::secondary_link("/api/v1/statistics", &t("statistics-json")))
            @if may_print {
                " " (parts::secondary_link("/figures/press.pdf", &t("press-pdf")))
                " " (parts::secondary_link("/figures/press.png", &t("press-png")))
            }
        }
        (parts::table(&t("statistics-title"), &columns, &rows, &t("statistics-empty")))
        @if let Some(figure) = chosen { (map(p, figure, tiles)) }
    }
}

/// A figure region by region: the map for the eye, the table for everybody.
fn map(p: &Page, figure: &Figure, tiles: &[Tile]) -> Markup {
    let definition = &figure.definition;
    let title = p.tr(
        &WORDS,
        "statistics-map",
        &[("figure", definition.name(p.lang).into())],
    );
    let columns = [
        Column::text(p.t(&WORDS, "breakdown-region")),
        Column::figures(definition.name(p.lang).to_owned()),
    ];
    let rows: Vec<Vec<Markup>> = figure
        .regions
        .iter()
        .map(|cell| {
            vec![
                html! { (cell_name(p, Breakdown::Region, cell)) },
                shown(p, definition.unit, told(cell.amount, cell.is_hidden)),
            ]
        })
        .collect();
    html! {
        h2 id="map" { (title) }
        @if !tiles.is_empty() && !rows.is_empty() { (drawing(p, figure, tiles)) }
        (parts::table(&title, &columns, &rows, &p.t(&WORDS, "statistics-no-regions")))
        @if figure.regions.iter().any(|cell| cell.is_hidden) {
            p { (p.tr(&WORDS, "figure-cut", &[("least", definition.smallest_cell.into())])) }
        }
    }
}

/// Side of a tile and the gap after it.
const SIDE: i64 = 100;
const STEP: i64 = 106;

/// Every region a tile of one size where it lies, the darker the more; north is up in both
/// languages, since land does not turn with writing.
fn drawing(p: &Page, figure: &Figure, tiles: &[Tile]) -> Markup {
    let most = figure.regions.iter().filter_map(|cell| cell.amount).max();
    let rows = tiles.iter().map(|tile| tile.row).max().unwrap_or(1);
    let columns = tiles.iter().map(|tile| tile.column).max().unwrap_or(1);
    let of = |tile: &Tile| {
        let key = tile.region.to_string();
        figure.regions.iter().find(|cell| cell.key == key)
    };
    html! {
        svg.tiles viewBox=(format!("0 0 {} {}", columns * STEP, rows * STEP)) aria-hidden="true" {
            @for tile in tiles {
                @let (x, y) = ((tile.column - 1) * STEP, (tile.row - 1) * STEP);
                rect.ground x=(x) y=(y) width=(SIDE) height=(SIDE) rx="8" {}
                rect.fill.s1 x=(x) y=(y) width=(SIDE) height=(SIDE) rx="8"
                    fill-opacity=(shade(of(tile), most)) {}
                text x=(x + SIDE / 2) y=(y + 38) { (p.number(tile.region)) }
                text.number x=(x + SIDE / 2) y=(y + 76) { (short(p, figure.definition.unit, of(tile))) }
            }
        }
    }
}

/// How dark a tile is: light enough that ink stays readable on it.
fn shade(cell: Option<&Cell>, most: Option<i64>) -> String {
    let share = match (cell.and_then(|cell| cell.amount), most) {
        (Some(amount), Some(most)) if most > 0 => amount.clamp(0, most) * 45 / most,
        _ => 0,
    };
    format!("0.{share:02}")
}

/// A number that fits a tile: money in millions of tomans.
fn short(p: &Page, unit: Unit, cell: Option<&Cell>) -> String {
    match cell {
        None => "—".to_owned(),
        Some(cell) if cell.is_hidden => p.t(&WORDS, "tile-hidden"),
        Some(cell) => match (cell.amount, unit) {
            (None, _) => "—".to_owned(),
            (Some(rials), Unit::Rial) => {
                let millions = rials / 10_000_000;
                p.tr(&WORDS, "tile-millions", &[("count", millions.into())])
            }
            (Some(number), Unit::BasisPoints) => crate::figures::percent(p.lang, number),
            (Some(number), _) => words_of(p, number),
        },
    }
}

fn words_of(p: &Page, number: i64) -> String {
    p.tr(&WORDS, "tile-number", &[("count", number.into())])
}
