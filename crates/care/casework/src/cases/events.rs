use db::{Conn, FromRow, Result, Tx, sql};
use persian::Timestamp;
use serde_json::Value as Json;
use uuid::Uuid;

use super::CaseId;

db::text_enum! {
    /// What can happen to a case, in this room or along the chain. Its sentence is `event-{word}`.
    pub enum EventKind {
        /// Opened with consent.
        Opened = "opened",
        /// Opened by somebody without a right to it, in an emergency.
        OpenedInEmergency = "opened_in_emergency",
        /// Handed over to another owner.
        HandedOver = "handed_over",
        /// Moved to another stage (`stage`).
        StageMoved = "stage_moved",
        /// Rests.
        Paused = "paused",
        /// Goes on.
        Resumed = "resumed",
        /// Ended.
        Closed = "closed",
        /// Opened again.
        Reopened = "reopened",
        /// Assessed.
        Assessed = "assessed",
        /// Eligibility decided (`result`).
        Decided = "decided",
        /// Another result was asked for.
        OverrideAsked = "override_asked",
        /// A second person answered (`answer`).
        OverrideAnswered = "override_answered",
        /// A plan was begun.
        PlanStarted = "plan_started",
        /// The plan was proposed.
        PlanProposed = "plan_proposed",
        /// The plan came back.
        PlanReturned = "plan_returned",
        /// The plan was approved.
        PlanApproved = "plan_approved",
        /// The person agreed to the plan and it runs.
        PlanAgreed = "plan_agreed",
        /// The plan was completed.
        PlanCompleted = "plan_completed",
        /// The plan makes room for a new one.
        PlanRevised = "plan_revised",
        /// A step was done (`step`).
        StepDone = "step_done",
        /// A line of the package reached her.
        PackageDelivered = "package_delivered",
        /// A task was added.
        TaskAdded = "task_added",
        /// A task was done.
        TaskDone = "task_done",
        /// A follow-up was recorded (`months`).
        FollowedUp = "followed_up",
        /// A referral was sent (`number`).
        LegSent = "leg_sent",
        /// A body answered (`number`).
        LegAnswered = "leg_answered",
        /// A body reported the result (`number`).
        LegDone = "leg_done",
        /// Enrolled in a course.
        Enrolled = "enrolled",
        /// A certificate was given (`number`).
        Certified = "certified",
        /// A consultant advised her.
        Advised = "advised",
        /// A product may be sold.
        ProductApproved = "product_approved",
        /// Goods reached a shop.
        GoodsReceived = "goods_received",
        /// The first piece was sold.
        FirstSold = "first_sold",
        /// The first money reached her.
        FirstPaid = "first_paid",
    }
}

/// One line of a case's history.
#[derive(Clone, Debug, FromRow)]
pub struct CaseEvent {
    /// Its id; later events have greater ids.
    pub id: Uuid,
    /// When.
    pub happened_at: Timestamp,
    /// By whom, as the audit names them.
    pub actor: String,
    /// What.
    pub kind: EventKind,
    /// Codes and ids.
    pub detail: Json,
}

/// Adds a line to the history; `detail` is an object of codes and ids, never personal text.
pub async fn record(tx: &mut Tx, case: CaseId, kind: EventKind, detail: Json) -> Result<()> {
    let (user, actor) = (tx.origin().user, tx.origin().name.clone());
    sql(
        "INSERT INTO case_event (id, case_id, happened_at, user_id, actor, kind, detail)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(tx.new_id())
    .bind(case)
    .bind(tx.now())
    .bind(user)
    .bind(actor)
    .bind(kind)
    .bind(detail.clone())
    .execute(tx)
    .await?;
    access::audit::record(
        tx,
        &format!("case_{kind}"),
        "case",
        Some(case.get()),
        detail,
    )
    .await
}

/// The newest 100 lines before an id (or the newest of all), newest first.
pub async fn list(conn: &mut Conn, case: CaseId, before: Option<Uuid>) -> Result<Vec<CaseEvent>> {
    sql("SELECT id, happened_at, actor, kind, detail FROM case_event
         WHERE case_id = $1 AND id < $2 ORDER BY id DESC LIMIT 100")
    .bind(case)
    .bind(before.unwrap_or(Uuid::max()))
    .all(conn)
    .await
}
