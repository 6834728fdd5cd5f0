use db::{Conn, FromRow, Keys, Result, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::{Answer3, DecisionId, Line, Rule, RuleVersionId};
use crate::cases::CaseId;

/// A decision as it is kept, with the result that holds after a confirmed request.
#[derive(Clone, Debug, FromRow)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The version of the rules.
    pub rule_number: i64,
    /// Their Persian name.
    pub rule_name_fa: String,
    /// Their English name.
    pub rule_name_en: String,
    /// What the rules said.
    pub result: Answer3,
    /// The reasons, sealed.
    pub trace_sealed: Vec<u8>,
    /// When.
    pub decided_at: Timestamp,
    /// By whom, by name.
    pub decided_by: Option<String>,
}

impl Decision {
    /// The reasons; only for viewers of sensitive facts.
    pub fn trace(&self, keys: &Keys) -> Result<Vec<Line>> {
        let (table, id) = ("eligibility_decision", self.id.get());
        let text = crate::sealed::open(keys, table, "trace_sealed", id, &self.trace_sealed)?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// A request for another result.
#[derive(Clone, Debug, FromRow)]
pub struct Override {
    /// Its id.
    pub id: Uuid,
    /// The result wanted.
    pub result: Answer3,
    /// Why, sealed.
    pub reason_sealed: Vec<u8>,
    /// Who asked.
    pub asked_by: Uuid,
    /// By name.
    pub asked_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// `confirmed` or `refused`; none while it waits.
    pub answer: Option<String>,
    /// Who answered, by name.
    pub answered_name: Option<String>,
}

impl Override {
    /// Why it was asked; only for viewers of sensitive facts.
    pub fn reason(&self, keys: &Keys) -> Result<String> {
        let table = "eligibility_override";
        crate::sealed::open(keys, table, "reason_sealed", self.id, &self.reason_sealed)
    }
}

pub(super) async fn published(conn: &mut Conn, code: &str) -> Result<(RuleVersionId, Rule)> {
    let rows = sql("SELECT id, rule FROM rule_version WHERE code = $1 AND state = 'published'")
        .bind(code)
        .rows(conn)
        .await?;
    let row = rows.first().ok_or(db::Error::NotFound)?;
    Ok((row.get("id")?, serde_json::from_value(row.get("rule")?)?))
}

/// A case's newest decision.
pub async fn latest(conn: &mut Conn, case: CaseId) -> Result<Option<Decision>> {
    sql("SELECT d.id, r.number AS rule_number, r.name_fa AS rule_name_fa, r.name_en AS rule_name_en,
         d.result, d.trace_sealed, d.decided_at, u.shown_name AS decided_by
         FROM eligibility_decision d JOIN rule_version r ON r.id = d.rule_version_id
         LEFT JOIN staff_card u ON u.id = d.decided_by
         WHERE d.case_id = $1 ORDER BY d.id DESC LIMIT 1")
    .bind(case)
    .optional(conn)
    .await
}

/// The requests for another result of a decision, newest first.
pub async fn overrides(conn: &mut Conn, decision: DecisionId) -> Result<Vec<Override>> {
    sql("SELECT o.id, o.result, o.reason_sealed, o.asked_by, a.shown_name AS asked_name, o.asked_at,
         o.answer, b.shown_name AS answered_name FROM eligibility_override o
         JOIN staff_card a ON a.id = o.asked_by LEFT JOIN staff_card b ON b.id = o.answered_by
         WHERE o.decision_id = $1 ORDER BY o.id DESC LIMIT 20")
    .bind(decision)
    .all(conn)
    .await
}

pub(super) async fn case_of(conn: &mut Conn, decision: DecisionId) -> Result<CaseId> {
    sql("SELECT case_id AS value FROM eligibility_decision WHERE id = $1")
        .bind(decision)
        .scalar(conn)
        .await
}

/// The case of a request for another result.
pub(super) async fn case_of_override(conn: &mut Conn, id: Uuid) -> Result<CaseId> {
    sql("SELECT d.case_id AS value FROM eligibility_override o
         JOIN eligibility_decision d ON d.id = o.decision_id WHERE o.id = $1")
    .bind(id)
    .scalar(conn)
    .await
}

/// The result that holds: the last confirmed request, or else what the rules said.
pub(crate) async fn result_of(conn: &mut Conn, decision: DecisionId) -> Result<Answer3> {
    let confirmed: Option<Answer3> = sql("SELECT result AS value FROM eligibility_override
         WHERE decision_id = $1 AND answer = 'confirmed' ORDER BY id DESC LIMIT 1")
    .bind(decision)
    .optional_scalar(conn)
    .await?;
    match confirmed {
        Some(result) => Ok(result),
        None => {
            sql("SELECT result AS value FROM eligibility_decision WHERE id = $1")
                .bind(decision)
                .scalar(conn)
                .await
        }
    }
}

/// The result that holds for a case; none before the first decision.
pub(crate) async fn result_for(conn: &mut Conn, case: CaseId) -> Result<Option<Answer3>> {
    match latest(conn, case).await? {
        Some(decision) => result_of(conn, decision.id).await.map(Some),
        None => Ok(None),
    }
}
