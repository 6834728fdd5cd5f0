//! The bank contradicts itself: what it called not paid was paid after all, or the other way
//! round. What the books can follow is followed; the rest waits here until somebody looked.

use access::audit;
use contacts::{ContactId, earnings};
use db::{Conn, FromRow, Result, Tx, Write, sql};
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::settle::{MOST_LETTERS, Notes, Told, move_money, purse, step};
use super::{
    BatchId, CONFLICT_SETTLED, Method, Payout, PayoutId, PayoutState, REASON_LENGTH, ResultStatus,
    STATEMENT_TAKEN, WRONG_STATE, queries,
};
use crate::books::{Account, EntryKind};

db::text_enum! {
    /// Where a conflict stands.
    pub enum ConflictState {
        /// Somebody must look.
        Open = "open",
        /// It was paid: the payout is confirmed after all.
        PaidAfterAll = "paid_after_all",
        /// Looked at; the payout stays as it is.
        Explained = "explained",
    }
}

/// An answer of the bank that the books did not follow.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Conflict {
    /// Its id.
    pub id: Uuid,
    /// The payout.
    pub payout_id: PayoutId,
    /// Its reference.
    pub reference: String,
    /// Its maker's name as staff see it.
    pub shown_name: String,
    /// What the bank said this time.
    pub status: ResultStatus,
    /// Why, in the bank's words; may be empty.
    pub reason: String,
    /// The bank's own number; may be empty.
    pub bank_reference: String,
    /// The day it names.
    pub told_on: Date,
    /// Where it stands.
    pub state: ConflictState,
    /// What was found; empty while it is open.
    pub note: String,
    /// When it was told.
    pub made_at: Timestamp,
}

/// The conflicts of a batch, oldest first.
pub async fn of_batch(conn: &mut Conn, batch: BatchId) -> Result<Vec<Conflict>> {
    sql(
        "SELECT f.id, f.payout_id, p.reference, c.shown_name, f.status, f.reason, f.bank_reference,
         f.told_on, f.state, f.note, f.made_at FROM payout_conflict f JOIN payout p ON p.id = f.payout_id
         JOIN contact_card c ON c.id = p.contact_id WHERE p.batch_id = $1 ORDER BY f.id",
    )
    .bind(batch)
    .all(conn)
    .await
}

/// The batch of a conflict.
pub(super) async fn batch_of(conn: &mut Conn, conflict: Uuid) -> Result<BatchId> {
    sql(
        "SELECT p.batch_id AS value FROM payout_conflict f JOIN payout p ON p.id = f.payout_id
         WHERE f.id = $1",
    )
    .bind(conflict)
    .scalar(conn)
    .await
}

/// Batches that hold an open conflict, newest first.
pub(super) async fn open_batches(conn: &mut Conn) -> Result<Vec<(BatchId, String)>> {
    let rows = sql(
        "SELECT DISTINCT b.id, b.number FROM payout_conflict f JOIN payout p ON p.id = f.payout_id
         JOIN payout_batch b ON b.id = p.batch_id WHERE f.state = 'open' ORDER BY b.id DESC LIMIT 50",
    )
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("number")?)))
        .collect()
}

/// Makers whom the bank may have paid although the books say not: paying them now could pay
/// them twice.
pub(super) async fn makers_in_doubt(conn: &mut Conn) -> Result<Vec<ContactId>> {
    sql(
        "SELECT DISTINCT p.contact_id AS value FROM payout_conflict f JOIN payout p ON p.id = f.payout_id
         WHERE f.state = 'open' AND f.status = 'paid'",
    )
    .scalars(conn)
    .await
}

/// A line for a payment that was answered before.
pub(super) async fn told_again(
    tx: &mut Tx,
    result: Uuid,
    payout: PayoutId,
    status: ResultStatus,
    notes: &Notes<'_>,
) -> Result<Told> {
    // Read again: another answer may have moved it meanwhile.
    let payout = queries::payout(tx, payout).await?;
    let says_paid = status == ResultStatus::Paid;
    if says_paid == (payout.state == PayoutState::Confirmed) {
        return Ok(Told::Nothing);
    }
    let moved = match earlier(tx, payout.id, says_paid, notes.bank_reference).await? {
        Earlier::Same => return Ok(Told::Nothing),
        // Old news or new: without the bank's number nobody can tell.
        Earlier::Unclear => None,
        Earlier::Never if says_paid => reopen(tx, &payout, notes).await?,
        Earlier::Never => come_back(tx, &payout, notes).await?,
    };
    if let Some(state) = moved {
        return Ok(Told::Moved(state));
    }
    sql(
        "INSERT INTO payout_conflict (id, payout_id, result_id, status, reason, bank_reference, told_on,
         state, note, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', '', $8) ON CONFLICT DO NOTHING",
    )
    .bind(tx.new_id())
    .bind(payout.id)
    .bind(result)
    .bind(status)
    .bind(notes.reason)
    .bind(notes.bank_reference)
    .bind(notes.day)
    .bind(tx.now())
    .execute(tx)
    .await?;
    Ok(Told::Conflict)
}

/// Was the same said before?
enum Earlier {
    Same,
    Unclear,
    Never,
}

#[derive(FromRow)]
struct EarlierLine {
    bank_reference: String,
    was_applied: bool,
}

async fn earlier(
    tx: &mut Tx,
    payout: PayoutId,
    says_paid: bool,
    bank_reference: &str,
) -> Result<Earlier> {
    let lines: Vec<EarlierLine> = sql("SELECT bank_reference, was_applied FROM bank_result_line
         WHERE payout_id = $1 AND (status = 'paid') = $2")
    .bind(payout)
    .bind(says_paid)
    .all(tx)
    .await?;
    if !bank_reference.is_empty()
        && lines
            .iter()
            .any(|line| line.bank_reference == bank_reference)
    {
        return Ok(Earlier::Same);
    }
    let is_unclear = lines.iter().any(|line| {
        line.was_applied && (bank_reference.is_empty() || line.bank_reference.is_empty())
    });
    Ok(if is_unclear {
        Earlier::Unclear
    } else {
        Earlier::Never
    })
}

/// It was paid after all: confirmed, if no other payout has taken her statements meanwhile.
async fn reopen(tx: &mut Tx, payout: &Payout, notes: &Notes<'_>) -> Result<Option<PayoutState>> {
    if posted(tx, payout.id, EntryKind::PayoutReopened)
        .await?
        .is_some()
    {
        return Ok(None);
    }
    // The payout first: its row is held from here on, so only one answer reopens it.
    let to = PayoutState::Confirmed;
    if !step(tx, payout.id, payout.state, to, notes, None).await? {
        return Ok(None);
    }
    let all: i64 = sql("SELECT count(*) AS value FROM payout_statement WHERE payout_id = $1")
        .bind(payout.id)
        .scalar(tx)
        .await?;
    let taken = sql("UPDATE statement SET payout_id = $1 WHERE payout_id IS NULL
         AND id IN (SELECT statement_id FROM payout_statement WHERE payout_id = $1)")
    .bind(payout.id)
    .execute(tx)
    .await?;
    if i64::try_from(taken).is_ok_and(|taken| taken != all) {
        queries::free_statements(tx, payout.id).await?;
        leave(tx, payout).await?;
        return Ok(None);
    }
    let payable = Account::payable(payout.contact_id);
    let bank = purse(Method::Bank, notes.day);
    let kind = EntryKind::PayoutReopened;
    let entry = move_money(tx, payout, kind, payable, bank, notes).await?;
    // An earning that was taken back stays taken back; this one has the entry's own id.
    earnings::record(tx, payout.contact_id, entry, payout.amount, notes.day).await?;
    crate::telling::paid(tx, payout).await?;
    Ok(Some(to))
}

/// Leaves a payout as it was.
async fn leave(tx: &mut Tx, payout: &Payout) -> Result<()> {
    sql("UPDATE payout SET state = $2, reason = $3, bank_reference = $4, settled_on = $5 WHERE id = $1")
        .bind(payout.id)
        .bind(payout.state)
        .bind(&payout.reason)
        .bind(&payout.bank_reference)
        .bind(payout.settled_on)
        .execute_one(tx)
        .await
}

/// It came back after it was confirmed: she is owed it again. Once for a payout.
async fn come_back(tx: &mut Tx, payout: &Payout, notes: &Notes<'_>) -> Result<Option<PayoutState>> {
    let to = PayoutState::Returned;
    if posted(tx, payout.id, EntryKind::PayoutReturned)
        .await?
        .is_some()
        || !step(tx, payout.id, PayoutState::Confirmed, to, notes, None).await?
    {
        return Ok(None);
    }
    let payable = Account::payable(payout.contact_id);
    let bank = purse(Method::Bank, notes.day);
    move_money(tx, payout, EntryKind::PayoutReturned, bank, payable, notes).await?;
    let reopened = posted(tx, payout.id, EntryKind::PayoutReopened).await?;
    earnings::take_back(tx, reopened.unwrap_or(payout.id.get()), notes.day).await?;
    queries::free_statements(tx, payout.id).await?;
    crate::telling::returned(tx, payout).await?;
    Ok(Some(to))
}

/// The entry of this kind that a payout has; each has one effect of a kind.
async fn posted(tx: &mut Tx, payout: PayoutId, kind: EntryKind) -> Result<Option<Uuid>> {
    sql("SELECT id AS value FROM entry WHERE source_id = $1 AND kind = $2")
        .bind(payout)
        .bind(kind)
        .optional_scalar(tx)
        .await
}

/// Somebody looked at a conflict.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResolveConflict {
    /// Which.
    pub id: Uuid,
    /// Confirms the payout after all, where the bank said paid; or leaves it as it is.
    pub outcome: ConflictState,
    /// What was found, in one to two hundred letters.
    pub note: String,
}

#[derive(FromRow)]
struct Settled {
    payout_id: PayoutId,
    status: ResultStatus,
    bank_reference: String,
    told_on: Date,
}

impl Write for ResolveConflict {
    const NAME: &'static str = "resolve_payout_conflict";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !(1..=MOST_LETTERS).contains(&self.note.chars().count()) {
            return REASON_LENGTH.at("note");
        }
        if self.outcome == ConflictState::Open {
            return WRONG_STATE.at("outcome");
        }
        let settled: Option<Settled> = sql(
            "UPDATE payout_conflict SET state = $2, note = $3, resolved_by = $4, resolved_at = $5
             WHERE id = $1 AND state = 'open' RETURNING payout_id, status, bank_reference, told_on",
        )
        .bind(self.id)
        .bind(self.outcome)
        .bind(&self.note)
        .bind(tx.origin().user)
        .bind(tx.now())
        .optional(tx)
        .await?;
        let Some(settled) = settled else {
            batch_of(tx, self.id).await?;
            return CONFLICT_SETTLED.refuse();
        };
        if self.outcome == ConflictState::PaidAfterAll {
            if settled.status != ResultStatus::Paid {
                return WRONG_STATE.at("outcome");
            }
            let payout = queries::payout(tx, settled.payout_id).await?;
            let notes = Notes {
                reason: "",
                bank_reference: &settled.bank_reference,
                day: settled.told_on,
            };
            if payout.state != PayoutState::Confirmed
                && reopen(tx, &payout, &notes).await?.is_none()
            {
                return STATEMENT_TAKEN.at("outcome");
            }
        }
        let detail = json!({ "payout": settled.payout_id, "outcome": self.outcome });
        let kind = "payout_conflict";
        audit::record(tx, "payout_conflict_resolved", kind, Some(self.id), detail).await
    }
}
