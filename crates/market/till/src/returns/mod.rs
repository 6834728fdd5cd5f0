//! The return: goods come back, money goes back, the maker's share is taken back.

use access::audit;
use consignment::{GoodsBack, Payer, ReturnLine as BackLine, return_goods};
use db::{Error, Reason, Result, Tx, Write, insert_many, sql};
use ledger::{Accrual, AccrualKind, Accrue, BearLoss, Bearer, Lost, Shares, TenderKind};
use money::{Overflow, Rial};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::registers::{self, LONGEST_REASON, RegisterId};
use crate::sales::{self, SaleId, SaleLine, SaleLineId, TEXT_TOO_LONG};

db::id! {
    /// A return.
    pub ReturnId
}

db::text_enum! {
    /// In what state goods came back.
    pub enum GoodsState {
        /// They can be sold again.
        Resellable = "resellable",
        /// They cannot; the shop bears them, and the maker keeps her share.
        Damaged = "damaged",
    }
}

/// More pieces than were sold, or more money than was paid.
pub const RETURNED_TOO_MUCH: Reason = Reason::new("return_too_much", 409);
/// The line is not of this sale.
pub const NOT_OF_SALE: Reason = Reason::new("return_not_of_sale", 422);
/// Nothing is brought back.
pub const EMPTY_RETURN: Reason = Reason::new("return_empty", 422);
/// Money goes back the way it came: not more by card than was paid by card, nor in cash.
pub const OTHER_MEANS: Reason = Reason::new("return_other_means", 422);

/// One line that comes back, whole or in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BroughtBack {
    /// The line of the sale.
    pub line: SaleLineId,
    /// Pieces.
    pub quantity: i64,
    /// In what state.
    pub goods: GoodsState,
}

/// Takes goods back and gives the money back by the same means.
#[derive(Clone, Debug, Serialize)]
pub struct RecordReturn {
    /// Made by the sender.
    pub id: ReturnId,
    /// The sale.
    pub sale: SaleId,
    /// The register that gives the money; it has an open shift.
    pub register: RegisterId,
    /// Cash or card.
    pub refund: TenderKind,
    /// Why; may be empty.
    pub reason: String,
    /// What comes back.
    pub lines: Vec<BroughtBack>,
}

impl Write for RecordReturn {
    const NAME: &'static str = "record_return";
    /// The money given back.
    type Out = Rial;
    async fn run(&self, tx: &mut Tx) -> Result<Rial> {
        if self.lines.is_empty() || self.lines.iter().any(|line| line.quantity <= 0) {
            return EMPTY_RETURN.at("lines");
        }
        if self.reason.chars().count() > LONGEST_REASON {
            return TEXT_TOO_LONG.at("reason");
        }
        let register = registers::get(tx, self.register).await?;
        let sale = sales::get(tx, self.sale).await?;
        if sale.place_id != register.place_id {
            return Err(Error::NotFound);
        }
        let sold = sales::lines_of(tx, &[self.sale]).await?;
        let kept = ledger::sales::accruals_of_sale(tx, self.sale.get()).await?;
        let mut accruals = Vec::new();
        let mut rows = Vec::new();
        let mut broken = Vec::new();
        for back in &self.lines {
            let Some(line) = sold.iter().find(|line| line.id == back.line) else {
                return NOT_OF_SALE.at("lines");
            };
            let Some(first) = kept.iter().find(|accrual| accrual.line_id == line.id.get()) else {
                return NOT_OF_SALE.at("lines");
            };
            if back.quantity > line.quantity {
                return RETURNED_TOO_MUCH.refuse();
            }
            let returned = count(tx, line, back.quantity).await?;
            let commission = makers::reference::basis_points(first.commission_bp)?;
            let vat = makers::reference::basis_points(line.vat_bp)?;
            // The share of all that came back so far, less the share of what had come back
            // before: the last piece takes exactly what is left of the sale's share.
            let upto = |pieces| {
                let paid = line.unit_price.checked_mul(pieces).map_err(Error::other)?;
                Shares::of(paid, vat, commission).map_err(Error::other)
            };
            let (after, before) = (upto(returned)?, upto(returned - back.quantity)?);
            let less = |a: Rial, b: Rial| b.checked_sub(a).map_err(Error::other);
            let shares = Shares {
                paid: less(after.paid, before.paid)?,
                vat: less(after.vat, before.vat)?,
                commission: less(after.commission, before.commission)?,
                net: less(after.net, before.net)?,
            };
            if back.goods == GoodsState::Damaged {
                broken.push(Lost {
                    contact: first.contact_id,
                    lot: first.lot_id,
                    lot_code: first.lot_code.clone(),
                    agreement: first.agreement_id,
                    item_fa: first.item_fa.clone(),
                    item_en: first.item_en.clone(),
                    quantity: back.quantity,
                    unit_price: first.unit_price,
                    commission,
                    share: shares.net.checked_neg().map_err(Error::other)?,
                });
            }
            let id = tx.new_id();
            rows.push(vec![
                id.into(),
                self.id.into(),
                line.id.into(),
                back.quantity.into(),
                shares.paid.checked_neg().map_err(Error::other)?.into(),
                back.goods.into(),
            ]);
            accruals.push(Accrual {
                id,
                line: id,
                corrects: Some(first.id),
                contact: first.contact_id,
                lot: first.lot_id,
                lot_code: first.lot_code.clone(),
                agreement: first.agreement_id,
                item_fa: first.item_fa.clone(),
                item_en: first.item_en.clone(),
                quantity: -back.quantity,
                unit_price: first.unit_price,
                vat,
                commission,
                shares,
            });
        }
        let total = accruals
            .iter()
            .map(|accrual| accrual.shares.paid)
            .sum::<Result<Rial, Overflow>>();
        let total = total.and_then(Rial::checked_neg).map_err(Error::other)?;
        self.count_means(tx, &sale, total).await?;
        self.put_back(tx, &register, &sold).await?;
        let accrue = Accrue {
            kind: AccrualKind::Return,
            sale: self.sale.get(),
            source: self.id.get(),
            place: register.place_id.get(),
            device: register.code.clone(),
            day: tx.today(),
            lines: accruals,
            tenders: vec![(self.refund, total)],
        };
        ledger::accrue(tx, accrue).await?;
        self.bear_damage(tx, register.place_id.get(), broken)
            .await?;
        let minus = total.checked_neg().map_err(Error::other)?;
        let (cash, card) = match self.refund {
            TenderKind::Cash => (minus, Rial::ZERO),
            TenderKind::Card => (Rial::ZERO, minus),
        };
        let shift = registers::queries::add_to_shift(tx, &register, 0, cash, card).await?;
        sql("INSERT INTO sale_return (id, sale_id, register_id, shift_id, refund_kind, total, reason,
             returned_by, returned_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind(self.id)
        .bind(self.sale)
        .bind(self.register)
        .bind(shift)
        .bind(self.refund)
        .bind(total)
        .bind(&self.reason)
        .bind(tx.origin().user)
        .bind(tx.now())
        .execute(tx)
        .await?;
        let head = "INSERT INTO return_line (id, return_id, line_id, quantity, amount, goods)";
        insert_many(tx, head, 6, rows).await?;
        let detail = json!({ "sale": self.sale, "total": total });
        audit::record(
            tx,
            "goods_returned",
            "sale_return",
            Some(self.id.get()),
            detail,
        )
        .await?;
        Ok(total)
    }
}

impl RecordReturn {
    /// Counts what goes back by each means; the row's rules hold it below what was paid by it.
    async fn count_means(&self, tx: &mut Tx, sale: &sales::Sale, total: Rial) -> Result<()> {
        let cash_paid = sale.cash.checked_sub(sale.change_given);
        let (cash, card) = match self.refund {
            TenderKind::Cash => (total, Rial::ZERO),
            TenderKind::Card => (Rial::ZERO, total),
        };
        let counted = sql(
            "INSERT INTO sale_refunded (sale_id, cash_paid, cash_back, card_paid, card_back)
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (sale_id) DO UPDATE SET
             cash_back = sale_refunded.cash_back + excluded.cash_back,
             card_back = sale_refunded.card_back + excluded.card_back",
        )
        .bind(self.sale)
        .bind(cash_paid.map_err(Error::other)?)
        .bind(cash)
        .bind(sale.card)
        .bind(card)
        .execute(tx)
        .await;
        match counted {
            Err(Error::Check(name)) if name.starts_with("ck_sale_refunded") => {
                OTHER_MEANS.at("refund")
            }
            done => done.map(drop),
        }
    }

    /// Her share of what came back broken stays hers: the shop bears it.
    async fn bear_damage(&self, tx: &mut Tx, place: Uuid, broken: Vec<Lost>) -> Result<()> {
        let loss = BearLoss {
            document: self.id.get(),
            bearer: Bearer::Shop,
            place,
            day: tx.today(),
            lines: broken,
        };
        ledger::bear_loss(tx, loss).await
    }

    async fn put_back(
        &self,
        tx: &mut Tx,
        register: &registers::Register,
        sold: &[SaleLine],
    ) -> Result<()> {
        let lines = self.lines.iter().filter_map(|back| {
            let line = sold.iter().find(|line| line.id == back.line)?;
            let damage_payer = (back.goods == GoodsState::Damaged).then_some(Payer::Shop);
            Some(BackLine {
                lot_id: line.lot_id,
                quantity: back.quantity,
                damage_payer,
            })
        });
        let lines = lines.collect();
        let back = GoodsBack {
            return_id: self.id.get(),
            place_id: register.place_id,
            lines,
        };
        return_goods(tx, &back).await
    }
}

/// Counts pieces and money of a line that came back; the row's rules hold both below what was
/// sold [R1, M3]. Gives the pieces that came back so far.
async fn count(tx: &mut Tx, line: &SaleLine, pieces: i64) -> Result<i64> {
    let refund = line.unit_price.checked_mul(pieces).map_err(Error::other)?;
    sql("INSERT INTO line_returned (line_id, sold, returned, paid, refunded) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (line_id) DO UPDATE SET returned = line_returned.returned + excluded.returned,
         refunded = line_returned.refunded + excluded.refunded RETURNING returned AS value")
    .bind(line.id)
    .bind(line.quantity)
    .bind(pieces)
    .bind(line.amount)
    .bind(refund)
    .scalar(tx)
    .await
    .map_err(|error| error.or_reason("ck_line_returned_pieces", &RETURNED_TOO_MUCH))
    .map_err(|error| error.or_reason("ck_line_returned_money", &RETURNED_TOO_MUCH))
}
