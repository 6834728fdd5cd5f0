use access::contract::Gives;
use access::{Ask, Key, Need, Nothing, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Failure, Json, Outcome};

use super::{CityKey, KeepCity, KeepList, List, SetKey, queries};
use crate::OBSERVATORY_KEEP;

pub(crate) fn routes() -> Routes {
    let keep = Need::May(&OBSERVATORY_KEEP);
    Routes::new()
        .api_get("/api/v1/observatory/list", Need::Public, list)
        .api_post("/api/v1/observatory/list", keep, keep_list)
        .api_post("/api/v1/observatory/cities", keep, keep_city)
        .api_get("/api/v1/observatory/cities/{code}/keys", Need::Public, keys)
        .api_post(
            "/api/v1/observatory/keys",
            Need::Proved(&OBSERVATORY_KEEP),
            set_key,
        )
}

/// The cities compared now, as the file that is edited.
async fn list(ask: Ask) -> Outcome<impl Gives> {
    let cities = queries::cities(&mut ask.read().await?).await?;
    ask.json(StatusCode::OK, &List::of(&cities))
}

/// How many cities are compared from now on.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MetropolisListKept")]
struct Kept {
    /// So many.
    cities: i64,
}

async fn keep_list(ask: Ask, Key(key): Key, Json(list): Json<List>) -> Outcome<impl Gives> {
    let answer = ask.once(key, KeepList { list }).await?;
    ask.json(Ask::status(&answer), &Kept { cities: answer.out })
}

async fn keep_city(ask: Ask, Key(key): Key, Json(command): Json<KeepCity>) -> Outcome<impl Gives> {
    let answer = ask.once(key, command).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}

/// Public: whoever checks a signature needs the key, and how it came.
async fn keys(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    queries::city(&mut conn, &code)
        .await?
        .ok_or(Failure::NotFound)?;
    let keys: Vec<CityKey> = queries::keys_of(&mut conn, &code).await?;
    ask.whole(keys)
}

async fn set_key(ask: Ask, Key(key): Key, Json(command): Json<SetKey>) -> Outcome<impl Gives> {
    let answer = ask.once(key, command).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}
