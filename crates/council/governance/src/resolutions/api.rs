use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use web::{Json, Outcome};

use super::pages::visible;
use super::{AnswerResolution, CarryOver, PassResolution, Repeal, ResolutionId};
use crate::evidence::{self, Proves};
use crate::forms::{answer, key};
use crate::permissions::{COMMITTEE_READ, MEETING_KEEP};
use crate::{committees, meetings};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/resolutions", Need::May(&COMMITTEE_READ), list)
        .post("/api/v1/resolutions", Need::May(&MEETING_KEEP), pass)
        .get("/api/v1/resolutions/{id}", Need::May(&COMMITTEE_READ), show)
        .post(
            "/api/v1/resolutions/{id}/answers",
            Need::May(&MEETING_KEEP),
            add_answer,
        )
        .post(
            "/api/v1/resolutions/{id}/carries",
            Need::May(&MEETING_KEEP),
            carry,
        )
        .post(
            "/api/v1/resolutions/{id}/repeal",
            Need::May(&MEETING_KEEP),
            repeal,
        )
}

async fn list(ask: Ask) -> Outcome {
    let mut conn = ask.read().await?;
    let today = ask.now().date();
    let mut items = Vec::new();
    for committee in committees::list(&mut conn, &ask.viewer, today).await? {
        for one in super::list(&mut conn, committee.id).await? {
            items.push(json!({ "state": one.state(today), "elapsed_days": one.elapsed_days(today), "resolution": one }));
        }
    }
    ask.json(StatusCode::OK, &json!({ "items": items, "next": null }))
}

async fn pass(ask: Ask, Json(command): Json<PassResolution>) -> Outcome {
    meetings::pages::visible(&mut ask.read().await?, &ask, command.meeting_id).await?;
    answer(&ask, command.id.get(), command).await
}

async fn show(ask: Ask, Path(id): Path<ResolutionId>) -> Outcome {
    let mut conn = ask.read().await?;
    let one = visible(&mut conn, &ask, id).await?;
    let today = ask.now().date();
    let body = json!({
        "state": one.state(today),
        "elapsed_days": one.elapsed_days(today),
        "answers": super::answers(&mut conn, id).await?,
        "evidence": evidence::list(&mut conn, Proves::Resolution(id)).await?,
        "resolution": one,
    });
    ask.json(StatusCode::OK, &body)
}

async fn add_answer(
    ask: Ask,
    Path(id): Path<ResolutionId>,
    Json(command): Json<AnswerResolution>,
) -> Outcome {
    visible(&mut ask.read().await?, &ask, id).await?;
    let command = AnswerResolution {
        resolution_id: id,
        ..command
    };
    answer(&ask, command.id, command).await
}

async fn carry(ask: Ask, Path(id): Path<ResolutionId>, Json(command): Json<CarryOver>) -> Outcome {
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
    headers: HeaderMap,
    Json(command): Json<Repeal>,
) -> Outcome {
    visible(&mut ask.read().await?, &ask, id).await?;
    answer(
        &ask,
        key(&headers)?,
        Repeal {
            resolution_id: id,
            ..command
        },
    )
    .await
}
