use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde_json::json;
use web::Outcome;

use super::pages::{Filter, WORST};
use crate::figures::pages::PAGE;
use crate::{FIGURE_LIST, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/chain", Need::May(&FIGURE_READ), show)
        .get("/api/v1/chain/{stage}", Need::May(&FIGURE_LIST), list)
}

async fn show(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let stages = super::stages(&mut conn, today).await?;
    let worst = super::blockages(&mut conn, today, WORST).await?;
    ask.json(
        StatusCode::OK,
        &json!({ "as_of": today, "stages": stages, "blockages": worst }),
    )
}

async fn list(ask: Ask, Path(stage): Path<String>, Query(filter): Query<Filter>) -> Outcome {
    let today = ask.now().date();
    let most = PAGE as i64 + 1;
    let mut items = super::cases_in(
        &mut ask.read().await?,
        &stage,
        filter.stuck,
        today,
        filter.cursor,
        most,
    )
    .await?;
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    ask.seen("chain", None, items.iter().map(|case| case.id).collect())
        .await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}
