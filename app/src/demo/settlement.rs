//! Each week statements are sealed; each half-month payouts approved by another, the bank's
//! answer, cash at the counter; then the case knows that money arrived.

use std::collections::BTreeMap;

use casework::cases::CloseReason;
use casework::follow_up::{FollowUpId, RecordFollowUp, Told};
use contacts::ContactId;
use db::{Error, Origin, Result, Write};
use ledger::bank::Profile;
use ledger::payouts::{PayoutState, ResultLine, ResultStatus, of_batch, write_file};
use ledger::{
    ApprovePayouts, BatchId, ConfirmCounterPayout, ExportPayouts, ImportResult, Method,
    PreparePayouts, SealStatements, SetPayingAccount,
};
use persian::{Date, Jalali, Timestamp};
use rand::RngExt as _;
use referrals::CloseCase;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::agenda::deed;
use super::goods::Maker;
use super::market::Market;
use super::names::sheba;
use super::town::{Town, workday};

/// Batches whose answer is still to come, and who was paid before.
#[derive(Default)]
pub struct Settlement {
    at_bank: Vec<(BatchId, Timestamp)>,
    at_counter: Vec<(BatchId, Timestamp)>,
    paid: BTreeMap<ContactId, Timestamp>,
}

impl Settlement {
    /// Sets the account from which makers are paid.
    pub async fn open(town: &mut Town) -> Result<Self> {
        let account = sheba(&mut town.rng);
        let at = Timestamp::at(town.since.date(), 9, 20);
        let id = town.id(at);
        let set = SetPayingAccount::new(id, "فروشگاه‌های دست‌آفرین".into(), &account);
        write(town, "finance", at, set).await?;
        Ok(Self::default())
    }

    /// What settling asks for on a day.
    pub async fn day(&mut self, town: &mut Town, market: &Market, day: Date) -> Result<()> {
        let now = Timestamp::at(day, 10, 50);
        self.answers(town, market, now).await?;
        self.counter(town, market, now).await?;
        let jalali = Jalali::from(day);
        let is_last = jalali == jalali.last_of_month();
        if jalali.weekday().index() == 0 {
            self.seal(town, day).await?;
        }
        if jalali.day == 15 || is_last {
            self.settle(town, day, is_last).await?;
        }
        Ok(())
    }

    /// On Saturday the week until Friday is sealed.
    async fn seal(&mut self, town: &mut Town, day: Date) -> Result<()> {
        let at = Timestamp::at(day, 10, 55);
        let seal = SealStatements {
            run: town.id(at),
            from: None,
            until: at.plus_days(-1).date(),
            contact: None,
        };
        write(town, "finance", at, seal).await.map(drop)
    }

    async fn settle(&mut self, town: &mut Town, day: Date, with_counter: bool) -> Result<()> {
        let at = Timestamp::at(day, 10, 58);
        let next = workday(at.plus_days(1).date());
        let mut methods = vec![Method::Bank];
        if with_counter {
            methods.push(Method::Counter);
        }
        for (turn, method) in (0..).zip(methods) {
            let at = Timestamp::at(day, 11, turn * 20);
            let id = BatchId::new(town.id(at));
            let prepare = PreparePayouts {
                id,
                method,
                profile: Profile::Paya,
                pay_on: next,
            };
            if write(town, "finance", at, prepare).await?.is_none() {
                continue;
            }
            let approved = at.plus_seconds(600);
            let approve = ApprovePayouts { batch: id };
            write(town, "approver", approved, approve).await?;
            match method {
                Method::Bank => self.export(town, id, approved).await?,
                Method::Counter => self.at_counter.push((id, at.plus_days(3))),
            }
        }
        Ok(())
    }

    async fn export(&mut self, town: &mut Town, batch: BatchId, at: Timestamp) -> Result<()> {
        let bytes = file(town, batch).await?;
        let digest = Sha256::digest(&bytes).to_vec();
        let export = ExportPayouts { batch, digest };
        write(town, "finance", at.plus_seconds(300), export).await?;
        self.at_bank.push((batch, at.plus_days(2)));
        Ok(())
    }

    /// The bank's answer comes on the second day; one account in a hundred is closed.
    async fn answers(&mut self, town: &mut Town, market: &Market, now: Timestamp) -> Result<()> {
        let due: Vec<_> = self.at_bank.extract_if(.., |(_, at)| *at <= now).collect();
        for (batch, _) in due {
            let orders = Profile::Paya.read_orders(&file(town, batch).await?);
            let mut lines = Vec::new();
            for (place, order) in orders.map_err(Error::other)?.into_iter().enumerate() {
                let is_closed = town.rng.random_range(0..100) == 0;
                lines.push(ResultLine {
                    bank_reference: format!("{}{place:04}", now.unix()),
                    reference: order.reference,
                    amount: Some(order.amount),
                    status: if is_closed {
                        ResultStatus::Failed
                    } else {
                        ResultStatus::Paid
                    },
                    reason: if is_closed {
                        "حساب مقصد بسته است".into()
                    } else {
                        String::new()
                    },
                    day: Some(now.date()),
                });
            }
            let answer = Profile::Paya.write_result(&lines);
            let import = ImportResult {
                id: town.id(now),
                batch,
                digest: Sha256::digest(&answer).to_vec(),
                lines: Profile::Paya.read_result(&answer).map_err(Error::other)?,
            };
            write(town, "finance", now, import).await?;
            self.arrived(town, market, batch, now).await?;
        }
        Ok(())
    }

    /// They come to the counter, sign, and somebody else sees it.
    async fn counter(&mut self, town: &mut Town, market: &Market, now: Timestamp) -> Result<()> {
        let due: Vec<_> = self
            .at_counter
            .extract_if(.., |(_, at)| *at <= now)
            .collect();
        for (batch, _) in due {
            let witness = town.user("manager");
            let payouts = of_batch(&mut town.city.db.read().await?, batch).await?;
            for payout in payouts {
                let confirm = ConfirmCounterPayout {
                    payout: payout.id,
                    witness,
                };
                write(town, "finance", now, confirm).await?;
            }
            self.arrived(town, market, batch, now).await?;
        }
        Ok(())
    }

    /// The first money that reached her: her case goes on by itself, and we visit her later.
    async fn arrived(
        &mut self,
        town: &mut Town,
        market: &Market,
        batch: BatchId,
        now: Timestamp,
    ) -> Result<()> {
        let payouts = of_batch(&mut town.city.db.read().await?, batch).await?;
        for payout in payouts {
            let is_first = payout.state == PayoutState::Confirmed
                && self.paid.insert(payout.contact_id, now).is_none();
            let maker = market
                .stalls
                .iter()
                .map(|stall| &stall.maker)
                .find(|maker| is_first && maker.contact == payout.contact_id);
            if let Some(maker) = maker {
                earning(town, maker, now);
            }
        }
        Ok(())
    }
}

fn earning(town: &mut Town, maker: &Maker, at: Timestamp) {
    let (case, worker) = (maker.case, maker.worker);
    let mut visits = Vec::new();
    for months in [3, 6, 12] {
        let due = casework::months_after(at.date(), months);
        let late = if maker.is_told {
            0
        } else {
            town.rng.random_range(0..28)
        };
        visits.push(Timestamp::at(workday(due), 9, 0).plus_days(late));
    }
    for visit in &visits {
        follow_up(town, maker, *visit);
    }
    if !maker.is_told && town.chance(70) {
        let closed = visits[2].plus_days(20);
        let reason = CloseReason::SelfReliant.seal(&town.city.keys, case);
        town.agenda.add(closed, worker, CloseCase { case, reason });
    }
}

fn follow_up(town: &mut Town, maker: &Maker, at: Timestamp) {
    let id = FollowUpId::new(town.id(at));
    let members = town.rng.random_range(2..6);
    let case = maker.case;
    town.agenda.later(at, maker.worker, move |city| async move {
        let mut conn = city.db.read().await?;
        let tasks = casework::tasks::list(&mut conn, case).await?;
        let open = tasks
            .iter()
            .find(|task| task.months.is_some() && task.done_on.is_none());
        let Some(task) = open.map(|task| task.id) else {
            return Ok(Vec::new());
        };
        let told = Told {
            household_members: members,
            is_working: true,
            stopped_reason: None,
            note: "کارش ادامه دارد و سفارش گرفته است.".into(),
        };
        let record = RecordFollowUp::new(&mut conn, &city.keys, id, case, task, told).await?;
        Ok(vec![deed(record)])
    });
}

async fn file(town: &Town, batch: BatchId) -> Result<Vec<u8>> {
    let mut conn = town.city.db.read().await?;
    match write_file(&mut conn, &town.city.keys, batch).await {
        Ok(file) => Ok(file.bytes),
        Err(failure) => Err(Error::other(format!("{failure:?}"))),
    }
}

/// One command of one user; nothing when the room refuses it.
async fn write<W: Write>(
    town: &mut Town,
    user: &str,
    at: Timestamp,
    command: W,
) -> Result<Option<W::Out>> {
    town.city.db.clock().hold(at);
    let origin = match town.user(user) {
        id if id == Uuid::nil() => Origin::program("demo"),
        id => Origin::user(id, user),
    };
    town.agenda.done += 1;
    match town.city.db.write(&origin, command).await {
        Err(Error::Refused(refusal)) => {
            let count = town.agenda.refused.entry(refusal.reason.code.to_owned());
            *count.or_default() += 1;
            Ok(None)
        }
        done => done.map(Some),
    }
}
