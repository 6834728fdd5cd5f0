use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{EvidenceId, Proves};
use crate::wording::{DAY_BEFORE_DECISION, NAME, not_ahead, optional, required};
use crate::{committees, resolutions};

/// Nobody confirms what they recorded themselves.
pub const EVIDENCE_OWN: Reason = Reason::new("evidence_own", 409);

/// Whoever sits for the responsible body does not confirm what it did.
pub const EVIDENCE_OF_OWN_BODY: Reason = Reason::new("evidence_of_own_body", 409);

/// A proof counts more than nothing.
pub const EVIDENCE_QUANTITY: Reason = Reason::new("evidence_quantity", 422);

/// Brings a proof of a milestone, a commitment or a resolution.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct GiveEvidence {
    /// Made by the sender.
    pub id: EvidenceId,
    /// What it proves.
    pub proves: Proves,
    /// How many, more than nothing; 1 where nothing is counted.
    pub quantity: i64,
    /// What it is, in a sentence.
    pub note: String,
    /// Number of a letter or document; may be empty.
    pub reference: String,
    /// The day it was given: not ahead, and not before the resolution it proves.
    pub given_on: Date,
}

impl Write for GiveEvidence {
    const NAME: &'static str = "give_evidence";
    type Out = EvidenceId;
    async fn run(&self, tx: &mut Tx) -> Result<EvidenceId> {
        not_ahead(tx, self.given_on, "given_on")?;
        if let Proves::Resolution(id) = self.proves
            && self.given_on < resolutions::get(tx, id).await?.decided_on
        {
            return DAY_BEFORE_DECISION.at("given_on");
        }
        let column = self.proves.column();
        sql(format!(
            "INSERT INTO evidence (id, {column}, quantity, note, reference, given_on, recorded_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ))
        .bind(self.id)
        .bind(self.proves.id())
        .bind(self.quantity)
        .bind(required(&self.note, "note", 1_000)?)
        .bind(optional(&self.reference, "reference", NAME)?)
        .bind(self.given_on)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_evidence_quantity", &EVIDENCE_QUANTITY))?;
        audit::record(
            tx,
            "evidence_given",
            "evidence",
            Some(self.id.get()),
            json!({ "proves": self.proves }),
        )
        .await?;
        Ok(self.id)
    }
}

/// Confirms a proof that somebody else brought.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VerifyEvidence {
    /// Which piece.
    pub id: EvidenceId,
}

impl Write for VerifyEvidence {
    const NAME: &'static str = "verify_evidence";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if let Proves::Resolution(id) = super::queries::subject(tx, self.id).await? {
            let one = resolutions::get(tx, id).await?;
            let (user, today) = (tx.origin().user, tx.today());
            let (committee, body) = (one.committee_id, one.organization_id);
            if committees::speaks_for_body(tx, committee, user, body, today).await? {
                return EVIDENCE_OF_OWN_BODY.refuse();
            }
        }
        sql(
            "UPDATE evidence SET verified_at = $2, verified_by = $3, verified_on = $4
             WHERE id = $1 AND verified_at IS NULL",
        )
        .bind(self.id)
        .bind(tx.now())
        .bind(tx.origin().user)
        .bind(tx.today())
        .execute_one(tx)
        .await
        .map_err(|error| error.or_reason("ck_evidence_two_hands", &EVIDENCE_OWN))?;
        audit::record(
            tx,
            "evidence_verified",
            "evidence",
            Some(self.id.get()),
            json!({}),
        )
        .await
    }
}
