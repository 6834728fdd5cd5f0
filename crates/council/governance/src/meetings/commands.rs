use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{MEETING_AHEAD, MeetingId, MeetingState, Presence, SEAT_UNKNOWN, agenda, hold, unsign};
use crate::committees::{self, CommitteeId, MembershipId, next_number};
use crate::wording::{NAME, required};

/// Sets the day of a meeting; it gets the next number of its committee and Jalali year, and what the
/// committee waits for stands on its agenda at once.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlanMeeting {
    /// Made by the sender.
    pub id: MeetingId,
    /// Of which committee.
    pub committee_id: CommitteeId,
    /// Its day.
    pub held_on: Date,
    /// From and until, as people write it.
    pub hours: String,
    /// Where.
    pub place: String,
}

impl Write for PlanMeeting {
    const NAME: &'static str = "plan_meeting";
    type Out = MeetingId;
    async fn run(&self, tx: &mut Tx) -> Result<MeetingId> {
        let (hours, place) = (
            required(&self.hours, "hours", 60)?,
            required(&self.place, "place", NAME)?,
        );
        let (year, number) = next_number(tx, self.committee_id, "meeting", self.held_on).await?;
        sql("INSERT INTO meeting (id, committee_id, year, number, held_on, hours, place, state,
             minutes_state, minutes, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'planned', 'none', '', $8)")
        .bind(self.id)
        .bind(self.committee_id)
        .bind(year)
        .bind(number)
        .bind(self.held_on)
        .bind(hours)
        .bind(place)
        .bind(tx.now())
        .execute(tx)
        .await?;
        agenda::bring_back(tx, self.id, self.committee_id).await?;
        let detail = json!({ "year": year, "number": number });
        audit::record(
            tx,
            "meeting_planned",
            "meeting",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// No substitute is named for this seat on the meeting's day.
pub const SUBSTITUTE_UNNAMED: Reason = Reason::new("substitute_unnamed", 422);

/// One seat of the roll.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MeetingMark")]
pub struct Mark {
    /// Whose seat.
    pub membership_id: MembershipId,
    /// Whether it was filled.
    pub presence: Presence,
}

/// Calls the roll of a meeting that was called; it then counts as held. May be mended until the
/// minutes are frozen, and takes their signature off; not before the meeting's day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordAttendance {
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// The roll.
    pub marks: Vec<Mark>,
}

impl Write for RecordAttendance {
    const NAME: &'static str = "record_attendance";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (committee, day) = hold(
            tx,
            self.meeting_id,
            &[MeetingState::Called, MeetingState::Held],
        )
        .await?;
        if day > tx.today() {
            return MEETING_AHEAD.refuse();
        }
        let substitutes = committees::substitutes_on(tx, committee, day).await?;
        for mark in &self.marks {
            let substitute = match mark.presence {
                Presence::Deputy => match substitutes.get(&mark.membership_id) {
                    Some(named) => Some(named.id),
                    None => return SUBSTITUTE_UNNAMED.refuse(),
                },
                _ => None,
            };
            let marked = sql(
                "INSERT INTO attendance_mark (meeting_id, membership_id, presence, marked_at, substitute_id)
                 SELECT $1, m.id, $3, $4, $7 FROM committee_membership m WHERE m.id = $2
                 AND m.committee_id = $5 AND m.valid_from <= $6 AND (m.valid_until IS NULL OR m.valid_until >= $6)
                 ON CONFLICT (meeting_id, membership_id)
                 DO UPDATE SET presence = excluded.presence, marked_at = excluded.marked_at,
                 substitute_id = excluded.substitute_id",
            )
            .bind(self.meeting_id)
            .bind(mark.membership_id)
            .bind(mark.presence)
            .bind(tx.now())
            .bind(committee)
            .bind(day)
            .bind(substitute)
            .execute(tx)
            .await?;
            if marked == 0 {
                return SEAT_UNKNOWN.refuse();
            }
        }
        unsign(tx, self.meeting_id).await?;
        sql("UPDATE meeting SET state = 'held', minutes_state = CASE WHEN minutes_state = 'none' THEN 'draft'
             ELSE minutes_state END WHERE id = $1")
        .bind(self.meeting_id)
        .execute_one(tx)
        .await?;
        audit::record(
            tx,
            "attendance_recorded",
            "meeting",
            Some(self.meeting_id.get()),
            json!({ "seats": self.marks.len() }),
        )
        .await
    }
}
