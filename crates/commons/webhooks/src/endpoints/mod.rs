//! Endpoints: where a body's system listens, to what, and the secret it knows us by.

pub(crate) mod api;
mod commands;
pub(crate) mod pages;
pub(crate) mod queries;
pub(crate) mod views;

use access::{Role, Viewer};
use db::{FromRow, Reason};
use organizations::OrganizationId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use uuid::Uuid;

pub(crate) use commands::{AddEndpoint, PauseEndpoint, ResumeEndpoint, RotateSecret, SendTest};

use crate::{EventType, KEEP};

db::text_enum! {
    /// What an endpoint does.
    #[schemars(rename = "WebhookEndpointState")]
    pub(crate) enum EndpointState {
        /// It is told.
        Active = "active",
        /// What happens waits for it.
        Paused = "paused",
        /// The receiver is gone, or took nothing for days.
        Disabled = "disabled",
    }
}

/// The body has an endpoint at this address already.
pub const URL_TAKEN: Reason = Reason::new("webhook_url_taken", 409);
/// At least one kind of event must be chosen.
pub const NO_EVENTS: Reason = Reason::new("webhook_no_events", 422);
/// Only an active endpoint is paused or tried.
pub const NOT_ACTIVE: Reason = Reason::new("webhook_not_active", 409);
/// An active endpoint has nothing to resume.
pub const IS_ACTIVE: Reason = Reason::new("webhook_is_active", 409);

/// How long the secret before signs along, in seconds.
const OVERLAP: i64 = 24 * 60 * 60;

/// How long a fresh secret is told again to whoever sends the same request again, in seconds.
const TOLD_FOR: i64 = 10 * 60;

/// An endpoint, without its secrets.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "WebhookEndpoint")]
pub(crate) struct Endpoint {
    /// Its id.
    pub id: Uuid,
    /// The body it belongs to.
    pub organization_id: OrganizationId,
    /// Where messages go.
    pub url: String,
    /// The kinds of event it is told of.
    #[schemars(with = "Vec<EventType>")]
    pub event_types: serde_json::Value,
    /// What it does.
    pub state: EndpointState,
    /// Since when its secret is in use.
    pub secret_made_at: Timestamp,
    /// Until when the secret before signs along.
    pub previous_until: Option<Timestamp>,
    /// Since when nothing arrived there, once a message was given up.
    pub dead_since: Option<Timestamp>,
    /// When it was added.
    pub made_at: Timestamp,
}

impl Endpoint {
    /// Is the secret so fresh that the answer it stood in may have been lost?
    fn is_secret_fresh(&self, now: Timestamp) -> bool {
        now.seconds_since(self.secret_made_at) <= TOLD_FOR
    }

    /// The kinds of event it is told of.
    pub(crate) fn events(&self) -> Vec<EventType> {
        let words = self.event_types.as_array().into_iter().flatten();
        words
            .filter_map(|word| word.as_str()?.parse().ok())
            .collect()
    }
}

/// A new secret on its way into a command.
pub(crate) struct FreshSecret(Vec<u8>);

impl FreshSecret {
    /// Makes one for an endpoint.
    pub(crate) fn of(keys: &db::Keys, endpoint: Uuid) -> Self {
        let plain = crate::signing::fresh_secret();
        Self(keys.seal("webhook_endpoint", "secret", endpoint, &plain))
    }
}

impl Serialize for FreshSecret {
    /// A resent form brings another secret, which is not taken; it does not make another command.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

/// May the viewer keep this body's endpoints? The administrator may, and those who speak for it.
pub(crate) fn may_keep(viewer: &Viewer, body: OrganizationId) -> bool {
    viewer.has(Role::Administrator) || bodies(viewer).contains(&body)
}

/// The bodies the viewer speaks for.
pub(crate) fn bodies(viewer: &Viewer) -> Vec<OrganizationId> {
    let roles: Vec<Role> = KEEP
        .roles
        .iter()
        .copied()
        .filter(|role| *role != Role::Administrator)
        .collect();
    let bodies = viewer.bodies_as(&roles);
    bodies.into_iter().map(OrganizationId::new).collect()
}
