//! Recording a sale: few statements with many rows, locks in one order, the number last.

use std::collections::HashMap;

use access::audit;
use consignment::{SaleTake, TakeLine, Taken, take_for_sale};
use contacts::ContactId;
use db::{Error, Result, Tx, Value, Write, insert_many, sql};
use ledger::{Accrual, AccrualKind, Accrue, Shares, TenderKind};
use money::{BasisPoints, Overflow, Rial};
use organizations::PlaceId;
use persian::{Date, Jalali, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    BAD_AMOUNT, BAD_QUANTITY, CARD_TOO_MUCH, EMPTY_SALE, PRICE_CHANGED, REFERENCE_USED, SOLD_AHEAD,
    SOLD_LONG_AGO, SaleId, SoldLine, TENDERS_SHORT, TEXT_TOO_LONG, TOO_MANY_LINES, Tendered,
    queries,
};
use crate::registers::{self, RegisterId};

/// The most lines of one sale.
const MOST_LINES: usize = 200;
/// The most ways of paying of one sale.
const MOST_TENDERS: usize = 20;
/// The most pieces of a line.
const MOST_PIECES: i64 = 100_000;
/// The largest sale in rials: a year of such sales still fits its account.
const LARGEST: Rial = Rial::new(1_000_000_000_000_000);
/// The most letters of a card payment's reference.
const LONGEST_REFERENCE: usize = 40;
/// How far a seller's clock may run ahead, in seconds.
const CLOCK_AHEAD: i64 = 86_400;
/// How far it may run behind.
const CLOCK_BEHIND: i64 = 86_400;
/// How long a shop may have been cut off, in seconds: ninety days.
const CUT_OFF: i64 = 90 * 86_400;

/// Records a sale under its id. Sent again with the same id and body it changes nothing.
#[derive(Clone, Debug, Serialize)]
pub struct RecordSale {
    /// Made by the sender.
    pub id: SaleId,
    /// The shop.
    pub place: PlaceId,
    /// The register; none for a program, which sells through the shop's own for programs.
    pub register: Option<RegisterId>,
    /// When it happened, by the seller's clock; for a sale that was not made while cut off this
    /// only stands on the receipt, and the day is the server's.
    pub sold_at: Timestamp,
    /// The goods.
    pub lines: Vec<SoldLine>,
    /// The money.
    pub tenders: Vec<Tendered>,
    /// True for a sale that was paid while the shop was cut off: it is never refused for price
    /// or stock; what does not agree is kept as a discrepancy. It is no part of what is compared
    /// on a resend: a sale sent online, whose answer was lost, may come again in a batch.
    #[serde(skip_serializing)]
    pub is_synced: bool,
}

/// What was recorded: the answer to the sender, now and to any resend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recorded {
    /// The sale.
    pub id: SaleId,
    /// Its receipt number.
    pub number: String,
    /// Its place in the register's series of the year.
    pub sequence: i64,
    /// The shop.
    pub shop_id: PlaceId,
    /// When it happened.
    pub sold_at: Timestamp,
    /// What was due.
    pub total: Rial,
    /// Given back in cash.
    pub change: Rial,
    /// The goods.
    pub lines: Vec<RecordedLine>,
}

/// A line of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordedLine {
    /// The line's id: what a return names.
    pub id: Uuid,
    /// The label's code.
    pub code: String,
    /// Pieces.
    pub quantity: i64,
    /// Price of one.
    pub unit_price: Rial,
    /// Price of all.
    pub amount: Rial,
}

/// A line with everything the receipt and the books need.
struct Line {
    id: Uuid,
    code: String,
    taken: Taken,
    unit_price: Rial,
    amount: Rial,
    vat: BasisPoints,
    commission: BasisPoints,
    shares: Shares,
}

/// The money of a sale.
struct Money {
    total: Rial,
    cash: Rial,
    card: Rial,
    change: Rial,
}

impl Write for RecordSale {
    const NAME: &'static str = "record_sale";
    type Out = Recorded;
    async fn run(&self, tx: &mut Tx) -> Result<Recorded> {
        self.check(tx.now())?;
        let codes = queries::lots_by_code(tx, &self.lines).await?;
        let lines = self.take(tx, codes).await?;
        let money = self.money(&lines)?;
        let register = match self.register {
            Some(id) => registers::get(tx, id).await?,
            None => registers::queries::of_programs(tx, self.place).await?,
        };
        if register.place_id != self.place {
            return Err(Error::NotFound);
        }
        let day = self.day(tx);
        ledger::accrue(tx, self.accrual(&register.code, day, &lines, &money)).await?;
        let kept_cash = money.cash.checked_sub(money.change).map_err(too_large)?;
        let shift =
            registers::queries::add_to_shift(tx, &register, 1, kept_cash, money.card).await?;
        let year = i64::from(Jalali::from(day).year);
        let counter = registers::queries::next_number(tx, register.id, year).await?;
        let number = format!(
            "{}-{}-{year}-{counter:06}",
            register.place_code, register.code
        );
        let seller = tx.origin().user;
        sql("INSERT INTO sale (id, number, place_id, register_id, shift_id, year, counter, seller_id,
             sold_at, recorded_at, total, cash, card, change_given)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
        .bind(self.id)
        .bind(&number)
        .bind(self.place)
        .bind(register.id)
        .bind(shift)
        .bind(year)
        .bind(counter)
        .bind(seller)
        .bind(self.sold_at)
        .bind(tx.now())
        .bind(money.total)
        .bind(money.cash)
        .bind(money.card)
        .bind(money.change)
        .execute(tx)
        .await?;
        self.insert_lines(tx, &lines).await?;
        self.insert_tenders(tx).await?;
        self.insert_differences(tx, &lines).await?;
        self.tell(tx).await?;
        let detail = json!({ "number": number, "total": money.total, "lines": lines.len() });
        audit::record(tx, "sale_recorded", "sale", Some(self.id.get()), detail).await?;
        let lines = lines.into_iter().map(|line| RecordedLine {
            id: line.id,
            code: line.code,
            quantity: line.taken.quantity,
            unit_price: line.unit_price,
            amount: line.amount,
        });
        Ok(Recorded {
            id: self.id,
            number,
            sequence: counter,
            shop_id: self.place,
            sold_at: self.sold_at,
            total: money.total,
            change: money.change,
            lines: lines.collect(),
        })
    }
}

impl RecordSale {
    /// What can be refused without looking anything up.
    fn check(&self, now: Timestamp) -> Result<()> {
        if self.lines.is_empty() {
            return EMPTY_SALE.at("lines");
        }
        if self.lines.len() > MOST_LINES || self.tenders.len() > MOST_TENDERS {
            return TOO_MANY_LINES.at("lines");
        }
        for (at, line) in self.lines.iter().enumerate() {
            if !(1..=MOST_PIECES).contains(&line.quantity) {
                return BAD_QUANTITY.at(format!("lines/{at}/quantity"));
            }
            if line.unit_price.is_some_and(|price| !is_amount(price)) {
                return BAD_AMOUNT.at(format!("lines/{at}/unit_price"));
            }
        }
        for (at, tender) in self.tenders.iter().enumerate() {
            if !is_amount(tender.amount) {
                return BAD_AMOUNT.at(format!("tenders/{at}/amount"));
            }
            let reference = tender.reference.as_deref().unwrap_or_default();
            if reference.chars().count() > LONGEST_REFERENCE {
                return TEXT_TOO_LONG.at(format!("tenders/{at}/reference"));
            }
        }
        if self.sold_at.seconds_since(now) > CLOCK_AHEAD {
            return SOLD_AHEAD.at("sold_at");
        }
        let behind = if self.is_synced {
            CUT_OFF
        } else {
            CLOCK_BEHIND
        };
        if now.seconds_since(self.sold_at) > behind {
            return SOLD_LONG_AGO.at("sold_at");
        }
        Ok(())
    }

    /// The day that decides expiry, licence, tax and where it stands in the books: the server's
    /// own, and for a sale made while cut off the day it was made.
    fn day(&self, tx: &Tx) -> Date {
        match self.is_synced {
            true => self.sold_at.date().min(tx.today()),
            false => tx.today(),
        }
    }

    /// Takes the goods from the shelf and prices each line.
    async fn take(
        &self,
        tx: &mut Tx,
        codes: Vec<(String, consignment::LotId)>,
    ) -> Result<Vec<Line>> {
        let day = self.day(tx);
        let wanted = codes.iter().zip(&self.lines);
        let take = SaleTake {
            sale_id: self.id.get(),
            place_id: self.place,
            sold_on: day,
            may_overdraw: self.is_synced,
            lines: wanted
                .map(|((_, lot_id), line)| TakeLine {
                    lot_id: *lot_id,
                    quantity: line.quantity,
                })
                .collect(),
        };
        let taken = take_for_sale(tx, &take).await?;
        let rates: HashMap<String, BasisPoints> = makers::reference::tax_rates(tx, day)
            .await?
            .into_iter()
            .collect();
        let mut lines = Vec::with_capacity(taken.len());
        for (at, (taken, ((code, _), sent))) in taken
            .into_iter()
            .zip(codes.into_iter().zip(&self.lines))
            .enumerate()
        {
            let unit_price = sent.unit_price.unwrap_or(taken.unit_price);
            if unit_price != taken.unit_price && !self.is_synced {
                let args = [
                    ("code", code),
                    ("price", taken.unit_price.get().to_string()),
                ];
                return PRICE_CHANGED.with(&args);
            }
            let amount = unit_price.checked_mul(taken.quantity).map_err(too_large)?;
            if !is_amount(amount) {
                return BAD_AMOUNT.at(format!("lines/{at}"));
            }
            let vat = rates
                .get(&taken.tax_class)
                .copied()
                .unwrap_or(BasisPoints::ZERO);
            let commission = makers::reference::basis_points(taken.commission_bp)?;
            let shares = Shares::of(amount, vat, commission).map_err(too_large)?;
            lines.push(Line {
                id: tx.new_id(),
                code,
                taken,
                unit_price,
                amount,
                vat,
                commission,
                shares,
            });
        }
        Ok(lines)
    }

    /// Tenders sum to total plus change [M1]; change comes out of cash alone.
    fn money(&self, lines: &[Line]) -> Result<Money> {
        let paid = |kind| {
            let of_kind = self.tenders.iter().filter(|tender| tender.kind == kind);
            of_kind
                .map(|tender| tender.amount)
                .sum::<Result<Rial, Overflow>>()
                .map_err(too_large)
        };
        let total = lines
            .iter()
            .map(|line| line.amount)
            .sum::<Result<Rial, Overflow>>()
            .map_err(too_large)?;
        let (cash, card) = (paid(TenderKind::Cash)?, paid(TenderKind::Card)?);
        if total > LARGEST || cash > LARGEST {
            return BAD_AMOUNT.at("lines");
        }
        if card > total {
            return CARD_TOO_MUCH.at("tenders");
        }
        let given = cash.checked_add(card).map_err(too_large)?;
        if given < total {
            return TENDERS_SHORT.at("tenders");
        }
        let change = given.checked_sub(total).map_err(too_large)?;
        Ok(Money {
            total,
            cash,
            card,
            change,
        })
    }

    fn accrual(&self, device: &str, day: Date, lines: &[Line], money: &Money) -> Accrue {
        let kept = money.cash.get() - money.change.get();
        let accruals = lines.iter().map(|line| Accrual {
            id: line.id,
            line: line.id,
            corrects: None,
            contact: line.taken.contact_id,
            lot: line.taken.lot_id.get(),
            lot_code: line.code.clone(),
            agreement: line.taken.agreement_id.get(),
            item_fa: line.taken.name_fa.clone(),
            item_en: line.taken.name_en.clone(),
            quantity: line.taken.quantity,
            unit_price: line.unit_price,
            vat: line.vat,
            commission: line.commission,
            shares: line.shares,
        });
        Accrue {
            kind: AccrualKind::Sale,
            sale: self.id.get(),
            source: self.id.get(),
            place: self.place.get(),
            device: device.to_owned(),
            day,
            lines: accruals.collect(),
            tenders: vec![
                (TenderKind::Cash, Rial::new(kept)),
                (TenderKind::Card, money.card),
            ],
        }
    }

    async fn insert_lines(&self, tx: &mut Tx, lines: &[Line]) -> Result<()> {
        let rows = (1_i64..).zip(lines).map(|(position, line)| {
            vec![
                line.id.into(),
                self.id.into(),
                position.into(),
                line.taken.lot_id.into(),
                line.code.as_str().into(),
                line.taken.contact_id.into(),
                line.taken.name_fa.as_str().into(),
                line.taken.name_en.as_str().into(),
                line.taken.quantity.into(),
                line.unit_price.into(),
                line.amount.into(),
                i64::from(line.vat.get()).into(),
                line.shares.vat.into(),
            ]
        });
        let rows = rows.collect();
        let head =
            "INSERT INTO sale_line (id, sale_id, position, lot_id, code, contact_id, item_fa,
            item_en, quantity, unit_price, amount, vat_bp, vat)";
        insert_many(tx, head, 13, rows).await.map(drop)
    }

    /// Keeps what does not agree with the books: other prices and missing pieces of a sale made
    /// while cut off, and card payments whose reference a program did not tell.
    async fn insert_differences(&self, tx: &mut Tx, lines: &[Line]) -> Result<()> {
        let mut found = Vec::new();
        for line in lines {
            let (price, pieces) = (line.taken.unit_price.get(), line.taken.quantity);
            found.push((Some(line.id), "price", price, line.unit_price.get()));
            found.push((
                Some(line.id),
                "stock",
                pieces - line.taken.overdrawn,
                pieces,
            ));
        }
        for tender in &self.tenders {
            if tender.kind == TenderKind::Card && tender.clean_reference().is_none() {
                found.push((None, "reference", tender.amount.get(), 0));
            }
        }
        found.retain(|(_, _, expected, found)| expected != found);
        let rows = found.into_iter().map(|(line, kind, expected, found)| {
            let mut row: Vec<Value> = vec![tx.new_id().into(), self.id.into(), line.into()];
            row.extend([kind.into(), expected.into(), found.into(), tx.now().into()]);
            row
        });
        let rows = rows.collect();
        let head =
            "INSERT INTO sale_discrepancy (id, sale_id, line_id, kind, expected, found, made_at)";
        insert_many(tx, head, 7, rows).await.map(drop)
    }

    async fn insert_tenders(&self, tx: &mut Tx) -> Result<()> {
        let rows = self.tenders.iter().map(|tender| {
            vec![
                tx.new_id().into(),
                self.id.into(),
                tender.kind.into(),
                tender.amount.into(),
                Value::from(tender.clean_reference().as_deref()),
            ]
        });
        let rows = rows.collect();
        insert_many(
            tx,
            "INSERT INTO tender (id, sale_id, kind, amount, reference)",
            5,
            rows,
        )
        .await
        .map(drop)
        .map_err(|error| error.or_reason("ux_tender_reference", &REFERENCE_USED))
    }

    /// One job tells all makers of the sale.
    async fn tell(&self, tx: &mut Tx) -> Result<()> {
        let job = jobs::Job {
            kind: "tell_sold",
            payload: json!({ "sale": self.id }),
            run_at: tx.now(),
            once_key: Some(format!("sold:{}", self.id)),
        };
        jobs::enqueue(tx, job).await
    }
}

fn is_amount(amount: Rial) -> bool {
    amount > Rial::ZERO && amount <= LARGEST
}

fn too_large(_: Overflow) -> Error {
    match BAD_AMOUNT.at::<()>("lines") {
        Err(error) => error,
        Ok(()) => Error::other(Overflow),
    }
}

/// The makers of a sale's lines, each once.
pub(crate) fn makers_of(contacts: impl Iterator<Item = ContactId>) -> Vec<ContactId> {
    let mut makers: Vec<ContactId> = contacts.collect();
    makers.sort_unstable();
    makers.dedup();
    makers
}
