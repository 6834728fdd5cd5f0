//! The payout: sealed statements paid through the bank or at a counter, by two hands.

mod approve;
mod conflicts;
mod file;
mod hand_over;
pub(crate) mod pages;
mod plan;
mod prepare;
pub(crate) mod queries;
mod settle;
mod views;

use contacts::ContactId;
use contacts::payees::{PayeeId, PayeeKind};
use db::{FromRow, Reason};
use money::Rial;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::bank::Profile;

pub use approve::{ApprovePayouts, ExportPayouts, WithdrawPayouts};
pub use conflicts::{Conflict, ConflictState, ResolveConflict, of_batch as conflicts_of};
pub use file::{Exported, NO_PAYING_ACCOUNT, export, write as write_file};
pub use hand_over::BANK_SILENT;
pub use pages::sheet_words;
pub(crate) use pages::take_in;
pub use plan::{LeftOut, Why};
pub use prepare::{PreparePayouts, Prepared};
pub use queries::{batch, left_out, list_batches, of_batch, of_contact, payout, waiting};
pub use settle::{
    ConfirmCounterPayout, FailCounterPayout, ImportResult, Imported, ResultLine, ResultStatus,
};

db::id! {
    /// A payout batch.
    #[schemars(rename = "PayoutBatchId")]
    pub BatchId
}
db::id! {
    /// A payout: one payment to one maker.
    pub PayoutId
}

db::text_enum! {
    /// How a batch is paid.
    pub enum Method {
        /// By a file the bank takes.
        Bank = "bank",
        /// In cash, against a signature.
        Counter = "counter",
    }
}

db::text_enum! {
    /// Where a batch stands.
    #[schemars(rename = "PayoutBatchState")]
    pub enum BatchState {
        /// Prepared, waits for the second hand.
        Drafted = "drafted",
        /// Approved: the money is on its way in the books.
        Approved = "approved",
        /// Its file was handed out; waits for the bank's answer.
        Exported = "exported",
        /// Every payment is answered.
        Reconciled = "reconciled",
        /// Taken back before approval.
        Withdrawn = "withdrawn",
    }
}

db::text_enum! {
    /// Where a payout stands.
    pub enum PayoutState {
        /// Waits for approval.
        Drafted = "drafted",
        /// Approved, on its way.
        InTransit = "in_transit",
        /// It reached her.
        Confirmed = "confirmed",
        /// It did not; her statements wait again.
        Failed = "failed",
        /// It came back after it was confirmed; her statements wait again.
        Returned = "returned",
        /// Its batch was taken back.
        Withdrawn = "withdrawn",
    }
}

impl BatchState {
    /// Every step of a batch, with the act that takes it; `docs/states/payout.md` draws them.
    pub const STEPS: &'static [(Self, Self, &'static str)] = &[
        (Self::Drafted, Self::Approved, "approve"),
        (Self::Drafted, Self::Withdrawn, "withdraw"),
        (Self::Approved, Self::Exported, "export"),
        (Self::Approved, Self::Reconciled, "all_answered"),
        (Self::Exported, Self::Reconciled, "all_answered"),
    ];
}

impl PayoutState {
    /// Every step of a payout, with the act that takes it; `docs/states/payout.md` draws them.
    pub const STEPS: &'static [(Self, Self, &'static str)] = &[
        (Self::Drafted, Self::InTransit, "approve"),
        (Self::Drafted, Self::Withdrawn, "withdraw"),
        (Self::InTransit, Self::Confirmed, "paid"),
        (Self::InTransit, Self::Failed, "failed"),
        (Self::Confirmed, Self::Returned, "came_back"),
        (Self::Failed, Self::Confirmed, "paid_after_all"),
        (Self::Returned, Self::Confirmed, "paid_after_all"),
    ];
}

/// Nobody can be paid now.
pub const NOTHING_TO_PAY: Reason = Reason::new("payout_nothing_to_pay", 409);
/// The day of payment has passed, or lies more than a year ahead.
pub const PAY_ON_WRONG: Reason = Reason::new("payout_pay_on_wrong", 422);
/// Why a payment failed is told in one to two hundred letters.
pub const REASON_LENGTH: Reason = Reason::new("payout_reason_length", 422);
/// Another batch took one of these statements first.
pub const STATEMENT_TAKEN: Reason = Reason::new("payout_statement_taken", 409);
/// Whoever prepares may not approve.
pub const SAME_HAND: Reason = Reason::new("payout_same_hand", 403);
/// Whoever changed a payee may not approve a payout to it.
pub const CHANGED_PAYEE: Reason = Reason::new("payout_changed_payee", 403);
/// The batch is not in the state this step needs.
pub const WRONG_STATE: Reason = Reason::new("payout_wrong_state", 409);
/// The file written again is not the file of the first time.
pub const FILE_DIFFERS: Reason = Reason::new("payout_file_differs", 409);
/// The result names a payment that is not in this batch.
pub const UNKNOWN_REFERENCE: Reason = Reason::new("payout_unknown_reference", 422);
/// The result names another amount.
pub const AMOUNT_DIFFERS: Reason = Reason::new("payout_amount_differs", 422);
/// A payee was ended, changed or rests again since the batch was prepared; `lines` names them.
pub const PAYEE_ENDED: Reason = Reason::new("payout_payee_ended", 409);
/// The bank may have paid these makers already; `lines` names them.
pub const IN_DOUBT: Reason = Reason::new("payout_in_doubt", 409);
/// Somebody looked at this conflict before.
pub const CONFLICT_SETTLED: Reason = Reason::new("payout_conflict_settled", 409);
/// Whoever pays at the counter cannot be the witness.
pub const NEEDS_WITNESS: Reason = Reason::new("payout_needs_witness", 422);

/// A batch as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
#[schemars(rename = "PayoutBatch")]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// `P-1405-0001`.
    pub number: String,
    /// How it is paid.
    pub method: Method,
    /// The form of its bank file.
    pub profile: Profile,
    /// Where it stands.
    pub state: BatchState,
    /// The day the bank shall pay.
    pub pay_on: Date,
    /// How many payments.
    pub lines: i64,
    /// Their sum.
    pub total: Rial,
    /// Who prepared it.
    pub prepared_by: Uuid,
    /// When.
    pub prepared_at: Timestamp,
    /// Who approved it.
    pub approved_by: Option<Uuid>,
    /// When.
    pub approved_at: Option<Timestamp>,
    /// When its file was first handed out.
    pub exported_at: Option<Timestamp>,
    /// Digest of that file.
    pub file_digest: Option<Vec<u8>>,
}

/// A payout as it is kept, with its maker's names.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Payout {
    /// Its id.
    pub id: PayoutId,
    /// Its batch.
    pub batch_id: BatchId,
    /// To whom.
    pub contact_id: ContactId,
    /// Her public code.
    pub handle: String,
    /// Her name as staff see it.
    pub shown_name: String,
    /// Names this payment at the bank, at most 35 letters, never used twice.
    pub reference: String,
    /// How much.
    pub amount: Rial,
    /// The payee of that moment.
    pub payee_id: PayeeId,
    /// What kind of payee.
    pub payee_kind: PayeeKind,
    /// The account holder's name.
    pub payee_name: String,
    /// The last digits of the Sheba; empty at a counter.
    pub sheba_last4: String,
    /// Where it stands.
    pub state: PayoutState,
    /// Why it failed; else empty.
    pub reason: String,
    /// The bank's own number; may be empty.
    pub bank_reference: String,
    /// The day it was answered.
    pub settled_on: Option<Date>,
}
