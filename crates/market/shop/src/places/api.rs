//! The register for machines.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use web::{Failure, Outcome};

use super::{Asked, Opened, queries};

pub(super) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/places", Need::Public, list)
        .api_get("/api/v1/places/{code}", Need::Public, show)
}

async fn list(ask: Ask, Query(asked): Query<Asked>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    ask.whole(queries::list(&mut conn, today, asked.region(), asked.kind()).await?)
}

async fn show(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let place = queries::by_code(&mut conn, ask.now().date(), &code)
        .await?
        .ok_or(Failure::NotFound)?;
    let hours = queries::hours(&mut conn, place.id).await?;
    ask.json(StatusCode::OK, &Opened { place, hours })
}
