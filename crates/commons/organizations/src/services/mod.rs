//! Services: what a body offers to those who are referred to it.
//!
//! `details` tells what a service is, for whom and what to bring; `capacity` whether there is room;
//! `status`, `agreements` and `quality` how far the entry can be relied on; `directory` is what
//! everybody reads, `hsds` the same for other directories.

pub mod agreements;
pub mod capacity;
pub mod details;
pub mod directory;
pub mod hsds;
pub(crate) mod keep;
pub(crate) mod pages;
pub mod quality;
mod queries;
pub mod status;
mod views;

use access::{Routes, audit};
use db::{FromRow, Reason, Result, Tx, Write};
use persian::{Date, Lang, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Outcome};

pub use capacity::{Capacity, capacity};
pub(crate) use queries::hand_over;
pub use queries::{count, get, list_by_code, list_of};
pub use status::{ServiceStatus, must_be_open};

use crate::OrganizationId;

db::id!(
    /// A service.
    pub ServiceId
);

/// The body offers a service of this code already.
pub const SERVICE_CODE_TAKEN: Reason = Reason::new("service_code_taken", 409);

/// How often a service is looked at when nobody says otherwise, in days.
const CHECK_DAYS: i64 = 90;

/// A service.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Service {
    /// Its id.
    pub id: ServiceId,
    /// Who offers it.
    pub organization_id: OrganizationId,
    /// Short and lasting, unique within the body: `licence`.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Working days until an answer is due.
    pub days_to_answer: i64,
    /// Working days from the answer until it is done.
    pub days_to_complete: i64,
    /// As it was last said; [`Service::status_on`] knows when a suspension is over.
    pub status: ServiceStatus,
    /// The last day of a suspension.
    pub closed_until: Option<Date>,
    /// How often somebody is to look whether the entry is still true, in days.
    pub check_days: i64,
    /// When somebody last looked.
    pub checked_on: Option<Date>,
    /// Who did: a user.
    pub checked_by: Option<Uuid>,
    /// When anything about it was last written.
    pub changed_at: Timestamp,
}

impl Service {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fa => &self.name_fa,
            Lang::En => &self.name_en,
        }
    }
}

pub(crate) fn routes() -> Routes {
    pages::routes()
        .merge(keep::routes())
        .merge(details::pages::routes())
        .merge(capacity::pages::routes())
        .merge(capacity::api::routes())
        .merge(quality::pages::routes())
        .merge(directory::pages::routes())
        .merge(directory::api::routes())
        .merge(hsds::routes())
}

/// Adds a service. What it is in plain words is told by [`details::DescribeService`].
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct CreateService {
    /// Made by the sender.
    pub id: ServiceId,
    /// Who offers it.
    pub organization_id: OrganizationId,
    /// Short and lasting.
    pub code: String,
    /// Its name in Persian.
    pub name_fa: String,
    /// Its name in English.
    pub name_en: String,
    /// Working days until an answer is due.
    pub days_to_answer: i64,
    /// Working days from the answer until it is done.
    pub days_to_complete: i64,
}

impl CreateService {
    /// Bounds of what a program sends; forms have read theirs.
    pub(crate) fn check(&self) -> Outcome<()> {
        let fits = |text: &str, most: usize| {
            let length = text.trim().chars().count();
            (1..=most).contains(&length)
        };
        let faulty = [
            ("/code", fits(&self.code, 40)),
            ("/name_fa", fits(&self.name_fa, 120)),
            ("/name_en", fits(&self.name_en, 120)),
            ("/days_to_answer", (1..=365).contains(&self.days_to_answer)),
            (
                "/days_to_complete",
                (1..=1000).contains(&self.days_to_complete),
            ),
        ];
        match faulty.iter().find(|(_, is_good)| !is_good) {
            Some((place, _)) => Err(Failure::Unreadable((*place).to_owned())),
            None => Ok(()),
        }
    }
}

impl Write for CreateService {
    const NAME: &'static str = "create_service";
    type Out = ServiceId;
    async fn run(&self, tx: &mut Tx) -> Result<ServiceId> {
        queries::create(tx, self, CHECK_DAYS)
            .await
            .map_err(|error| error.or_reason("ux_service_code", &SERVICE_CODE_TAKEN))?;
        let detail = serde_json::json!({ "code": self.code });
        audit::record(
            tx,
            "service_created",
            "service",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}
