//! Who leaves in the middle: what is decided afterwards needs the seats that are still there.

use access::audit;
use db::{Conn, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{MEETING_STATE, MeetingId, MeetingState, NO_QUORUM, Presence, hold, unsign};
use crate::committees::{self, CommitteeId, MembershipId, Quorum, Seat};

/// Those who are left do not make a quorum any more.
pub const QUORUM_LOST: Reason = Reason::new("quorum_lost", 409);

/// Writes down that somebody left the meeting, or came back to it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordDeparture {
    /// Made by the sender.
    pub id: Uuid,
    /// Which meeting; it must have been held and not be closed.
    pub meeting_id: MeetingId,
    /// Whose seat; it was filled.
    pub membership_id: MembershipId,
    /// True when they came back.
    pub is_back: bool,
}

impl Write for RecordDeparture {
    const NAME: &'static str = "record_departure";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        unsign(tx, self.meeting_id).await?;
        let changed = if self.is_back {
            sql("UPDATE attendance_departure SET returned_at = $3
                 WHERE meeting_id = $1 AND membership_id = $2 AND returned_at IS NULL")
            .bind(self.meeting_id)
            .bind(self.membership_id)
            .bind(tx.now())
            .execute(tx)
            .await?
        } else {
            sql(
                "INSERT INTO attendance_departure (id, meeting_id, membership_id, left_at)
                 SELECT $3, a.meeting_id, a.membership_id, $4 FROM attendance_mark a
                 WHERE a.meeting_id = $1 AND a.membership_id = $2 AND a.presence <> 'absent'",
            )
            .bind(self.meeting_id)
            .bind(self.membership_id)
            .bind(self.id)
            .bind(tx.now())
            .execute(tx)
            .await
            .map_err(|error| error.or_reason("ux_attendance_departure_open", &MEETING_STATE))?
        };
        if changed == 0 {
            return MEETING_STATE.refuse();
        }
        let detail = json!({ "seat": self.membership_id, "is_back": self.is_back });
        audit::record(
            tx,
            "departure_recorded",
            "meeting",
            Some(self.meeting_id.get()),
            detail,
        )
        .await
    }
}

/// The count of those who are still there; refuses when they cannot decide, and says whether they
/// never could or somebody left.
pub(crate) async fn quorum_now(
    conn: &mut Conn,
    meeting: MeetingId,
    committee: CommitteeId,
    day: Date,
) -> Result<Quorum> {
    let rules = committees::rules_on(conn, committee, day).await?;
    let seats = super::seats(conn, meeting, committee, day).await?;
    let count = |is_now: bool| {
        let seats: Vec<Seat> = seats
            .iter()
            .map(|seat| Seat {
                role: seat.member.role,
                is_present: seat.presence.is_some_and(Presence::fills_the_seat)
                    && !(is_now && seat.has_left),
            })
            .collect();
        committees::quorum(&rules, &seats)
    };
    let now = count(true);
    match (now.is_met, count(false).is_met) {
        (true, _) => Ok(now),
        (false, true) => QUORUM_LOST.refuse(),
        (false, false) => NO_QUORUM.refuse(),
    }
}
