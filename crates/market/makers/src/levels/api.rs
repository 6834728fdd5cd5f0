//! Levels for machines: her own way, a maker's, and the help she gives.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use persian::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;
use web::{Failure, Json, Outcome};

use super::RecordHelp;
use crate::businesses::pages::file;
use crate::{PRODUCT_CHANGE, PRODUCT_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/my/way", Need::Person, mine)
        .api_get(
            "/api/v1/makers/{handle}/way",
            Need::May(&PRODUCT_READ),
            show,
        )
        .api_post(
            "/api/v1/makers/{handle}/help",
            Need::May(&PRODUCT_CHANGE),
            record,
        )
}

async fn mine(ask: Ask) -> Outcome<impl Gives> {
    let contact = super::pages::own(&ask)?;
    let today = ask.now().date();
    let way = super::way_of(&mut ask.read().await?, contact, today).await?;
    ask.json(StatusCode::OK, &way)
}

async fn show(ask: Ask, Path(handle): Path<String>) -> Outcome<impl Gives> {
    let file = file(&ask, &handle).await?;
    ask.json(StatusCode::OK, &file.way)
}

/// One maker helped another.
#[derive(Deserialize, JsonSchema)]
struct NewHelp {
    /// Its key: sent again, it gets the first answer.
    id: Uuid,
    /// The other maker's code.
    helped: String,
    /// What she did.
    what: String,
    /// When.
    helped_on: Date,
}

async fn record(
    ask: Ask,
    Path(handle): Path<String>,
    Json(new): Json<NewHelp>,
) -> Outcome<impl Gives> {
    let file = file(&ask, &handle).await?;
    let other = super::pages::known(&ask, &new.helped)
        .await?
        .ok_or(Failure::NotFound)?;
    let command = RecordHelp {
        id: new.id,
        helper: file.maker.id,
        helped: other.id,
        what: new.what,
        helped_on: new.helped_on,
    };
    ask.made(ask.once(new.id, command).await?)
}
