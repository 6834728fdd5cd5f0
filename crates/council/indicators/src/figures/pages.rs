use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use serde::Deserialize;
use uuid::Uuid;
use web::Outcome;

use super::views;
use crate::{FIGURE_LIST, FIGURE_PUBLISH, FIGURE_READ, WORDS, values};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/figures", Need::May(&FIGURE_READ), index)
        .get("/figures/{code}", Need::May(&FIGURE_READ), show)
        .get("/figures/{code}/list", Need::May(&FIGURE_LIST), list)
}

/// Rows on one page of a list.
pub(crate) const PAGE: usize = 50;

#[derive(Deserialize)]
pub(crate) struct After {
    pub(crate) cursor: Option<Uuid>,
}

async fn index(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut figures = Vec::new();
    for definition in super::definitions(&mut conn).await? {
        let number = super::number(&mut conn, &definition.code, today).await?;
        figures.push((definition, number));
    }
    let may_publish = FIGURE_PUBLISH.is_held_by(&ask.viewer);
    ask.html(
        &ask.page.t(&WORDS, "figures-title"),
        views::index(&ask.page, &figures, may_publish),
    )
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let definition = super::definition(&mut conn, &code).await?;
    let shown = views::Shown {
        number: super::number(&mut conn, &code, today).await?,
        table: super::regions_shown(&mut conn, &definition, today).await?,
        history: values::history(&mut conn, &code).await?,
        may_list: FIGURE_LIST.is_held_by(&ask.viewer),
        may_publish: FIGURE_PUBLISH.is_held_by(&ask.viewer),
        definition,
    };
    ask.html(
        shown.definition.name(ask.lang()),
        views::show(&ask.page, &shown),
    )
}

async fn list(ask: Ask, Path(code): Path<String>, Query(after): Query<After>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let definition = super::definition(&mut conn, &code).await?;
    let number = super::number(&mut conn, &code, today).await?;
    let mut items = super::list(&mut conn, &code, today, after.cursor, PAGE as i64 + 1).await?;
    drop(conn);
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items
        .last()
        .filter(|_| has_more)
        .map(|last| format!("/figures/{code}/list?cursor={}", last.id));
    ask.seen("figure", None, items.iter().map(|item| item.id).collect())
        .await?;
    let view = views::list(
        &ask.page,
        &definition,
        number,
        &items,
        after.cursor.is_some(),
        next.as_deref(),
    );
    ask.html(definition.name(ask.lang()), view)
}
