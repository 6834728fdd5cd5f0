use access::audit;
use db::{Reason, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{ActionId, CommitmentId, MilestoneId, ProgrammeId};
use crate::articles::{ArticleId, CITED_FIGURE_UNKNOWN, OrdinanceId};
use crate::wording::{NAME, required};

/// Another programme has this code.
pub const PROGRAMME_CODE_TAKEN: Reason = Reason::new("programme_code_taken", 409);
/// Another action has this code.
pub const ACTION_CODE_TAKEN: Reason = Reason::new("action_code_taken", 409);
/// The last day lies before the first.
pub const PERIOD: Reason = Reason::new("period", 422);
/// A figure without a target, or a target without a figure.
pub const MILESTONE_FIGURE: Reason = Reason::new("milestone_figure", 422);

/// Starts a programme for an ordinance.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct CreateProgramme {
    /// Made by the sender.
    pub id: ProgrammeId,
    /// The ordinance it carries out.
    pub ordinance_id: OrdinanceId,
    /// A short code, unique.
    pub code: String,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

impl Write for CreateProgramme {
    const NAME: &'static str = "create_programme";
    type Out = ProgrammeId;
    async fn run(&self, tx: &mut Tx) -> Result<ProgrammeId> {
        sql("INSERT INTO programme (id, ordinance_id, code, name_fa, name_en, starts_on, ends_on, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(self.id)
        .bind(self.ordinance_id)
        .bind(required(&self.code, "code", 40)?)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(self.starts_on)
        .bind(self.ends_on)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| {
            error.or_reason("ux_programme_code", &PROGRAMME_CODE_TAKEN).or_reason("ck_programme_period", &PERIOD)
        })?;
        audit::record(
            tx,
            "programme_created",
            "programme",
            Some(self.id.get()),
            json!({ "code": self.code }),
        )
        .await?;
        Ok(self.id)
    }
}

/// Adds an action that serves an article.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddAction {
    /// Made by the sender.
    pub id: ActionId,
    /// Its programme.
    pub programme_id: ProgrammeId,
    /// The article it cites.
    pub article_id: ArticleId,
    /// The responsible body.
    pub organization_id: OrganizationId,
    /// A short code, unique.
    pub code: String,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub due_on: Date,
}

impl Write for AddAction {
    const NAME: &'static str = "add_action";
    type Out = ActionId;
    async fn run(&self, tx: &mut Tx) -> Result<ActionId> {
        sql("INSERT INTO action (id, programme_id, article_id, organization_id, code, name_fa, name_en,
             starts_on, due_on, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(self.id)
        .bind(self.programme_id)
        .bind(self.article_id)
        .bind(self.organization_id)
        .bind(required(&self.code, "code", 40)?)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(self.starts_on)
        .bind(self.due_on)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| {
            error.or_reason("ux_action_code", &ACTION_CODE_TAKEN).or_reason("ck_action_period", &PERIOD)
        })?;
        audit::record(
            tx,
            "action_added",
            "action",
            Some(self.id.get()),
            json!({ "code": self.code }),
        )
        .await?;
        Ok(self.id)
    }
}

/// Adds a milestone: reached by evidence, or by a figure that comes to its target.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddMilestone {
    /// Made by the sender.
    pub id: MilestoneId,
    /// Its action.
    pub action_id: ActionId,
    /// Name in Persian.
    pub name_fa: String,
    /// Name in English.
    pub name_en: String,
    /// Last day.
    pub due_on: Date,
    /// Code of the figure that proves it, and what it must come to.
    pub figure: Option<(String, i64)>,
}

impl Write for AddMilestone {
    const NAME: &'static str = "add_milestone";
    type Out = MilestoneId;
    async fn run(&self, tx: &mut Tx) -> Result<MilestoneId> {
        if let Some((code, _)) = &self.figure
            && !indicators::is_known(tx, code).await?
        {
            return CITED_FIGURE_UNKNOWN.with(&[("code", code.clone())]);
        }
        // Held until the end, so that two milestones cannot take the same place.
        sql("UPDATE action SET code = code WHERE id = $1")
            .bind(self.action_id)
            .execute_one(tx)
            .await?;
        sql("INSERT INTO milestone (id, action_id, position, name_fa, name_en, due_on, indicator_code, target, made_at)
             VALUES ($1, $2, (SELECT CAST(coalesce(max(m.position), 0) + 1 AS bigint) FROM milestone m WHERE m.action_id = $2),
             $3, $4, $5, $6, $7, $8)")
        .bind(self.id)
        .bind(self.action_id)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(self.due_on)
        .bind(self.figure.as_ref().map(|(code, _)| code.clone()))
        .bind(self.figure.as_ref().map(|(_, target)| *target))
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ck_milestone_figure", &MILESTONE_FIGURE))?;
        audit::record(
            tx,
            "milestone_added",
            "action",
            Some(self.action_id.get()),
            json!({ "milestone": self.id }),
        )
        .await?;
        Ok(self.id)
    }
}

/// Writes down what a partner promised.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct AddCommitment {
    /// Made by the sender.
    pub id: CommitmentId,
    /// The action it serves.
    pub action_id: ActionId,
    /// The partner.
    pub organization_id: OrganizationId,
    /// What, in Persian.
    pub name_fa: String,
    /// What, in English.
    pub name_en: String,
    /// How many, more than nothing.
    pub quantity: i64,
    /// Of what unit, in Persian.
    pub unit_fa: String,
    /// Of what unit, in English.
    pub unit_en: String,
    /// Until when.
    pub due_on: Date,
}

impl Write for AddCommitment {
    const NAME: &'static str = "add_commitment";
    type Out = CommitmentId;
    async fn run(&self, tx: &mut Tx) -> Result<CommitmentId> {
        sql("INSERT INTO commitment (id, action_id, organization_id, name_fa, name_en, quantity, unit_fa,
             unit_en, due_on, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(self.id)
        .bind(self.action_id)
        .bind(self.organization_id)
        .bind(required(&self.name_fa, "name_fa", NAME)?)
        .bind(required(&self.name_en, "name_en", NAME)?)
        .bind(self.quantity)
        .bind(required(&self.unit_fa, "unit_fa", 60)?)
        .bind(required(&self.unit_en, "unit_en", 60)?)
        .bind(self.due_on)
        .bind(tx.now())
        .execute(tx)
        .await?;
        audit::record(
            tx,
            "commitment_added",
            "action",
            Some(self.action_id.get()),
            json!({ "commitment": self.id }),
        )
        .await?;
        Ok(self.id)
    }
}
