//! Who is paid how much for which statements, who is not, and why.

use std::collections::BTreeMap;

use contacts::ContactId;
use contacts::payees::{self, Payee, PayeeKind};
use db::{Conn, Error, FromRow, Result};
use money::{Overflow, Rial};
use persian::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{Method, conflicts};
use crate::rules::{self, Rules};
use crate::statements::{self, StatementId, Unpaid};

db::text_enum! {
    /// Why money that waits is not in a batch.
    #[schemars(rename = "LeftOutReason")]
    pub enum Why {
        /// No account or way of paying is approved.
        NoPayee = "no_payee",
        /// The payee is new and rests before money goes there.
        Cooling = "cooling",
        /// Less than the least that is paid this way.
        BelowLeast = "below_least",
        /// One statement alone is more than the bank takes in one order.
        AboveLargest = "above_largest",
        /// Her statements sum to nothing, or below.
        NothingOwed = "nothing_owed",
        /// The bank may have paid her already; somebody must look first.
        Conflict = "conflict",
    }
}

/// Money of a maker that waits, and why.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct LeftOut {
    /// Whose.
    pub contact_id: ContactId,
    /// Why.
    pub why: Why,
    /// How much; below zero when more came back than was sold.
    pub amount: Rial,
}

/// One payment to be made.
pub(super) struct Share {
    pub contact: ContactId,
    pub payee: Payee,
    pub amount: Rial,
    pub statements: Vec<StatementId>,
}

/// What a batch would hold now.
#[derive(Default)]
pub(super) struct Plan {
    pub shares: Vec<Share>,
    pub left_out: Vec<LeftOut>,
}

/// Plans a batch; without a method, everyone by the way of her own payee.
pub(super) async fn plan(conn: &mut Conn, now: Timestamp, method: Option<Method>) -> Result<Plan> {
    let limits = rules::on(conn, now.date()).await?;
    let in_doubt = conflicts::makers_in_doubt(conn).await?;
    let mut makers = BTreeMap::<Uuid, Vec<Unpaid>>::new();
    for unpaid in statements::list_for_payout(conn).await? {
        makers
            .entry(unpaid.contact_id.get())
            .or_default()
            .push(unpaid);
    }
    let mut plan = Plan::default();
    for (contact, statements) in makers {
        let contact = ContactId::new(contact);
        let whole = sum(&statements)?;
        let mut leave = |why, amount| {
            plan.left_out.push(LeftOut {
                contact_id: contact,
                why,
                amount,
            });
        };
        if whole <= Rial::ZERO {
            leave(Why::NothingOwed, whole);
            continue;
        }
        if in_doubt.contains(&contact) {
            leave(Why::Conflict, whole);
            continue;
        }
        let Some(payee) = payees::current(conn, contact).await? else {
            leave(Why::NoPayee, whole);
            continue;
        };
        let way = match payee.kind {
            PayeeKind::Counter => Method::Counter,
            _ => Method::Bank,
        };
        if method.is_some_and(|method| method != way) {
            continue;
        }
        if !payee.is_payable_at(now) {
            leave(Why::Cooling, whole);
            continue;
        }
        let (least, largest) = limits_of(way, &limits);
        let (mut short, mut large) = (Vec::new(), Vec::new());
        for part in parts(statements, largest)? {
            match sum(&part)? {
                amount if amount > largest => large.extend(part),
                amount if amount < least => short.extend(part),
                amount => plan.shares.push(Share {
                    contact,
                    payee: payee.clone(),
                    amount,
                    statements: part.iter().map(|one| one.id).collect(),
                }),
            }
        }
        for (why, waiting) in [(Why::BelowLeast, short), (Why::AboveLargest, large)] {
            if !waiting.is_empty() {
                let amount = sum(&waiting)?;
                plan.left_out.push(LeftOut {
                    contact_id: contact,
                    why,
                    amount,
                });
            }
        }
    }
    Ok(plan)
}

fn sum(statements: &[Unpaid]) -> Result<Rial> {
    let sum = statements.iter().map(|one| one.net);
    sum.sum::<Result<Rial, Overflow>>().map_err(Error::other)
}

/// The least and the largest payment of a way; a payment is more than nothing.
fn limits_of(way: Method, limits: &Rules) -> (Rial, Rial) {
    let (least, largest) = match way {
        Method::Bank => (limits.minimum_bank_payout, limits.largest_bank_payout),
        Method::Counter => (limits.minimum_counter_payout, Rial::new(i64::MAX)),
    };
    (least.max(Rial::new(1)), largest)
}

/// Cuts a maker's statements into payments of at most the largest sum. What lowers her money
/// is settled with the first of them.
fn parts(mut statements: Vec<Unpaid>, largest: Rial) -> Result<Vec<Vec<Unpaid>>> {
    if sum(&statements)? <= largest {
        return Ok(vec![statements]);
    }
    statements.sort_by_key(|one| one.net > Rial::ZERO);
    let mut parts: Vec<Vec<Unpaid>> = Vec::new();
    let mut open: Vec<Unpaid> = Vec::new();
    for one in statements {
        open.push(one);
        if open.len() > 1 && sum(&open)? > largest {
            open.pop();
            parts.push(std::mem::replace(&mut open, vec![one]));
        }
    }
    parts.push(open);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(nets: &[i64], largest: i64) -> Vec<Vec<i64>> {
        let statements = nets.iter().map(|net| Unpaid {
            id: StatementId::new(Uuid::nil()),
            contact_id: ContactId::new(Uuid::nil()),
            net: Rial::new(*net),
        });
        let parts = parts(statements.collect(), Rial::new(largest)).unwrap();
        let nets = |part: &Vec<Unpaid>| part.iter().map(|one| one.net.get()).collect();
        parts.iter().map(nets).collect()
    }

    #[test]
    fn a_sum_above_the_largest_is_cut_by_statements() {
        assert_eq!(cut(&[4, 5], 10), [vec![4, 5]]);
        assert_eq!(cut(&[4, 5, 6, 4], 10), [vec![4, 5], vec![6, 4]]);
        assert_eq!(cut(&[8, 12, 3], 10), [vec![8], vec![12], vec![3]]);
        // What came back is taken off the first payment, wherever it stands.
        assert_eq!(cut(&[8, 7, -2], 10), [vec![-2, 8], vec![7]]);
    }
}
