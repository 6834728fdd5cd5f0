use access::contract::Gives;
use access::{Ask, Key, Limit, Need, Routes};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use db::Write;
use persian::{Date, Lang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::visible;
use super::{
    DiscardLetter, DraftFollowUps, DraftLetter, Letter, LetterDirection, LetterId, LetterWay,
    RegisterLetter, ReviseLetter, SendLetter, SignLetter, queries,
};
use crate::committees::{self, CommitteeId};
use crate::forms::{Accepted, answer};
use crate::permissions::{COMMITTEE_READ, LETTER_KEEP, LETTER_SIGN};
use crate::resolutions::ResolutionId;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get(
            "/api/v1/committee-letters",
            Need::May(&COMMITTEE_READ),
            list,
        )
        .api_post("/api/v1/committee-letters", Need::May(&LETTER_KEEP), draft)
        .api_get(
            "/api/v1/committee-letters/{id}",
            Need::May(&COMMITTEE_READ),
            show,
        )
        .api_get(
            "/api/v1/letter-templates",
            Need::May(&COMMITTEE_READ),
            templates,
        )
        .api_post(
            "/api/v1/committee-letters/received",
            Need::May(&LETTER_KEEP),
            register,
        )
        .api_post(
            "/api/v1/committee-letters/follow-ups",
            Need::May(&LETTER_KEEP),
            follow_up,
        )
        .api_put(
            "/api/v1/committee-letters/{id}/wording",
            Need::May(&LETTER_KEEP),
            revise,
        )
        .api_post(
            "/api/v1/committee-letters/{id}/discard",
            Need::May(&LETTER_KEEP),
            discard,
        )
        .api_post(
            "/api/v1/committee-letters/{id}/signature",
            Need::May(&LETTER_SIGN),
            sign,
        )
        .api_post(
            "/api/v1/committee-letters/{id}/dispatch",
            Need::May(&LETTER_KEEP),
            send,
        )
}

#[derive(Deserialize, JsonSchema)]
struct Place {
    direction: Option<LetterDirection>,
    cursor: Option<LetterId>,
}

async fn list(ask: Ask, limit: Limit, Query(at): Query<Place>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let committees = committees::list(&mut conn, &ask.viewer, ask.now().date()).await?;
    let ids: Vec<CommitteeId> = committees.iter().map(|one| one.id).collect();
    let most = limit.and_one();
    let mut items = queries::list(&mut conn, &ids, at.direction, at.cursor, most).await?;
    let next = limit.cut(&mut items, |last| last.id);
    ask.list(items, next)
}

async fn templates(ask: Ask) -> Outcome<impl Gives> {
    let templates = super::list_templates(&mut ask.read().await?).await?;
    ask.whole(templates)
}

/// A letter with what belongs to it.
#[derive(Serialize, JsonSchema)]
struct LetterFile {
    asked_about: Vec<ResolutionId>,
    answers: Vec<Letter>,
    digest: String,
    letter: Letter,
}

async fn show(ask: Ask, Path(id): Path<LetterId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let letter = visible(&mut conn, &ask, id).await?;
    let asked_about = super::asked_about(&mut conn, id).await?;
    let body = LetterFile {
        asked_about: asked_about.into_iter().map(|(id, _)| id).collect(),
        answers: super::answers_to(&mut conn, id).await?,
        digest: letter.digest(),
        letter,
    };
    ask.json(StatusCode::OK, &body)
}

/// Not found unless the committee is the asker's to know about.
async fn check(ask: &Ask, committee: CommitteeId) -> Outcome<()> {
    let today = ask.now().date();
    committees::check(&mut ask.read().await?, &ask.viewer, committee, today).await?;
    Ok(())
}

async fn draft(ask: Ask, Json(command): Json<DraftLetter>) -> Outcome<impl Gives> {
    check(&ask, command.committee_id).await?;
    answer(&ask, command.id.get(), command).await
}

async fn register(ask: Ask, Json(command): Json<RegisterLetter>) -> Outcome<impl Gives> {
    check(&ask, command.committee_id).await?;
    answer(&ask, command.id.get(), command).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LetterFollowUps")]
struct FollowUps {
    committee_id: CommitteeId,
    language: Lang,
}

async fn follow_up(ask: Ask, Key(key): Key, Json(body): Json<FollowUps>) -> Outcome<impl Gives> {
    check(&ask, body.committee_id).await?;
    let command = DraftFollowUps {
        committee_id: body.committee_id,
        language: body.language,
    };
    answer(&ask, key, command).await
}

/// Runs an act on a letter the viewer may know about.
async fn act<W: Write>(
    ask: &Ask,
    id: LetterId,
    key: Uuid,
    command: W,
) -> Outcome<access::Answer<Accepted<W::Out>>> {
    visible(&mut ask.read().await?, ask, id).await?;
    answer(ask, key, command).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LetterWording")]
struct Text {
    subject: String,
    wording: String,
}

async fn revise(
    ask: Ask,
    Path(id): Path<LetterId>,
    Key(key): Key,
    Json(text): Json<Text>,
) -> Outcome<impl Gives> {
    let command = ReviseLetter {
        id,
        subject: text.subject,
        wording: text.wording,
    };
    act(&ask, id, key, command).await
}

async fn discard(ask: Ask, Path(id): Path<LetterId>, Key(key): Key) -> Outcome<impl Gives> {
    act(&ask, id, key, DiscardLetter { id }).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LetterSignature")]
struct Signature {
    digest: String,
}

async fn sign(
    ask: Ask,
    Path(id): Path<LetterId>,
    Key(key): Key,
    Json(body): Json<Signature>,
) -> Outcome<impl Gives> {
    let digest = body.digest;
    act(&ask, id, key, SignLetter { id, digest }).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "LetterDispatch")]
struct Dispatch {
    sent_on: Date,
    way: LetterWay,
}

async fn send(
    ask: Ask,
    Path(id): Path<LetterId>,
    Key(key): Key,
    Json(body): Json<Dispatch>,
) -> Outcome<impl Gives> {
    let command = SendLetter {
        id,
        sent_on: body.sent_on,
        way: body.way,
    };
    act(&ask, id, key, command).await
}
