//! The agreement under which data of people are shared with a body for one of its services.

use access::audit;
use db::{Conn, FromRow, Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ServiceId;

/// An agreement has a number, and ends no earlier than it begins.
pub const AGREEMENT: Reason = Reason::new("service_agreement", 422);
/// An agreement of this number is written down for the service already.
pub const AGREEMENT_KNOWN: Reason = Reason::new("service_agreement_known", 409);

/// An agreement. For staff: it is told to nobody outside.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "ServiceAgreement")]
pub struct Agreement {
    /// Its number, as both sides call it.
    pub number: String,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day.
    pub valid_until: Date,
}

impl Agreement {
    /// True when data may be shared under it on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        (self.valid_from..=self.valid_until).contains(&day)
    }
}

/// The agreement that holds for a service: the last one written down.
pub async fn agreement(conn: &mut Conn, service: ServiceId) -> Result<Option<Agreement>> {
    sql(
        "SELECT number, valid_from, valid_until FROM service_agreement WHERE service_id = $1
         ORDER BY valid_until DESC, id DESC LIMIT 1",
    )
    .bind(service)
    .optional(conn)
    .await
}

/// Writes an agreement down; the ones before it stay to be seen.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct RecordAgreement {
    /// Made by the sender.
    pub id: Uuid,
    /// For which service.
    pub service_id: ServiceId,
    /// Its number.
    pub number: String,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day.
    pub valid_until: Date,
}

impl Write for RecordAgreement {
    const NAME: &'static str = "record_service_agreement";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let number = persian::latin_digits(&persian::clean(&self.number));
        if number.is_empty() || number.chars().count() > 40 {
            return AGREEMENT.at("number");
        }
        if self.valid_until < self.valid_from {
            return AGREEMENT.at("valid_until");
        }
        super::get(tx, self.service_id).await?;
        sql(
            "INSERT INTO service_agreement (id, service_id, number, valid_from, valid_until, recorded_on,
             recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(self.service_id)
        .bind(&number)
        .bind(self.valid_from)
        .bind(self.valid_until)
        .bind(tx.today())
        .bind(tx.origin().user)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_service_agreement_number", &AGREEMENT_KNOWN))?;
        let detail = serde_json::json!({ "number": number, "valid_until": self.valid_until });
        let id = Some(self.service_id.get());
        audit::record(tx, "service_agreement_recorded", "service", id, detail).await?;
        Ok(self.id)
    }
}
