use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use indicators::FIGURE_LIST;
use schemars::JsonSchema;
use serde::Serialize;
use web::{Json, Outcome};

use super::pages::visible;
use super::{
    CarryOver, PassResolution, Repeal, Resolution, ResolutionAnswer, ResolutionId, ResolutionState,
};
use crate::answers::AnswerResolution;
use crate::decisions::{self, Decision};
use crate::evidence::{self, Evidence, Proves};
use crate::forms::answer;
use crate::permissions::{COMMITTEE_READ, MEETING_KEEP};
use crate::{committees, meetings};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/resolutions", Need::May(&COMMITTEE_READ), list)
        .api_post("/api/v1/resolutions", Need::May(&MEETING_KEEP), pass)
        .api_get("/api/v1/resolutions/{id}", Need::May(&COMMITTEE_READ), show)
        .api_post(
            "/api/v1/resolutions/{id}/answers",
            Need::May(&MEETING_KEEP),
            add_answer,
        )
        .api_post(
            "/api/v1/resolutions/{id}/carries",
            Need::May(&MEETING_KEEP),
            carry,
        )
        .api_post(
            "/api/v1/resolutions/{id}/repeal",
            Need::May(&MEETING_KEEP),
            repeal,
        )
}

/// A resolution and how long it has waited.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ResolutionItem {
    pub state: ResolutionState,
    pub elapsed_days: i64,
    pub resolution: Resolution,
}

async fn list(ask: Ask) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut items = Vec::new();
    for committee in committees::list(&mut conn, &ask.viewer, today).await? {
        for one in super::list(&mut conn, committee.id).await? {
            items.push(ResolutionItem {
                state: one.state(today),
                elapsed_days: one.elapsed_days(today),
                resolution: one,
            });
        }
    }
    ask.whole(items)
}

async fn pass(ask: Ask, Json(command): Json<PassResolution>) -> Outcome<impl Gives> {
    meetings::pages::visible(&mut ask.read().await?, &ask, command.meeting_id).await?;
    answer(&ask, command.id.get(), command).await
}

/// A resolution with its answers and evidence.
#[derive(Serialize, JsonSchema)]
struct ResolutionFile {
    state: ResolutionState,
    elapsed_days: i64,
    answers: Vec<ResolutionAnswer>,
    evidence: Vec<Evidence>,
    /// What it decides about one case.
    decision: Option<Decision>,
    resolution: Resolution,
}

async fn show(ask: Ask, Path(id): Path<ResolutionId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let one = visible(&mut conn, &ask, id).await?;
    let today = ask.now().date();
    let body = ResolutionFile {
        state: one.state(today),
        elapsed_days: one.elapsed_days(today),
        answers: super::answers(&mut conn, id).await?,
        evidence: evidence::list(&mut conn, Proves::Resolution(id)).await?,
        decision: decisions::of_resolution(&mut conn, id, FIGURE_LIST.is_held_by(&ask.viewer))
            .await?,
        resolution: one,
    };
    ask.json(StatusCode::OK, &body)
}

async fn add_answer(
    ask: Ask,
    Path(id): Path<ResolutionId>,
    Json(command): Json<AnswerResolution>,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, id).await?;
    let command = AnswerResolution {
        resolution_id: id,
        ..command
    };
    answer(&ask, command.id, command).await
}

async fn carry(
    ask: Ask,
    Path(id): Path<ResolutionId>,
    Json(command): Json<CarryOver>,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, id).await?;
    let command = CarryOver {
        resolution_id: id,
        ..command
    };
    answer(&ask, command.id, command).await
}

async fn repeal(
    ask: Ask,
    Path(id): Path<ResolutionId>,
    Key(key): Key,
    Json(command): Json<Repeal>,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, id).await?;
    answer(
        &ask,
        key,
        Repeal {
            resolution_id: id,
            ..command
        },
    )
    .await
}
