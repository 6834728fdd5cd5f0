use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde_json::json;
use web::Outcome;

use super::pages::{After, page_of};
use crate::{FIGURE_LIST, FIGURE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/figures", Need::May(&FIGURE_READ), index)
        .get("/api/v1/figures/{code}", Need::May(&FIGURE_READ), show)
        .get("/api/v1/figures/{code}/list", Need::May(&FIGURE_LIST), list)
}

async fn index(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let mut items = Vec::new();
    for definition in super::definitions(&mut conn).await? {
        let told = super::told(&mut conn, &definition, today, may_list).await?;
        items.push(json!({
            "definition": definition, "as_of": today, "amount": told.amount, "is_hidden": told.is_hidden,
        }));
    }
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let definition = super::definition(&mut conn, &code).await?;
    let table = super::regions_shown(&mut conn, &definition, today).await?;
    let may_list = FIGURE_LIST.is_held_by(&ask.viewer);
    let told = super::told(&mut conn, &definition, today, may_list).await?;
    let body = json!({
        "definition": definition, "as_of": today, "amount": told.amount, "is_hidden": told.is_hidden,
        "regions": table,
    });
    ask.json(StatusCode::OK, &body)
}

async fn list(ask: Ask, Path(code): Path<String>, Query(after): Query<After>) -> Outcome {
    let (items, next) = page_of(&ask, &code, &after).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}
