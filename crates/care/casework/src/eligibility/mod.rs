//! Eligibility: rules kept as data, three-valued, with their reasons in plain words.

pub mod api;
mod facts;
pub(crate) mod pages;
pub(crate) mod queries;
mod rules;
pub(crate) mod views;

use db::{Conn, Keys, Reason, Result, Tx, Write, sql};
use persian::Date;
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::assessment::{self, AssessmentId};
use crate::cases::{
    Case, CaseId, EventKind, NextAction, Stage, move_stage, record_event, set_next_action,
};
use crate::{Sealed, days};

pub use facts::{Fact, Facts};
pub(crate) use queries::result_for;
pub use queries::{Decision, Override, latest, overrides};
pub use rules::{Answer3, Line, Rule, Test, trace};

db::id!(
    /// A version of the rules.
    pub RuleVersionId
);
db::id!(
    /// A decision.
    pub DecisionId
);

/// The rules that decide who comes into the programme.
pub const ENTRY: &str = "entry";

/// The person may not answer her own request for another result.
pub const OVERRIDE_BY_OTHER: Reason = Reason::new("override_by_other", 409);
/// A request for another result is waiting already.
pub const OVERRIDE_WAITING: Reason = Reason::new("override_waiting", 409);
/// The request was answered already.
pub const OVERRIDE_ANSWERED: Reason = Reason::new("override_answered", 409);

/// Stores what the rules say of a case. Make it with [`decide`], which applies them.
#[derive(Serialize)]
pub struct RecordDecision {
    /// Made by the sender.
    pub id: DecisionId,
    /// Whose.
    pub case: CaseId,
    /// By which version.
    pub rules: RuleVersionId,
    /// On which assessment.
    pub assessment: Option<AssessmentId>,
    /// What the rules say.
    pub result: Answer3,
    /// The reasons, a list of [`Line`]s, sealed: they tell income and group.
    pub trace: Sealed,
}

/// Applies the published rules to what is known of a case on a day.
pub async fn decide(
    conn: &mut Conn,
    keys: &Keys,
    id: DecisionId,
    case: &Case,
    today: Date,
) -> Result<RecordDecision> {
    let (rules, rule) = queries::published(conn, ENTRY).await?;
    let assessment = assessment::latest(conn, case.id).await?;
    let facts = facts::gather(conn, keys, case, assessment, today).await?;
    let result = rule.decide(&facts);
    let lines = serde_json::to_string(&trace(&rule, &facts))?;
    let trace = Sealed::new(
        keys,
        "eligibility_decision",
        "trace_sealed",
        id.get(),
        &lines,
    );
    Ok(RecordDecision {
        id,
        case: case.id,
        rules,
        assessment,
        result,
        trace,
    })
}

impl Write for RecordDecision {
    const NAME: &'static str = "record_decision";
    type Out = DecisionId;
    async fn run(&self, tx: &mut Tx) -> Result<DecisionId> {
        crate::cases::must_run(tx, self.case).await?;
        sql(
            "INSERT INTO eligibility_decision (id, case_id, rule_version_id, assessment_id, result,
             trace_sealed, decided_at, decided_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(self.id)
        .bind(self.case)
        .bind(self.rules)
        .bind(self.assessment)
        .bind(self.result)
        .bind(self.trace.bytes())
        .bind(tx.now())
        .bind(tx.origin().user)
        .execute(tx)
        .await?;
        let detail = json!({ "result": self.result, "decision": self.id });
        record_event(tx, self.case, EventKind::Decided, detail).await?;
        go_on(tx, self.case, self.result).await?;
        Ok(self.id)
    }
}

/// What a result leads to.
async fn go_on(tx: &mut Tx, case: CaseId, result: Answer3) -> Result<()> {
    let today = tx.today();
    let (action, working_days) = match result {
        Answer3::Yes => (NextAction::Plan, 3),
        Answer3::No => (NextAction::Contact, 2),
        Answer3::Unknown => (NextAction::CompleteAnswers, 5),
    };
    if result == Answer3::Yes && !move_stage(tx, case, Stage::Planning).await? {
        // Further on already: a fresh decision changes no next action.
        return Ok(());
    }
    let on = days::soon(tx, today, working_days).await?;
    set_next_action(tx, case, action, on, None).await
}

/// Asks for another result than the rules gave.
#[derive(Serialize)]
pub struct AskOverride {
    /// Made by the sender.
    pub id: Uuid,
    /// Which decision.
    pub decision: DecisionId,
    /// The result wanted: yes or no.
    pub result: Answer3,
    /// Why: `Sealed::new(keys, "eligibility_override", "reason_sealed", id, words)`.
    pub reason: Sealed,
    /// Who asks.
    pub by: Uuid,
}

impl Write for AskOverride {
    const NAME: &'static str = "ask_override";
    type Out = Uuid;
    async fn run(&self, tx: &mut Tx) -> Result<Uuid> {
        let case = queries::case_of(tx, self.decision).await?;
        crate::cases::must_run(tx, case).await?;
        sql("INSERT INTO eligibility_override (id, decision_id, result, reason_sealed, asked_by, asked_at)
             VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(self.id)
        .bind(self.decision)
        .bind(self.result)
        .bind(self.reason.bytes())
        .bind(self.by)
        .bind(tx.now())
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_eligibility_override_waiting", &OVERRIDE_WAITING))?;
        let detail = json!({ "override": self.id, "result": self.result });
        record_event(tx, case, EventKind::OverrideAsked, detail).await?;
        let today = tx.today();
        let on = days::soon(tx, today, 2).await?;
        set_next_action(tx, case, NextAction::ConfirmOverride, on, None).await?;
        Ok(self.id)
    }
}

/// A second person confirms or refuses another result.
#[derive(Serialize)]
pub struct AnswerOverride {
    /// Which request.
    pub id: Uuid,
    /// Confirmed, or refused.
    pub is_confirmed: bool,
    /// Who answers; not who asked.
    pub by: Uuid,
}

impl Write for AnswerOverride {
    const NAME: &'static str = "answer_override";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let answer = if self.is_confirmed {
            "confirmed"
        } else {
            "refused"
        };
        let decision: Option<DecisionId> = sql(
            "UPDATE eligibility_override SET answer = $2, answered_by = $3, answered_at = $4
             WHERE id = $1 AND answer IS NULL RETURNING decision_id AS value",
        )
        .bind(self.id)
        .bind(answer)
        .bind(self.by)
        .bind(tx.now())
        .optional_scalar(tx)
        .await
        .map_err(|error| error.or_reason("ck_eligibility_override_other", &OVERRIDE_BY_OTHER))?;
        let Some(decision) = decision else {
            return OVERRIDE_ANSWERED.refuse();
        };
        let case = queries::case_of(tx, decision).await?;
        record_event(
            tx,
            case,
            EventKind::OverrideAnswered,
            json!({ "answer": answer }),
        )
        .await?;
        let result = queries::result_of(tx, decision).await?;
        go_on(tx, case, result).await
    }
}
