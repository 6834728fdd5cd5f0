//! Sessions and rolls for machines.

use access::contract::Gives;
use access::{Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{Json, Outcome};

use super::pages::session_of;
use super::{AttendanceId, CorrectMark, Mark, Marked, SaveRoll, Session, SessionId, queries};
use crate::COURSE_TEACH;
use crate::enrolments::EnrolmentId;

pub(crate) fn routes() -> Routes {
    let teach = Need::May(&COURSE_TEACH);
    Routes::new()
        .api_get("/api/v1/sessions/{id}", teach, show)
        .api_post("/api/v1/sessions/{id}/roll", teach, save)
        .api_post("/api/v1/attendance/{id}/correction", teach, correct)
}

/// A session and its roll.
#[derive(Serialize, JsonSchema)]
struct SessionItem {
    session: Session,
    marks: Vec<Marked>,
}

async fn show(ask: Ask, Path(id): Path<SessionId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let (session, _) = session_of(&ask, &mut conn, id).await?;
    let marks = queries::marks(&mut conn, id).await?;
    ask.json(StatusCode::OK, &SessionItem { session, marks })
}

/// Who was not there or came late; everybody else was.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "SessionRoll")]
struct Roll {
    #[serde(default)]
    absent: Vec<EnrolmentId>,
    #[serde(default)]
    late: Vec<EnrolmentId>,
}

/// How many names the roll has.
#[derive(Serialize, JsonSchema)]
struct RollSaved {
    names: i64,
}

async fn save(
    ask: Ask,
    Path(id): Path<SessionId>,
    Key(key): Key,
    Json(roll): Json<Roll>,
) -> Outcome<impl Gives> {
    session_of(&ask, &mut ask.read().await?, id).await?;
    let command = SaveRoll {
        session: id,
        absent: roll.absent,
        late: roll.late,
    };
    let answer = ask.once(key, command).await?;
    ask.json(StatusCode::OK, &RollSaved { names: answer.out })
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MarkCorrection")]
struct Correction {
    id: AttendanceId,
    mark: Mark,
}

/// The roll.
#[derive(Serialize, JsonSchema)]
struct RollItem {
    marks: Vec<Marked>,
}

/// The body's `id` is its key and the new mark's id.
async fn correct(
    ask: Ask,
    Path(id): Path<AttendanceId>,
    Json(right): Json<Correction>,
) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let session = queries::session_of(&mut conn, id).await?;
    session_of(&ask, &mut conn, session).await?;
    drop(conn);
    let command = CorrectMark {
        id: right.id,
        corrects: id,
        mark: right.mark,
    };
    let key = right.id.get();
    ask.once(key, command).await?;
    let marks = queries::marks(&mut ask.read().await?, session).await?;
    ask.json(StatusCode::OK, &RollItem { marks })
}
