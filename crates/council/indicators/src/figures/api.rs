use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::Outcome;

use super::pages::{After, By, page_of};
use super::{Breakdown, Definition, Table};
use crate::targets::{self, Progress};
use crate::{FIGURE_LIST, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/figures", Need::May(&FIGURE_READ), index)
        .api_get("/api/v1/figures/{code}", Need::May(&FIGURE_READ), show)
        .api_get("/api/v1/figures/{code}/list", Need::May(&FIGURE_LIST), list)
}

/// A figure; hidden when it is too small to be public.
#[derive(Serialize, JsonSchema)]
struct FigureItem {
    definition: Definition,
    as_of: Date,
    amount: Option<i64>,
    is_hidden: bool,
}

async fn index(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let mut items = Vec::new();
    for definition in super::definitions(&mut conn).await? {
        let told = super::told(&mut conn, &definition, today, may_list).await?;
        items.push(FigureItem {
            definition,
            as_of: today,
            amount: told.amount,
            is_hidden: told.is_hidden,
        });
    }
    ask.whole(items)
}

/// A figure and its parts.
#[derive(Serialize, JsonSchema)]
struct FigureInParts {
    definition: Definition,
    as_of: Date,
    amount: Option<i64>,
    is_hidden: bool,
    /// How far it is on the way to this year's target.
    target: Option<Progress>,
    /// What else it can be told by, as `by` of the address takes it.
    breakdowns: Vec<Breakdown>,
    table: Table,
}

async fn show(ask: Ask, Path(code): Path<String>, Query(by): Query<By>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let definition = super::definition(&mut conn, &code).await?;
    let table = super::table(&mut conn, &definition, by.of(&code)?, today).await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let told = super::told(&mut conn, &definition, today, may_list).await?;
    let body = FigureInParts {
        breakdowns: super::breakdowns(&code)?,
        target: targets::progress(&mut conn, &definition, told, today, may_list).await?,
        definition,
        as_of: today,
        amount: told.amount,
        is_hidden: told.is_hidden,
        table,
    };
    ask.json(StatusCode::OK, &body)
}

async fn list(
    ask: Ask,
    limit: Limit,
    Path(code): Path<String>,
    Query(after): Query<After>,
) -> Outcome<impl Gives> {
    let (items, next) = page_of(&ask, &code, &after, limit).await?;
    ask.list(items, next)
}
