//! Licences: permits with number, issuer and validity.

mod queries;

use access::audit;
use contacts::ContactId;
use db::{FromRow, Reason, Result, Tx, Write};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use queries::{list, valid_hygiene};

db::id!(
    /// A licence.
    pub LicenceId
);

db::text_enum! {
    /// What a licence permits.
    pub enum LicenceKind {
        /// To run a home business.
        HomeBusiness = "home_business",
        /// To handle food, for the person.
        HealthCard = "health_card",
        /// To make food, for the place; its number stands on labels.
        Hygiene = "hygiene",
    }
}

db::text_enum! {
    /// Where a licence stands.
    pub enum LicenceState {
        /// Holds within its days.
        Valid = "valid",
        /// Taken back by its issuer.
        Revoked = "revoked",
    }
}

db::text_enum! {
    /// How we know of it.
    pub enum LicenceSource {
        /// A member of staff saw the paper.
        Staff = "staff",
        /// The result of a referral.
        Referral = "referral",
    }
}

/// This issuer gave this number already.
pub const LICENCE_KNOWN: Reason = Reason::new("licence_known", 409);
/// Ends before it begins.
pub const LICENCE_PERIOD: Reason = Reason::new("licence_period", 422);

/// A licence's number has one to forty letters.
pub const LICENCE_FIELD: Reason = Reason::new("licence_field", 422);
/// There is no such issuer.
pub const LICENCE_ISSUER: Reason = Reason::new("licence_issuer", 422);

/// A licence.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Licence {
    /// Its id.
    pub id: LicenceId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// What it permits.
    pub kind: LicenceKind,
    /// Its number as printed.
    pub number: String,
    /// Who gave it.
    pub issuer_id: OrganizationId,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day.
    pub valid_until: Date,
    /// Where it stands.
    pub state: LicenceState,
}

impl Licence {
    /// True while it permits.
    pub fn holds_on(&self, day: Date) -> bool {
        self.state == LicenceState::Valid && self.valid_from <= day && day <= self.valid_until
    }
}

/// Records a licence, seen by staff or reported by a referral's result.
#[derive(Clone, Serialize, Deserialize)]
pub struct RecordLicence {
    /// Made by the sender.
    pub id: LicenceId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// What it permits.
    pub kind: LicenceKind,
    /// Its number as printed.
    pub number: String,
    /// Who gave it.
    pub issuer_id: OrganizationId,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day.
    pub valid_until: Date,
    /// How we know.
    pub source: LicenceSource,
    /// The referral's leg, when one reported it.
    pub source_id: Option<Uuid>,
}

impl Write for RecordLicence {
    const NAME: &'static str = "record_licence";
    type Out = LicenceId;
    async fn run(&self, tx: &mut Tx) -> Result<LicenceId> {
        if self.valid_until < self.valid_from {
            return LICENCE_PERIOD.at("valid_until");
        }
        match queries::create(tx, self).await {
            Err(db::Error::MissingReference) => return LICENCE_ISSUER.at("issuer_id"),
            Err(error)
                if error.is_conflict("ux_licence_number")
                    || error.is_conflict("ux_licence_source") =>
            {
                return LICENCE_KNOWN.at("number");
            }
            done => done?,
        }
        let detail = serde_json::json!({ "contact": self.contact_id, "kind": self.kind, "issuer": self.issuer_id });
        audit::record(
            tx,
            "licence_recorded",
            "licence",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(self.id)
    }
}

/// The issuer took a licence back: food made under it leaves sale at once.
#[derive(Clone, Serialize, Deserialize)]
pub struct RevokeLicence {
    /// Which.
    pub id: LicenceId,
}

impl Write for RevokeLicence {
    const NAME: &'static str = "revoke_licence";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        queries::revoke(tx, self.id).await?;
        audit::record(
            tx,
            "licence_revoked",
            "licence",
            Some(self.id.get()),
            serde_json::json!({}),
        )
        .await
    }
}
