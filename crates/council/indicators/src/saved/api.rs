use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use web::{Json, Outcome};

use super::{KeepView, LetViewGo};
use crate::FIGURE_READ;

pub(crate) fn routes() -> Routes {
    let need = Need::May(&FIGURE_READ);
    Routes::new()
        .api_get("/api/v1/figures/views", need, list)
        .api_post("/api/v1/figures/views", need, keep)
        .api_post("/api/v1/figures/views/{id}/let-go", need, let_go)
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let views = super::list_for(&mut ask.read().await?, &ask.viewer).await?;
    ask.whole(views)
}

/// The body's `id` is its key. A role that may not be named is not there.
async fn keep(ask: Ask, Json(command): Json<KeepView>) -> Outcome<impl Gives> {
    if !command.is_open_to(&ask.viewer) {
        return Err(db::Error::NotFound.into());
    }
    let answer = ask.once(command.id, command).await?;
    ask.made(answer)
}

/// Needs no key: a view that is gone stays gone.
async fn let_go(ask: Ask, Path(id): Path<Uuid>) -> Outcome<impl Gives> {
    ask.write(LetViewGo { id }).await?;
    ask.json(StatusCode::OK, &Gone { id })
}

/// The view that is not kept any more.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SavedViewGone")]
struct Gone {
    id: Uuid,
}
