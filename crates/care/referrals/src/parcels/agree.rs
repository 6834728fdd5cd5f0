//! A person agrees that a body learns of her: without that nothing is sent there.

use access::consents::{self, NewConsent};
use access::grants::Category;
use casework::CaseId;
use casework::cases::{Evidence, guardian_who_gave};
use db::{Result, Tx, Write};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Records a person's consent that one body learns facts of these classes.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct AgreeToReferral {
    /// Made by the sender.
    pub id: Uuid,
    /// Her case.
    pub case_id: CaseId,
    /// The body that may learn.
    pub organization_id: OrganizationId,
    /// Up to which classes.
    pub categories: Vec<Category>,
    /// What shows that she agreed.
    pub evidence: Evidence,
    /// The last day it holds.
    pub valid_until: Date,
}

impl Write for AgreeToReferral {
    const NAME: &'static str = "agree_to_referral";
    /// The consent.
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let case = casework::find(tx, self.case_id)
            .await?
            .ok_or(db::Error::NotFound)?;
        let consent = NewConsent {
            id: self.id,
            subject_id: case.person_id.get(),
            purpose: "referral".into(),
            categories: self.categories.clone(),
            bodies: vec![self.organization_id.get()],
            valid_until: self.valid_until,
            evidence: self.evidence.as_str().into(),
            given_by: guardian_who_gave(tx, case.person_id, self.evidence).await?,
        };
        consents::record(tx, &consent).await?;
        Ok(self.id)
    }
}
