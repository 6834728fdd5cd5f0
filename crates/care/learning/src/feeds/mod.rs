//! Calendar addresses: a person's classes and consultations in her phone's calendar.

pub(crate) mod ics;

pub(crate) use ics::link;

use access::audit;
use contacts::ContactId;
use db::{Conn, Keys, Reason, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

db::id!(
    /// A calendar address.
    pub FeedId
);

/// The person has a calendar address already.
pub const FEED_OPEN: Reason = Reason::new("feed_open", 409);

/// Makes a calendar address for a person; she has at most one.
#[derive(Clone, Serialize, Deserialize)]
pub struct OpenFeed {
    /// Made by the sender.
    pub id: FeedId,
    /// Whose.
    pub contact: ContactId,
}

impl Write for OpenFeed {
    const NAME: &'static str = "open_feed";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql("INSERT INTO calendar_feed (id, contact_id, made_at) VALUES ($1, $2, $3)")
            .bind(self.id)
            .bind(self.contact)
            .bind(tx.now())
            .execute(tx)
            .await
            .map_err(|error| error.or_reason("ux_calendar_feed_live", &FEED_OPEN))?;
        let detail = json!({ "contact": self.contact });
        audit::record(
            tx,
            "calendar_opened",
            "calendar_feed",
            Some(self.id.get()),
            detail,
        )
        .await
    }
}

/// Ends a person's calendar address; whoever holds it sees nothing from now on.
#[derive(Clone, Serialize, Deserialize)]
pub struct CloseFeed {
    /// Whose.
    pub contact: ContactId,
}

impl Write for CloseFeed {
    const NAME: &'static str = "close_feed";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "UPDATE calendar_feed SET revoked_at = $2 WHERE contact_id = $1 AND revoked_at IS NULL",
        )
        .bind(self.contact)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let detail = json!({ "contact": self.contact });
        audit::record(
            tx,
            "calendar_closed",
            "contact",
            Some(self.contact.get()),
            detail,
        )
        .await
    }
}

/// The secret end of a feed's address. It follows from the id and the city's keys, so no table
/// holds it.
pub fn token(keys: &Keys, id: FeedId) -> String {
    format!("{}{}", id.get().simple(), proof(keys, id))
}

fn proof(keys: &Keys, id: FeedId) -> String {
    let digest = keys.sign("calendar_feed", id.get().as_bytes());
    digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The contact's open address, if she has one.
pub async fn find(conn: &mut Conn, contact: ContactId) -> Result<Option<FeedId>> {
    sql("SELECT id AS value FROM calendar_feed WHERE contact_id = $1 AND revoked_at IS NULL")
        .bind(contact)
        .optional_scalar(conn)
        .await
}

/// Whose calendar a token opens, if it does.
pub(crate) async fn owner(conn: &mut Conn, keys: &Keys, typed: &str) -> Result<Option<ContactId>> {
    let Some((id, given)) = typed.split_at_checked(32) else {
        return Ok(None);
    };
    let Ok(id) = id.parse::<Uuid>().map(FeedId::new) else {
        return Ok(None);
    };
    if !is_same(&proof(keys, id), given) {
        return Ok(None);
    }
    sql("SELECT contact_id AS value FROM calendar_feed WHERE id = $1 AND revoked_at IS NULL")
        .bind(id)
        .optional_scalar(conn)
        .await
}

/// Compares in a time that does not depend on where the texts differ.
fn is_same(one: &str, other: &str) -> bool {
    let differ = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && differ == 0
}
