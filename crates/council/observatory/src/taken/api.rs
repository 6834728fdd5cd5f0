use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use web::{Failure, Json, Outcome};

use super::{POSTS, Standing, TakeDocument, Way, queries};
use crate::document::Signed;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/observatory/documents", Need::Public, take)
        .api_get("/api/v1/observatory/documents/{digest}", Need::Public, show)
        .api_get(
            "/api/v1/observatory/cities/{code}/documents",
            Need::Public,
            trail,
        )
}

/// The signature is the credential. Needs no key: a document that is here is not taken again.
async fn take(ask: Ask, Json(signed): Json<Signed>) -> Outcome<impl Gives> {
    ask.count_from_network("observatory", POSTS).await?;
    let command = TakeDocument {
        signed,
        way: Way::Posted,
        is_demo: ask.city.is_demo,
    };
    let taken = ask.write(command).await?;
    let status = match taken.standing {
        Standing::Known => StatusCode::OK,
        _ => StatusCode::CREATED,
    };
    ask.json(status, &taken)
}

/// A document as it was signed, for whoever checks.
async fn show(ask: Ask, Path(digest): Path<String>) -> Outcome<impl Gives> {
    let stored = queries::document(&mut ask.read().await?, &digest).await?;
    ask.json(StatusCode::OK, &stored.ok_or(Failure::NotFound)?.signed()?)
}

async fn trail(ask: Ask, Path(code): Path<String>) -> Outcome<impl Gives> {
    let steps = queries::trail(&mut ask.read().await?, &code).await?;
    ask.whole(steps)
}
