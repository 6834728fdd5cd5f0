use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Query;
use persian::Jalali;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Json, Outcome};

use super::SetTarget;
use crate::{FIGURE_PUBLISH, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/figures/targets", Need::May(&FIGURE_READ), list)
        .api_post("/api/v1/figures/targets", Need::May(&FIGURE_PUBLISH), set)
}

#[derive(Deserialize, JsonSchema)]
struct OfYear {
    /// The Jalali year; this one unless said otherwise.
    year: Option<i64>,
}

async fn list(ask: Ask, Query(of): Query<OfYear>) -> Outcome<impl Gives> {
    let this = i64::from(Jalali::from(ask.now().date()).year);
    let targets = super::of_year(&mut ask.read().await?, of.year.unwrap_or(this)).await?;
    ask.whole(targets)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn set(ask: Ask, Json(command): Json<SetTarget>) -> Outcome<impl Gives> {
    let answer = ask.once(command.id, command).await?;
    ask.made(answer)
}
