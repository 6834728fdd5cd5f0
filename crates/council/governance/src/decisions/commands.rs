use access::audit;
use db::{Error, Reason, Result, Tx, Write, sql};
use organizations::{OrganizationId, services};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{CaseDecisionId, Opens};
use crate::meetings::{MeetingId, MeetingState, hold, unsign};
use crate::resolutions::ResolutionId;
use crate::wording::{NAME, required};

/// No running case has this code.
pub const CASE_UNKNOWN: Reason = Reason::new("decision_case_unknown", 422);
/// The resolution decides on a case already, or the decision is not at this point.
pub const DECISION_STATE: Reason = Reason::new("decision_state", 409);
/// The service is not the responsible body's, or there is no such line of the budget.
pub const DECISION_SUBJECT: Reason = Reason::new("decision_subject", 422);

/// Lets a resolution of a held meeting decide on one case. Its minutes are to be signed anew.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct DecideCase {
    /// Made by the sender; the leg or the line gets this id, too.
    pub id: CaseDecisionId,
    /// Which resolution; its minutes must not be frozen.
    pub resolution_id: ResolutionId,
    /// The case's code: `1405-00042`.
    pub case_code: String,
    /// What it opens.
    pub opens: Opens,
}

impl Write for DecideCase {
    const NAME: &'static str = "decide_case";
    type Out = CaseDecisionId;
    async fn run(&self, tx: &mut Tx) -> Result<CaseDecisionId> {
        let rows = sql("SELECT meeting_id, organization_id FROM resolution WHERE id = $1")
            .bind(self.resolution_id)
            .rows(tx)
            .await?;
        let row = rows.first().ok_or(Error::NotFound)?;
        let (meeting, body): (MeetingId, OrganizationId) =
            (row.get("meeting_id")?, row.get("organization_id")?);
        hold(tx, meeting, &[MeetingState::Held]).await?;
        unsign(tx, meeting).await?;
        let code = persian::latin_digits(self.case_code.trim());
        let case: Option<Uuid> =
            sql("SELECT id AS value FROM case_card WHERE code = $1 AND state <> 'closed'")
                .bind(&code)
                .optional_scalar(tx)
                .await?;
        let Some(case) = case else {
            return CASE_UNKNOWN.at("case_code");
        };
        let insert = sql(
            "INSERT INTO case_decision (id, resolution_id, case_id, case_code, opens, service_id, budget_line_id,
             aid, name, quantity, unit_cost, state, decided_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', $12, $13)",
        )
        .bind(self.id)
        .bind(self.resolution_id)
        .bind(case)
        .bind(&code);
        let insert = match &self.opens {
            Opens::Leg { service_id } => {
                let service = services::get(tx, *service_id).await?;
                if service.organization_id != body {
                    return DECISION_SUBJECT.at("service_id");
                }
                organizations::must_stand(tx, body, "service_id").await?;
                insert
                    .bind("leg")
                    .bind(*service_id)
                    .bind(None::<Uuid>)
                    .bind(None::<String>)
                    .bind(None::<String>)
                    .bind(None::<i64>)
                    .bind(None::<i64>)
            }
            Opens::PackageLine {
                budget_line_id,
                aid,
                name,
                quantity,
                unit_cost,
            } => {
                let known: i64 =
                    sql("SELECT count(*) AS value FROM budget_line_card WHERE id = $1")
                        .bind(*budget_line_id)
                        .scalar(tx)
                        .await?;
                if known == 0 {
                    return DECISION_SUBJECT.at("budget_line_id");
                }
                insert
                    .bind("package_line")
                    .bind(None::<Uuid>)
                    .bind(*budget_line_id)
                    .bind(*aid)
                    .bind(required(name, "name", NAME)?)
                    .bind(*quantity)
                    .bind(*unit_cost)
            }
        };
        insert
            .bind(tx.origin().user)
            .bind(tx.now())
            .execute(tx)
            .await
            .map_err(|error| {
                error
                    .or_reason("ux_case_decision_resolution", &DECISION_STATE)
                    .or_reason("ck_case_decision_quantity", &DECISION_SUBJECT)
                    .or_reason("ck_case_decision_cost", &DECISION_SUBJECT)
            })?;
        told(tx, "case_decided", self.id).await?;
        Ok(self.id)
    }
}

/// Carries a decision again that the case could not take: its plan was not ready, the budget short.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RetryDecision {
    /// Which decision; it must have been refused.
    pub id: CaseDecisionId,
}

impl Write for RetryDecision {
    const NAME: &'static str = "retry_decision";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let waits = sql(
            "UPDATE case_decision SET state = 'waiting', refusal = NULL, carried_at = NULL
             WHERE id = $1 AND state = 'refused'",
        )
        .bind(self.id)
        .execute(tx)
        .await?;
        if waits == 0 {
            return DECISION_STATE.refuse();
        }
        told(tx, "case_decision_retried", self.id).await
    }
}

/// Holds a decision that waits, so that nobody else carries it meanwhile. False when it does not
/// wait, or its resolution was repealed.
pub async fn claim(tx: &mut Tx, id: CaseDecisionId) -> Result<bool> {
    let held = sql(
        "UPDATE case_decision SET state = 'waiting' WHERE id = $1 AND state = 'waiting' AND EXISTS
         (SELECT 1 FROM resolution r WHERE r.id = case_decision.resolution_id AND r.repealed_by_id IS NULL)",
    )
    .bind(id)
    .execute(tx)
    .await?;
    Ok(held == 1)
}

/// Writes down what a decision has opened.
pub async fn opened(tx: &mut Tx, id: CaseDecisionId, reference: &str) -> Result<()> {
    sql("UPDATE case_decision SET state = 'opened', opened = $2, carried_at = $3 WHERE id = $1 AND state = 'waiting'")
        .bind(id)
        .bind(reference)
        .bind(tx.now())
        .execute_one(tx)
        .await?;
    told(tx, "case_decision_opened", id).await
}

/// Writes down why the case could not take it. False when it does not wait any more.
pub async fn refused(tx: &mut Tx, id: CaseDecisionId, code: &str) -> Result<bool> {
    let told_now = sql(
        "UPDATE case_decision SET state = 'refused', refusal = $2, carried_at = $3
         WHERE id = $1 AND state = 'waiting'",
    )
    .bind(id)
    .bind(code)
    .bind(tx.now())
    .execute(tx)
    .await?;
    if told_now == 1 {
        told(tx, "case_decision_refused", id).await?;
    }
    Ok(told_now == 1)
}

async fn told(tx: &mut Tx, act: &str, id: CaseDecisionId) -> Result<()> {
    audit::record(tx, act, "case_decision", Some(id.get()), json!({})).await
}
