//! Deliveries: a message on its way to an endpoint, and what came of each attempt.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
pub(crate) mod queries;
pub(crate) mod views;

use db::{FromRow, Reason};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

pub(crate) use commands::{Replay, ReplayFailed};

db::text_enum! {
    /// Where a delivery stands.
    #[schemars(rename = "WebhookDeliveryState")]
    pub(crate) enum DeliveryState {
        /// Not tried yet.
        Waiting = "waiting",
        /// The receiver has it.
        Delivered = "delivered",
        /// Tried, and to be tried again.
        Failed = "failed",
        /// Given up.
        Dead = "dead",
    }
}

db::text_enum! {
    /// Why an attempt came to nothing.
    #[schemars(rename = "WebhookFault")]
    pub(crate) enum Fault {
        /// The receiver answered with another status than 2xx.
        Status = "status",
        /// The receiver sent us elsewhere; we do not follow.
        Redirect = "redirect",
        /// The receiver wants nothing more: 410.
        Gone = "gone",
        /// No answer in time.
        Timeout = "timeout",
        /// No connection.
        Connection = "connection",
        /// The name leads nowhere.
        NoHost = "no_host",
        /// The name leads into a network that is closed to messages.
        Closed = "closed",
        /// The certificate does not hold.
        Tls = "tls",
        /// The endpoint was disabled.
        Disabled = "disabled",
    }
}

/// What has not been tried yet is not sent anew.
pub const STILL_WAITING: Reason = Reason::new("webhook_still_waiting", 409);

/// A delivery with its message's kind.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "WebhookDelivery")]
pub(crate) struct Delivery {
    /// Its id.
    pub id: Uuid,
    /// The message: what receivers see as `webhook-id`.
    pub message_id: Uuid,
    /// The kind of event.
    #[schemars(with = "crate::EventType")]
    pub event_type: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub next_try_at: Option<Timestamp>,
    /// What the receiver answered last.
    pub last_status: Option<i64>,
    /// Why the last attempt came to nothing.
    pub last_fault: Option<Fault>,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it arrived or was given up.
    pub ended_at: Option<Timestamp>,
}

/// One attempt.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "WebhookAttempt")]
pub(crate) struct Attempt {
    /// Which, from 1 on. One that the program did not live to see the end of is missing.
    pub number: i64,
    /// What the receiver answered.
    pub status: Option<i64>,
    /// Why it came to nothing.
    pub fault: Option<Fault>,
    /// When it ended.
    pub made_at: Timestamp,
}
