//! What became of the payments: the bank's answer, or a signature at the counter.

use access::audit;
use contacts::earnings;
use db::{Result, Tx, Write, sql};
use money::Rial;
use persian::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::approve::in_transit;
use super::{
    AMOUNT_DIFFERS, BatchId, BatchState, Method, NEEDS_WITNESS, Payout, PayoutId, PayoutState,
    REASON_LENGTH, UNKNOWN_REFERENCE, WRONG_STATE, conflicts, queries,
};
use crate::books::{self, Account, AccountKind, Entry, EntryKind, Transfer};

db::text_enum! {
    /// What the bank says of one payment.
    pub enum ResultStatus {
        /// It reached the account.
        Paid = "paid",
        /// It was not made.
        Failed = "failed",
        /// It was made and came back.
        Returned = "returned",
    }
}

/// One line of the bank's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// Our reference.
    pub reference: String,
    /// The amount the bank names, when it does.
    pub amount: Option<Rial>,
    /// What became of it.
    pub status: ResultStatus,
    /// Why not, in the bank's words; may be empty.
    pub reason: String,
    /// The bank's own number; may be empty.
    pub bank_reference: String,
    /// The day, when the bank names it.
    pub day: Option<Date>,
}

/// Takes in the bank's answer. The same file again changes nothing, and a line whose payment
/// is already in that state changes nothing either. A line that says the opposite of an earlier
/// one is followed where it can be, and else kept as a conflict.
#[derive(Clone, Debug, Serialize)]
pub struct ImportResult {
    /// Made by the sender.
    pub id: Uuid,
    /// The batch it answers.
    pub batch: BatchId,
    /// Digest of the file.
    pub digest: Vec<u8>,
    /// Its lines, in order.
    pub lines: Vec<ResultLine>,
}

/// What an answer changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Imported {
    /// True when this very file was taken in before.
    pub is_repeat: bool,
    /// Payments confirmed now.
    pub paid: i64,
    /// Payments that failed now, and are payable again.
    pub failed: i64,
    /// Payments that came back now, and are payable again.
    pub returned: i64,
    /// Lines that told nothing new.
    pub unchanged: i64,
    /// Lines that contradict what was told before; somebody must look.
    pub conflicts: i64,
}

impl Write for ImportResult {
    const NAME: &'static str = "import_result";
    type Out = Imported;
    async fn run(&self, tx: &mut Tx) -> Result<Imported> {
        let batch = queries::batch(tx, self.batch).await?;
        if !matches!(batch.state, BatchState::Exported | BatchState::Reconciled) {
            return WRONG_STATE.refuse();
        }
        if !self.keep_file(tx).await? {
            return Ok(Imported {
                is_repeat: true,
                ..Imported::default()
            });
        }
        let mut imported = Imported::default();
        for (place, line) in self.lines.iter().enumerate() {
            let Some(payout) = queries::by_reference(tx, self.batch, &line.reference).await? else {
                return UNKNOWN_REFERENCE.with(&[("reference", line.reference.clone())]);
            };
            if line.amount.is_some_and(|amount| amount != payout.amount) {
                return AMOUNT_DIFFERS.with(&[("reference", line.reference.clone())]);
            }
            let told = self.apply(tx, &payout, line).await?;
            match told {
                Told::Moved(PayoutState::Confirmed) => imported.paid += 1,
                Told::Moved(PayoutState::Failed) => imported.failed += 1,
                Told::Moved(_) => imported.returned += 1,
                Told::Nothing => imported.unchanged += 1,
                Told::Conflict => imported.conflicts += 1,
            }
            let was_applied = matches!(told, Told::Moved(_));
            self.keep_line(tx, place, &payout, line, was_applied)
                .await?;
        }
        reckon(tx, self.batch).await?;
        let detail = json!({ "number": batch.number, "result": imported });
        audit::record(
            tx,
            "bank_result_imported",
            "payout_batch",
            Some(self.batch.get()),
            detail,
        )
        .await?;
        Ok(imported)
    }
}

impl ImportResult {
    /// Keeps the file's digest; false when it is known.
    async fn keep_file(&self, tx: &mut Tx) -> Result<bool> {
        let kept = sql(
            "INSERT INTO bank_result (id, batch_id, digest, imported_by, imported_at)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (batch_id, digest) DO NOTHING",
        )
        .bind(self.id)
        .bind(self.batch)
        .bind(self.digest.clone())
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        Ok(kept == 1)
    }

    async fn keep_line(
        &self,
        tx: &mut Tx,
        place: usize,
        payout: &Payout,
        line: &ResultLine,
        was_applied: bool,
    ) -> Result<()> {
        sql(
            "INSERT INTO bank_result_line (result_id, place, payout_id, status, reason,
             bank_reference, was_applied) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(self.id)
        .bind(i64::try_from(place).unwrap_or(i64::MAX))
        .bind(payout.id)
        .bind(line.status)
        .bind(&line.reason)
        .bind(&line.bank_reference)
        .bind(was_applied)
        .execute(tx)
        .await
        .map(drop)
    }

    /// A payment on its way moves by what the bank tells; one that was answered before moves
    /// only where the new answer can be followed.
    async fn apply(&self, tx: &mut Tx, payout: &Payout, line: &ResultLine) -> Result<Told> {
        let day = line.day.unwrap_or(tx.today());
        let notes = Notes {
            reason: &line.reason,
            bank_reference: &line.bank_reference,
            day,
        };
        let moved = match line.status {
            ResultStatus::Paid => confirm(tx, payout, Method::Bank, &notes, None).await?,
            ResultStatus::Failed | ResultStatus::Returned => fail(tx, payout, &notes).await?,
        };
        match moved {
            Some(state) => Ok(Told::Moved(state)),
            None => conflicts::told_again(tx, self.id, payout.id, line.status, &notes).await,
        }
    }
}

/// What a line of the bank's answer told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The payout moved to this state.
    Moved(PayoutState),
    /// Nothing new.
    Nothing,
    /// The opposite of what was told before; kept until somebody looked.
    Conflict,
}

pub(super) struct Notes<'a> {
    pub reason: &'a str,
    pub bank_reference: &'a str,
    pub day: Date,
}

/// Moves a payout from one state to another; false when it was not in the first.
pub(super) async fn step(
    tx: &mut Tx,
    payout: PayoutId,
    from: PayoutState,
    to: PayoutState,
    notes: &Notes<'_>,
    witness: Option<Uuid>,
) -> Result<bool> {
    debug_assert!(
        PayoutState::STEPS
            .iter()
            .any(|step| (step.0, step.1) == (from, to))
    );
    let moved = sql(
        "UPDATE payout SET state = $3, reason = $4, bank_reference = $5, settled_on = $6,
         witness_id = $7 WHERE id = $1 AND state = $2",
    )
    .bind(payout)
    .bind(from)
    .bind(to)
    .bind(notes.reason)
    .bind(notes.bank_reference)
    .bind(notes.day)
    .bind(witness)
    .execute(tx)
    .await?;
    Ok(moved == 1)
}

/// It reached her: the books, her earnings and her phone learn of it.
async fn confirm(
    tx: &mut Tx,
    payout: &Payout,
    method: Method,
    notes: &Notes<'_>,
    witness: Option<Uuid>,
) -> Result<Option<PayoutState>> {
    let to = PayoutState::Confirmed;
    if !step(tx, payout.id, PayoutState::InTransit, to, notes, witness).await? {
        return Ok(None);
    }
    move_money(
        tx,
        payout,
        EntryKind::PayoutPaid,
        in_transit(),
        purse(method, notes.day),
        notes,
    )
    .await?;
    earnings::record(
        tx,
        payout.contact_id,
        payout.id.get(),
        payout.amount,
        notes.day,
    )
    .await?;
    crate::telling::paid(tx, payout).await?;
    Ok(Some(to))
}

/// It was not made: she is owed it again, and her statements wait for the next batch.
async fn fail(tx: &mut Tx, payout: &Payout, notes: &Notes<'_>) -> Result<Option<PayoutState>> {
    let to = PayoutState::Failed;
    if !step(tx, payout.id, PayoutState::InTransit, to, notes, None).await? {
        return Ok(None);
    }
    let payable = Account::payable(payout.contact_id);
    move_money(
        tx,
        payout,
        EntryKind::PayoutFailed,
        in_transit(),
        payable,
        notes,
    )
    .await?;
    queries::free_statements(tx, payout.id).await?;
    Ok(Some(to))
}

/// Posts what became of a payout; gives the entry.
pub(super) async fn move_money(
    tx: &mut Tx,
    payout: &Payout,
    kind: EntryKind,
    debit: Account,
    credit: Account,
    notes: &Notes<'_>,
) -> Result<Uuid> {
    let id = tx.new_id();
    let entry = Entry {
        id,
        kind,
        source: payout.id.get(),
        effective_on: notes.day,
        reverses: None,
        memo: payout.reference.clone(),
        transfers: vec![Transfer {
            debit,
            credit,
            amount: payout.amount,
        }],
    };
    books::post(tx, vec![entry]).await?;
    Ok(id)
}

/// Where the money of a payout comes from.
pub(super) fn purse(method: Method, day: Date) -> Account {
    Account::of_city(AccountKind::Bank, Some(day), method.as_str())
}

/// A batch is settled when none of its payments is on its way [K5], and open again otherwise.
async fn reckon(tx: &mut Tx, batch: BatchId) -> Result<()> {
    sql(
        "UPDATE payout_batch SET state = 'reconciled', reconciled_at = $2
         WHERE id = $1 AND state IN ('approved', 'exported')
         AND NOT EXISTS (SELECT 1 FROM payout WHERE batch_id = $1 AND state = 'in_transit')",
    )
    .bind(batch)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// She was paid at the counter and signed; someone else saw it.
#[derive(Clone, Debug, Serialize)]
pub struct ConfirmCounterPayout {
    /// Which.
    pub payout: PayoutId,
    /// Who saw it; not the one who pays.
    pub witness: Uuid,
}

impl Write for ConfirmCounterPayout {
    const NAME: &'static str = "confirm_counter_payout";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if tx.origin().user.is_none_or(|user| user == self.witness) {
            return NEEDS_WITNESS.at("witness");
        }
        match access::users::account(tx, self.witness).await {
            Ok(witness) if witness.is_active => {}
            Ok(_) | Err(db::Error::NotFound) => return NEEDS_WITNESS.at("witness"),
            Err(error) => return Err(error),
        }
        let payout = counter_payout(tx, self.payout).await?;
        let notes = Notes {
            reason: "",
            bank_reference: "",
            day: tx.today(),
        };
        let confirmed = confirm(tx, &payout, Method::Counter, &notes, Some(self.witness)).await?;
        if confirmed.is_none() {
            return WRONG_STATE.refuse();
        }
        reckon(tx, payout.batch_id).await?;
        let detail = json!({ "reference": payout.reference, "witness": self.witness });
        audit::record(
            tx,
            "counter_payout_confirmed",
            "payout",
            Some(self.payout.get()),
            detail,
        )
        .await
    }
}

/// The most letters of a reason.
pub(super) const MOST_LETTERS: usize = 200;

/// She did not come: the money is payable again.
#[derive(Clone, Debug, Serialize)]
pub struct FailCounterPayout {
    /// Which.
    pub payout: PayoutId,
    /// Why.
    pub reason: String,
}

impl Write for FailCounterPayout {
    const NAME: &'static str = "fail_counter_payout";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        if !(1..=MOST_LETTERS).contains(&self.reason.chars().count()) {
            return REASON_LENGTH.at("reason");
        }
        let payout = counter_payout(tx, self.payout).await?;
        let notes = Notes {
            reason: &self.reason,
            bank_reference: "",
            day: tx.today(),
        };
        if fail(tx, &payout, &notes).await?.is_none() {
            return WRONG_STATE.refuse();
        }
        reckon(tx, payout.batch_id).await?;
        let detail = json!({ "reference": payout.reference });
        audit::record(
            tx,
            "counter_payout_failed",
            "payout",
            Some(self.payout.get()),
            detail,
        )
        .await
    }
}

async fn counter_payout(tx: &mut Tx, id: PayoutId) -> Result<Payout> {
    let payout = queries::payout(tx, id).await?;
    match queries::batch(tx, payout.batch_id).await?.method {
        Method::Counter => Ok(payout),
        Method::Bank => WRONG_STATE.refuse(),
    }
}
