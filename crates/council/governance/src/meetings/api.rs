use access::contract::Gives;
use access::{Answer, Ask, Key, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use db::Write;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, Outcome};

use super::pages::visible;
use super::{
    AddAgendaItem, AddRemark, AgendaItem, ApproveAgenda, DraftAgenda, ForwardItem, FreezeMinutes,
    Mark, Meeting, MeetingDocument, MeetingId, MoveMeeting, OpenRemarks, PlanMeeting,
    RecordAttendance, RecordDeparture, Remark, SeatAt, SignMinutes, WriteMinutes,
};
use crate::committees;
use crate::committees::Quorum;
use crate::forms::{Accepted, answer};
use crate::permissions::{
    COMMITTEE_READ, MEETING_APPROVE, MEETING_KEEP, MINUTES_REMARK, MINUTES_SIGN,
};
use crate::resolutions::{self, Resolution, api::ResolutionItem};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_post("/api/v1/meetings", Need::May(&MEETING_KEEP), plan)
        .api_get("/api/v1/meetings/{id}", Need::May(&COMMITTEE_READ), show)
        .api_post(
            "/api/v1/meetings/{id}/agenda/draft",
            Need::May(&MEETING_KEEP),
            draft,
        )
        .api_post(
            "/api/v1/meetings/{id}/agenda",
            Need::May(&MEETING_KEEP),
            add_item,
        )
        .api_post(
            "/api/v1/meetings/{id}/agenda/approval",
            Need::May(&MEETING_APPROVE),
            approve,
        )
        .api_post(
            "/api/v1/meetings/{id}/move",
            Need::May(&MEETING_KEEP),
            move_it,
        )
        .api_post(
            "/api/v1/meetings/{id}/departures",
            Need::May(&MEETING_KEEP),
            depart,
        )
        .api_post(
            "/api/v1/meetings/{id}/forward",
            Need::May(&MEETING_KEEP),
            forward,
        )
        .api_post(
            "/api/v1/meetings/{id}/attendance",
            Need::May(&MEETING_KEEP),
            attendance,
        )
        .api_put(
            "/api/v1/meetings/{id}/minutes",
            Need::May(&MEETING_KEEP),
            write,
        )
        .api_post(
            "/api/v1/meetings/{id}/minutes/opening",
            Need::May(&MEETING_KEEP),
            open,
        )
        .api_post(
            "/api/v1/meetings/{id}/remarks",
            Need::May(&MINUTES_REMARK),
            remark,
        )
        .api_post(
            "/api/v1/meetings/{id}/minutes/signature",
            Need::May(&MINUTES_SIGN),
            sign,
        )
        .api_post(
            "/api/v1/meetings/{id}/minutes/approval",
            Need::May(&MEETING_APPROVE),
            freeze,
        )
}

async fn plan(ask: Ask, Json(command): Json<PlanMeeting>) -> Outcome<impl Gives> {
    committees::check(
        &mut ask.read().await?,
        &ask.viewer,
        command.committee_id,
        ask.now().date(),
    )
    .await?;
    answer(&ask, command.id.get(), command).await
}

/// A meeting with its papers.
#[derive(Serialize, JsonSchema)]
struct MeetingFile {
    earlier: Vec<ResolutionItem>,
    agenda: Vec<AgendaItem>,
    seats: Vec<SeatAt>,
    quorum: Quorum,
    remarks: Vec<Remark>,
    papers: Vec<MeetingDocument>,
    resolutions: Vec<Resolution>,
    meeting: Meeting,
}

async fn show(ask: Ask, Path(id): Path<MeetingId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let meeting = visible(&mut conn, &ask, id).await?;
    let as_of = meeting.as_of(ask.now());
    let today = as_of.date();
    let earlier: Vec<_> = resolutions::before(&mut conn, &meeting, as_of)
        .await?
        .into_iter()
        .map(|one| ResolutionItem {
            state: one.state(today),
            elapsed_days: one.elapsed_days(today),
            resolution: one,
        })
        .collect();
    let body = MeetingFile {
        earlier,
        agenda: super::agenda(&mut conn, id).await?,
        seats: super::seats(&mut conn, id, meeting.committee_id, meeting.held_on).await?,
        quorum: super::quorum_of(&mut conn, id, meeting.committee_id, meeting.held_on).await?,
        remarks: super::remarks(&mut conn, id).await?,
        papers: super::documents::list(&mut conn, id).await?,
        resolutions: resolutions::list_of_meeting(&mut conn, id, as_of).await?,
        meeting,
    };
    ask.json(StatusCode::OK, &body)
}

/// Runs an act on a meeting the viewer may know about.
async fn act<W: Write>(
    ask: &Ask,
    id: MeetingId,
    key: Uuid,
    command: W,
) -> Outcome<Answer<Accepted<W::Out>>> {
    visible(&mut ask.read().await?, ask, id).await?;
    answer(ask, key, command).await
}

async fn draft(ask: Ask, Path(meeting_id): Path<MeetingId>, Key(key): Key) -> Outcome<impl Gives> {
    act(&ask, meeting_id, key, DraftAgenda { meeting_id }).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Wording")]
struct Text {
    wording: String,
}

async fn add_item(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Key(key): Key,
    Json(text): Json<Text>,
) -> Outcome<impl Gives> {
    let id = key;
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

async fn approve(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Key(key): Key,
) -> Outcome<impl Gives> {
    act(&ask, meeting_id, key, ApproveAgenda { meeting_id }).await
}

async fn move_it(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Key(key): Key,
    Json(command): Json<MoveMeeting>,
) -> Outcome<impl Gives> {
    let command = MoveMeeting {
        meeting_id,
        ..command
    };
    act(&ask, meeting_id, key, command).await
}

async fn depart(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Json(command): Json<RecordDeparture>,
) -> Outcome<impl Gives> {
    let command = RecordDeparture {
        meeting_id,
        ..command
    };
    act(&ask, meeting_id, command.id, command).await
}

async fn forward(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Json(command): Json<ForwardItem>,
) -> Outcome<impl Gives> {
    let command = ForwardItem {
        meeting_id,
        ..command
    };
    act(&ask, meeting_id, command.id, command).await
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "MeetingRoll")]
struct Roll {
    marks: Vec<Mark>,
}

async fn attendance(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Key(key): Key,
    Json(roll): Json<Roll>,
) -> Outcome<impl Gives> {
    act(
        &ask,
        meeting_id,
        key,
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
    Key(key): Key,
    Json(text): Json<Text>,
) -> Outcome<impl Gives> {
    act(
        &ask,
        meeting_id,
        key,
        WriteMinutes {
            meeting_id,
            wording: text.wording,
        },
    )
    .await
}

async fn open(ask: Ask, Path(meeting_id): Path<MeetingId>, Key(key): Key) -> Outcome<impl Gives> {
    act(&ask, meeting_id, key, OpenRemarks { meeting_id }).await
}

async fn remark(
    ask: Ask,
    Path(meeting_id): Path<MeetingId>,
    Key(key): Key,
    Json(text): Json<Text>,
) -> Outcome<impl Gives> {
    let id = key;
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

async fn sign(ask: Ask, Path(meeting_id): Path<MeetingId>, Key(key): Key) -> Outcome<impl Gives> {
    act(&ask, meeting_id, key, SignMinutes { meeting_id }).await
}

async fn freeze(ask: Ask, Path(meeting_id): Path<MeetingId>, Key(key): Key) -> Outcome<impl Gives> {
    act(&ask, meeting_id, key, FreezeMinutes { meeting_id }).await
}
