//! This city's side: what it has published, signed, and sent to the observatory.

pub(crate) mod api;
mod link;
pub(crate) mod pages;
mod queries;
mod send;
mod signing;
mod views;

use std::pin::Pin;
use std::sync::Arc;

use db::{Error, Origin, Reason};
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use web::City;

pub use link::SetLink;
pub use queries::{link, newest, numbered, successions};
pub use send::{OBSERVATORY_SILENT, send_waiting};
pub use signing::{SignStatistics, SignedNow};

/// The city does not know yet under which code it stands in the national list.
pub const LINK_MISSING: Reason = Reason::new("observatory_link_missing", 409);
/// The code or the address cannot be right.
pub const LINK_WRONG: Reason = Reason::new("observatory_link_wrong", 422);
/// There is nothing to sign.
pub const NOTHING_PUBLISHED: Reason = Reason::new("nothing_published", 409);

/// Under which code this city stands in the national list, and where its figures are sent.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ObservatoryLink")]
pub struct Link {
    /// The city's code in the list.
    pub code: String,
    /// Where the observatory answers; empty: figures are not sent, only offered.
    pub address: String,
    /// Since when.
    pub set_at: Timestamp,
}

/// A document this city has signed, without its text.
#[derive(Clone, Debug, db::FromRow, Serialize, JsonSchema)]
#[schemars(rename = "SignedDocument")]
pub struct Row {
    /// Its id.
    #[serde(skip)]
    pub id: Uuid,
    /// Its number in the chain.
    pub number: i64,
    /// The newest day of its figures.
    pub day: Date,
    /// SHA-256 of its canonical text.
    pub digest: String,
    /// The public key it is signed with.
    pub public_key: String,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// `sent`, `refused`; null while it was not sent.
    pub state: Option<String>,
    /// What the observatory answered: the code of its refusal, or how the document stands there.
    pub answer: Option<String>,
}

/// The job `statistics_changed`: signs what was published, then sends what was not sent yet. It may
/// run twice; the observatory knows a document it has.
pub(crate) fn sign_and_send(
    city: Arc<City>,
    _: serde_json::Value,
) -> Pin<Box<dyn Future<Output = db::Result<()>> + Send>> {
    Box::pin(async move {
        let origin = Origin::program("job:statistics_changed");
        match city.db.write(&origin, SignStatistics::of(&city)).await {
            Ok(_) => {}
            // A city outside the list signs nothing, and nobody needs to hear of it each month.
            Err(Error::Refused(refusal)) if *refusal.reason == LINK_MISSING => return Ok(()),
            Err(error) => return Err(error),
        }
        send_waiting(&city).await.map(drop)
    })
}
