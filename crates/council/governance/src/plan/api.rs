use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::json;
use web::{Json, Outcome};

use super::{AddAction, AddCommitment, AddMilestone, CreateProgramme};
use crate::articles::{self, OrdinanceId};
use crate::forms::answer;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(
            "/api/v1/ordinances/{id}/actions",
            Need::May(&ORDINANCE_READ),
            list,
        )
        .post("/api/v1/programmes", Need::May(&ORDINANCE_KEEP), programme)
        .post("/api/v1/actions", Need::May(&ORDINANCE_KEEP), action)
        .post("/api/v1/milestones", Need::May(&ORDINANCE_KEEP), milestone)
        .post(
            "/api/v1/commitments",
            Need::May(&ORDINANCE_KEEP),
            commitment,
        )
}

async fn list(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome {
    let mut conn = ask.read().await?;
    articles::get_ordinance(&mut conn, id).await?;
    let items = super::list_of_ordinance(&mut conn, id, ask.now().date()).await?;
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn programme(ask: Ask, Json(command): Json<CreateProgramme>) -> Outcome {
    answer(&ask, command.id.get(), command).await
}

async fn action(ask: Ask, Json(command): Json<AddAction>) -> Outcome {
    answer(&ask, command.id.get(), command).await
}

async fn milestone(ask: Ask, Json(command): Json<AddMilestone>) -> Outcome {
    answer(&ask, command.id.get(), command).await
}

async fn commitment(ask: Ask, Json(command): Json<AddCommitment>) -> Outcome {
    answer(&ask, command.id.get(), command).await
}
