use access::{Ask, Need, Routes};
use axum::extract::Query;
use documents::sheets;
use serde::Deserialize;
use web::{Failure, Outcome};

use super::{paper, sheet, views};
use crate::{FIGURE_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/statistics", Need::Public, show)
        .get("/statistics.csv", Need::Public, csv)
        .get("/statistics.xlsx", Need::Public, xlsx)
        .get("/figures/press.pdf", Need::May(&FIGURE_READ), press)
        .get("/figures/press.png", Need::May(&FIGURE_READ), picture)
}

/// Which figure the map shows.
#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    figure: String,
}

async fn show(ask: Ask, Query(shown): Query<Shown>) -> Outcome {
    let mut conn = ask.read().await?;
    let figures = super::published(&mut conn).await?;
    let tiles = super::tiles(&mut conn).await?;
    drop(conn);
    let is_shown = |figure: &&super::Figure| figure.definition.code == shown.figure;
    let chosen = figures.iter().find(is_shown).or(figures.first());
    let may_print = FIGURE_READ.is_held_by(&ask.viewer);
    ask.public_html(
        &ask.page.t(&WORDS, "statistics-title"),
        views::show(&ask.page, &figures, chosen, &tiles, may_print),
    )
}

async fn csv(ask: Ask) -> Outcome {
    let figures = super::published(&mut ask.read().await?).await?;
    let bytes = sheets::csv(&sheet::table(&ask.page, &figures), true);
    ask.download("statistics.csv", "text/csv; charset=utf-8", bytes)
}

async fn xlsx(ask: Ask) -> Outcome {
    let figures = super::published(&mut ask.read().await?).await?;
    let bytes = sheets::xlsx(&sheet::table(&ask.page, &figures))
        .map_err(|fault| Failure::Internal(fault.to_string()))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    ask.download("statistics.xlsx", kind, bytes)
}

async fn sheet_of(ask: &Ask) -> Outcome<documents::Paper> {
    let figures = super::published(&mut ask.read().await?).await?;
    paper::press(&ask.page, &figures, ask.city.link("/statistics"))
}

async fn press(ask: Ask) -> Outcome {
    let paper = sheet_of(&ask).await?;
    ask.paper(paper).await
}

/// Dots of an inch: sharp on a screen and in a newspaper's column.
const PER_INCH: u32 = 144;

async fn picture(ask: Ask) -> Outcome {
    let paper = sheet_of(&ask).await?;
    ask.picture(paper, PER_INCH).await
}
