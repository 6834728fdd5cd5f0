//! Follow-up: how she is doing months later. Income after is what was really paid out to her.

pub mod api;
pub(crate) mod pages;

use db::{Conn, FromRow, Keys, Reason, Result, Tx, Write, sql};
use money::Rial;
use persian::Date;
use serde::Serialize;
use serde_json::json;

use crate::cases::{self, CaseId, CaseState, EventKind, NextAction, record_event, set_next_action};
use crate::tasks::{self, TaskId, TaskKind};
use crate::{Sealed, assessment, days};

db::id!(
    /// A follow-up.
    pub FollowUpId
);

db::text_enum! {
    /// Why she stopped working.
    pub enum StoppedReason {
        /// Health.
        Health = "health",
        /// Her family needed her.
        Family = "family",
        /// Too little was sold.
        NoSales = "no_sales",
        /// No money for material.
        NoMaterials = "no_materials",
        /// She found other work.
        OtherJob = "other_job",
        /// She moved away.
        Moved = "moved",
        /// She fell ill with her addiction again. Sensitive.
        Relapse = "relapse",
        /// Another reason.
        Other = "other",
    }
}

/// The task is no follow-up of this case.
pub const NOT_A_FOLLOW_UP: Reason = Reason::new("not_a_follow_up", 422);
/// A reason is needed when she does not work any more, and only then.
pub const STOPPED_REASON: Reason = Reason::new("stopped_reason", 422);

/// A follow-up as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct FollowUp {
    /// Its id.
    pub id: FollowUpId,
    /// 3, 6, 12 or 24.
    pub months: i64,
    /// The day it was made.
    pub made_on: Date,
    /// By whom, by name.
    pub made_by: Option<String>,
    /// People in her household.
    pub household_members: i64,
    /// Does she still work?
    pub is_working: bool,
    /// Why not, sealed.
    pub stopped_sealed: Option<Vec<u8>>,
    /// Her own income a month when she came, as she told.
    pub income_before: Option<Rial>,
    /// What was paid out to her, as a month's mean.
    pub income_after: Rial,
    /// First day of the months looked at.
    pub after_from: Date,
    /// Last day.
    pub after_to: Date,
    /// Notes, sealed.
    pub note_sealed: Option<Vec<u8>>,
}

impl FollowUp {
    /// Why she stopped; for those who may see sensitive facts.
    pub fn stopped_reason(&self, keys: &Keys) -> Result<Option<StoppedReason>> {
        let Some(sealed) = &self.stopped_sealed else {
            return Ok(None);
        };
        let code = crate::sealed::open(keys, "follow_up", "stopped_sealed", self.id.get(), sealed)?;
        code.parse().map(Some).map_err(db::Error::other)
    }

    /// Notes in somebody's words; empty when there are none.
    pub fn note(&self, keys: &Keys) -> Result<String> {
        match &self.note_sealed {
            Some(sealed) => {
                crate::sealed::open(keys, "follow_up", "note_sealed", self.id.get(), sealed)
            }
            None => Ok(String::new()),
        }
    }
}

/// Months over which income after is taken.
const MONTHS_LOOKED_AT: i64 = 3;

/// Income before and after, as they stand on a day.
#[derive(Clone, Copy, Debug)]
pub struct Income {
    /// Her own income a month when she came; none when she was not asked.
    pub before: Option<Rial>,
    /// A month's mean of what was paid out to her.
    pub after: Rial,
    /// First day looked at.
    pub from: Date,
    /// Last day looked at.
    pub to: Date,
}

/// What a month brought her lately, and what it brought before.
pub async fn income(
    conn: &mut Conn,
    keys: &Keys,
    case: &cases::Case,
    today: Date,
) -> Result<Income> {
    let before = baseline(conn, keys, case.id).await?;
    let (after, from, to) = paid_out(conn, case.person_id, today).await?;
    Ok(Income {
        before,
        after,
        from,
        to,
    })
}

async fn paid_out(
    conn: &mut Conn,
    person: people::PersonId,
    today: Date,
) -> Result<(Rial, Date, Date)> {
    let contact = people::contact_of(conn, person).await?;
    let from = days::plus(days::months_after(today, -MONTHS_LOOKED_AT), 1);
    let total = contacts::earnings::between(conn, contact, from, today).await?;
    Ok((Rial::new(total.get() / MONTHS_LOOKED_AT), from, today))
}

/// Her own income a month, from the first assessment that asked.
async fn baseline(conn: &mut Conn, keys: &Keys, case: CaseId) -> Result<Option<Rial>> {
    let mut made = assessment::list(conn, case).await?;
    made.reverse();
    for assessment in made {
        let facts = assessment::facts(conn, keys, assessment.id).await?;
        if let Some(income) = facts.get("own_income").and_then(|told| told.parse().ok()) {
            return Ok(Some(Rial::new(income)));
        }
    }
    Ok(None)
}

/// What is told at a follow-up.
#[derive(Clone, Debug)]
pub struct Told {
    /// People in her household, 1 to 30.
    pub household_members: i64,
    /// Does she still work?
    pub is_working: bool,
    /// Why not; only when she does not.
    pub stopped_reason: Option<StoppedReason>,
    /// Notes; may be empty.
    pub note: String,
}

/// Records a follow-up and ends its task. Make it with [`RecordFollowUp::new`].
#[derive(Serialize)]
pub struct RecordFollowUp {
    /// Made by the sender.
    pub id: FollowUpId,
    /// The follow-up task.
    pub task: TaskId,
    /// Whose.
    pub case: CaseId,
    /// People in her household.
    pub household_members: i64,
    /// Does she still work?
    pub is_working: bool,
    /// Why not, as [`StoppedReason`].
    pub stopped: Option<Sealed>,
    /// Income a month when she came.
    pub income_before: Option<Rial>,
    /// Notes.
    pub note: Option<Sealed>,
}

impl RecordFollowUp {
    /// Reads the income before from the assessment and seals the note.
    pub async fn new(
        conn: &mut Conn,
        keys: &Keys,
        id: FollowUpId,
        case: CaseId,
        task: TaskId,
        told: Told,
    ) -> Result<Self> {
        let seal =
            |column: &str, text: &str| Sealed::new(keys, "follow_up", column, id.get(), text);
        let stopped = told.stopped_reason.map(StoppedReason::as_str);
        Ok(Self {
            id,
            task,
            case,
            household_members: told.household_members,
            is_working: told.is_working,
            stopped: stopped.map(|code| seal("stopped_sealed", code)),
            income_before: baseline(conn, keys, case).await?,
            note: (!told.note.is_empty()).then(|| seal("note_sealed", &told.note)),
        })
    }
}

impl Write for RecordFollowUp {
    const NAME: &'static str = "record_follow_up";
    type Out = FollowUpId;
    async fn run(&self, tx: &mut Tx) -> Result<FollowUpId> {
        if self.is_working != self.stopped.is_none() {
            return STOPPED_REASON.at("stopped_reason");
        }
        let task = tasks::get(tx, self.task).await?;
        let Some(months) = task.months.filter(|_| task.case_id == self.case) else {
            return NOT_A_FOLLOW_UP.refuse();
        };
        let today = tx.today();
        let case = cases::find(tx, self.case)
            .await?
            .ok_or(db::Error::NotFound)?;
        let (after, from, to) = paid_out(tx, case.person_id, today).await?;
        tasks::finish(tx, self.task, TaskKind::FollowUp, None).await?;
        self.insert(tx, months, after, (from, to)).await?;
        let detail = json!({ "months": months, "follow_up": self.id });
        record_event(tx, self.case, EventKind::FollowedUp, detail).await?;
        if case.state != CaseState::Closed {
            self.go_on(tx).await?;
        }
        Ok(self.id)
    }
}

impl RecordFollowUp {
    async fn insert(
        &self,
        tx: &mut Tx,
        months: i64,
        after: Rial,
        span: (Date, Date),
    ) -> Result<()> {
        let (user, today) = (tx.origin().user, tx.today());
        sql("INSERT INTO follow_up (id, case_id, task_id, months, made_on, made_by, household_members,
             is_working, stopped_sealed, income_before, income_after, after_from, after_to, note_sealed)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(self.id)
        .bind(self.case)
        .bind(self.task)
        .bind(months)
        .bind(today)
        .bind(user)
        .bind(self.household_members)
        .bind(self.is_working)
        .bind(self.stopped.as_ref().map(Sealed::bytes))
        .bind(self.income_before)
        .bind(after)
        .bind(span.0)
        .bind(span.1)
        .bind(self.note.as_ref().map(Sealed::bytes))
        .execute(tx)
        .await
        .map(drop)
    }

    /// The next visit, or a word with her when she stopped.
    async fn go_on(&self, tx: &mut Tx) -> Result<()> {
        let today = tx.today();
        let next = tasks::list(tx, self.case)
            .await?
            .into_iter()
            .find(|task| task.kind == TaskKind::FollowUp && task.done_on.is_none());
        let (action, on) = match (self.is_working, next) {
            (true, Some(task)) => (NextAction::FollowUp, task.due_on),
            _ => (NextAction::Contact, days::soon(tx, today, 5).await?),
        };
        set_next_action(tx, self.case, action, on, None).await
    }
}

/// A case's follow-ups, by month.
pub async fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<FollowUp>> {
    sql("SELECT f.id, f.months, f.made_on, u.shown_name AS made_by, f.household_members, f.is_working,
         f.stopped_sealed, f.income_before, f.income_after, f.after_from, f.after_to, f.note_sealed
         FROM follow_up f LEFT JOIN staff_card u ON u.id = f.made_by
         WHERE f.case_id = $1 ORDER BY f.months, f.id")
    .bind(case)
    .all(conn)
    .await
}
