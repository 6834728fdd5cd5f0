//! Approaches for machines: `/api/v1/approaches`.

use access::contract::Gives;
use access::{Ask, Key, Limit, Need as Asks, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Failure, Json, Outcome};

use super::help::Told;
use super::pages::{Wanted, is_owner, open, own_need};
use super::{AnswerApproach, Approach, ApproachId, PutNeed, queries};
use crate::needs::NeedId;
use crate::{APPROACH_ANSWER, APPROACH_READ, NEED_RAISE};

pub(crate) fn routes() -> Routes {
    let read = Asks::May(&APPROACH_READ);
    Routes::new()
        .api_get("/api/v1/approaches", read, list)
        .api_get("/api/v1/approaches/{id}", read, show)
        .api_post(
            "/api/v1/approaches/{id}/answer",
            Asks::May(&APPROACH_ANSWER),
            answer,
        )
        .api_post("/api/v1/needs/{id}/approaches", Asks::May(&NEED_RAISE), put)
}

/// An approach, and whether its day has passed.
#[derive(Serialize, JsonSchema)]
struct ApproachItem {
    #[serde(flatten)]
    approach: Approach,
    is_late: bool,
    /// What a visitor wrote, for the body that owes the answer.
    message: Option<Told>,
}

fn item(approach: Approach, today: Date, message: Option<Told>) -> ApproachItem {
    ApproachItem {
        is_late: approach.is_late(today),
        approach,
        message,
    }
}

async fn list(ask: Ask, limit: Limit, Query(wanted): Query<Wanted>) -> Outcome<impl Gives> {
    let mut found = queries::list(
        &mut ask.read().await?,
        &ask.viewer,
        wanted.is_waiting(),
        wanted.cursor,
        limit.and_one(),
    )
    .await?;
    let next = limit.cut(&mut found, |one| one.id);
    let today = ask.now().date();
    let items = found.into_iter().map(|one| item(one, today, None));
    ask.list(items.collect(), next)
}

async fn show(ask: Ask, Path(id): Path<ApproachId>) -> Outcome<impl Gives> {
    let (approach, told) = open(&ask, id).await?;
    ask.json(StatusCode::OK, &item(approach, ask.now().date(), told))
}

/// The owner's word.
#[derive(Deserialize, JsonSchema)]
struct Word {
    answer: String,
    /// True when there is nothing to answer.
    #[serde(default)]
    is_closed: bool,
}

async fn answer(
    ask: Ask,
    Path(id): Path<ApproachId>,
    Key(key): Key,
    Json(word): Json<Word>,
) -> Outcome<impl Gives> {
    let (approach, _) = open(&ask, id).await?;
    if !is_owner(&ask, &approach) {
        return Err(Failure::NotFound);
    }
    let command = AnswerApproach {
        id,
        is_closed: word.is_closed,
        answer: word.answer,
    };
    ask.once(key, command).await?;
    let (approach, told) = open(&ask, id).await?;
    ask.json(StatusCode::OK, &item(approach, ask.now().date(), told))
}

/// To whom a need is put.
#[derive(Deserialize, JsonSchema)]
struct NewPut {
    /// Its key: sent again, it gets the first answer.
    id: ApproachId,
    supporter: OrganizationId,
}

async fn put(ask: Ask, Path(id): Path<NeedId>, Json(new): Json<NewPut>) -> Outcome<impl Gives> {
    own_need(&ask, id).await?;
    let command = PutNeed {
        id: new.id,
        need: id,
        supporter: new.supporter,
    };
    ask.made(ask.once(new.id.get(), command).await?)
}
