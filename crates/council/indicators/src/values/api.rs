use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::json;
use web::{Json, Outcome};

use super::{CorrectValue, PublishValues};
use crate::{FIGURE_LIST, FIGURE_PUBLISH, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/api/v1/figures/{code}/values",
            Need::May(&FIGURE_READ),
            history,
        )
        .post(
            "/api/v1/figures/publish",
            Need::May(&FIGURE_PUBLISH),
            publish,
        )
        .post(
            "/api/v1/figures/corrections",
            Need::May(&FIGURE_PUBLISH),
            correct,
        )
}

async fn history(ask: Ask, Path(code): Path<String>) -> Outcome {
    let mut conn = ask.read().await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let items = super::history(&mut conn, &code, may_list).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

/// Needs no key: a day is published once, however often it is asked.
async fn publish(ask: Ask) -> Outcome {
    let as_of = ask.now().date();
    let values = super::count(&mut ask.read().await?, as_of).await?;
    let added = ask.write(PublishValues { as_of, values }).await?;
    ask.json(
        StatusCode::CREATED,
        &json!({ "as_of": as_of, "added": added }),
    )
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn correct(ask: Ask, Json(command): Json<CorrectValue>) -> Outcome {
    let answer = ask
        .city
        .db
        .write_once(command.id, &ask.origin(), command)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &json!({ "id": answer.out }))
}
