//! The second hand: approving a batch, taking it back, handing out its file.

use access::audit;
use db::{Result, Tx, Write, sql};
use serde::Serialize;
use serde_json::json;

use super::{
    BatchId, BatchState, CHANGED_PAYEE, FILE_DIFFERS, IN_DOUBT, PAYEE_ENDED, Payout, SAME_HAND,
    WRONG_STATE, conflicts, queries,
};
use crate::books::{self, Account, AccountKind, Entry, EntryKind, Transfer};

/// Approves a batch: from now on the money is on its way.
#[derive(Clone, Debug, Serialize)]
pub struct ApprovePayouts {
    /// Which.
    pub batch: BatchId,
}

impl Write for ApprovePayouts {
    const NAME: &'static str = "approve_payouts";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let Some(user) = tx.origin().user else {
            return SAME_HAND.refuse();
        };
        let batch = queries::batch(tx, self.batch).await?;
        if batch.prepared_by == user {
            return SAME_HAND.refuse();
        }
        let changed: i64 = sql(
            "SELECT count(*) AS value FROM payout WHERE batch_id = $1 AND payee_changed_by = $2",
        )
        .bind(self.batch)
        .bind(user)
        .scalar(tx)
        .await?;
        if changed > 0 {
            return CHANGED_PAYEE.refuse();
        }
        let approved = sql(
            "UPDATE payout_batch SET state = 'approved', approved_by = $2, approved_at = $3
             WHERE id = $1 AND state = 'drafted' AND prepared_by <> $2",
        )
        .bind(self.batch)
        .bind(user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        if approved == 0 {
            return WRONG_STATE.refuse();
        }
        sql("UPDATE payout SET state = 'in_transit' WHERE batch_id = $1 AND state = 'drafted'")
            .bind(self.batch)
            .execute(tx)
            .await?;
        let payouts = queries::of_batch(tx, self.batch).await?;
        refuse_stale(tx, &payouts).await?;
        let mut entries = Vec::new();
        for payout in payouts {
            entries.push(Entry {
                id: tx.new_id(),
                kind: EntryKind::Payout,
                source: payout.id.get(),
                effective_on: tx.today(),
                reverses: None,
                memo: payout.reference,
                transfers: vec![Transfer {
                    debit: Account::payable(payout.contact_id),
                    credit: in_transit(),
                    amount: payout.amount,
                }],
            });
        }
        books::post(tx, entries).await?;
        let detail = json!({ "number": batch.number, "total": batch.total });
        audit::record(
            tx,
            "payouts_approved",
            "payout_batch",
            Some(self.batch.get()),
            detail,
        )
        .await
    }
}

/// Between preparing and approving a payee may end or change, and the bank may tell that it has
/// paid: such lines are named, and the batch can only be withdrawn.
async fn refuse_stale(tx: &mut Tx, payouts: &[Payout]) -> Result<()> {
    let names = |lines: Vec<&Payout>| {
        let names = lines
            .iter()
            .map(|one| format!("{} ({})", one.shown_name, one.reference));
        [("lines", names.collect::<Vec<_>>().join("، "))]
    };
    let in_doubt = conflicts::makers_in_doubt(tx).await?;
    let doubted: Vec<_> = payouts
        .iter()
        .filter(|one| in_doubt.contains(&one.contact_id))
        .collect();
    if !doubted.is_empty() {
        return IN_DOUBT.with(&names(doubted));
    }
    let now = tx.now();
    let mut ended = Vec::new();
    for payout in payouts {
        let payee = contacts::payees::current(tx, payout.contact_id).await?;
        if !payee.is_some_and(|payee| payee.id == payout.payee_id && payee.is_payable_at(now)) {
            ended.push(payout);
        }
    }
    match ended.is_empty() {
        true => Ok(()),
        false => PAYEE_ENDED.with(&names(ended)),
    }
}

/// Money that is on its way to makers.
pub(super) fn in_transit() -> Account {
    Account::of_city(AccountKind::PayoutInTransit, None, "")
}

/// Takes a batch back before it is approved; its statements wait for another.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawPayouts {
    /// Which.
    pub batch: BatchId,
}

impl Write for WithdrawPayouts {
    const NAME: &'static str = "withdraw_payouts";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let taken_back =
            sql("UPDATE payout_batch SET state = 'withdrawn' WHERE id = $1 AND state = 'drafted'")
                .bind(self.batch)
                .execute(tx)
                .await?;
        if taken_back == 0 {
            queries::batch(tx, self.batch).await?;
            return WRONG_STATE.refuse();
        }
        sql("UPDATE statement SET payout_id = NULL
             WHERE payout_id IN (SELECT id FROM payout WHERE batch_id = $1)")
        .bind(self.batch)
        .execute(tx)
        .await?;
        sql("UPDATE payout SET state = 'withdrawn' WHERE batch_id = $1")
            .bind(self.batch)
            .execute(tx)
            .await?;
        audit::record(
            tx,
            "payouts_withdrawn",
            "payout_batch",
            Some(self.batch.get()),
            json!({}),
        )
        .await
    }
}

/// Notes that a batch's file is handed out. The same file may be handed out again; another
/// file under the same references may not.
#[derive(Clone, Debug, Serialize)]
pub struct ExportPayouts {
    /// Which.
    pub batch: BatchId,
    /// Digest of the file.
    pub digest: Vec<u8>,
}

impl Write for ExportPayouts {
    const NAME: &'static str = "export_payouts";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let first = sql(
            "UPDATE payout_batch SET state = 'exported', exported_at = $2, file_digest = $3
             WHERE id = $1 AND state = 'approved'",
        )
        .bind(self.batch)
        .bind(tx.now())
        .bind(self.digest.clone())
        .execute(tx)
        .await?;
        if first == 0 {
            let batch = queries::batch(tx, self.batch).await?;
            match (batch.state, batch.file_digest) {
                (BatchState::Exported | BatchState::Reconciled, Some(kept))
                    if kept == self.digest => {}
                (BatchState::Exported | BatchState::Reconciled, _) => return FILE_DIFFERS.refuse(),
                _ => return WRONG_STATE.refuse(),
            }
        }
        let detail = json!({ "again": first == 0 });
        audit::record(
            tx,
            "payouts_exported",
            "payout_batch",
            Some(self.batch.get()),
            detail,
        )
        .await
    }
}
