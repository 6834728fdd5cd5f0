//! The register on screen and as a file.

use access::{Ask, Need, Routes};
use axum::extract::{Path, Query};
use documents::sheets;
use web::{Failure, Outcome};

use super::{Asked, api, queries, sheet, views};
use crate::WORDS;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/places", Need::Public, register)
        .get("/places/{code}", Need::Public, place)
        .get("/places.csv", Need::Public, csv)
        .merge(api::routes())
}

async fn register(ask: Ask, Query(asked): Query<Asked>) -> Outcome {
    let mut conn = ask.read().await?;
    let everywhere = queries::list(&mut conn, ask.now().date(), None, asked.kind()).await?;
    let supporters = queries::supporters(&mut conn, asked.region()).await?;
    let regions = queries::regions(&mut conn).await?;
    drop(conn);
    let mut places = everywhere.clone();
    if let Some(region) = asked.region() {
        places.retain(|place| place.region == region);
    }
    let shown = views::Register {
        places: &places,
        everywhere: &everywhere,
        supporters: &supporters,
        regions: &regions,
    };
    ask.public_html(
        &ask.page.t(&WORDS, "places-title"),
        views::register(&ask.page, &shown, &asked),
    )
}

/// Goods named on a shop's page.
const GOODS: i64 = 24;

async fn place(ask: Ask, Path(code): Path<String>) -> Outcome {
    let today = ask.now().date();
    let mut conn = ask.read().await?;
    let place = queries::by_code(&mut conn, today, &code)
        .await?
        .ok_or(Failure::NotFound)?;
    let hours = queries::hours(&mut conn, place.id).await?;
    let goods = queries::on_shelf(&mut conn, place.id, today, GOODS).await?;
    let regions = queries::regions(&mut conn).await?;
    drop(conn);
    let region = regions.iter().find(|region| region.number == place.region);
    let region = match region {
        Some(region) => region.name(ask.lang()).to_owned(),
        None => ask.page.number(place.region),
    };
    ask.public_html(
        place.name(ask.lang()),
        views::place(&ask.page, &place, &region, &hours, &goods),
    )
}

async fn csv(ask: Ask) -> Outcome {
    let places = queries::list(&mut ask.read().await?, ask.now().date(), None, None).await?;
    let bytes = sheets::csv(&sheet::table(&ask.page, &places), true);
    ask.download("places.csv", "text/csv; charset=utf-8", bytes)
}
