use access::audit;
use contacts::ContactId;
use db::{Result, Tx, Write, sql};
use makers::WorkMode;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    AGREEMENT_NOT_IN_FORCE, AGREEMENT_OVERLAPS, AGREEMENT_PERIOD, Acceptance, AgreementId,
    MAKER_UNKNOWN, Payer, VERSION_TOO_EARLY, queries,
};
use crate::series;

/// Concludes an agreement.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct SignAgreement {
    /// Made by the sender.
    pub id: AgreementId,
    /// The maker.
    pub contact_id: ContactId,
    /// The operator.
    pub organization_id: OrganizationId,
    /// The legal form of her work.
    pub work_mode: WorkMode,
    /// The operator's share of the price without tax, in basis points.
    pub commission_bp: i64,
    /// Who bears losses.
    pub loss_payer: Payer,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
    /// How she accepted.
    pub accepted_by: Acceptance,
    /// When she accepted.
    pub accepted_on: Date,
}

impl SignAgreement {
    async fn insert(&self, tx: &mut Tx, supersedes: Option<AgreementId>) -> Result<()> {
        if self.ends_on < self.starts_on {
            return AGREEMENT_PERIOD.at("ends_on");
        }
        let number = series::next(tx, self.organization_id.get(), "agreement").await?;
        sql("INSERT INTO agreement (id, number, contact_id, organization_id, work_mode, commission_bp, loss_payer,
             starts_on, ends_on, accepted_by, accepted_on, supersedes_id, made_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(self.id)
        .bind(number)
        .bind(self.contact_id)
        .bind(self.organization_id)
        .bind(self.work_mode)
        .bind(self.commission_bp)
        .bind(self.loss_payer)
        .bind(self.starts_on)
        .bind(self.ends_on)
        .bind(self.accepted_by)
        .bind(self.accepted_on)
        .bind(supersedes)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| match error {
            db::Error::MissingReference => {
                db::Error::Refused(db::Refusal { reason: &MAKER_UNKNOWN, field: Some("contact_id".into()), args: Vec::new() })
            }
            other => other,
        })
        .map(drop)
    }

    fn day_after(&self) -> Result<Date> {
        self.ends_on
            .succ_opt()
            .ok_or_else(|| db::Error::other("the last day of the calendar"))
    }

    async fn note(&self, tx: &mut Tx, action: &str) -> Result<()> {
        let detail = serde_json::json!({ "contact": self.contact_id, "organization": self.organization_id,
            "commission_bp": self.commission_bp });
        audit::record(tx, action, "agreement", Some(self.id.get()), detail).await
    }
}

impl Write for SignAgreement {
    const NAME: &'static str = "sign_agreement";
    type Out = AgreementId;
    async fn run(&self, tx: &mut Tx) -> Result<AgreementId> {
        self.insert(tx, None).await?;
        // The slot moves only where the new days begin after all agreed ones.
        let fits = sql(
            "INSERT INTO agreement_slot (contact_id, organization_id, agreement_id, free_from)
             VALUES ($1, $2, $3, $4) ON CONFLICT (contact_id, organization_id) DO UPDATE
             SET agreement_id = excluded.agreement_id, free_from = excluded.free_from
             WHERE agreement_slot.free_from <= $5",
        )
        .bind(self.contact_id)
        .bind(self.organization_id)
        .bind(self.id)
        .bind(self.day_after()?)
        .bind(self.starts_on)
        .execute(tx)
        .await?;
        if fits == 0 {
            return AGREEMENT_OVERLAPS.at("starts_on");
        }
        makers::registration::know(tx, self.contact_id, self.organization_id).await?;
        self.note(tx, "agreement_signed").await?;
        Ok(self.id)
    }
}

/// Puts a new version in the place of the last one, from the new version's first day.
#[derive(Clone, Serialize, Deserialize)]
pub struct SupersedeAgreement {
    /// The version that ends.
    pub previous_id: AgreementId,
    /// The version that begins, between the same two.
    pub next: SignAgreement,
}

impl Write for SupersedeAgreement {
    const NAME: &'static str = "supersede_agreement";
    type Out = AgreementId;
    async fn run(&self, tx: &mut Tx) -> Result<AgreementId> {
        let next = &self.next;
        let previous = queries::get(tx, self.previous_id).await?;
        if previous.contact_id != next.contact_id
            || previous.organization_id != next.organization_id
        {
            return AGREEMENT_NOT_IN_FORCE.refuse();
        }
        if next.starts_on <= previous.starts_on {
            return VERSION_TOO_EARLY.at("starts_on");
        }
        if next.starts_on > previous.last_day() {
            return AGREEMENT_NOT_IN_FORCE.at("starts_on");
        }
        next.insert(tx, Some(self.previous_id)).await?;
        let is_last = sql("UPDATE agreement_slot SET agreement_id = $4, free_from = $5
             WHERE contact_id = $1 AND organization_id = $2 AND agreement_id = $3")
        .bind(next.contact_id)
        .bind(next.organization_id)
        .bind(self.previous_id)
        .bind(next.id)
        .bind(next.day_after()?)
        .execute(tx)
        .await?;
        if is_last == 0 {
            return AGREEMENT_NOT_IN_FORCE.refuse();
        }
        let last_on = next
            .starts_on
            .pred_opt()
            .ok_or_else(|| db::Error::other("the first day of the calendar"))?;
        end(tx, self.previous_id, last_on, "superseded").await?;
        next.note(tx, "agreement_superseded").await?;
        Ok(next.id)
    }
}

/// Ends an agreement before its time; goods are then received no more, sold goods are settled.
#[derive(Clone, Serialize, Deserialize)]
pub struct EndAgreement {
    /// Which.
    pub id: AgreementId,
    /// Its last day; not before today.
    pub last_on: Date,
}

impl Write for EndAgreement {
    const NAME: &'static str = "end_agreement";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let agreement = queries::get(tx, self.id).await?;
        if self.last_on < tx.today()
            || self.last_on < agreement.starts_on
            || self.last_on > agreement.last_day()
        {
            return AGREEMENT_PERIOD.at("last_on");
        }
        let free_from = self
            .last_on
            .succ_opt()
            .ok_or_else(|| db::Error::other("the last day of the calendar"))?;
        let is_last = sql(
            "UPDATE agreement_slot SET free_from = $2 WHERE agreement_id = $1 AND free_from > $2",
        )
        .bind(self.id)
        .bind(free_from)
        .execute(tx)
        .await?;
        if is_last == 0 {
            return AGREEMENT_NOT_IN_FORCE.refuse();
        }
        end(tx, self.id, self.last_on, "ended").await?;
        audit::record(
            tx,
            "agreement_ended",
            "agreement",
            Some(self.id.get()),
            serde_json::json!({}),
        )
        .await
    }
}

async fn end(tx: &mut Tx, id: AgreementId, last_on: Date, reason: &str) -> Result<()> {
    sql("INSERT INTO agreement_end (agreement_id, last_on, reason, ended_by, made_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(last_on)
        .bind(reason)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await
        // It ended early once already.
        .map_err(|error| match error {
            db::Error::Conflict(_) => db::Error::Refused(db::Refusal {
                reason: &AGREEMENT_NOT_IN_FORCE,
                field: None,
                args: Vec::new(),
            }),
            other => other,
        })
        .map(drop)
}
