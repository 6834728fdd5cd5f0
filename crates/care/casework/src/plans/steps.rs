//! Steps of a plan: what is done, by whom, by when.

use db::{Conn, FromRow, Keys, Result, Tx, Write, sql};
use organizations::OrganizationId;
use persian::Date;
use serde::Serialize;
use serde_json::json;

use super::{PlanId, PlanState, STEP_ENDED, commands};
use crate::Sealed;
use crate::cases::{CaseId, EventKind, record_event};

db::id!(
    /// A step.
    pub StepId
);

db::text_enum! {
    /// What a step is; the room that does it finishes it.
    pub enum StepKind {
        /// Another body does it.
        Referral = "referral",
        /// A course.
        Training = "training",
        /// A consultation.
        Consulting = "consulting",
        /// A licence for the home business.
        Licence = "licence",
        /// A product made ready for sale.
        Product = "product",
        /// A first sale.
        Sale = "sale",
        /// A visit afterwards.
        FollowUp = "follow_up",
        /// Something else.
        Other = "other",
    }
}

db::text_enum! {
    /// Where a step stands.
    pub enum StepState {
        /// To be done.
        Open = "open",
        /// Done, with its evidence.
        Done = "done",
        /// Not needed any more.
        Dropped = "dropped",
    }
}

/// A step as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// Its plan.
    pub plan_id: PlanId,
    /// Where that plan stands.
    pub plan_state: PlanState,
    /// Its case.
    pub case_id: CaseId,
    /// What it is.
    pub kind: StepKind,
    /// More about it, sealed.
    pub sealed: Option<Vec<u8>>,
    /// The body that does it.
    pub organization_id: Option<OrganizationId>,
    /// By when.
    pub due_on: Date,
    /// Where it stands.
    pub state: StepState,
    /// The day it ended.
    pub ended_on: Option<Date>,
    /// What shows that it was done: `leg:ID`, `certificate:SERIAL`.
    pub evidence: Option<String>,
    /// The article of the law it rests on.
    pub article_ref: Option<String>,
}

impl Step {
    /// More about it in somebody's words; empty when there is nothing.
    pub fn words(&self, keys: &Keys) -> Result<String> {
        match &self.sealed {
            Some(sealed) => crate::sealed::open(keys, "plan_step", "sealed", self.id.get(), sealed),
            None => Ok(String::new()),
        }
    }
}

/// Adds a step to a plan that is being written or runs.
#[derive(Serialize)]
pub struct AddStep {
    /// Made by the sender.
    pub id: StepId,
    /// Which plan.
    pub plan: PlanId,
    /// What it is.
    pub kind: StepKind,
    /// More about it.
    pub words: Option<Sealed>,
    /// The body that does it.
    pub organization: Option<OrganizationId>,
    /// By when.
    pub due_on: Date,
    /// The article of the law it rests on, by its address; empty without one.
    pub article_ref: String,
}

impl AddStep {
    /// Seals more words about a step; empty words are none.
    pub fn seal(keys: &Keys, id: StepId, words: &str) -> Option<Sealed> {
        (!words.is_empty()).then(|| Sealed::new(keys, "plan_step", "sealed", id.get(), words))
    }
}

impl Write for AddStep {
    const NAME: &'static str = "add_step";
    type Out = StepId;
    async fn run(&self, tx: &mut Tx) -> Result<StepId> {
        let case = commands::must_be_draft(tx, self.plan).await?;
        sql("INSERT INTO plan_step (id, plan_id, case_id, kind, sealed, organization_id, due_on, state, article_ref)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8)")
        .bind(self.id)
        .bind(self.plan)
        .bind(case)
        .bind(self.kind)
        .bind(self.words.as_ref().map(Sealed::bytes))
        .bind(self.organization)
        .bind(self.due_on)
        .bind(crate::citations::article_ref(&self.article_ref, "step_article")?)
        .execute(tx)
        .await?;
        commands::note(tx, "step_added", case, self.plan).await?;
        Ok(self.id)
    }
}

const COLUMNS: &str = "SELECT s.id, s.plan_id, p.state AS plan_state, s.case_id, s.kind, s.sealed, \
     s.organization_id, s.due_on, s.state, s.ended_on, s.evidence, s.article_ref \
     FROM plan_step s JOIN plan p ON p.id = s.plan_id";

/// The steps of a case's current plan (or else of its last one), by day.
pub async fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<Step>> {
    sql(format!(
        "{COLUMNS} WHERE s.plan_id = (SELECT id FROM plan WHERE case_id = $1 ORDER BY number DESC LIMIT 1)
         ORDER BY s.due_on, s.id"
    ))
    .bind(case)
    .all(conn)
    .await
}

/// A plan's steps, by day.
pub async fn list_of(conn: &mut Conn, plan: PlanId) -> Result<Vec<Step>> {
    sql(format!(
        "{COLUMNS} WHERE s.plan_id = $1 ORDER BY s.due_on, s.id"
    ))
    .bind(plan)
    .all(conn)
    .await
}

/// The step of this id.
pub async fn get(conn: &mut Conn, id: StepId) -> Result<Step> {
    sql(format!("{COLUMNS} WHERE s.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The step that this one is by now: a plan that was revised keeps its steps as they were, and what
/// was open goes on as a copy in the next plan.
pub async fn lives_on(conn: &mut Conn, step: StepId) -> Result<StepId> {
    let last: Option<StepId> = sql("SELECT l.id AS value FROM plan_step s
         JOIN plan_step l ON l.id = s.origin_id OR l.origin_id = coalesce(s.origin_id, s.id)
         JOIN plan p ON p.id = l.plan_id WHERE s.id = $1 ORDER BY p.number DESC LIMIT 1")
    .bind(step)
    .optional_scalar(conn)
    .await?;
    Ok(last.unwrap_or(step))
}

/// A step was done; `evidence` names the record that shows it. A step that ended stays as it is.
pub async fn finish(tx: &mut Tx, step: StepId, evidence: &str) -> Result<()> {
    end(tx, step, StepState::Done, Some(evidence))
        .await
        .map(drop)
}

/// Ends an open step; false when it had ended before.
async fn end(tx: &mut Tx, step: StepId, state: StepState, evidence: Option<&str>) -> Result<bool> {
    let step = lives_on(tx, step).await?;
    let case: Option<CaseId> = sql(
        "UPDATE plan_step SET state = $2, ended_on = $3, evidence = $4
         WHERE id = $1 AND state = 'open' RETURNING case_id AS value",
    )
    .bind(step)
    .bind(state)
    .bind(tx.today())
    .bind(evidence)
    .optional_scalar(tx)
    .await?;
    let Some(case) = case else { return Ok(false) };
    if state == StepState::Done {
        let kind = get(tx, step).await?.kind;
        let detail = json!({ "step": step, "kind": kind });
        record_event(tx, case, EventKind::StepDone, detail).await?;
    }
    Ok(true)
}

/// The owner says that a step was done, or is not needed.
#[derive(Serialize)]
pub struct EndStep {
    /// Which step.
    pub id: StepId,
    /// Done, or dropped.
    pub is_done: bool,
}

impl Write for EndStep {
    const NAME: &'static str = "end_step";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let (state, evidence) = match self.is_done {
            true => (StepState::Done, Some("worker")),
            false => (StepState::Dropped, None),
        };
        if end(tx, self.id, state, evidence).await? {
            Ok(())
        } else {
            STEP_ENDED.refuse()
        }
    }
}
