use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Json, Outcome};

use super::{CorrectValue, PublishValues};
use crate::{FIGURE_LIST, FIGURE_PUBLISH, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get(
            "/api/v1/figures/{code}/values",
            Need::May(&FIGURE_READ),
            history,
        )
        .api_post(
            "/api/v1/figures/publish",
            Need::May(&FIGURE_PUBLISH),
            publish,
        )
        .api_post(
            "/api/v1/figures/corrections",
            Need::May(&FIGURE_PUBLISH),
            correct,
        )
}

async fn history(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let items = super::history(&mut conn, &code, may_list).await?;
    ask.whole(items)
}

/// How many figures were published.
#[derive(Serialize, JsonSchema)]
struct Published {
    as_of: Date,
    added: i64,
}

/// Needs no key: a day is published once, however often it is asked.
async fn publish(ask: Ask) -> Outcome<impl Gives> {
    let as_of = ask.now().date();
    let values = super::count(&mut ask.read().await?, as_of).await?;
    let added = ask.write(PublishValues { as_of, values }).await?;
    ask.json(StatusCode::CREATED, &Published { as_of, added })
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn correct(ask: Ask, Json(command): Json<CorrectValue>) -> Outcome<impl Gives> {
    let answer = ask.once(command.id, command).await?;
    ask.made(answer)
}
