//! What other systems are told of, and the telling.

use db::{Result, Tx, sql};
use organizations::OrganizationId;
use persian::{Date, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::deliveries;
use crate::endpoints::{self, EndpointState};

db::text_enum! {
    /// Kinds of event.
    #[schemars(rename = "WebhookEventType")]
    pub enum EventType {
        /// A referral went to a body.
        ReferralSent = "referral.sent",
        /// The body said yes.
        ReferralAccepted = "referral.accepted",
        /// The body said no.
        ReferralDeclined = "referral.declined",
        /// It came to its end, with an outcome.
        ReferralCompleted = "referral.completed",
        /// It was called back.
        ReferralWithdrawn = "referral.withdrawn",
        /// Nobody answered in time.
        ReferralExpired = "referral.expired",
        /// Anything else that changed its state.
        ReferralChanged = "referral.changed",
        /// Somebody tries an endpoint; it comes whether it was chosen or not.
        Test = "webhook.test",
    }
}

impl EventType {
    /// The kinds an endpoint may choose.
    pub fn choosable() -> impl Iterator<Item = Self> {
        let all = Self::ALL.iter().copied();
        all.filter(|kind| *kind != Self::Test)
    }
}

/// A number people write on paper: digits and the strokes between them. Anything else is left out,
/// so that no name can travel in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Number(String);

impl Number {
    /// `1405-00042`
    pub fn of(text: &str) -> Self {
        let is_part = |letter: &char| letter.is_ascii_digit() || matches!(letter, '-' | '/');
        Self(text.chars().filter(is_part).collect())
    }
}

/// What an event says. There is no place in it for a text that was typed: ids, a number, words that
/// stand in this program, a day. Whoever may know more asks the API for the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Data {
    /// The record it happened to.
    pub id: Uuid,
    /// The record's number, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// Where the record stands now.
    pub state: &'static str,
    /// Where it stood before; none for a new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<&'static str>,
    /// The body it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender_id: Option<OrganizationId>,
    /// The body it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver_id: Option<OrganizationId>,
    /// By when the next thing is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
}

/// The whole body of a message.
#[derive(Serialize)]
struct Body<'a> {
    r#type: EventType,
    timestamp: Timestamp,
    data: &'a Data,
}

/// Tells bodies of an event, in the transaction of the act that causes it: the endpoints of these
/// bodies, and of those that answer for them by now, which chose this kind. Call it once an act, where the
/// act has had its effect; each endpoint is told once, however many of the bodies it speaks for.
pub async fn tell(
    tx: &mut Tx,
    bodies: &[OrganizationId],
    event: EventType,
    data: &Data,
) -> Result<()> {
    let told = endpoints::queries::told(tx, bodies, event).await?;
    write(tx, &told, event, data).await.map(drop)
}

/// Writes a message for endpoints; gives its id, or none without endpoints.
pub(crate) async fn write(
    tx: &mut Tx,
    endpoints: &[(Uuid, EndpointState)],
    event: EventType,
    data: &Data,
) -> Result<Option<Uuid>> {
    if endpoints.is_empty() {
        return Ok(None);
    }
    let id = tx.new_id();
    let body = Body {
        r#type: event,
        timestamp: tx.now(),
        data,
    };
    sql("INSERT INTO webhook_message (id, event_type, body_json, made_at) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(event)
        .bind(serde_json::to_string(&body)?)
        .bind(tx.now())
        .execute(tx)
        .await?;
    for (endpoint, state) in endpoints {
        deliveries::queries::create(tx, id, *endpoint, *state).await?;
    }
    Ok(Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_travels_in_a_number() {
        assert_eq!(Number::of("1405-00042"), Number("1405-00042".into()));
        assert_eq!(Number::of("مریم Ahmadi 12/3"), Number("12/3".into()));
    }

    #[test]
    fn a_body_says_what_happened_to_which_record_and_nothing_else() {
        let data = Data {
            id: Uuid::nil(),
            number: Some(Number::of("1405-7")),
            state: "accepted",
            was: Some("sent"),
            sender_id: None,
            receiver_id: None,
            due_on: None,
        };
        let body = Body {
            r#type: EventType::ReferralAccepted,
            timestamp: testing::NOW,
            data: &data,
        };
        assert_eq!(
            serde_json::to_string(&body).unwrap(),
            "{\"type\":\"referral.accepted\",\"timestamp\":\"2026-11-23T08:00:00Z\",\"data\":\
             {\"id\":\"00000000-0000-0000-0000-000000000000\",\"number\":\"1405-7\",\
             \"state\":\"accepted\",\"was\":\"sent\"}}"
        );
    }
}
