use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use web::{Json, Outcome};

use super::{AddAction, AddCommitment, AddMilestone, CreateProgramme};
use crate::articles::{self, OrdinanceId};
use crate::forms::answer;
use crate::permissions::{ORDINANCE_KEEP, ORDINANCE_READ};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get(
            "/api/v1/ordinances/{id}/actions",
            Need::May(&ORDINANCE_READ),
            list,
        )
        .api_post("/api/v1/programmes", Need::May(&ORDINANCE_KEEP), programme)
        .api_post("/api/v1/actions", Need::May(&ORDINANCE_KEEP), action)
        .api_post("/api/v1/milestones", Need::May(&ORDINANCE_KEEP), milestone)
        .api_post(
            "/api/v1/commitments",
            Need::May(&ORDINANCE_KEEP),
            commitment,
        )
}

async fn list(ask: Ask, Path(id): Path<OrdinanceId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    articles::get_ordinance(&mut conn, id).await?;
    let items = super::list_of_ordinance(&mut conn, id, ask.now().date()).await?;
    ask.whole(items)
}

async fn programme(ask: Ask, Json(command): Json<CreateProgramme>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

async fn action(ask: Ask, Json(command): Json<AddAction>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

async fn milestone(ask: Ask, Json(command): Json<AddMilestone>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}

async fn commitment(ask: Ask, Json(command): Json<AddCommitment>) -> Outcome<impl Gives> {
    answer(&ask, command.id.get(), command).await
}
