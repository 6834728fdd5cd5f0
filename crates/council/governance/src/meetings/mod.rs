//! Meetings: called with an agenda, held with a quorum, closed by frozen minutes.

mod agenda;
pub(crate) mod api;
mod calendar;
mod commands;
mod departures;
pub(crate) mod documents;
mod forwarding;
mod minutes;
mod moving;
pub(crate) mod pages;
mod paper;
mod queries;
pub(crate) mod views;

use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use agenda::{AddAgendaItem, ApproveAgenda, DraftAgenda};
pub use commands::{Mark, PlanMeeting, RecordAttendance, SUBSTITUTE_UNNAMED};
pub(crate) use departures::quorum_now;
pub use departures::{QUORUM_LOST, RecordDeparture};
pub use documents::{AddDocument, DOCUMENT_FAULT, DocumentId, MeetingDocument};
pub use forwarding::{FORWARD_PARENT, ForwardItem};
pub use minutes::{
    AddRemark, FreezeMinutes, MINUTES_OWN, MINUTES_SEAT, MINUTES_UNSIGNED, OpenRemarks,
    SignMinutes, WriteMinutes,
};
pub use moving::MoveMeeting;
pub use queries::{agenda, get, list, next_of, quorum_of, remarks, seats};
pub(crate) use queries::{hold, unsign, unsign_since};

use crate::committees::{CommitteeId, CommitteeRole, MembershipId};

db::id!(
    /// A meeting.
    pub MeetingId
);

/// The meeting is not at the point where this can be done.
pub const MEETING_STATE: db::Reason = db::Reason::new("meeting_state", 409);
/// The meeting's day has not come.
pub const MEETING_AHEAD: db::Reason = db::Reason::new("meeting_ahead", 409);
/// Too few of those who vote are there.
pub const NO_QUORUM: db::Reason = db::Reason::new("no_quorum", 409);
/// A seat that is not of this committee on this day.
pub const SEAT_UNKNOWN: db::Reason = db::Reason::new("seat_unknown", 422);

db::text_enum! {
    /// Where a meeting stands.
    pub enum MeetingState {
        /// Its day is set; the agenda is being written.
        Planned = "planned",
        /// The chair approved the agenda; members are called.
        Called = "called",
        /// It took place: attendance is recorded.
        Held = "held",
        /// Its minutes are frozen.
        Closed = "closed",
    }
}

db::text_enum! {
    /// The phases of minutes.
    pub enum MinutesState {
        /// Nothing is written yet.
        None = "none",
        /// The secretary writes.
        Draft = "draft",
        /// Attendees say what they would change.
        Remarks = "remarks",
        /// Approved by the chair; nothing changes any more.
        Frozen = "frozen",
    }
}

db::text_enum! {
    /// Who was there.
    pub enum Presence {
        /// The holder of the seat.
        Present = "present",
        /// The seat's named substitute, in the absent holder's place.
        Deputy = "deputy",
        /// Nobody.
        Absent = "absent",
    }
}

impl Presence {
    /// A substitute fills the seat; holder and substitute are one mark, so both never count.
    pub fn fills_the_seat(self) -> bool {
        !matches!(self, Self::Absent)
    }
}

db::text_enum! {
    /// Where an item of the agenda comes from.
    pub enum AgendaKind {
        /// A hand-over whose deadline has passed.
        Leg = "leg",
        /// An earlier resolution without an answer, or late.
        Resolution = "resolution",
        /// An action of the plan that is late.
        Action = "action",
        /// A reminder that waits for its answer.
        Reminder = "reminder",
        /// A figure outside its range.
        Figure = "figure",
        /// Sent up by a working group.
        Forwarded = "forwarded",
        /// Typed by the secretary.
        Typed = "typed",
    }
}

/// A meeting.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Of which committee.
    pub committee_id: CommitteeId,
    /// Jalali year.
    pub year: i64,
    /// Its number in that year.
    pub number: i64,
    /// Its number since the committee began, 1 for the first.
    pub ordinal: i64,
    /// Its day.
    pub held_on: Date,
    /// The day it was last set for, when it was moved.
    pub moved_from: Option<Date>,
    /// From and until, as typed: «۱۰ تا ۱۲».
    pub hours: String,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub state: MeetingState,
    /// Where its minutes stand.
    pub minutes_state: MinutesState,
    /// The talks, as far as written.
    pub minutes: String,
    /// Who signed the minutes as secretary.
    pub minutes_signed_by: Option<Uuid>,
    /// From which seat the secretary signed them.
    pub minutes_signed_seat_id: Option<MembershipId>,
    /// When the secretary signed them.
    pub minutes_signed_at: Option<Timestamp>,
    /// Who approved them in the chair.
    pub minutes_approved_by: Option<Uuid>,
    /// From which seat they were approved.
    pub minutes_approved_seat_id: Option<MembershipId>,
    /// When the minutes were frozen, with the chair's signature.
    pub frozen_at: Option<Timestamp>,
}

impl Meeting {
    /// The seat of this role that signed the minutes, and when.
    pub fn signature(&self, role: CommitteeRole) -> Option<(MembershipId, Timestamp)> {
        match role {
            CommitteeRole::Chair => self.minutes_approved_seat_id.zip(self.frozen_at),
            CommitteeRole::Secretary => self.minutes_signed_seat_id.zip(self.minutes_signed_at),
            _ => None,
        }
    }

    /// The instant as of which its papers stand: frozen minutes tell what was known when they were
    /// frozen, whenever they are read.
    pub fn as_of(&self, now: Timestamp) -> Timestamp {
        self.frozen_at.unwrap_or(now)
    }
}

/// An item of the agenda.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
pub struct AgendaItem {
    /// Its id.
    pub id: Uuid,
    /// Its place, from 1.
    pub position: i64,
    /// Where it comes from.
    pub kind: AgendaKind,
    /// The record it opens; its own id for a typed one.
    pub subject_id: Uuid,
    /// Number or code of that record.
    pub reference: String,
    /// What is typed or cited; may be empty for a leg.
    pub wording: String,
    /// The same in English, where the record has it in English.
    pub wording_en: String,
    /// The deadline that passed.
    pub due_on: Option<Date>,
    /// The body whose turn it is, in Persian; empty without one.
    pub body_fa: String,
    /// The body in English.
    pub body_en: String,
}

/// A seat at one meeting.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SeatAt {
    /// Whose.
    pub member: crate::committees::Member,
    /// Whether it was filled; none before the roll is called.
    pub presence: Option<Presence>,
    /// The substitute named for the meeting's day.
    pub substitute: Option<String>,
    /// True when it was filled and left in the middle.
    pub has_left: bool,
}

/// A remark on the draft of the minutes.
#[derive(Clone, Debug, db::FromRow, Serialize, Deserialize, JsonSchema)]
pub struct Remark {
    /// Its id.
    pub id: Uuid,
    /// Who made it.
    pub user_id: Option<Uuid>,
    /// What it says.
    pub wording: String,
    /// When.
    pub made_at: Timestamp,
}
