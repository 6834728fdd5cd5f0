//! How far an entry of the directory can be relied on: plain rules, each with its weight, and every
//! missing part named.

pub(crate) mod pages;
mod views;

use access::audit;
use db::{Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::details::{Description, FeeKind, ServedGender};
use super::directory::Entry;
use super::{Service, ServiceId};

db::text_enum! {
    /// What an entry should have.
    #[schemars(rename = "ServiceQualityPart")]
    pub enum Part {
        /// What the service is, in plain words.
        Described = "described",
        /// For whom it is.
        Eligibility = "eligibility",
        /// What to bring.
        Documents = "documents",
        /// What it costs.
        Fee = "fee",
        /// Days and hours.
        Schedule = "schedule",
        /// Somebody looked in time whether it is still true.
        Checked = "checked",
        /// The body said lately whether there is room.
        Capacity = "capacity",
        /// An agreement on sharing data holds.
        Agreement = "agreement",
    }
}

impl Part {
    /// What it adds to the score; all together give 100.
    pub const fn weight(self) -> i64 {
        match self {
            Self::Described => 20,
            Self::Eligibility | Self::Checked => 15,
            Self::Documents | Self::Fee | Self::Schedule | Self::Capacity | Self::Agreement => 10,
        }
    }
}

/// How far an entry can be relied on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "ServiceQuality")]
pub struct Quality {
    /// From 0 to 100.
    pub score: i64,
    /// What is missing.
    pub missing: Vec<Part>,
    /// When somebody is to look next; nobody has looked yet when there is none.
    pub check_due: Option<Date>,
}

impl Quality {
    /// Of an entry on a day, where what was said of places counts for `days` days.
    pub fn of(entry: &Entry, today: Date, days: i64) -> Self {
        let told = entry.description.as_ref();
        let has = |part: Part| match part {
            Part::Described => told.is_some_and(|told| !told.about_fa.is_empty()),
            Part::Eligibility => told.is_some_and(tells_for_whom),
            Part::Documents => {
                told.is_some_and(|told| told.asks_no_documents || !told.documents.is_empty())
            }
            Part::Fee => told.is_some_and(|told| told.fee.kind != FeeKind::Untold),
            Part::Schedule => told.is_some_and(|told| !told.schedule.text_fa.is_empty()),
            Part::Checked => check_due(&entry.service).is_some_and(|due| today <= due),
            Part::Capacity => {
                let told = entry.told.as_ref();
                told.is_some_and(|told| told.is_fresh(today, days))
            }
            Part::Agreement => {
                let agreement = entry.agreement.as_ref();
                agreement.is_some_and(|agreement| agreement.holds_on(today))
            }
        };
        let (there, missing): (Vec<Part>, Vec<Part>) =
            Part::ALL.iter().partition(|part| has(**part));
        Self {
            score: there.iter().map(|part| part.weight()).sum(),
            missing,
            check_due: check_due(&entry.service),
        }
    }
}

fn tells_for_whom(told: &Description) -> bool {
    let who = &told.eligibility;
    who.is_for_all
        || who.age_from.is_some()
        || who.age_to.is_some()
        || who.gender != ServedGender::Any
        || !who.groups.is_empty()
        || !who.note_fa.is_empty()
}

/// The last day on which the check before still counts.
fn check_due(service: &Service) -> Option<Date> {
    let checked = service.checked_on?;
    checked.checked_add_signed(chrono::TimeDelta::days(service.check_days))
}

/// Says that somebody looked today, and that the entry is true.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CheckService {
    /// Which.
    pub id: ServiceId,
}

impl Write for CheckService {
    const NAME: &'static str = "check_service";
    type Out = ServiceId;
    async fn run(&self, tx: &mut Tx) -> Result<ServiceId> {
        sql("UPDATE service SET checked_on = $2, checked_by = $3, changed_at = $4 WHERE id = $1")
            .bind(self.id)
            .bind(tx.today())
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute_one(tx)
            .await?;
        let detail = serde_json::json!({ "on": tx.today() });
        let id = Some(self.id.get());
        audit::record(tx, "service_checked", "service", id, detail).await?;
        Ok(self.id)
    }
}
