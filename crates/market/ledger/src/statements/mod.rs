//! The statement: what a maker sold in a period, sealed.

pub(crate) mod pages;
mod queries;
pub(crate) mod week;

use contacts::ContactId;
use db::{Error, FromRow, Reason, Result, Tx, Write};
use money::Rial;
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::books::Account;
use crate::payouts::PayoutState;

pub use pages::words;
pub use queries::{Filter, Listed, Unpaid, get, list, list_for_payout, of_contact, of_payout};
pub(crate) use queries::{after, of_run};
pub use week::plan as plan_week;

db::id! {
    /// A statement.
    pub StatementId
}

db::text_enum! {
    /// Where a statement stands; `docs/states/statement.md` draws it.
    pub enum Standing {
        /// Sealed; waits for a payout.
        Sealed = "sealed",
        /// In a payout that waits for its second hand.
        Prepared = "prepared",
        /// Its money is on its way.
        OnItsWay = "on_its_way",
        /// Its money has reached her.
        Paid = "paid",
    }
}

impl Standing {
    /// By the payout made for it last; none when there never was one.
    pub const fn of(payout: Option<PayoutState>) -> Self {
        match payout {
            None | Some(PayoutState::Failed | PayoutState::Returned | PayoutState::Withdrawn) => {
                Self::Sealed
            }
            Some(PayoutState::Drafted) => Self::Prepared,
            Some(PayoutState::InTransit) => Self::OnItsWay,
            Some(PayoutState::Confirmed) => Self::Paid,
        }
    }
}

/// Another seals statements at this moment.
pub const BEING_SEALED: Reason = Reason::new("statements_being_sealed", 409);
/// The last day of a period may not lie ahead.
pub const PERIOD_AHEAD: Reason = Reason::new("statement_period_ahead", 422);
/// The first day of a period lies after its last.
pub const PERIOD_TURNED: Reason = Reason::new("statement_period_turned", 422);
/// No line waits for a statement.
pub const NOTHING_TO_SEAL: Reason = Reason::new("statement_nothing_to_seal", 409);

/// A statement as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// Whose.
    pub contact_id: ContactId,
    /// Her first, second, third, …
    pub number: i64,
    /// First day.
    pub from_on: Date,
    /// Last day.
    pub until_on: Date,
    /// What she was owed before.
    pub opening: Rial,
    /// How many lines.
    pub lines: i64,
    /// What buyers paid.
    pub paid: Rial,
    /// Tax inside it.
    pub vat: Rial,
    /// The shops' share.
    pub commission: Rial,
    /// Hers.
    pub net: Rial,
    /// Payouts and corrections since the statement before: below zero when she was paid.
    pub other: Rial,
    /// What she is owed now.
    pub closing: Rial,
    /// Digest of all of the above; programs get it as text.
    #[serde(skip)]
    pub seal: Vec<u8>,
    /// When it was sealed.
    pub sealed_at: Timestamp,
    /// The payout that pays it, while there is one.
    pub payout_id: Option<Uuid>,
}

impl Statement {
    /// The digest that its seal must be.
    pub fn digest(&self) -> Vec<u8> {
        let text = json!([
            self.id,
            self.contact_id,
            self.number,
            self.from_on,
            self.until_on,
            self.opening,
            self.lines,
            self.paid,
            self.vat,
            self.commission,
            self.net,
            self.other,
            self.closing
        ]);
        Sha256::digest(text.to_string()).to_vec()
    }
}

/// Seals a statement for every maker who has lines of a period that stand in none yet.
#[derive(Clone, Debug, Serialize)]
pub struct SealStatements {
    /// Names this run; made by the sender.
    pub run: Uuid,
    /// The first day of the period; none for everything that waits, which is the usual way:
    /// what was told late is not left behind.
    pub from: Option<Date>,
    /// The last day of the period; today at the latest.
    pub until: Date,
    /// One maker alone; none for all.
    pub contact: Option<ContactId>,
}

/// What a run sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sealed {
    /// Statements.
    pub statements: i64,
    /// Lines in them.
    pub lines: i64,
}

impl Write for SealStatements {
    const NAME: &'static str = "seal_statements";
    type Out = Sealed;
    async fn run(&self, tx: &mut Tx) -> Result<Sealed> {
        if self.until > tx.today() {
            return PERIOD_AHEAD.at("until");
        }
        if self.from.is_some_and(|from| from > self.until) {
            return PERIOD_TURNED.at("from");
        }
        week::plan(tx).await?;
        let waiting = queries::waiting(tx, self).await?;
        if waiting.is_empty() {
            return NOTHING_TO_SEAL.refuse();
        }
        let statements = queries::open(tx, self, &waiting)
            .await
            .map_err(|error| error.or_reason("ux_statement_number", &BEING_SEALED))?;
        let lines = queries::fix_lines(tx, self).await?;
        queries::sum_up(tx, self.run).await?;
        queries::seal(tx, self.run).await?;
        let job = jobs::Job {
            kind: "tell_statements",
            payload: json!({ "run": self.run }),
            run_at: tx.now(),
            once_key: Some(format!("statements:{}", self.run)),
        };
        jobs::enqueue(tx, job).await?;
        let detail = json!({ "statements": statements, "lines": lines, "from": self.from, "until": self.until });
        access::audit::record(
            tx,
            "statements_sealed",
            "statement_run",
            Some(self.run),
            detail,
        )
        .await?;
        let count = |n: u64| i64::try_from(n).map_err(Error::other);
        Ok(Sealed {
            statements: count(statements)?,
            lines: count(lines)?,
        })
    }
}

/// The account whose balance a maker's statements tell.
pub(crate) fn account_of(contact: ContactId) -> Uuid {
    Account::payable(contact).id()
}
