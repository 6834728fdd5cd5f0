//! Preparing a batch: who is paid how much for which statements.

use access::audit;
use db::{Error, Result, Tx, Value, Write, insert_many, sql, update_many};
use money::{Overflow, Rial};
use persian::{Date, Jalali};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::plan::{LeftOut, Share, plan};
use super::{
    BatchId, Method, NOTHING_TO_PAY, PAY_ON_WRONG, PayoutId, SAME_HAND, STATEMENT_TAKEN, queries,
};
use crate::bank::Profile;

/// How far ahead a day of payment may lie.
const MOST_DAYS_AHEAD: i64 = 366;

/// Prepares a batch of everyone who can be paid this way: sealed statements that no payout
/// pays, a payee of the right kind that money may go to, and a sum within the limits. More than
/// the largest sum is cut by statements into several payments; who is left out is kept with why.
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Prepared {
    /// The batch's number.
    pub number: String,
    /// Payments.
    pub lines: i64,
    /// Their sum.
    pub total: Rial,
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
        let now = tx.now();
        let planned = plan(tx, now, Some(self.method)).await?;
        let due: Vec<(PayoutId, Share)> = planned
            .shares
            .into_iter()
            .map(|share| (PayoutId::new(tx.new_id()), share))
            .collect();
        if due.is_empty() {
            return NOTHING_TO_PAY.refuse();
        }
        let total = due
            .iter()
            .map(|(_, one)| one.amount)
            .sum::<Result<Rial, Overflow>>();
        let total = total.map_err(Error::other)?;
        let lines = i64::try_from(due.len()).map_err(Error::other)?;
        self.claim(tx, &due).await?;
        let year = Jalali::from(tx.today()).year;
        let counter = queries::next_number(tx, &format!("payout-{year}")).await?;
        let number = format!("P-{year}-{counter:04}");
        self.insert(tx, user, &number, lines, total).await?;
        self.insert_payouts(tx, &number, due).await?;
        self.keep_left_out(tx, planned.left_out).await?;
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
    /// Takes the statements; whoever came first has them.
    async fn claim(&self, tx: &mut Tx, due: &[(PayoutId, Share)]) -> Result<()> {
        let rows: Vec<Vec<Value>> = due
            .iter()
            .flat_map(|(payout, one)| {
                one.statements
                    .iter()
                    .map(|id| vec![(*id).into(), (*payout).into()])
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

    async fn keep_left_out(&self, tx: &mut Tx, left_out: Vec<LeftOut>) -> Result<()> {
        let rows = left_out.into_iter().map(|one| {
            vec![
                self.id.into(),
                one.contact_id.into(),
                one.why.into(),
                one.amount.into(),
            ]
        });
        let head = "INSERT INTO payout_left_out (batch_id, contact_id, why, amount)";
        insert_many(tx, head, 4, rows.collect()).await.map(drop)
    }

    async fn insert_payouts(
        &self,
        tx: &mut Tx,
        number: &str,
        due: Vec<(PayoutId, Share)>,
    ) -> Result<()> {
        let mut payouts = Vec::with_capacity(due.len());
        let mut links = Vec::new();
        for (place, (payout, one)) in due.into_iter().enumerate() {
            links.extend(
                one.statements
                    .iter()
                    .map(|id| vec![payout.into(), (*id).into()]),
            );
            payouts.push(vec![
                payout.into(),
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
