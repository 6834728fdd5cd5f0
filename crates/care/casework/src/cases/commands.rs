use access::grants::{self, Category, Grant};
use access::{Role, consents, users};
use db::{Conn, Result, Tx, Write, sql};
use organizations::OrganizationId;
use people::PersonId;
use persian::{Date, Jalali, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    CASE_OWNER_CHANGED, CASE_RUNNING, CASE_STATE, CaseId, CaseState, ConsentGiven, EventKind,
    NextAction, OWNER_NOT_MEMBER, Source, Stage, Waiting, WaitsFor, find, guardian_who_gave,
    record_event, totals,
};
use crate::{Sealed, days, plans, tasks};

/// Records the person's consent, lets the body see her facts, and opens her case.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct OpenCase {
    /// Made by the sender.
    pub id: CaseId,
    /// Whose case.
    pub person: PersonId,
    /// The body that carries it.
    pub organization: OrganizationId,
    /// The user who carries it; a case worker or supervisor of that body.
    pub owner: Uuid,
    /// How she came.
    pub source: Source,
    /// What she agreed to.
    pub consent: ConsentGiven,
    /// The day of the first action, the assessment.
    pub next_action_on: Date,
}

impl Write for OpenCase {
    const NAME: &'static str = "open_case";
    type Out = CaseId;
    async fn run(&self, tx: &mut Tx) -> Result<CaseId> {
        people::get(tx, self.person).await?;
        check_owner(tx, self.organization, self.owner).await?;
        self.take_consent(tx).await?;
        let code = next_code(tx).await?;
        sql(
            "INSERT INTO case_file (id, code, person_id, organization_id, owner_id, consent_id,
             source, state, stage, stage_since, next_action, next_action_on, opened_on)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', 'intake', $8, 'assess', $9, $8)",
        )
        .bind(self.id)
        .bind(code)
        .bind(self.person)
        .bind(self.organization)
        .bind(self.owner)
        .bind(self.consent.id)
        .bind(self.source)
        .bind(tx.today())
        .bind(self.next_action_on)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_case_file_running", &CASE_RUNNING))?;
        totals::enter(tx, self.id, Stage::Intake).await?;
        record_event(
            tx,
            self.id,
            EventKind::Opened,
            json!({ "source": self.source }),
        )
        .await?;
        Ok(self.id)
    }
}

impl OpenCase {
    async fn take_consent(&self, tx: &mut Tx) -> Result<()> {
        let consent = consents::NewConsent {
            id: self.consent.id,
            subject_id: self.person.get(),
            purpose: "casework".into(),
            categories: vec![
                Category::Operational,
                Category::Personal,
                Category::Sensitive,
            ],
            bodies: vec![self.organization.get()],
            valid_until: self.consent.valid_until,
            evidence: self.consent.evidence.as_str().into(),
            given_by: guardian_who_gave(tx, self.person, self.consent.evidence).await?,
        };
        consents::record(tx, &consent).await?;
        let grant = Grant {
            subject: self.person.get(),
            organization: self.organization.get(),
            purpose: "casework".into(),
            category: Category::Sensitive,
            // The consent's last day counts to its end.
            until: Some(Timestamp::at(days::plus(self.consent.valid_until, 1), 0, 0)),
            consent: Some(self.consent.id),
        };
        grants::give(tx, grant).await.map(drop)
    }
}

/// The next code of this Jalali year. The series' row stays locked until the write ends.
async fn next_code(tx: &mut Tx) -> Result<String> {
    let year = Jalali::from(tx.today()).year;
    let number: i64 = sql(
        "INSERT INTO case_series (jalali_year, last_number) VALUES ($1, 1)
         ON CONFLICT (jalali_year) DO UPDATE SET last_number = case_series.last_number + 1
         RETURNING last_number AS value",
    )
    .bind(i64::from(year))
    .scalar(tx)
    .await?;
    Ok(format!("{year}-{number:05}"))
}

async fn check_owner(tx: &mut Tx, organization: OrganizationId, owner: Uuid) -> Result<()> {
    let today = tx.today();
    let roles = users::roles_on(tx, owner, today).await?;
    let carries = roles.iter().any(|(role, body)| {
        *body == organization.get() && matches!(role, Role::CaseWorker | Role::Supervisor)
    });
    if carries {
        Ok(())
    } else {
        OWNER_NOT_MEMBER.at("owner")
    }
}

/// Refuses for a case that rests or has ended.
pub(crate) async fn must_run(conn: &mut Conn, case: CaseId) -> Result<()> {
    match find(conn, case).await?.ok_or(db::Error::NotFound)?.state {
        CaseState::Open => Ok(()),
        _ => CASE_STATE.refuse(),
    }
}

/// Moves a case forward along the chain; a case that is there or further stays. True when it moved.
/// Reaching [`Stage::Earning`] lays out the follow-ups.
pub async fn move_stage(tx: &mut Tx, case: CaseId, stage: Stage) -> Result<bool> {
    let earlier = stage.earlier_words();
    let moved = sql(format!(
        "UPDATE case_file SET stage = $2, stage_since = $3
         WHERE id = $1 AND state <> 'closed' AND stage IN ({earlier})"
    ))
    .bind(case)
    .bind(stage)
    .bind(tx.today())
    .execute(tx)
    .await?
        == 1;
    if moved {
        arrived(tx, case, stage).await?;
    }
    Ok(moved)
}

async fn arrived(tx: &mut Tx, case: CaseId, stage: Stage) -> Result<()> {
    totals::leave(tx, case).await?;
    totals::enter(tx, case, stage).await?;
    record_event(tx, case, EventKind::StageMoved, json!({ "stage": stage })).await?;
    if stage == Stage::Earning {
        tasks::lay_out_follow_ups(tx, case).await?;
    }
    Ok(())
}

/// Says what comes next, by when, and for whom we wait. A closed case keeps none.
pub async fn set_next_action(
    tx: &mut Tx,
    case: CaseId,
    action: NextAction,
    on: Date,
    waiting: Option<&Waiting>,
) -> Result<()> {
    let (kind, body, words) = match waiting {
        None => (None, None, None),
        Some(Waiting::Body(body)) => (Some(WaitsFor::Body), Some(*body), None),
        Some(Waiting::Person) => (Some(WaitsFor::Person), None, None),
        Some(Waiting::Other(words)) => (Some(WaitsFor::Other), None, Some(words.as_str())),
    };
    sql(
        "UPDATE case_file SET next_action = $2, next_action_on = $3, waits_for = $4,
         waiting_body = $5, waiting_on = $6 WHERE id = $1 AND state <> 'closed'",
    )
    .bind(case)
    .bind(action)
    .bind(on)
    .bind(kind)
    .bind(body)
    .bind(words)
    .execute(tx)
    .await
    .map(drop)
}

/// The owner decides what comes next.
#[derive(Serialize, Deserialize)]
pub struct SetNextAction {
    /// Which case.
    pub case: CaseId,
    /// What.
    pub action: NextAction,
    /// By when.
    pub on: Date,
    /// The body or person waited for, when it is not us.
    pub waiting_on: Option<String>,
}

impl Write for SetNextAction {
    const NAME: &'static str = "set_next_action";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let case = find(tx, self.case).await?.ok_or(db::Error::NotFound)?;
        if case.state == CaseState::Closed {
            return CASE_STATE.refuse();
        }
        let waiting = self.waiting_on.clone().map(Waiting::Other);
        set_next_action(tx, self.case, self.action, self.on, waiting.as_ref()).await?;
        let detail = json!({ "action": self.action, "on": self.on });
        access::audit::record(
            tx,
            "case_next_action_set",
            "case",
            Some(self.case.get()),
            detail,
        )
        .await
    }
}

/// A person moves a case to any stage, also back.
#[derive(Serialize, Deserialize)]
pub struct MoveCase {
    /// Which case.
    pub case: CaseId,
    /// Where to.
    pub stage: Stage,
}

impl Write for MoveCase {
    const NAME: &'static str = "move_case";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let moved = sql("UPDATE case_file SET stage = $2, stage_since = $3
             WHERE id = $1 AND state <> 'closed' AND stage <> $2")
        .bind(self.case)
        .bind(self.stage)
        .bind(tx.today())
        .execute(tx)
        .await?;
        if moved == 0 {
            CASE_STATE.refuse()
        } else {
            arrived(tx, self.case, self.stage).await
        }
    }
}

/// Gives a case to another owner of the same body.
#[derive(Serialize, Deserialize)]
pub struct HandOverCase {
    /// Which case.
    pub case: CaseId,
    /// Its owner as the sender saw it.
    pub from: Uuid,
    /// The new owner.
    pub to: Uuid,
}

impl Write for HandOverCase {
    const NAME: &'static str = "hand_over_case";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let case = find(tx, self.case).await?.ok_or(db::Error::NotFound)?;
        check_owner(tx, case.organization_id, self.to).await?;
        let moved = sql(
            "UPDATE case_file SET owner_id = $3 WHERE id = $1 AND owner_id = $2 AND state <> 'closed'",
        )
        .bind(self.case)
        .bind(self.from)
        .bind(self.to)
        .execute(tx)
        .await?;
        if moved == 0 {
            return CASE_OWNER_CHANGED.refuse();
        }
        let detail = json!({ "from": self.from, "to": self.to });
        record_event(tx, self.case, EventKind::HandedOver, detail).await
    }
}

/// Lets a case rest until a day.
#[derive(Serialize)]
pub struct PauseCase {
    /// Which case.
    pub case: CaseId,
    /// Why: [`PauseReason::seal`].
    pub reason: Sealed,
    /// The day to look again.
    pub look_again_on: Date,
}

impl Write for PauseCase {
    const NAME: &'static str = "pause_case";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let done = sql(
            "UPDATE case_file SET state = 'paused', reason_sealed = $2, next_action = 'look_again',
             next_action_on = $3, waits_for = NULL, waiting_body = NULL, waiting_on = NULL
             WHERE id = $1 AND state = 'open'",
        )
        .bind(self.case)
        .bind(self.reason.bytes())
        .bind(self.look_again_on)
        .execute(tx)
        .await?;
        if done == 0 {
            return CASE_STATE.refuse();
        }
        record_event(tx, self.case, EventKind::Paused, json!({})).await
    }
}

/// A resting case goes on.
#[derive(Serialize, Deserialize)]
pub struct ResumeCase {
    /// Which case.
    pub case: CaseId,
    /// What comes next.
    pub action: NextAction,
    /// By when.
    pub on: Date,
}

impl Write for ResumeCase {
    const NAME: &'static str = "resume_case";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let done = sql(
            "UPDATE case_file SET state = 'open', reason_sealed = NULL, next_action = $2,
             next_action_on = $3 WHERE id = $1 AND state = 'paused'",
        )
        .bind(self.case)
        .bind(self.action)
        .bind(self.on)
        .execute(tx)
        .await?;
        if done == 0 {
            return CASE_STATE.refuse();
        }
        record_event(tx, self.case, EventKind::Resumed, json!({})).await
    }
}

/// Ends a case inside another write; what its package had reserved goes back to the budget. The
/// command and the act on screen are the referrals' room's, which ends what other bodies do for
/// the case in the same write.
pub async fn close(tx: &mut Tx, case: CaseId, reason: &Sealed) -> Result<()> {
    let done = sql(
        "UPDATE case_file SET state = 'closed', reason_sealed = $2, closed_on = $3,
         next_action = NULL, next_action_on = NULL, waits_for = NULL, waiting_body = NULL,
         waiting_on = NULL WHERE id = $1 AND state <> 'closed'",
    )
    .bind(case)
    .bind(reason.bytes())
    .bind(tx.today())
    .execute(tx)
    .await?;
    if done == 0 {
        return CASE_STATE.refuse();
    }
    totals::leave(tx, case).await?;
    plans::release_reserved(tx, case).await?;
    record_event(tx, case, EventKind::Closed, json!({})).await
}

/// Opens a closed case again.
#[derive(Serialize, Deserialize)]
pub struct ReopenCase {
    /// Which case.
    pub case: CaseId,
    /// Who carries it from now on.
    pub owner: Uuid,
    /// What comes next.
    pub action: NextAction,
    /// By when.
    pub on: Date,
}

impl Write for ReopenCase {
    const NAME: &'static str = "reopen_case";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let case = find(tx, self.case).await?.ok_or(db::Error::NotFound)?;
        check_owner(tx, case.organization_id, self.owner).await?;
        let done = sql(
            "UPDATE case_file SET state = 'open', reason_sealed = NULL, closed_on = NULL,
             owner_id = $2, next_action = $3, next_action_on = $4 WHERE id = $1 AND state = 'closed'",
        )
        .bind(self.case)
        .bind(self.owner)
        .bind(self.action)
        .bind(self.on)
        .execute(tx)
        .await
        .map_err(|error| error.or_reason("ux_case_file_running", &CASE_RUNNING))?;
        if done == 0 {
            return CASE_STATE.refuse();
        }
        totals::come_back(tx, self.case).await?;
        record_event(tx, self.case, EventKind::Reopened, json!({})).await
    }
}
