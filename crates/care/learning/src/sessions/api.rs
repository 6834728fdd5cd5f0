//! Sessions and rolls for machines.

use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use web::{Json, Outcome};

use super::pages::session_of;
use super::{AttendanceId, CorrectMark, Mark, SaveRoll, SessionId, queries};
use crate::COURSE_TEACH;
use crate::bounds::key_of;
use crate::enrolments::EnrolmentId;

pub(crate) fn routes() -> Routes {
    let teach = Need::May(&COURSE_TEACH);
    Routes::new()
        .get("/api/v1/sessions/{id}", teach, show)
        .post("/api/v1/sessions/{id}/roll", teach, save)
        .post("/api/v1/attendance/{id}/correction", teach, correct)
}

async fn show(ask: Ask, Path(id): Path<SessionId>) -> Outcome {
    let mut conn = ask.read().await?;
    let (session, _) = session_of(&ask, &mut conn, id).await?;
    let marks = queries::marks(&mut conn, id).await?;
    ask.json(
        StatusCode::OK,
        &json!({ "session": session, "marks": marks }),
    )
}

/// Who was not there or came late; everybody else was.
#[derive(Deserialize)]
struct Roll {
    #[serde(default)]
    absent: Vec<EnrolmentId>,
    #[serde(default)]
    late: Vec<EnrolmentId>,
}

async fn save(
    ask: Ask,
    Path(id): Path<SessionId>,
    headers: HeaderMap,
    Json(roll): Json<Roll>,
) -> Outcome {
    let key = key_of(&headers)?;
    session_of(&ask, &mut ask.read().await?, id).await?;
    let command = SaveRoll {
        session: id,
        absent: roll.absent,
        late: roll.late,
    };
    let answer = ask.city.db.write_once(key, &ask.origin(), command).await?;
    ask.json(StatusCode::OK, &json!({ "names": answer.out }))
}

#[derive(Deserialize)]
struct Correction {
    id: AttendanceId,
    mark: Mark,
}

/// The body's `id` is its key and the new mark's id.
async fn correct(ask: Ask, Path(id): Path<AttendanceId>, Json(right): Json<Correction>) -> Outcome {
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
    ask.city.db.write_once(key, &ask.origin(), command).await?;
    let marks = queries::marks(&mut ask.read().await?, session).await?;
    ask.json(StatusCode::OK, &json!({ "marks": marks }))
}
