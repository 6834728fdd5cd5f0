//! A meeting that is set for another day.

use access::audit;
use db::{Result, Tx, Write, sql};
use organizations::calendar;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{MeetingId, MeetingState, agenda, hold};
use crate::wording::{NAME, required};

/// Sets a meeting that has not been held for another day. Its number stays, also across Nowruz: what
/// it decides is numbered by the day it is held. A day off moves to the next working day. Bodies that
/// were called are called again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct MoveMeeting {
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// The new day.
    pub held_on: Date,
    /// From and until, as people write it.
    pub hours: String,
    /// Where.
    pub place: String,
}

impl Write for MoveMeeting {
    const NAME: &'static str = "move_meeting";
    /// The day that holds now.
    type Out = Date;
    async fn run(&self, tx: &mut Tx) -> Result<Date> {
        let states = [MeetingState::Planned, MeetingState::Called];
        let (committee, old) = hold(tx, self.meeting_id, &states).await?;
        let day = calendar::working_day_after(tx, self.held_on, 0).await?;
        let (hours, place) = (
            required(&self.hours, "hours", 60)?,
            required(&self.place, "place", NAME)?,
        );
        let before = super::get(tx, self.meeting_id).await?;
        // Nothing is new: nobody is called a second time.
        if (day, hours.as_str(), place.as_str()) == (old, &before.hours, &before.place) {
            return Ok(day);
        }
        sql("UPDATE meeting SET held_on = $2, moved_from = $3, hours = $4, place = $5 WHERE id = $1")
            .bind(self.meeting_id)
            .bind(day)
            .bind(old)
            .bind(hours)
            .bind(place)
            .execute_one(tx)
            .await?;
        if before.state == MeetingState::Called {
            agenda::call(tx, self.meeting_id, committee, day).await?;
        }
        audit::record(
            tx,
            "meeting_moved",
            "meeting",
            Some(self.meeting_id.get()),
            json!({ "from": old, "to": day }),
        )
        .await?;
        Ok(day)
    }
}
