use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Failure, Outcome};

use super::{Month, comparison, months, queries};
use crate::registry::{self, City};
use crate::taken;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/observatory/cities", Need::Public, cities)
        .api_get("/api/v1/observatory/cities/{code}", Need::Public, city)
        .api_get("/api/v1/observatory/figures/{code}", Need::Public, figure)
}

/// Every city of the list with what it sent last.
async fn cities(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let figures = queries::figures(&mut conn).await?;
    let board = queries::board(&mut conn, &figures).await?;
    ask.whole(board)
}

/// A figure of all cities side by side.
async fn figure(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let figures = queries::figures(&mut conn).await?;
    let board = queries::board(&mut conn, &figures).await?;
    let figure = figures
        .iter()
        .find(|one| one.code == code)
        .ok_or(Failure::NotFound)?;
    ask.json(StatusCode::OK, &comparison(figure, &board))
}

/// A city, and each of its figures month by month.
#[derive(Serialize, JsonSchema)]
struct CityStory {
    /// The city.
    city: City,
    /// Its figures.
    figures: Vec<FigureMonths>,
}

/// A figure of a city month by month.
#[derive(Serialize, JsonSchema)]
struct FigureMonths {
    /// Code of the figure.
    figure: String,
    /// The months, oldest first.
    months: Vec<Month>,
}

async fn city(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let city = registry::city(&mut conn, &code)
        .await?
        .ok_or(Failure::NotFound)?;
    let figures = queries::figures(&mut conn).await?;
    let past = taken::history(&mut conn, &code, None).await?;
    let told = figures.iter().map(|figure| FigureMonths {
        figure: figure.code.clone(),
        months: months(figure, &past),
    });
    let figures = told.filter(|one| !one.months.is_empty()).collect();
    ask.json(StatusCode::OK, &CityStory { city, figures })
}
