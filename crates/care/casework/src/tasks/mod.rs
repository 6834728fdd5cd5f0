//! Tasks: work for a case that came out of its stage, or was added by someone.

pub mod api;
pub(crate) mod pages;

use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use persian::{Date, Timestamp};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::cases::{CaseId, EventKind, record_event};
use crate::{Sealed, days};

db::id!(
    /// A task.
    pub TaskId
);

db::text_enum! {
    /// Where a task comes from.
    pub enum TaskKind {
        /// Written by someone.
        Added = "added",
        /// A follow-up visit some months after she began to earn.
        FollowUp = "follow_up",
    }
}

/// The task is done already.
pub const TASK_DONE: Reason = Reason::new("task_done", 409);

/// A task to be added. Make it with [`NewTask::new`].
#[derive(Clone, Debug, Serialize)]
pub struct NewTask {
    /// Made by the sender.
    pub id: TaskId,
    /// For which case.
    pub case: CaseId,
    /// What is to be done, sealed.
    pub sealed: Sealed,
    /// By when.
    pub due_on: Date,
    /// Where it comes from: `case`, `consultation`.
    pub source: String,
    /// The record it comes from.
    pub source_id: Option<Uuid>,
}

impl NewTask {
    /// A task in somebody's words (up to 500 letters); they are sealed at once.
    pub fn new(
        keys: &Keys,
        id: TaskId,
        case: CaseId,
        words: &str,
        due_on: Date,
        source: &str,
        source_id: Option<Uuid>,
    ) -> Self {
        let sealed = Sealed::new(keys, "case_task", "sealed", id.get(), words);
        Self {
            id,
            case,
            sealed,
            due_on,
            source: source.into(),
            source_id,
        }
    }
}

/// A task as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Its case.
    pub case_id: CaseId,
    /// Where it comes from.
    pub kind: TaskKind,
    /// Months after she began to earn, for a follow-up.
    pub months: Option<i64>,
    /// What is to be done, sealed.
    pub sealed: Option<Vec<u8>>,
    /// By when.
    pub due_on: Date,
    /// When it was done.
    pub done_on: Option<Date>,
    /// What came of it, sealed.
    pub done_sealed: Option<Vec<u8>>,
}

impl Task {
    /// What is to be done, in its writer's words; none for follow-ups.
    pub fn words(&self, keys: &Keys) -> Result<Option<String>> {
        open(keys, "sealed", self.id, self.sealed.as_deref())
    }

    /// What came of it.
    pub fn outcome(&self, keys: &Keys) -> Result<Option<String>> {
        open(keys, "done_sealed", self.id, self.done_sealed.as_deref())
    }
}

fn open(keys: &Keys, column: &str, id: TaskId, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed
        .map(|bytes| crate::sealed::open(keys, "case_task", column, id.get(), bytes))
        .transpose()
}

/// Adds a task inside another write.
pub async fn add(tx: &mut Tx, new: &NewTask) -> Result<()> {
    sql(
        "INSERT INTO case_task (id, case_id, kind, sealed, source, source_id, due_on, made_at)
         VALUES ($1, $2, 'added', $3, $4, $5, $6, $7)",
    )
    .bind(new.id)
    .bind(new.case)
    .bind(new.sealed.bytes())
    .bind(&new.source)
    .bind(new.source_id)
    .bind(new.due_on)
    .bind(tx.now())
    .execute(tx)
    .await?;
    let detail = json!({ "task": new.id, "source": new.source });
    record_event(tx, new.case, EventKind::TaskAdded, detail).await
}

/// [`add`] as a write of its own.
#[derive(Serialize)]
pub struct AddTask {
    /// The task.
    pub task: NewTask,
}

impl Write for AddTask {
    const NAME: &'static str = "add_task";
    type Out = TaskId;
    async fn run(&self, tx: &mut Tx) -> Result<TaskId> {
        add(tx, &self.task).await?;
        Ok(self.task.id)
    }
}

/// A task is done. Follow-ups are done by recording the follow-up.
#[derive(Serialize)]
pub struct FinishTask {
    /// Which.
    pub id: TaskId,
    /// What came of it: `Sealed::new(keys, "case_task", "done_sealed", id, words)`.
    pub outcome: Option<Sealed>,
}

impl FinishTask {
    /// With the outcome in words; empty words are none.
    pub fn new(keys: &Keys, id: TaskId, outcome: &str) -> Self {
        let seal = || Sealed::new(keys, "case_task", "done_sealed", id.get(), outcome);
        Self {
            id,
            outcome: (!outcome.is_empty()).then(seal),
        }
    }
}

impl Write for FinishTask {
    const NAME: &'static str = "finish_task";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        finish(
            tx,
            self.id,
            TaskKind::Added,
            self.outcome.as_ref().map(Sealed::bytes),
        )
        .await
    }
}

pub(crate) async fn finish(
    tx: &mut Tx,
    id: TaskId,
    kind: TaskKind,
    outcome: Option<Vec<u8>>,
) -> Result<()> {
    let case: Option<CaseId> = sql(
        "UPDATE case_task SET done_on = $2, done_by = $3, done_sealed = $4
         WHERE id = $1 AND done_on IS NULL AND kind = $5 RETURNING case_id AS value",
    )
    .bind(id)
    .bind(tx.today())
    .bind(tx.origin().user)
    .bind(outcome)
    .bind(kind)
    .optional_scalar(tx)
    .await?;
    match case {
        Some(case) => record_event(tx, case, EventKind::TaskDone, json!({ "task": id })).await,
        None => TASK_DONE.refuse(),
    }
}

/// The months after which she is visited.
pub const FOLLOW_UP_MONTHS: [i64; 4] = [3, 6, 12, 24];

/// Lays out the follow-ups from today on; what is laid out stays as it is.
pub(crate) async fn lay_out_follow_ups(tx: &mut Tx, case: CaseId) -> Result<()> {
    let today = tx.today();
    for months in FOLLOW_UP_MONTHS {
        sql(
            "INSERT INTO case_task (id, case_id, kind, months, source, due_on, made_at)
             VALUES ($1, $2, 'follow_up', $3, 'case', $4, $5)
             ON CONFLICT (case_id, months) WHERE kind = 'follow_up' DO NOTHING",
        )
        .bind(tx.new_id())
        .bind(case)
        .bind(months)
        .bind(days::months_after(today, months))
        .bind(tx.now())
        .execute(tx)
        .await?;
    }
    Ok(())
}

const COLUMNS: &str =
    "SELECT id, case_id, kind, months, sealed, due_on, done_on, done_sealed FROM case_task";

/// The task of this id.
pub async fn get(conn: &mut Conn, id: TaskId) -> Result<Task> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// A case's tasks: what is open first, by day, then what is done; 200 at most.
pub async fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<Task>> {
    sql(format!(
        "{COLUMNS} WHERE case_id = $1
         ORDER BY CASE WHEN done_on IS NULL THEN 0 ELSE 1 END, due_on, id LIMIT 200"
    ))
    .bind(case)
    .all(conn)
    .await
}

/// An open task with its case and person, for a day's agenda.
#[derive(Clone, Debug, FromRow)]
pub struct Due {
    /// The task.
    pub id: TaskId,
    /// Its kind.
    pub kind: TaskKind,
    /// Months, for a follow-up.
    pub months: Option<i64>,
    /// Its words, sealed.
    pub sealed: Option<Vec<u8>>,
    /// By when.
    pub due_on: Date,
    /// Its case.
    pub case_id: CaseId,
    /// The case's code.
    pub code: String,
    /// Whose case, for the record of who saw it.
    pub person_id: people::PersonId,
    /// Her first name.
    pub first_name: String,
    /// Her last name.
    pub last_name: String,
    /// Who carries the case, by name.
    pub owner_name: Option<String>,
}

impl Due {
    /// What is to be done, in its writer's words; none for follow-ups.
    pub fn words(&self, keys: &Keys) -> Result<Option<String>> {
        open(keys, "sealed", self.id, self.sealed.as_deref())
    }
}

/// An owner's open tasks that are due by a day, the most overdue first; 200 at most.
pub async fn list_due(
    conn: &mut Conn,
    viewer: &access::Viewer,
    now: Timestamp,
    owner: Uuid,
    until: Date,
) -> Result<Vec<Due>> {
    let (seen, mut values) = crate::cases::carried(3, &crate::CASE_READ, viewer, now);
    // What is written about her is for viewers of sensitive facts.
    let category = access::grants::Category::Sensitive;
    let first = 3 + values.len();
    let (open, grants) = access::grants::visible("c.person_id", first, viewer, category, now);
    values.extend(grants);
    sql(format!(
        "SELECT t.id, t.kind, t.months, CASE WHEN {open} THEN t.sealed END AS sealed, t.due_on, t.case_id, c.code, c.person_id,
         p.first_name, p.last_name, u.shown_name AS owner_name
         FROM case_task t JOIN case_file c ON c.id = t.case_id
         JOIN person_card p ON p.id = c.person_id LEFT JOIN staff_card u ON u.id = c.owner_id
         WHERE t.done_on IS NULL AND t.due_on <= $2 AND c.owner_id = $1 AND c.state <> 'closed'
         AND {seen} ORDER BY t.due_on, t.id LIMIT 200"
    ))
    .bind(owner)
    .bind(until)
    .bind_all(values)
    .all(conn)
    .await
}
