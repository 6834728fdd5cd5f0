//! Whether a service is offered now: suspended until a day, paused, or gone for good.

use access::audit;
use db::{Conn, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Service, ServiceId, get};

db::text_enum! {
    /// Whether a service is offered.
    pub enum ServiceStatus {
        /// It is.
        Active = "active",
        /// Not now, and nobody knows until when.
        Inactive = "inactive",
        /// Never again.
        Defunct = "defunct",
        /// Not until after a day.
        TemporarilyClosed = "temporarily_closed",
    }
}

/// A suspension has a last day, which is not past and at most two years away.
pub const SUSPENSION_DAY: Reason = Reason::new("suspension_day", 422);
/// A service that is gone does not come back: add a new one.
pub const SERVICE_DEFUNCT: Reason = Reason::new("service_defunct", 409);
/// Nothing is asked of a service that is not offered now.
pub const SERVICE_CLOSED: Reason = Reason::new("service_closed", 409);

/// A suspension lasts no longer; what is closed for longer is paused.
const LONGEST: i64 = 730;

impl Service {
    /// Its status on a day: a suspension that is over is over by itself.
    pub fn status_on(&self, day: Date) -> ServiceStatus {
        match (self.status, self.closed_until) {
            (ServiceStatus::TemporarilyClosed, Some(last)) if last < day => ServiceStatus::Active,
            (status, _) => status,
        }
    }

    /// True when somebody may be referred to it on a day.
    pub fn is_open(&self, day: Date) -> bool {
        self.status_on(day) == ServiceStatus::Active
    }
}

/// Refuses for a service that is not offered on a day. The fault is told at `field`.
pub async fn must_be_open(conn: &mut Conn, id: ServiceId, day: Date, field: &str) -> Result<()> {
    match get(conn, id).await?.is_open(day) {
        true => Ok(()),
        false => SERVICE_CLOSED.at(field),
    }
}

/// Suspends a service until a day, pauses it, ends it, or opens it again.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ChangeStatus {
    /// Which.
    pub id: ServiceId,
    /// What it is from now on.
    pub status: ServiceStatus,
    /// The last day of a suspension, and of nothing else.
    pub closed_until: Option<Date>,
}

impl Write for ChangeStatus {
    const NAME: &'static str = "change_service_status";
    type Out = ServiceId;
    async fn run(&self, tx: &mut Tx) -> Result<ServiceId> {
        let is_good = match (self.status, self.closed_until) {
            (ServiceStatus::TemporarilyClosed, Some(last)) => {
                (0..=LONGEST).contains(&(last - tx.today()).num_days())
            }
            (ServiceStatus::TemporarilyClosed, None) => false,
            (_, last) => last.is_none(),
        };
        if !is_good {
            return SUSPENSION_DAY.at("closed_until");
        }
        let done = sql(
            "UPDATE service SET status = $2, closed_until = $3, changed_at = $4
             WHERE id = $1 AND status <> 'defunct'",
        )
        .bind(self.id)
        .bind(self.status)
        .bind(self.closed_until)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if done == 0 {
            get(tx, self.id).await?;
            return SERVICE_DEFUNCT.at("status");
        }
        let detail =
            serde_json::json!({ "status": self.status, "closed_until": self.closed_until });
        let id = Some(self.id.get());
        audit::record(tx, "service_status_changed", "service", id, detail).await?;
        Ok(self.id)
    }
}
