//! Budget for machines.

use access::{Ask, Need, Routes};
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use web::Outcome;

use super::GrantBudget;
use crate::cases::api::done;
use crate::{BUDGET_GRANT, BUDGET_READ, bounds};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/budget", Need::May(&BUDGET_READ), list)
        .post("/api/v1/budget/grants", Need::May(&BUDGET_GRANT), grant)
}

async fn list(ask: Ask) -> Outcome {
    let items = super::list(&mut ask.read().await?).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn grant(
    ask: Ask,
    headers: HeaderMap,
    web::Json(command): web::Json<GrantBudget>,
) -> Outcome {
    let key = bounds::key_of(&headers)?;
    bounds::within(command.amount.get(), 1, super::LARGEST, "/amount")?;
    done(&ask, key, command).await
}
