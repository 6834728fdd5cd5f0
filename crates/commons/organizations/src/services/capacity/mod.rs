//! Room for people: what a body says of its places, and the question asked before anybody is named.
//!
//! What was said longer ago than the city allows counts as unknown, never as free.

pub(crate) mod api;
pub(crate) mod pages;
pub mod questions;
pub(super) mod views;

use access::{Role, Viewer, audit};
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Service, ServiceId, get};
use crate::{OrganizationId, SERVICE_CHECK};

/// Numbers that cannot be.
pub const CAPACITY: Reason = Reason::new("service_capacity", 422);
/// The number of days is out of range.
pub const DIRECTORY_RULE: Reason = Reason::new("directory_rule", 422);

/// After so many days what was said counts as unknown, when the city says nothing else.
const DAYS: i64 = 14;

/// Whether a service has room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[schemars(rename = "ServiceRoom")]
pub enum Capacity {
    /// Nobody said, or too long ago, or the service is not offered now.
    Unknown,
    /// There was room on the day it was told.
    Free {
        /// How many places.
        places: i64,
        /// How many days people wait, when that was said.
        waiting_days: Option<i64>,
        /// On which day.
        told_on: Date,
    },
    /// There was none.
    Full {
        /// How many days people wait, when that was said.
        waiting_days: Option<i64>,
        /// On which day.
        told_on: Date,
    },
}

/// What a body said last of a service's places.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ServiceCapacity")]
pub struct Told {
    /// Its id.
    pub id: Uuid,
    /// Of which service.
    pub service_id: ServiceId,
    /// Free places.
    pub places_free: i64,
    /// How many days people wait.
    pub waiting_days: Option<i64>,
    /// On which day.
    pub told_on: Date,
    /// By whom: a user.
    pub told_by: Option<Uuid>,
}

impl Told {
    /// True while it counts on a day, which is at most `days` later.
    pub fn is_fresh(&self, today: Date, days: i64) -> bool {
        (today - self.told_on).num_days() <= days
    }
}

/// What it comes to on a day.
pub(crate) fn weigh(service: &Service, told: Option<&Told>, today: Date, days: i64) -> Capacity {
    let told = told.filter(|told| told.is_fresh(today, days) && service.is_open(today));
    match told {
        None => Capacity::Unknown,
        Some(told) if told.places_free > 0 => Capacity::Free {
            places: told.places_free,
            waiting_days: told.waiting_days,
            told_on: told.told_on,
        },
        Some(told) => Capacity::Full {
            waiting_days: told.waiting_days,
            told_on: told.told_on,
        },
    }
}

/// Whether a service has room on a day, as far as anybody said.
pub async fn capacity(conn: &mut Conn, service: ServiceId, today: Date) -> Result<Capacity> {
    let days = fresh_days(conn).await?;
    let told = latest(conn, service).await?;
    let service = get(conn, service).await?;
    Ok(weigh(&service, told.as_ref(), today, days))
}

const LATEST: &str = "SELECT c.id, c.service_id, c.places_free, c.waiting_days, c.told_on, c.told_by
     FROM service_capacity c WHERE NOT EXISTS (SELECT 1 FROM service_capacity n
     WHERE n.service_id = c.service_id AND (n.told_at > c.told_at OR (n.told_at = c.told_at AND n.id > c.id)))";

/// What was said last of a service.
pub async fn latest(conn: &mut Conn, service: ServiceId) -> Result<Option<Told>> {
    sql(format!("{LATEST} AND c.service_id = $1"))
        .bind(service)
        .optional(conn)
        .await
}

/// What was said last of each service.
pub(crate) async fn all(conn: &mut Conn) -> Result<Vec<Told>> {
    sql(LATEST).all(conn).await
}

/// After how many days what was said counts as unknown in this city.
pub async fn fresh_days(conn: &mut Conn) -> Result<i64> {
    let kept: Option<i64> = sql("SELECT capacity_days AS value FROM directory_rule WHERE id = 1")
        .optional_scalar(conn)
        .await?;
    Ok(kept.unwrap_or(DAYS))
}

/// May the viewer tell the places of this body? Its own officers may, and those who check the
/// directory write down what a body told them.
pub fn may_tell(viewer: &Viewer, body: OrganizationId) -> bool {
    let own = viewer.bodies_as(&[Role::PartnerOfficer, Role::Supervisor]);
    SERVICE_CHECK.is_held_by(viewer) || own.contains(&body.get())
}

/// Tells the places of a service. Whoever asked is answered by it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct TellCapacity {
    /// Made by the sender.
    pub id: Uuid,
    /// Of which service.
    pub service_id: ServiceId,
    /// Free places.
    pub places_free: i64,
    /// How many days people wait, when that is known.
    pub waiting_days: Option<i64>,
}

impl Write for TellCapacity {
    const NAME: &'static str = "tell_capacity";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        if !(0..=100_000).contains(&self.places_free) {
            return CAPACITY.at("places_free");
        }
        if self
            .waiting_days
            .is_some_and(|days| !(0..=1000).contains(&days))
        {
            return CAPACITY.at("waiting_days");
        }
        sql("UPDATE service SET changed_at = $2 WHERE id = $1")
            .bind(self.service_id)
            .bind(tx.now())
            .execute_one(tx)
            .await?;
        sql(
            "INSERT INTO service_capacity (id, service_id, places_free, waiting_days, told_at, told_on, told_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(self.service_id)
        .bind(self.places_free)
        .bind(self.waiting_days)
        .bind(tx.now())
        .bind(tx.today())
        .bind(tx.origin().user)
        .execute(tx)
        .await?;
        let answered = questions::answer(tx, self).await?;
        let detail = serde_json::json!({ "places_free": self.places_free, "answered": answered });
        let id = Some(self.service_id.get());
        audit::record(tx, "service_capacity_told", "service", id, detail).await?;
        Ok(self.id)
    }
}

/// Says after how many days what a body said of its places counts as unknown.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct SetDirectoryRule {
    /// How many days.
    pub capacity_days: i64,
}

impl Write for SetDirectoryRule {
    const NAME: &'static str = "set_directory_rule";
    type Out = i64;
    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        if !(1..=365).contains(&self.capacity_days) {
            return DIRECTORY_RULE.at("capacity_days");
        }
        sql(
            "INSERT INTO directory_rule (id, capacity_days) VALUES (1, $1)
             ON CONFLICT (id) DO UPDATE SET capacity_days = excluded.capacity_days",
        )
        .bind(self.capacity_days)
        .execute(tx)
        .await?;
        let detail = serde_json::json!({ "capacity_days": self.capacity_days });
        audit::record(tx, "directory_rule_set", "directory", None, detail).await?;
        Ok(self.capacity_days)
    }
}
