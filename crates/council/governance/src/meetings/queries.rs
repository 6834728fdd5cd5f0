use std::collections::BTreeMap;

use db::{Conn, Error, Result, Tx, sql};
use persian::{Date, Timestamp};

use super::{
    AgendaItem, MEETING_STATE, Meeting, MeetingId, MeetingState, Presence, Remark, SeatAt,
};
use crate::committees::{self, CommitteeId, CommitteeRole, Member, MembershipId, Quorum, Seat};
use crate::resolutions::ResolutionId;

const COLUMNS: &str = "SELECT m.id, m.committee_id, m.year, m.number,
     (SELECT count(*) FROM meeting e WHERE e.committee_id = m.committee_id
      AND (e.year < m.year OR (e.year = m.year AND e.number <= m.number))) AS ordinal,
     m.held_on, m.moved_from, m.hours, m.place, m.state, m.minutes_state, m.minutes, m.minutes_signed_by,
     m.minutes_signed_seat_id, m.minutes_signed_at, m.minutes_approved_by, m.minutes_approved_seat_id,
     m.frozen_at FROM meeting m";

/// One meeting, whoever asks.
pub async fn get(conn: &mut Conn, id: MeetingId) -> Result<Meeting> {
    sql(format!("{COLUMNS} WHERE m.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A committee's meetings, newest first.
pub async fn list(conn: &mut Conn, committee: CommitteeId) -> Result<Vec<Meeting>> {
    sql(format!(
        "{COLUMNS} WHERE m.committee_id = $1 ORDER BY m.year DESC, m.number DESC"
    ))
    .bind(committee)
    .all(conn)
    .await
}

/// The meeting that is next on the table: the earliest one that is not closed.
pub async fn next_of(conn: &mut Conn, committee: CommitteeId) -> Result<Option<Meeting>> {
    sql(format!("{COLUMNS} WHERE m.committee_id = $1 AND m.state <> 'closed' ORDER BY m.held_on, m.id LIMIT 1"))
        .bind(committee)
        .optional(conn)
        .await
}

/// A meeting's agenda in order.
pub async fn agenda(conn: &mut Conn, id: MeetingId) -> Result<Vec<AgendaItem>> {
    sql(
        "SELECT i.id, i.position, i.kind, i.subject_id, i.reference, i.wording, i.wording_en, i.due_on,
         coalesce(o.name_fa, '') AS body_fa, coalesce(o.name_en, '') AS body_en
         FROM agenda_item i LEFT JOIN organization_card o ON o.id = i.organization_id
         WHERE i.meeting_id = $1 ORDER BY i.position",
    )
    .bind(id)
    .all(conn)
    .await
}

/// The seats on the meeting's day, each with its presence.
pub async fn seats(
    conn: &mut Conn,
    meeting: MeetingId,
    committee: CommitteeId,
    day: Date,
) -> Result<Vec<SeatAt>> {
    let rows = sql("SELECT membership_id, presence FROM attendance_mark WHERE meeting_id = $1")
        .bind(meeting)
        .rows(conn)
        .await?;
    let mut marks: BTreeMap<MembershipId, Presence> = BTreeMap::new();
    for row in rows {
        marks.insert(row.get("membership_id")?, row.get("presence")?);
    }
    let members = committees::members_on(conn, committee, day).await?;
    let mut substitutes = committees::substitutes_on(conn, committee, day).await?;
    let gone: Vec<MembershipId> = sql(
        "SELECT membership_id AS value FROM attendance_departure WHERE meeting_id = $1 AND returned_at IS NULL",
    )
    .bind(meeting)
    .scalars(conn)
    .await?;
    Ok(members
        .into_iter()
        .map(|member| SeatAt {
            presence: marks.get(&member.id).copied(),
            substitute: substitutes.remove(&member.id).map(|one| one.name),
            has_left: gone.contains(&member.id),
            member,
        })
        .collect())
}

/// Whether the meeting can decide, by the rules of its day.
pub async fn quorum_of(
    conn: &mut Conn,
    meeting: MeetingId,
    committee: CommitteeId,
    day: Date,
) -> Result<Quorum> {
    let rules = committees::rules_on(conn, committee, day).await?;
    let seats = seats(conn, meeting, committee, day).await?;
    let seats: Vec<Seat> = seats
        .iter()
        .map(|seat| Seat {
            role: seat.member.role,
            is_present: seat.presence.is_some_and(Presence::fills_the_seat),
        })
        .collect();
    Ok(committees::quorum(&rules, &seats))
}

/// Whose signatures the minutes carry, and when each was set: the chair's and the secretary's seat
/// that signed, or, as long as none has, the seats of the meeting's day that may.
pub(super) async fn signatories(
    conn: &mut Conn,
    meeting: &Meeting,
    seats: &[SeatAt],
) -> Result<Vec<(Member, Option<Timestamp>)>> {
    let mut signatories = Vec::new();
    for role in [CommitteeRole::Chair, CommitteeRole::Secretary] {
        if let Some((seat, at)) = meeting.signature(role) {
            signatories.push((committees::seat(conn, seat).await?, Some(at)));
            continue;
        }
        let waited_for = seats.iter().filter(|seat| seat.member.role == role);
        signatories.extend(waited_for.map(|seat| (seat.member.clone(), None)));
    }
    Ok(signatories)
}

/// What attendees said about the draft, oldest first.
pub async fn remarks(conn: &mut Conn, id: MeetingId) -> Result<Vec<Remark>> {
    sql("SELECT id, user_id, wording, made_at FROM minutes_remark WHERE meeting_id = $1 ORDER BY id")
        .bind(id)
        .all(conn)
        .await
}

/// Holds the meeting's row until the write ends, and refuses unless it stands where the write
/// needs it. Gives its committee and day.
pub(crate) async fn hold(
    tx: &mut Tx,
    id: MeetingId,
    states: &[MeetingState],
) -> Result<(CommitteeId, Date)> {
    let rows = sql(
        "UPDATE meeting SET place = place WHERE id = $1 RETURNING committee_id, held_on, state",
    )
    .bind(id)
    .rows(tx)
    .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let state: MeetingState = row.get("state")?;
    if !states.contains(&state) {
        return MEETING_STATE.refuse();
    }
    Ok((row.get("committee_id")?, row.get("held_on")?))
}

/// Takes the secretary's signature off all minutes that tell of a resolution: those of the meeting
/// that decided it and of later ones of its committee. Frozen ones do not change.
pub(crate) async fn unsign_since(tx: &mut Tx, resolution: ResolutionId) -> Result<()> {
    sql(
        "UPDATE meeting SET minutes_signed_by = NULL, minutes_signed_seat_id = NULL, minutes_signed_at = NULL
         WHERE state <> 'closed' AND minutes_signed_at IS NOT NULL AND EXISTS
         (SELECT 1 FROM resolution r JOIN meeting d ON d.id = r.meeting_id
          WHERE r.id = $1 AND d.committee_id = meeting.committee_id
          AND (d.year < meeting.year OR (d.year = meeting.year AND d.number <= meeting.number)))",
    )
    .bind(resolution)
    .execute(tx)
    .await
    .map(drop)
}

/// Takes the secretary's signature off minutes whose contents change; frozen ones do not change.
pub(crate) async fn unsign(tx: &mut Tx, id: MeetingId) -> Result<()> {
    sql(
        "UPDATE meeting SET minutes_signed_by = NULL, minutes_signed_seat_id = NULL,
         minutes_signed_at = NULL WHERE id = $1 AND state <> 'closed'",
    )
    .bind(id)
    .execute(tx)
    .await?;
    Ok(())
}
