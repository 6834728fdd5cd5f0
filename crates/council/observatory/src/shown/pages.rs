use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use documents::sheets;
use serde::Deserialize;
use web::{Failure, Outcome};

use super::{city_views, comparison, months, queries, sheet, table_views, views};
use crate::taken::{self, Past};
use crate::{OBSERVATORY_KEEP, STATISTICS_SIGN, WORDS, registry};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/observatory", Need::Public, show)
        .get("/observatory/table", Need::Public, table)
        .get("/observatory.csv", Need::Public, csv)
        .get("/observatory/cities/{code}", Need::Public, city)
}

/// Which figure is shown.
#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    figure: String,
}

async fn show(ask: Ask, Query(shown): Query<Shown>) -> Outcome {
    let mut conn = ask.read().await?;
    let figures = queries::figures(&mut conn).await?;
    let board = queries::board(&mut conn, &figures).await?;
    let chosen = figures
        .iter()
        .find(|one| one.code == shown.figure)
        .or(figures.first());
    let mut lines = Vec::new();
    if let Some(figure) = chosen {
        for city in board.iter().filter(|city| city.day.is_some()) {
            let past = taken::history(&mut conn, &city.code, Some(&figure.code)).await?;
            lines.push((city, months(figure, &past)));
        }
    }
    drop(conn);
    let comparison = chosen.map(|figure| (figure, comparison(figure, &board)));
    let door = views::Door {
        may_keep: OBSERVATORY_KEEP.is_held_by(&ask.viewer),
        may_sign: STATISTICS_SIGN.is_held_by(&ask.viewer),
    };
    let view = views::show(&ask.page, &figures, comparison.as_ref(), &lines, door);
    ask.public_html(&ask.page.t(&WORDS, "observatory-title"), view)
}

async fn table(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let figures = queries::figures(&mut conn).await?;
    let board = queries::board(&mut conn, &figures).await?;
    drop(conn);
    let view = table_views::show(&ask.page, &figures, &board);
    ask.public_html(&ask.page.t(&WORDS, "table-title"), view)
}

async fn csv(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let figures = queries::figures(&mut conn).await?;
    let board = queries::board(&mut conn, &figures).await?;
    drop(conn);
    let bytes = sheets::csv(&sheet::table(&ask.page, &figures, &board), true);
    ask.download("observatory.csv", "text/csv; charset=utf-8", bytes)
}

async fn city(ask: Ask, Path(code): Path<String>, Query(shown): Query<Shown>) -> Outcome {
    let mut conn = ask.read().await?;
    let city = registry::city(&mut conn, &code)
        .await?
        .ok_or(Failure::NotFound)?;
    let figures = queries::figures(&mut conn).await?;
    let newest = taken::newest(&mut conn, &code).await?;
    let document = newest.as_ref().map(taken::Stored::document).transpose()?;
    let past: Vec<Past> = taken::history(&mut conn, &code, None).await?;
    let trail = taken::trail(&mut conn, &code).await?;
    drop(conn);
    let chosen = figures.iter().find(|one| one.code == shown.figure);
    let shown = city_views::Shown {
        city: &city,
        document: document.as_ref(),
        figures: &figures,
        past: &past,
        trail: &trail,
        chosen,
    };
    ask.public_html(city.name(ask.lang()), city_views::show(&ask.page, &shown))
}
