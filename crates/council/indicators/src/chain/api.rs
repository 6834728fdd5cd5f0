use access::contract::Gives;
use access::{Ask, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::Outcome;

use super::pages::{Filter, WORST};
use super::{Blockage, Months, RegionStages, StageFigures};
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
    stages: Vec<StageFigures>,
    months: Months,
    /// People by region; `people` in the order of `stages`.
    regions: Vec<RegionStages>,
    blockages: Vec<Blockage>,
}

async fn show(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut months = super::months(&mut conn, today).await?;
    let mut stages = super::stages(&mut conn, &months, today).await?;
    let names: Vec<&str> = stages.iter().map(|stage| stage.stage.as_str()).collect();
    let regions = super::regions(&mut conn, &names).await?;
    let mut worst = super::blockages(&mut conn, today, WORST).await?;
    if !FIGURE_LIST.is_held_by(&ask.viewer) {
        super::hide_few(&mut stages, &mut months, &mut worst);
    }
    ask.json(
        StatusCode::OK,
        &ChainItem {
            as_of: today,
            stages,
            months,
            regions,
            blockages: worst,
        },
    )
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
