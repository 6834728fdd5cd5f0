use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Deserialize;
use web::{Json, Outcome};

use super::{CreateOrganization, OrganizationId, OrganizationKind};
use crate::{CHANGE, READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/organizations", Need::May(&READ), list)
        .api_post("/api/v1/organizations", Need::May(&CHANGE), create)
        .api_get("/api/v1/organizations/{id}", Need::May(&READ), show)
}

#[derive(Deserialize, JsonSchema)]
struct Filter {
    kind: Option<OrganizationKind>,
}

async fn list(ask: Ask, Query(filter): Query<Filter>) -> Outcome<impl Gives> {
    let items = super::list(&mut ask.read().await?, filter.kind).await?;
    ask.whole(items)
}

async fn show(ask: Ask, Path(id): Path<OrganizationId>) -> Outcome<impl Gives> {
    let body = super::get(&mut ask.read().await?, id).await?;
    ask.json(StatusCode::OK, &body)
}

/// The body's `id` is its key: sent again, it gets the first answer.
async fn create(ask: Ask, Json(command): Json<CreateOrganization>) -> Outcome<impl Gives> {
    let answer = ask.once(command.id.get(), command).await?;
    ask.made(answer)
}
