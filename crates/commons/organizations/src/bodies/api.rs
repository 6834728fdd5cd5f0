use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::Deserialize;
use web::{Json, Outcome};

use super::{CreateOrganization, OrganizationId, OrganizationKind};
use crate::{CHANGE, READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/organizations", Need::May(&READ), list)
        .post("/api/v1/organizations", Need::May(&CHANGE), create)
        .get("/api/v1/organizations/{id}", Need::May(&READ), show)
}

#[derive(Deserialize)]
struct Filter {
    kind: Option<OrganizationKind>,
}

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome {
    let items = super::list(&mut ask.read().await?, filter.kind).await?;
    ask.json(
        StatusCode::OK,
        &serde_json::json!({ "items": items, "next": null }),
    )
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome {
    let body = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<CreateOrganization>) -> Outcome {
    let answer = ask
        .city
        .db
        .write_once(command.id.get(), &ask.origin(), command)
        .await?;
    let status = if answer.is_repeat {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    ask.json(status, &serde_json::json!({ "id": answer.out }))
}
