use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use web::{Json, Outcome};

use super::pages::known;
use super::{CaseDecisionId, DecideCase, RetryDecision};
use crate::forms::answer;
use crate::permissions::MEETING_KEEP;
use crate::resolutions::{ResolutionId, pages::visible};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_post(
            "/api/v1/resolutions/{id}/case",
            Need::May(&MEETING_KEEP),
            decide,
        )
        .api_post(
            "/api/v1/case-decisions/{id}/retry",
            Need::May(&MEETING_KEEP),
            retry,
        )
}

async fn decide(
    ask: Ask,
    Path(resolution_id): Path<ResolutionId>,
    Json(command): Json<DecideCase>,
) -> Outcome<impl Gives> {
    visible(&mut ask.read().await?, &ask, resolution_id).await?;
    let command = DecideCase {
        resolution_id,
        ..command
    };
    answer(&ask, command.id.get(), command).await
}

async fn retry(ask: Ask, Path(id): Path<CaseDecisionId>, Key(key): Key) -> Outcome<impl Gives> {
    known(&ask, id).await?;
    answer(&ask, key, RetryDecision { id }).await
}
