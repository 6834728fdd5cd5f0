use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::Outcome;

use super::Chain;
use super::pages::Filter;
use crate::{FIGURE_LIST, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/chain", Need::May(&FIGURE_READ), show)
        .api_get("/api/v1/chain/{stage}", Need::May(&FIGURE_LIST), list)
}

/// The chain as it stands.
#[derive(Serialize, JsonSchema)]
struct ChainItem {
    as_of: Date,
    #[serde(flatten)]
    chain: Chain,
}

async fn show(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let chain = super::chain(&mut conn, today, may_list).await?;
    let item = ChainItem {
        as_of: today,
        chain,
    };
    ask.json(StatusCode::OK, &item)
}

async fn list(
    ask: Ask,
    limit: Limit,
    Path(stage): Path<String>,
    Query(filter): Query<Filter>,
) -> Outcome<impl Gives> {
    let today = ask.now().date();
    let most = limit.and_one();
    let mut items = super::cases_in(
        &mut ask.read().await?,
        &stage,
        filter.stuck,
        today,
        filter.cursor,
        most,
    )
    .await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.seen("chain", None, items.iter().map(|case| case.id).collect())
        .await?;
    ask.list(items, next)
}
