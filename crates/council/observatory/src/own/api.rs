use access::contract::Gives;
use access::{Ask, Key, Need, Nothing, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Failure, Json, Outcome};

use super::{Link, SetLink, SignStatistics, queries, send_waiting};
use crate::signing::signer;
use crate::{OBSERVATORY_KEEP, STATISTICS_SIGN};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/statistics/signed", Need::Public, newest)
        .api_get("/api/v1/statistics/signed/{number}", Need::Public, numbered)
        .api_get(
            "/api/v1/statistics/documents",
            Need::May(&STATISTICS_SIGN),
            list,
        )
        .api_post(
            "/api/v1/statistics/signed",
            Need::May(&STATISTICS_SIGN),
            sign,
        )
        .api_post("/api/v1/statistics/sent", Need::May(&STATISTICS_SIGN), send)
        .api_get(
            "/api/v1/observatory/link",
            Need::May(&STATISTICS_SIGN),
            link,
        )
        .api_post(
            "/api/v1/observatory/link",
            Need::Proved(&OBSERVATORY_KEEP),
            set,
        )
}

/// The newest signed document, as it is sent to the observatory.
async fn newest(ask: Ask) -> Outcome<impl Gives> {
    let signed = queries::newest(&mut ask.read().await?).await?;
    ask.json(StatusCode::OK, &signed.ok_or(Failure::NotFound)?)
}

async fn numbered(ask: Ask, Path(number): Path<i64>) -> Outcome<impl Gives> {
    let signed = queries::numbered(&mut ask.read().await?, number).await?;
    ask.json(StatusCode::OK, &signed.ok_or(Failure::NotFound)?)
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let rows = queries::rows(&mut ask.read().await?).await?;
    ask.whole(rows)
}

/// Needs no key: what is published is signed once.
async fn sign(ask: Ask) -> Outcome<impl Gives> {
    let signed = ask.write(SignStatistics::of(&ask.city)).await?;
    let status = match signed.is_new {
        true => StatusCode::CREATED,
        false => StatusCode::OK,
    };
    ask.json(status, &signed)
}

/// How many documents the observatory has taken now.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StatisticsSent")]
struct Sent {
    /// So many.
    taken: i64,
}

/// Needs no key: what is there already is sent no more.
async fn send(ask: Ask) -> Outcome<impl Gives> {
    let taken = send_waiting(&ask.city).await?;
    ask.json(StatusCode::OK, &Sent { taken })
}

/// This city's place in the national list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ObservatoryPlace")]
struct Place {
    /// The place; null before somebody set it.
    link: Option<Link>,
    /// The public key the city signs with, in hexadecimal.
    key: String,
}

async fn link(ask: Ask) -> Outcome<impl Gives> {
    let link = queries::link(&mut ask.read().await?).await?;
    let key = signer(&ask.city.keys)?.public_key();
    ask.json(StatusCode::OK, &Place { link, key })
}

async fn set(ask: Ask, key: Key, Json(command): Json<SetLink>) -> Outcome<impl Gives> {
    let answer = ask.once(key.0, command).await?;
    ask.json(Ask::status(&answer), &Nothing {})
}
