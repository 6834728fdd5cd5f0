use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use db::Write;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::visible;
use super::{
    AddAgendaItem, AddRemark, ApproveAgenda, DraftAgenda, FreezeMinutes, Mark, MeetingId,
    OpenRemarks, PlanMeeting, RecordAttendance, WriteMinutes,
};
use crate::committees;
use crate::forms::{answer, key};
use crate::permissions::{COMMITTEE_READ, MEETING_APPROVE, MEETING_KEEP, MINUTES_REMARK};
use crate::resolutions;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .post("/api/v1/meetings", Need::May(&MEETING_KEEP), plan)
        .get("/api/v1/meetings/{id}", Need::May(&COMMITTEE_READ), show)
        .post(
            "/api/v1/meetings/{id}/agenda/draft",
            Need::May(&MEETING_KEEP),
            draft,
        )
        .post(
            "/api/v1/meetings/{id}/agenda",
            Need::May(&MEETING_KEEP),
            add_item,
        )
        .post(
            "/api/v1/meetings/{id}/agenda/approval",
            Need::May(&MEETING_APPROVE),
            approve,
        )
        .post(
            "/api/v1/meetings/{id}/attendance",
            Need::May(&MEETING_KEEP),
            attendance,
        )
        .put(
            "/api/v1/meetings/{id}/minutes",
            Need::May(&MEETING_KEEP),
            write,
        )
        .post(
            "/api/v1/meetings/{id}/minutes/opening",
            Need::May(&MEETING_KEEP),
            open,
        )
        .post(
            "/api/v1/meetings/{id}/remarks",
            Need::May(&MINUTES_REMARK),
            remark,
        )
        .post(
            "/api/v1/meetings/{id}/minutes/approval",
            Need::May(&MEETING_APPROVE),
            freeze,
        )
}

async fn plan(ask: Ask, Json(command): Json<PlanMeeting>) -> Outcome {
    committees::check(
        &mut ask.read().await?,
        &ask.viewer,
        command.committee_id,
        ask.now().date(),
    )
    .await?;
    answer(&ask, command.id.get(), command).await
}

async fn show(ask: Ask, Path(id): Path<MeetingId>) -> Outcome {
    let mut conn = ask.read().await?;
    let meeting = visible(&mut conn, &ask, id).await?;
    let as_of = meeting.as_of(ask.now());
    let today = as_of.date();
    let earlier: Vec<_> = resolutions::before(&mut conn, &meeting, as_of)
        .await?
        .into_iter()
        .map(|one| json!({ "state": one.state(today), "elapsed_days": one.elapsed_days(today), "resolution": one }))
        .collect();
    let body = json!({
        "earlier": earlier,
        "agenda": super::agenda(&mut conn, id).await?,
        "seats": super::seats(&mut conn, id, meeting.committee_id, meeting.held_on).await?,
        "quorum": super::quorum_of(&mut conn, id, meeting.committee_id, meeting.held_on).await?,
        "remarks": super::remarks(&mut conn, id).await?,
        "resolutions": resolutions::list_of_meeting(&mut conn, id, as_of).await?,
        "meeting": meeting,
    });
    ask.json(StatusCode::OK, &body)
}

/// Runs an act on a meeting the viewer may know about.
async fn act<W: Write>(ask: &Ask, id: MeetingId, key: Uuid, command: W) -> Outcome {
    visible(&mut ask.read().await?, ask, id).await?;
    answer(ask, key, command).await
}

async fn draft(ask: Ask, Path(meeting_id): Path<MeetingId>, headers: HeaderMap) -> Outcome {
    act(&ask, meeting_id, key(&headers)?, DraftAgenda { meeting_id }).await
}

#[derive(Deserialize)]
struct Text {
    wording: String,
}

async fn add_item(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    headers: HeaderMap,
    Json(text): Json<Text>,
) -> Outcome {
    let id = key(&headers)?;
    act(
        &ask,
        meeting_id,
        id,
        AddAgendaItem {
            id,
            meeting_id,
            wording: text.wording,
        },
    )
    .await
}

async fn approve(ask: Ask, Path(meeting_id): Path<MeetingId>, headers: HeaderMap) -> Outcome {
    act(
        &ask,
        meeting_id,
        key(&headers)?,
        ApproveAgenda { meeting_id },
    )
    .await
}

#[derive(Deserialize)]
struct Roll {
    marks: Vec<Mark>,
}

async fn attendance(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    headers: HeaderMap,
    Json(roll): Json<Roll>,
) -> Outcome {
    act(
        &ask,
        meeting_id,
        key(&headers)?,
        RecordAttendance {
            meeting_id,
            marks: roll.marks,
        },
    )
    .await
}

async fn write(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    headers: HeaderMap,
    Json(text): Json<Text>,
) -> Outcome {
    act(
        &ask,
        meeting_id,
        key(&headers)?,
        WriteMinutes {
            meeting_id,
            wording: text.wording,
        },
    )
    .await
}

async fn open(ask: Ask, Path(meeting_id): Path<MeetingId>, headers: HeaderMap) -> Outcome {
    act(&ask, meeting_id, key(&headers)?, OpenRemarks { meeting_id }).await
}

async fn remark(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    headers: HeaderMap,
    Json(text): Json<Text>,
) -> Outcome {
    let id = key(&headers)?;
    act(
        &ask,
        meeting_id,
        id,
        AddRemark {
            id,
            meeting_id,
            wording: text.wording,
        },
    )
    .await
}

async fn freeze(ask: Ask, Path(meeting_id): Path<MeetingId>, headers: HeaderMap) -> Outcome {
    act(
        &ask,
        meeting_id,
        key(&headers)?,
        FreezeMinutes { meeting_id },
    )
    .await
}
