//! Preparing a batch: who is paid how much for which statements.

use std::collections::BTreeMap;

use access::audit;
use contacts::ContactId;
use contacts::payees::{self, Payee, PayeeKind};
use db::{Error, Result, Tx, Value, Write, insert_many, sql, update_many};
use money::{Overflow, Rial};
use persian::{Date, Jalali};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    BatchId, Method, NOTHING_TO_PAY, PAY_ON_WRONG, PayoutId, SAME_HAND, STATEMENT_TAKEN, queries,
};
use crate::bank::Profile;
use crate::rules::{self, Rules};
use crate::statements::{self, StatementId};

/// How far ahead a day of payment may lie.
const MOST_DAYS_AHEAD: i64 = 366;

/// Prepares a batch of everyone who can be paid this way: sealed statements that no payout
/// pays, a payee of the right kind that money may go to, and a sum within the limits.
#[derive(Clone, Debug, Serialize)]
pub struct PreparePayouts {
    /// Made by the sender.
    pub id: BatchId,
    /// Bank or counter.
    pub method: Method,
    /// The form of the bank file.
    pub profile: Profile,
    /// The day of payment: today or later.
    pub pay_on: Date,
}

/// What was prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The batch's number.
    pub number: String,
    /// Payments.
    pub lines: i64,
    /// Their sum.
    pub total: Rial,
}

/// One payment to be made.
struct Due {
    id: PayoutId,
    contact: ContactId,
    payee: Payee,
    amount: Rial,
    statements: Vec<StatementId>,
}

impl Write for PreparePayouts {
    const NAME: &'static str = "prepare_payouts";
    type Out = Prepared;
    async fn run(&self, tx: &mut Tx) -> Result<Prepared> {
        // Without a user nobody could be held to it, and no second hand could be told apart.
        let Some(user) = tx.origin().user else {
            return SAME_HAND.refuse();
        };
        let days = self.pay_on.signed_duration_since(tx.today()).num_days();
        if !(0..=MOST_DAYS_AHEAD).contains(&days) {
            return PAY_ON_WRONG.at("pay_on");
        }
        let due = self.due(tx).await?;
        if due.is_empty() {
            return NOTHING_TO_PAY.refuse();
        }
        let total = due
            .iter()
            .map(|one| one.amount)
            .sum::<Result<Rial, Overflow>>();
        let total = total.map_err(Error::other)?;
        let lines = i64::try_from(due.len()).map_err(Error::other)?;
        self.claim(tx, &due).await?;
        let year = Jalali::from(tx.today()).year;
        let counter = queries::next_number(tx, &format!("payout-{year}")).await?;
        let number = format!("P-{year}-{counter:04}");
        self.insert(tx, user, &number, lines, total).await?;
        self.insert_payouts(tx, &number, due).await?;
        let detail = json!({ "number": number, "lines": lines, "total": total });
        audit::record(
            tx,
            "payouts_prepared",
            "payout_batch",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(Prepared {
            number,
            lines,
            total,
        })
    }
}

impl PreparePayouts {
    async fn due(&self, tx: &mut Tx) -> Result<Vec<Due>> {
        let today = tx.today();
        let limits = rules::on(tx, today).await?;
        let mut makers = BTreeMap::<Uuid, (ContactId, Vec<Rial>, Vec<StatementId>)>::new();
        for unpaid in statements::list_for_payout(tx).await? {
            let maker = makers
                .entry(unpaid.contact_id.get())
                .or_insert_with(|| (unpaid.contact_id, Vec::new(), Vec::new()));
            maker.1.push(unpaid.net);
            maker.2.push(unpaid.id);
        }
        let mut due = Vec::new();
        for (contact, amounts, statements) in makers.into_values() {
            let amount = amounts
                .iter()
                .sum::<Result<Rial, Overflow>>()
                .map_err(Error::other)?;
            if !self.is_within(amount, &limits) {
                continue;
            }
            let payee = payees::current(tx, contact).await?;
            if let Some(payee) = payee.filter(|payee| self.fits(payee, tx)) {
                due.push(Due {
                    id: PayoutId::new(tx.new_id()),
                    contact,
                    payee,
                    amount,
                    statements,
                });
            }
        }
        Ok(due)
    }

    fn fits(&self, payee: &Payee, tx: &Tx) -> bool {
        let is_counter = payee.kind == PayeeKind::Counter;
        payee.is_payable_at(tx.now()) && is_counter == (self.method == Method::Counter)
    }

    fn is_within(&self, amount: Rial, limits: &Rules) -> bool {
        let is_allowed = match self.method {
            Method::Bank => {
                amount >= limits.minimum_bank_payout && amount <= limits.largest_bank_payout
            }
            Method::Counter => amount >= limits.minimum_counter_payout,
        };
        is_allowed && amount > Rial::ZERO
    }

    /// Takes the statements; whoever came first has them.
    async fn claim(&self, tx: &mut Tx, due: &[Due]) -> Result<()> {
        let rows: Vec<Vec<Value>> = due
            .iter()
            .flat_map(|one| {
                one.statements
                    .iter()
                    .map(|id| vec![(*id).into(), one.id.into()])
            })
            .collect();
        let wanted = rows.len() as u64;
        let update = "UPDATE statement SET payout_id = v.payout_id FROM v
                      WHERE statement.id = v.id AND statement.payout_id IS NULL";
        match update_many(tx, "v(id, payout_id)", 2, update, rows).await? {
            taken if taken == wanted => Ok(()),
            _ => STATEMENT_TAKEN.refuse(),
        }
    }

    async fn insert(
        &self,
        tx: &mut Tx,
        user: Uuid,
        number: &str,
        lines: i64,
        total: Rial,
    ) -> Result<()> {
        sql(
            "INSERT INTO payout_batch (id, number, method, profile, state, pay_on, lines, total,
             prepared_by, prepared_at) VALUES ($1, $2, $3, $4, 'drafted', $5, $6, $7, $8, $9)",
        )
        .bind(self.id)
        .bind(number)
        .bind(self.method)
        .bind(self.profile)
        .bind(self.pay_on)
        .bind(lines)
        .bind(total)
        .bind(user)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }

    async fn insert_payouts(&self, tx: &mut Tx, number: &str, due: Vec<Due>) -> Result<()> {
        let mut payouts = Vec::with_capacity(due.len());
        let mut links = Vec::new();
        for (place, one) in due.into_iter().enumerate() {
            links.extend(
                one.statements
                    .iter()
                    .map(|id| vec![one.id.into(), (*id).into()]),
            );
            payouts.push(vec![
                one.id.into(),
                self.id.into(),
                one.contact.into(),
                format!("{number}-{:05}", place + 1).into(),
                one.amount.into(),
                one.payee.id.into(),
                one.payee.kind.into(),
                one.payee.holder_name.into(),
                one.payee.changed_by.into(),
                one.payee.sheba_last4.into(),
                "drafted".into(),
                "".into(),
                "".into(),
            ]);
        }
        let head =
            "INSERT INTO payout (id, batch_id, contact_id, reference, amount, payee_id, payee_kind,
            payee_name, payee_changed_by, sheba_last4, state, reason, bank_reference)";
        insert_many(tx, head, 13, payouts).await?;
        insert_many(
            tx,
            "INSERT INTO payout_statement (payout_id, statement_id)",
            2,
            links,
        )
        .await
        .map(drop)
    }
}
