use access::audit;
use db::{Result, Tx, Write};
use organizations::OrganizationId;
use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::City;

use super::{EndpointState, FreshSecret, IS_ACTIVE, NO_EVENTS, NOT_ACTIVE, URL_TAKEN, queries};
use crate::address::Reach;
use crate::{Data, EventType, events, sending};

async fn note(tx: &mut Tx, action: &str, id: Uuid, detail: Json) -> Result<()> {
    audit::record(tx, action, "webhook_endpoint", Some(id), detail).await
}

/// Adds an endpoint; [`AddEndpoint::new`] looks at the address.
#[derive(Serialize)]
pub(crate) struct AddEndpoint {
    pub(super) id: Uuid,
    pub(super) organization_id: OrganizationId,
    pub(super) url: String,
    pub(super) event_types: Vec<EventType>,
    pub(super) secret: FreshSecret,
}

impl AddEndpoint {
    /// # Errors
    /// Refuses an address that messages may not go to, and an endpoint without events.
    pub(crate) fn new(
        city: &City,
        id: Uuid,
        organization_id: OrganizationId,
        url: &str,
        mut event_types: Vec<EventType>,
    ) -> Result<Self> {
        let url = Reach::of(city).read(url)?.to_string();
        event_types.sort_unstable();
        event_types.dedup();
        event_types.retain(|kind| *kind != EventType::Test);
        if event_types.is_empty() {
            return NO_EVENTS.at("event_types");
        }
        let secret = FreshSecret::of(&city.keys, id);
        Ok(Self {
            id,
            organization_id,
            url,
            event_types,
            secret,
        })
    }
}

impl Write for AddEndpoint {
    const NAME: &'static str = "add_webhook_endpoint";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        organizations::must_stand(tx, self.organization_id, "organization_id").await?;
        match queries::create(tx, self).await {
            Err(error) if error.is_conflict("ux_webhook_endpoint_url") => {
                return URL_TAKEN.at("url");
            }
            created => created?,
        }
        // The address may hold a secret of the receiver's, so the audit names the body alone.
        let detail = json!({ "organization": self.organization_id, "events": self.event_types });
        note(tx, "webhook_endpoint_added", self.id, detail).await?;
        Ok(self.id)
    }
}

/// Gives an endpoint a new secret; the one before signs along for a day.
#[derive(Serialize)]
pub(crate) struct RotateSecret {
    pub id: Uuid,
    pub secret: FreshSecret,
}

impl Write for RotateSecret {
    const NAME: &'static str = "rotate_webhook_secret";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        queries::rotate(tx, self.id, &self.secret.0).await?;
        note(tx, "webhook_secret_rotated", self.id, json!({})).await
    }
}

/// Lets what happens wait.
#[derive(Serialize)]
pub(crate) struct PauseEndpoint {
    pub id: Uuid,
}

impl Write for PauseEndpoint {
    const NAME: &'static str = "pause_webhook_endpoint";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        queries::shift(tx, self.id, "'active'", EndpointState::Paused, &NOT_ACTIVE).await?;
        note(tx, "webhook_endpoint_paused", self.id, json!({})).await
    }
}

/// Sends again: what waited is due.
#[derive(Serialize)]
pub(crate) struct ResumeEndpoint {
    pub id: Uuid,
}

impl Write for ResumeEndpoint {
    const NAME: &'static str = "resume_webhook_endpoint";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let from = "'paused', 'disabled'";
        queries::shift(tx, self.id, from, EndpointState::Active, &IS_ACTIVE).await?;
        sending::serve_now(tx, self.id).await?;
        note(tx, "webhook_endpoint_resumed", self.id, json!({})).await
    }
}

/// Sends an endpoint a message that says nothing but that it is a test; gives the message's id.
#[derive(Serialize)]
pub(crate) struct SendTest {
    pub id: Uuid,
}

impl Write for SendTest {
    const NAME: &'static str = "send_webhook_test";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let endpoint = queries::get(tx, self.id).await?;
        if endpoint.state != EndpointState::Active {
            return NOT_ACTIVE.refuse();
        }
        let data = Data {
            id: endpoint.id,
            number: None,
            state: "test",
            was: None,
            sender_id: None,
            receiver_id: Some(endpoint.organization_id),
            due_on: None,
        };
        let only = [(endpoint.id, endpoint.state)];
        let message = events::write(tx, &only, EventType::Test, &data).await?;
        note(
            tx,
            "webhook_test_sent",
            self.id,
            json!({ "message": message }),
        )
        .await?;
        message.ok_or(db::Error::NotFound)
    }
}
