use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde_json::json;
use web::Outcome;

use super::pages::{After, PAGE};
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
    let mut items = Vec::new();
    for definition in super::definitions(&mut conn).await? {
        let number = super::number(&mut conn, &definition.code, today).await?;
        items.push(json!({ "definition": definition, "as_of": today, "amount": number }));
    }
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let definition = super::definition(&mut conn, &code).await?;
    let table = super::regions_shown(&mut conn, &definition, today).await?;
    let number = super::number(&mut conn, &code, today).await?;
    let body =
        json!({ "definition": definition, "as_of": today, "amount": number, "regions": table });
    ask.json(StatusCode::OK, &body)
}

async fn list(ask: Ask, Path(code): Path<String>, Query(after): Query<After>) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut items = super::list(&mut conn, &code, today, after.cursor, PAGE as i64 + 1).await?;
    drop(conn);
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| has_more).map(|last| last.id);
    ask.seen("figure", None, items.iter().map(|item| item.id).collect())
        .await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}
