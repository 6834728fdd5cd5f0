//! Minutes: draft, remarks of the attendees, signed by the secretary, frozen by the chair.

use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    MEETING_STATE, MeetingId, MeetingState, MinutesState, NO_QUORUM, hold, quorum_of, unsign,
};
use crate::committees::{self, CommitteeRole};
use crate::wording::{PARAGRAPH, required};

/// The minutes wait for the secretary's signature.
pub const MINUTES_UNSIGNED: Reason = Reason::new("minutes_unsigned", 409);
/// The secretary's signature comes from the secretary's seat, the chair's from the chair's.
pub const MINUTES_SEAT: Reason = Reason::new("minutes_seat", 409);
/// Two different people sign the minutes.
pub const MINUTES_OWN: Reason = Reason::new("minutes_own", 409);

/// Writes the talks down; possible until the minutes are frozen. A changed text is to be signed
/// anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WriteMinutes {
    /// Which meeting; it must have been held.
    pub meeting_id: MeetingId,
    /// The talks, a paragraph a line.
    pub wording: String,
}

impl Write for WriteMinutes {
    const NAME: &'static str = "write_minutes";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        unsign(tx, self.meeting_id).await?;
        sql("UPDATE meeting SET minutes = $2 WHERE id = $1")
            .bind(self.meeting_id)
            .bind(required(&self.wording, "minutes", PARAGRAPH)?)
            .execute_one(tx)
            .await?;
        audit::record(
            tx,
            "minutes_written",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await
    }
}

/// Lays the draft before the attendees.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenRemarks {
    /// Which meeting.
    pub meeting_id: MeetingId,
}

impl Write for OpenRemarks {
    const NAME: &'static str = "open_remarks";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let opened = sql("UPDATE meeting SET minutes_state = 'remarks'
             WHERE id = $1 AND state = 'held' AND minutes_state = 'draft' AND minutes <> ''")
        .bind(self.meeting_id)
        .execute(tx)
        .await?;
        if opened == 0 {
            return MEETING_STATE.refuse();
        }
        audit::record(
            tx,
            "minutes_laid_open",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await
    }
}

/// Says something about the draft.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AddRemark {
    /// Made by the sender.
    pub id: Uuid,
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// What should be changed.
    pub wording: String,
}

impl Write for AddRemark {
    const NAME: &'static str = "add_remark";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        let added = sql(
            "INSERT INTO minutes_remark (id, meeting_id, user_id, wording, made_at)
             SELECT $1, m.id, $3, $4, $5 FROM meeting m WHERE m.id = $2 AND m.minutes_state = 'remarks'",
        )
        .bind(self.id)
        .bind(self.meeting_id)
        .bind(tx.origin().user)
        .bind(required(&self.wording, "remark", 1_000)?)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if added == 0 {
            return MEETING_STATE.refuse();
        }
        audit::record(
            tx,
            "minutes_remarked",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await?;
        Ok(self.id)
    }
}

/// Whoever holds the secretary's seat signs the minutes that lie before the attendees; the chair's
/// signature follows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SignMinutes {
    /// Which meeting; its minutes must be open for remarks.
    pub meeting_id: MeetingId,
}

impl Write for SignMinutes {
    const NAME: &'static str = "sign_minutes";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (committee, _) = hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        let roles = [CommitteeRole::Secretary];
        let seat = committees::seat_to_sign(tx, committee, &roles, &MINUTES_SEAT).await?;
        let signed = sql(
            "UPDATE meeting SET minutes_signed_by = $2, minutes_signed_seat_id = $3, minutes_signed_at = $4
             WHERE id = $1 AND minutes_state = 'remarks' AND minutes_signed_at IS NULL",
        )
        .bind(self.meeting_id)
        .bind(tx.origin().user)
        .bind(seat)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if signed == 0 {
            return MEETING_STATE.refuse();
        }
        audit::record(
            tx,
            "minutes_signed",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await
    }
}

/// Whoever holds the chair's seat approves the minutes with a signature beside the secretary's: they are frozen and the
/// meeting is closed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FreezeMinutes {
    /// Which meeting; it needs a quorum and an open draft that the secretary has signed.
    pub meeting_id: MeetingId,
}

impl Write for FreezeMinutes {
    const NAME: &'static str = "freeze_minutes";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (committee, day) = hold(tx, self.meeting_id, &[MeetingState::Held]).await?;
        if !quorum_of(tx, self.meeting_id, committee, day).await?.is_met {
            return NO_QUORUM.refuse();
        }
        let roles = [CommitteeRole::Chair];
        let seat = committees::seat_to_sign(tx, committee, &roles, &MINUTES_SEAT).await?;
        let frozen = sql(
            "UPDATE meeting SET state = 'closed', minutes_state = 'frozen', minutes_approved_by = $2,
             minutes_approved_seat_id = $3, frozen_at = $4
             WHERE id = $1 AND minutes_state = 'remarks' AND minutes_signed_at IS NOT NULL",
        )
        .bind(self.meeting_id)
        .bind(tx.origin().user)
        .bind(seat)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_meeting_two_hands", &MINUTES_OWN))?;
        if frozen == 0 {
            let meeting = super::get(tx, self.meeting_id).await?;
            return match meeting.minutes_state {
                MinutesState::Remarks => MINUTES_UNSIGNED.refuse(),
                _ => MEETING_STATE.refuse(),
            };
        }
        audit::record(
            tx,
            "minutes_frozen",
            "meeting",
            Some(self.meeting_id.get()),
            json!({}),
        )
        .await
    }
}
