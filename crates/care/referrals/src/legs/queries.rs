//! The SQL of legs.

use casework::CaseId;
use db::{Conn, FromRow, Result, Tx, sql};
use organizations::OrganizationId;
use persian::{Date, Jalali, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::states::{Channel, Clock, Debtor, State};
use super::{By, Leg, LegId, Note};

const COLUMNS: &str = "SELECT id, number, case_id, person_id, step_id, chain_id, template_leg_id, \
     parent_id, sender_id, organization_id, service_id, service, state, debtor, clock, due_on, \
     paused_on, review_on, appointment_on, round, reminders, is_returned, consent_id, sent_at, \
     seen_at, answered_at, done_at, decline_code, outcome, result, void_asked_by, made_at FROM leg";

/// The leg of this id.
pub async fn get(conn: &mut Conn, id: LegId) -> Result<Leg> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The leg of this id, if there is one.
pub async fn find(conn: &mut Conn, id: LegId) -> Result<Option<Leg>> {
    sql(format!("{COLUMNS} WHERE id = $1"))
        .bind(id)
        .optional(conn)
        .await
}

/// The leg with this number, if there is one.
pub async fn find_by_number(conn: &mut Conn, number: &str) -> Result<Option<Leg>> {
    sql(format!("{COLUMNS} WHERE number = $1"))
        .bind(number)
        .optional(conn)
        .await
}

/// A case's legs, in the order they were drafted.
pub async fn list_for_case(conn: &mut Conn, case: CaseId) -> Result<Vec<Leg>> {
    sql(format!("{COLUMNS} WHERE case_id = $1 ORDER BY id"))
        .bind(case)
        .all(conn)
        .await
}

/// The legs of a running chain.
pub(crate) async fn list_of_chain(conn: &mut Conn, chain: Uuid) -> Result<Vec<Leg>> {
    sql(format!("{COLUMNS} WHERE chain_id = $1 ORDER BY id"))
        .bind(chain)
        .all(conn)
        .await
}

/// The legs that rest on a consent and wait.
pub(crate) async fn list_for_consent(conn: &mut Conn, consent: Uuid) -> Result<Vec<Leg>> {
    sql(format!(
        "{COLUMNS} WHERE consent_id = $1 AND clock <> 'stopped' ORDER BY id"
    ))
    .bind(consent)
    .all(conn)
    .await
}

/// Open legs of some receiving bodies, oldest first: 50 after the cursor.
pub(crate) async fn desk(
    conn: &mut Conn,
    bodies: &[Uuid],
    after: Option<Uuid>,
    most: i64,
) -> Result<Vec<Leg>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks = marks(bodies.len(), 3);
    sql(format!(
        "{COLUMNS} WHERE id > $1 AND clock <> 'stopped' AND state NOT IN ('awaiting_release', 'declined')
         AND organization_id IN ({marks}) ORDER BY id LIMIT $2"
    ))
    .bind(after.unwrap_or(Uuid::nil()))
    .bind(most)
    .bind_all(bodies.iter().map(|id| (*id).into()))
    .all(conn)
    .await
}

/// Legs some bodies sent or received (no drafts of others), newest first, before the cursor.
pub(crate) async fn list_of_bodies(
    conn: &mut Conn,
    senders: &[Uuid],
    receivers: &[Uuid],
    before: Option<Uuid>,
    most: i64,
) -> Result<Vec<Leg>> {
    let mut parts = Vec::new();
    let mut first = 3;
    if !senders.is_empty() {
        parts.push(format!("sender_id IN ({})", marks(senders.len(), first)));
        first += senders.len();
    }
    if !receivers.is_empty() {
        let marks = marks(receivers.len(), first);
        parts.push(format!(
            "(organization_id IN ({marks}) AND state NOT IN ('draft', 'awaiting_release', 'voided'))"
        ));
    }
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let either = parts.join(" OR ");
    sql(format!(
        "{COLUMNS} WHERE id < $1 AND ({either}) ORDER BY id DESC LIMIT $2"
    ))
    .bind(before.unwrap_or(Uuid::max()))
    .bind(most)
    .bind_all(senders.iter().chain(receivers).map(|id| (*id).into()))
    .all(conn)
    .await
}

/// Legs in a state whose clock runs, the longest waiting first.
pub(crate) async fn running(conn: &mut Conn, state: State, most: i64) -> Result<Vec<Leg>> {
    sql(format!(
        "{COLUMNS} WHERE clock = 'running' AND state = $1 ORDER BY due_on, id LIMIT $2"
    ))
    .bind(state)
    .bind(most)
    .all(conn)
    .await
}

/// Late legs on their way or with their receiver, the latest first: not what waits for the sender's
/// own decision.
pub(crate) async fn late(conn: &mut Conn, today: Date, most: i64) -> Result<Vec<Leg>> {
    sql(format!(
        "{COLUMNS} l WHERE ({LATE}) AND l.state NOT IN ('awaiting_release', 'declined')
         ORDER BY {LATEST} LIMIT $2"
    ))
    .bind(today)
    .bind(most)
    .all(conn)
    .await
}

/// A leg `l` whose day ($1) passed, on a running clock or at the end of a pause.
const LATE: &str = "(l.clock = 'running' AND l.due_on < $1)
         OR (l.clock = 'paused' AND l.review_on < $1)";
const LATEST: &str = "CASE WHEN l.clock = 'paused' THEN l.review_on ELSE l.due_on END, l.id";

fn marks(count: usize, first: usize) -> String {
    let marks: Vec<String> = (first..first + count)
        .map(|place| format!("${place}"))
        .collect();
    marks.join(", ")
}

/// A leg that waits, told without any fact about a person.
#[derive(Clone, Debug, PartialEq, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "LegTurn")]
pub struct Turn {
    /// The leg.
    pub id: LegId,
    /// Its number.
    pub number: String,
    /// Its case.
    pub case_id: CaseId,
    /// Who sent it.
    pub sender_id: OrganizationId,
    /// Who receives it.
    pub organization_id: OrganizationId,
    /// Name of the service in Persian.
    pub service_fa: String,
    /// Name of the service in English.
    pub service_en: String,
    /// Where it stands.
    pub state: State,
    /// Whose turn it is.
    pub debtor: Debtor,
    /// By when.
    pub due_on: Option<Date>,
    /// While the clock is paused: when it is looked at again.
    pub review_on: Option<Date>,
    /// What its clock does.
    pub clock: Clock,
    /// True when silence gave it back to the sender.
    pub is_returned: bool,
}

impl Turn {
    /// Days it is late; zero when it is not.
    pub fn days_late(&self, today: Date) -> i64 {
        match self.owed_on() {
            Some(owed) if owed < today => (today - owed).num_days(),
            _ => 0,
        }
    }

    /// The day by which the next thing is owed.
    pub fn owed_on(&self) -> Option<Date> {
        super::owed_on(self.clock, self.due_on, self.review_on)
    }

    /// The body whose turn it is; the person's own turn is her own body's care.
    pub fn body(&self) -> OrganizationId {
        match self.debtor {
            Debtor::Sender | Debtor::Person => self.sender_id,
            Debtor::Receiver | Debtor::Nobody => self.organization_id,
        }
    }
}

const TURN: &str = "SELECT l.id, l.number, l.case_id, l.sender_id, l.organization_id, \
     coalesce(t.name_fa, l.service) AS service_fa, coalesce(t.name_en, l.service) AS service_en, l.state, l.debtor, l.due_on, l.review_on, l.clock, \
     l.is_returned FROM leg l LEFT JOIN service_term t ON t.service = l.service";

/// Everything a case waits for, oldest first: the answer to «whose turn is it?».
pub async fn whose_turn(conn: &mut Conn, case: CaseId) -> Result<Vec<Turn>> {
    sql(format!(
        "{TURN} WHERE l.case_id = $1 AND l.clock <> 'stopped' ORDER BY l.id"
    ))
    .bind(case)
    .all(conn)
    .await
}

/// Legs whose day passed, on a running clock or at the end of a pause, the latest first; at most 200.
pub async fn overdue(conn: &mut Conn, today: Date) -> Result<Vec<Turn>> {
    sql(format!("{TURN} WHERE {LATE} ORDER BY {LATEST} LIMIT 200"))
        .bind(today)
        .all(conn)
        .await
}

/// The next number of this Jalali year. Taken late in a write: others wait for the row.
pub(crate) async fn next_number(tx: &mut Tx) -> Result<String> {
    let year = i64::from(Jalali::from(tx.today()).year);
    let last: i64 = sql(
        "INSERT INTO leg_series (year, last_number) VALUES ($1, 1) ON CONFLICT (year)
         DO UPDATE SET last_number = leg_series.last_number + 1 RETURNING last_number AS value",
    )
    .bind(year)
    .scalar(tx)
    .await?;
    Ok(format!("{year}-{last:05}"))
}

/// Adds a draft; false when the id is there already.
pub(crate) async fn insert(tx: &mut Tx, leg: &Leg) -> Result<bool> {
    let rows = sql(
        "INSERT INTO leg (id, number, case_id, person_id, step_id, chain_id, template_leg_id,
         parent_id, sender_id, organization_id, service_id, service, state, debtor, clock, round,
         reminders, is_returned, made_by, made_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'draft', 'nobody', 'stopped', 0,
         0, FALSE, $13, $14) ON CONFLICT (id) DO NOTHING",
    )
    .bind(leg.id)
    .bind(&leg.number)
    .bind(leg.case_id)
    .bind(leg.person_id)
    .bind(leg.step_id)
    .bind(leg.chain_id)
    .bind(leg.template_leg_id)
    .bind(leg.parent_id)
    .bind(leg.sender_id)
    .bind(leg.organization_id)
    .bind(leg.service_id)
    .bind(&leg.service)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// Puts the new state in place of the old one, unless someone else was quicker.
pub(crate) async fn save(tx: &mut Tx, old: &Leg, new: &Leg) -> Result<bool> {
    let rows = sql(
        "UPDATE leg SET state = $4, debtor = $5, clock = $6, due_on = $7, paused_on = $8,
         review_on = $9, appointment_on = $10, round = $11, reminders = $12, is_returned = $13,
         consent_id = $14, sent_at = $15, seen_at = $16, answered_at = $17, done_at = $18,
         decline_code = $19, outcome = $20, result = $21, void_asked_by = $22
         WHERE id = $1 AND state = $2 AND round = $3 AND debtor = $23",
    )
    .bind(old.id)
    .bind(old.state)
    .bind(old.round)
    .bind(new.state)
    .bind(new.debtor)
    .bind(new.clock)
    .bind(new.due_on)
    .bind(new.paused_on)
    .bind(new.review_on)
    .bind(new.appointment_on)
    .bind(new.round)
    .bind(new.reminders)
    .bind(new.is_returned)
    .bind(new.consent_id)
    .bind(new.sent_at)
    .bind(new.seen_at)
    .bind(new.answered_at)
    .bind(new.done_at)
    .bind(new.decline_code.as_deref())
    .bind(new.outcome)
    .bind(new.result.clone())
    .bind(new.void_asked_by)
    .bind(old.debtor)
    .execute(tx)
    .await?;
    Ok(rows == 1)
}

/// Something that happened to a leg.
#[derive(Clone, Debug, FromRow)]
pub struct LegEvent {
    /// Its id; notes are sealed to it.
    pub id: Uuid,
    /// When.
    pub happened_at: Timestamp,
    /// What was done.
    pub act: String,
    /// How it reached us.
    pub channel: Channel,
    /// Who typed it.
    pub actor: String,
    /// What was written, sealed.
    pub note: Option<Vec<u8>>,
}

/// A leg's history, newest first.
pub(crate) async fn events(conn: &mut Conn, leg: LegId) -> Result<Vec<LegEvent>> {
    sql(
        "SELECT id, happened_at, act, channel, actor, note FROM leg_event
         WHERE leg_id = $1 ORDER BY happened_at DESC, id DESC LIMIT 200",
    )
    .bind(leg)
    .all(conn)
    .await
}

/// Writes what happened.
pub(crate) async fn add_event(
    tx: &mut Tx,
    leg: &Leg,
    act: &str,
    by: By,
    note: &Note,
    detail: serde_json::Value,
) -> Result<()> {
    let origin = tx.origin().clone();
    sql("INSERT INTO leg_event (id, leg_id, happened_at, act, state, debtor, due_on, channel, user_id,
         actor, note, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(note.id)
    .bind(leg.id)
    .bind(tx.now())
    .bind(act)
    .bind(leg.state)
    .bind(leg.debtor)
    .bind(leg.due_on)
    .bind(by.channel)
    .bind(origin.user)
    .bind(origin.name)
    .bind(note.sealed.clone())
    .bind(detail)
    .execute(tx)
    .await
    .map(drop)
}
