//! The directory without sign-in: a search, and each service in plain words.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use web::{Failure, Outcome};

use super::{Asked, find, listed, places_of, views};
use crate::services::capacity::fresh_days;
use crate::services::{ServiceId, details};
use crate::{WORDS, reference};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/services", Need::Public, index)
        .get("/services/{id}", Need::Public, show)
}

async fn index(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    let mut conn = ask.read().await?;
    let mut entries = listed(&mut conn).await?;
    let regions = reference::regions(&mut conn).await?;
    let days = fresh_days(&mut conn).await?;
    drop(conn);
    entries.retain(|entry| asked.fits(entry));
    let view = views::index(&ask.page, &entries, &regions, &asked, days);
    ask.public_html(&ask.page.t(&WORDS, "directory-title"), view)
}

async fn show(ask: Ask, Path(id): Path<ServiceId>) -> Outcome {
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let entry = find(&mut conn, id).await?;
    let entry = entry
        .filter(super::Entry::is_listed)
        .ok_or(Failure::NotFound)?;
    let shown = views::Shown {
        places: &places_of(&mut conn, entry.service.organization_id, today).await?,
        groups: &details::groups(&mut conn).await?,
        regions: &reference::regions(&mut conn).await?,
        days: fresh_days(&mut conn).await?,
        entry: &entry,
    };
    drop(conn);
    let view = views::show(&ask.page, &shown);
    ask.public_html(entry.service.name(ask.lang()), view)
}
