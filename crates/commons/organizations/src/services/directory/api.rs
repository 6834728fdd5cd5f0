//! The directory for machines; the same for other directories is `hsds`.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use web::{Failure, Outcome};

use super::{Asked, Entry, PublicService, find, listed};
use crate::services::ServiceId;
use crate::services::capacity::fresh_days;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/services", Need::Public, list)
        .api_get("/api/v1/services/{id}", Need::Public, show)
}

async fn list(ask: Ask, Query(asked): Query<Asked>) -> Outcome<impl Gives> {
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let days = fresh_days(&mut conn).await?;
    let entries = listed(&mut conn).await?;
    let fitting = entries.iter().filter(|entry| asked.fits(entry));
    ask.whole(
        fitting
            .map(|entry| PublicService::of(entry, today, days))
            .collect(),
    )
}

async fn show(ask: Ask, Path(id): Path<ServiceId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let days = fresh_days(&mut conn).await?;
    let entry = find(&mut conn, id).await?;
    let entry = entry.filter(Entry::is_listed).ok_or(Failure::NotFound)?;
    ask.json(
        StatusCode::OK,
        &PublicService::of(&entry, ask.now().date(), days),
    )
}
