//! Payees: where a contact's money goes, proposed by one and approved by another.

pub mod api;
mod forms;
pub mod pages;
mod queries;
#[cfg(test)]
mod tests;
mod views;

use access::{Permission, Role, audit};
use db::{FromRow, Keys, Lookup, Reason, Result, SealedText, Tx, Write, sql};
use persian::{Sheba, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::ContactId;

pub use queries::{current, get, history, list_pending, propose_many, sheba};
pub use views::line;

db::id! {
    /// A payee.
    pub PayeeId
}

db::text_enum! {
    /// Who receives the money.
    pub enum PayeeKind {
        /// Her own account.
        OwnAccount = "own_account",
        /// Another person's account, for a reason.
        Proxy = "proxy",
        /// Cash at a counter, against a signature.
        Counter = "counter",
    }
}

db::text_enum! {
    /// Where a payee stands.
    pub enum PayeeState {
        /// Waits for someone else's approval.
        Proposed = "proposed",
        /// Money goes here.
        Approved = "approved",
        /// Turned down.
        Refused = "refused",
        /// Replaced by a later one, or taken back before it was decided.
        Ended = "ended",
    }
}

db::text_enum! {
    /// What the bank said of the account holder's name.
    pub enum NameCheck {
        /// Nobody asked the bank.
        NotAsked = "not_asked",
        /// It is the name written here.
        Matches = "matches",
        /// It is another name.
        Differs = "differs",
    }
}

/// Proposes where money goes.
pub const PROPOSE: Permission =
    Permission::new("payee.propose", &[Role::CaseWorker, Role::Supervisor]);
/// Approves or refuses what another in the same body proposed.
pub const DECIDE: Permission =
    Permission::new("payee.approve", &[Role::FinanceApprover, Role::Supervisor]);

/// Whoever proposed a payee may not decide on it.
pub const SAME_PERSON: Reason = Reason::new("payee_same_person", 403);
/// It was decided before.
pub const ALREADY_DECIDED: Reason = Reason::new("payee_already_decided", 409);
/// Another payee was approved at the same moment.
pub const CHANGED_MEANWHILE: Reason = Reason::new("payee_changed_meanwhile", 409);
/// A proxy needs a reason.
pub const REASON_NEEDED: Reason = Reason::new("payee_reason_needed", 422);
/// The bank says that her own account is in another name: whoever approves it writes why.
pub const CHECK_REASON_NEEDED: Reason = Reason::new("payee_check_reason_needed", 422);
/// An account needs its Sheba; a counter has none.
pub const ACCOUNT_NEEDED: Reason = Reason::new("payee_account_needed", 422);

/// How long a payee that replaces another rests before money goes there, in seconds.
const COOLING: i64 = 2 * 86_400;

/// A payee as it is kept, without its sealed Sheba.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Payee {
    /// Its id.
    pub id: PayeeId,
    /// Whose money.
    pub contact_id: ContactId,
    /// The body that proposed it.
    pub organization_id: Uuid,
    /// Who receives it.
    pub kind: PayeeKind,
    /// Where it stands.
    pub state: PayeeState,
    /// The account holder's name; at a counter, hers.
    pub holder_name: String,
    /// The last four digits of the Sheba; empty at a counter.
    pub sheba_last4: String,
    /// The bank's three digits; empty at a counter.
    pub bank_code: String,
    /// Why another person receives it; sealed: [`Payee::reasons`].
    pub reason_sealed: Option<Vec<u8>>,
    /// What the bank said of the holder's name.
    pub name_check: NameCheck,
    /// Why it was approved although the bank knows another name; sealed.
    pub check_reason_sealed: Option<Vec<u8>>,
    /// Who proposed it. Such a user may approve neither it nor a payout to it.
    pub changed_by: Option<Uuid>,
    /// When it was proposed.
    pub changed_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// No money goes there before this instant.
    pub cooling_until: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// What was written about a payee, opened for whoever may see its account.
#[derive(Clone, Debug, Default)]
pub struct Reasons {
    /// Why another person receives it; may be empty.
    pub proxy: String,
    /// Why it was approved although the bank knows another name; may be empty.
    pub check: String,
}

impl Payee {
    /// What was written about it.
    pub fn reasons(&self, keys: &Keys) -> Result<Reasons> {
        let open = |column: &str, sealed: &Option<Vec<u8>>| match sealed {
            Some(sealed) => keys
                .open_sealed("payee", column, self.id.get(), sealed)
                .map_err(db::Error::other),
            None => Ok(String::new()),
        };
        Ok(Reasons {
            proxy: open("reason_sealed", &self.reason_sealed)?,
            check: open("check_reason_sealed", &self.check_reason_sealed)?,
        })
    }

    /// True when money may go there at this instant.
    pub fn is_payable_at(&self, now: Timestamp) -> bool {
        self.state == PayeeState::Approved && self.cooling_until.is_none_or(|until| until <= now)
    }
}

/// A Sheba sealed for the row of one payee.
#[derive(Clone, Debug, Serialize)]
pub struct SealedSheba {
    /// Sealed `IR…`. Left out of fingerprints: sealing twice gives different bytes.
    #[serde(skip_serializing)]
    pub sealed: Vec<u8>,
    /// Keyed hash, the same for the same account.
    pub hash: Lookup,
    /// The last four digits.
    pub last4: String,
    /// The bank's three digits.
    pub bank_code: String,
}

impl SealedSheba {
    /// Seals a Sheba for the payee with this id.
    pub fn new(keys: &Keys, id: PayeeId, sheba: &Sheba) -> Self {
        Self {
            sealed: keys.seal("payee", "sheba", id.get(), sheba.as_str()),
            hash: keys.lookup("sheba", sheba.as_str()),
            last4: crate::contacts::last4(sheba.as_str()),
            bank_code: sheba.bank_code().to_owned(),
        }
    }
}

/// Proposes a payee. One that still waits for the same contact is taken back by it.
#[derive(Clone, Debug, Serialize)]
pub struct ProposePayee {
    /// Made by the sender.
    pub id: PayeeId,
    /// Whose money.
    pub contact: ContactId,
    /// The body that proposes; its approvers decide.
    pub organization: Uuid,
    /// Who receives it.
    pub kind: PayeeKind,
    /// The account holder's name as the bank knows it.
    pub holder_name: String,
    /// The account, sealed for this id; none at a counter.
    pub sheba: Option<SealedSheba>,
    /// Why another person receives it; needed for a proxy: [`ProposePayee::seal`].
    pub reason: Option<SealedText>,
}

impl ProposePayee {
    /// Seals why another person receives it; empty words are none.
    pub fn seal(keys: &Keys, id: PayeeId, words: &str) -> Option<SealedText> {
        seal(keys, "reason_sealed", id, words)
    }
}

fn seal(keys: &Keys, column: &str, id: PayeeId, words: &str) -> Option<SealedText> {
    (!words.is_empty()).then(|| SealedText::new(keys, "payee", column, id.get(), words))
}

impl Write for ProposePayee {
    const NAME: &'static str = "propose_payee";
    type Out = PayeeId;
    async fn run(&self, tx: &mut Tx) -> Result<PayeeId> {
        if self.kind == PayeeKind::Proxy && self.reason.is_none() {
            return REASON_NEEDED.at("reason");
        }
        if (self.kind == PayeeKind::Counter) != self.sheba.is_none() {
            return ACCOUNT_NEEDED.at("sheba");
        }
        queries::take_back(tx, self.contact).await?;
        queries::create(tx, self).await?;
        let detail = serde_json::json!({ "contact": self.contact, "kind": self.kind });
        audit::record(tx, "payee_proposed", "payee", Some(self.id.get()), detail).await?;
        Ok(self.id)
    }
}

/// Approves a payee; it replaces the present one.
#[derive(Clone, Debug, Serialize)]
pub struct ApprovePayee {
    /// Which.
    pub id: PayeeId,
    /// What the bank said of the holder's name.
    pub name_check: NameCheck,
    /// Why it is approved all the same; needed when her own account is in another name:
    /// [`ApprovePayee::seal`].
    pub reason: Option<SealedText>,
}

impl ApprovePayee {
    /// Seals why it is approved all the same; empty words are none.
    pub fn seal(keys: &Keys, id: PayeeId, words: &str) -> Option<SealedText> {
        seal(keys, "check_reason_sealed", id, words)
    }
}

impl Write for ApprovePayee {
    const NAME: &'static str = "approve_payee";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let payee = open_for(tx, self.id).await?;
        let differs = self.name_check == NameCheck::Differs;
        let reason = self.reason.as_ref().filter(|_| differs);
        if differs && payee.kind == PayeeKind::OwnAccount && reason.is_none() {
            return CHECK_REASON_NEEDED.at("check_reason");
        }
        let replaced = sql(
            "UPDATE payee SET state = 'ended', ended_at = $2 WHERE contact_id = $1 AND state = 'approved'",
        )
        .bind(payee.contact_id)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let cooling = (replaced > 0).then(|| tx.now().plus_seconds(COOLING));
        let decided = queries::decide(
            tx,
            self.id,
            PayeeState::Approved,
            (self.name_check, reason),
            cooling,
        )
        .await;
        let decided = decided
            .map_err(|error| error.or_reason("ux_payee_current", &CHANGED_MEANWHILE))
            .map_err(|error| error.or_reason("ck_payee_two_people", &SAME_PERSON))?;
        if decided == 0 {
            return ALREADY_DECIDED.refuse();
        }
        if replaced > 0 {
            let job = jobs::Job {
                kind: "tell_payee_changed",
                payload: serde_json::json!({ "contact": payee.contact_id }),
                run_at: tx.now(),
                once_key: Some(format!("payee-changed:{}", self.id)),
            };
            jobs::enqueue(tx, job).await?;
        }
        let detail =
            serde_json::json!({ "contact": payee.contact_id, "name_check": self.name_check });
        audit::record(tx, "payee_approved", "payee", Some(self.id.get()), detail).await
    }
}

/// Turns a payee down; the present one stays.
#[derive(Clone, Debug, Serialize)]
pub struct RefusePayee {
    /// Which.
    pub id: PayeeId,
}

impl Write for RefusePayee {
    const NAME: &'static str = "refuse_payee";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let payee = open_for(tx, self.id).await?;
        let decided = queries::decide(
            tx,
            self.id,
            PayeeState::Refused,
            (NameCheck::NotAsked, None),
            None,
        )
        .await;
        if decided.map_err(|error| error.or_reason("ck_payee_two_people", &SAME_PERSON))? == 0 {
            return ALREADY_DECIDED.refuse();
        }
        let detail = serde_json::json!({ "contact": payee.contact_id });
        audit::record(tx, "payee_refused", "payee", Some(self.id.get()), detail).await
    }
}

/// A payee that waits and that this asker may decide on.
async fn open_for(tx: &mut Tx, id: PayeeId) -> Result<Payee> {
    let payee = get(tx, id).await?;
    if payee.state != PayeeState::Proposed {
        return ALREADY_DECIDED.refuse();
    }
    // Without a user nobody could be held to it.
    match tx.origin().user {
        Some(user) if payee.changed_by != Some(user) => Ok(payee),
        _ => SAME_PERSON.refuse(),
    }
}
