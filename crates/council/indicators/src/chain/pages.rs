use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::Outcome;

use super::views;
use crate::figures::pages::PAGE;
use crate::{FIGURE_LIST, FIGURE_READ, WORDS};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/chain", Need::May(&FIGURE_READ), show)
        .get("/chain/{stage}", Need::May(&FIGURE_LIST), list)
}

async fn show(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let chain = super::chain(&mut conn, today, may_list).await?;
    ask.html(
        &ask.page.t(&WORDS, "chain-title"),
        views::show(&ask.page, &chain, may_list),
    )
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct Filter {
    pub cursor: Option<Uuid>,
    #[serde(default)]
    pub stuck: bool,
}

async fn list(ask: Ask, Path(stage): Path<String>, Query(filter): Query<Filter>) -> Outcome {
    let today = ask.now().date();
    let limit = Limit(PAGE as i64);
    let mut cases = super::cases_in(
        &mut ask.read().await?,
        &stage,
        filter.stuck,
        today,
        filter.cursor,
        limit.and_one(),
    )
    .await?;
    let path = format!("/chain/{stage}?stuck={}", filter.stuck);
    let next = limit.cut(&mut cases, |last| format!("{path}&cursor={}", last.id));
    let first = filter.cursor.map(|_| path.clone());
    ask.seen("chain", None, cases.iter().map(|case| case.id).collect())
        .await?;
    let title = views::stage_name(&ask.page, &stage);
    let view = views::list(
        &ask.page,
        &title,
        filter.stuck,
        &cases,
        first.as_deref(),
        next.as_deref(),
    );
    ask.html(&title, view)
}
