//! What a sale takes from the shelf and what a customer brings back.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contacts::ContactId;
use db::{FromRow, Result, Tx, Value, sql};
use makers::ProductId;
use money::Rial;
use organizations::PlaceId;
use persian::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::movements::{self, NewMovement};
use super::{
    COUNT_POSITIVE, LOT_EXPIRED, LOT_UNKNOWN, MovementKind, NOT_ENOUGH, NOT_FOR_SALE, discrepancies,
};
use crate::agreements::{AgreementId, Payer};
use crate::receipts::LotId;

/// A sale takes goods from a place.
#[derive(Clone, Debug)]
pub struct SaleTake {
    /// The sale, as the movements' document.
    pub sale_id: Uuid,
    /// Where.
    pub place_id: PlaceId,
    /// The shop's own day of the sale.
    pub sold_on: Date,
    /// True for a sale that was paid while the shop was cut off: it is never refused; what does
    /// not fit opens a discrepancy.
    pub may_overdraw: bool,
    /// The goods; a lot may stand on several lines.
    pub lines: Vec<TakeLine>,
}

/// One line of a sale.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct TakeLine {
    /// Which lot.
    pub lot_id: LotId,
    /// Pieces, more than nothing.
    pub quantity: i64,
}

/// What a sale line needs to know of the lot it took from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which lot.
    pub lot_id: LotId,
    /// Pieces taken.
    pub quantity: i64,
    /// Its product.
    pub product_id: ProductId,
    /// The product's name in Persian, for the receipt.
    pub name_fa: String,
    /// The product's name in English; may be empty.
    pub name_en: String,
    /// The maker.
    pub contact_id: ContactId,
    /// The agreement that governs it.
    pub agreement_id: AgreementId,
    /// The operator's share in basis points.
    pub commission_bp: i64,
    /// The lot's price for one, tax included.
    pub unit_price: Rial,
    /// The product's tax class.
    pub tax_class: String,
    /// Pieces of this line that the system did not have.
    pub overdrawn: i64,
}

#[derive(FromRow)]
struct LotFacts {
    id: LotId,
    code: String,
    product_id: ProductId,
    name_fa: String,
    name_en: String,
    contact_id: ContactId,
    agreement_id: AgreementId,
    commission_bp: i64,
    price: Rial,
    expires_on: Option<Date>,
    tax_class: Option<String>,
}

/// Takes the goods of a sale from a place inside the sale's own write: one result per line, in
/// the order given. Without `may_overdraw` it refuses what is expired, not approved or not there.
pub async fn take_for_sale(tx: &mut Tx, take: &SaleTake) -> Result<Vec<Taken>> {
    if take.lines.is_empty() || take.lines.iter().any(|line| line.quantity <= 0) {
        return COUNT_POSITIVE.at("lines");
    }
    let mut wanted: BTreeMap<LotId, i64> = BTreeMap::new();
    for line in &take.lines {
        *wanted.entry(line.lot_id).or_default() += line.quantity;
    }
    let lots = lots(tx, wanted.keys().copied()).await?;
    if lots.len() != wanted.len() {
        return LOT_UNKNOWN.at("lines");
    }
    let doubts = doubts(tx, take, &lots).await?;
    let mut short = lower(tx, take, &wanted, &lots).await?;
    for (lot, kind) in doubts {
        discrepancies::open(tx, lot, take.place_id, kind, wanted[&lot], take.sale_id).await?;
    }
    for (lot, missing) in &short {
        discrepancies::open(tx, *lot, take.place_id, "overdraw", *missing, take.sale_id).await?;
    }
    Ok(take
        .lines
        .iter()
        .filter_map(|line| Some(taken(line, lots.get(&line.lot_id)?, &mut short)))
        .collect())
}

fn taken(line: &TakeLine, lot: &LotFacts, short: &mut BTreeMap<LotId, i64>) -> Taken {
    let missing = short.get_mut(&line.lot_id);
    let overdrawn = missing.map_or(0, |missing| {
        let part = (*missing).min(line.quantity);
        *missing -= part;
        part
    });
    Taken {
        lot_id: line.lot_id,
        quantity: line.quantity,
        product_id: lot.product_id,
        name_fa: lot.name_fa.clone(),
        name_en: lot.name_en.clone(),
        contact_id: lot.contact_id,
        agreement_id: lot.agreement_id,
        commission_bp: lot.commission_bp,
        unit_price: lot.price,
        tax_class: lot.tax_class.clone().unwrap_or_default(),
        overdrawn,
    }
}

async fn lots(tx: &mut Tx, ids: impl Iterator<Item = LotId>) -> Result<BTreeMap<LotId, LotFacts>> {
    let ids: Vec<Value> = ids.map(Value::from).collect();
    let marks: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
    let found: Vec<LotFacts> = sql(format!(
        "SELECT l.id, l.code, l.product_id, p.name_fa, p.name_en, l.contact_id, l.agreement_id, l.commission_bp,
         l.unit_price AS price, l.expires_on, p.tax_class
         FROM lot l JOIN product_card p ON p.id = l.product_id WHERE l.id IN ({})",
        marks.join(", ")
    ))
    .bind_all(ids)
    .all(tx)
    .await?;
    Ok(found.into_iter().map(|lot| (lot.id, lot)).collect())
}

/// Lots that may not be sold on that day: refused, or for a paid sale told as discrepancies.
async fn doubts(
    tx: &mut Tx,
    take: &SaleTake,
    lots: &BTreeMap<LotId, LotFacts>,
) -> Result<Vec<(LotId, &'static str)>> {
    let products: Vec<ProductId> = lots.values().map(|lot| lot.product_id).collect();
    let unsellable = makers::unsellable(tx, &products, take.sold_on).await?;
    let mut doubts = Vec::new();
    for lot in lots.values() {
        if lot.expires_on.is_some_and(|day| day < take.sold_on) {
            if !take.may_overdraw {
                return LOT_EXPIRED.with(&[("code", lot.code.clone())]);
            }
            doubts.push((lot.id, "expired"));
        } else if unsellable.contains(&lot.product_id) {
            if !take.may_overdraw {
                return NOT_FOR_SALE.with(&[("code", lot.code.clone())]);
            }
            doubts.push((lot.id, "not_approved"));
        }
    }
    Ok(doubts)
}

/// Lowers the balances in one statement, lots in order, and writes the movements. Gives the
/// pieces that were not there, per lot.
async fn lower(
    tx: &mut Tx,
    take: &SaleTake,
    wanted: &BTreeMap<LotId, i64>,
    lots: &BTreeMap<LotId, LotFacts>,
) -> Result<BTreeMap<LotId, i64>> {
    if take.may_overdraw {
        make_rows(tx, take.place_id, wanted.keys()).await?;
    }
    let mut values = vec![Value::from(take.place_id)];
    let mut tuples = String::new();
    for (lot, quantity) in wanted {
        let comma = if tuples.is_empty() { "" } else { "," };
        let _ = write!(
            tuples,
            "{comma}(${},${})",
            values.len() + 1,
            values.len() + 2
        );
        values.extend([Value::from(*lot), Value::from(*quantity)]);
    }
    let condition = if take.may_overdraw {
        ""
    } else {
        "AND on_hand >= wanted"
    };
    let rows = sql(format!(
        "WITH taking (lot, wanted) AS (VALUES {tuples})
         UPDATE stock SET on_hand = on_hand - wanted, sequence = sequence + 1,
         overdrawn = overdrawn + CASE WHEN on_hand >= wanted THEN 0 WHEN on_hand > 0 THEN wanted - on_hand ELSE wanted END
         FROM taking WHERE lot_id = lot AND place_id = $1 {condition} RETURNING lot_id, on_hand, sequence"
    ))
    .bind_all(values)
    .rows(tx)
    .await?;
    let mut after: BTreeMap<LotId, (i64, i64)> = BTreeMap::new();
    for row in rows {
        after.insert(
            row.get("lot_id")?,
            (row.get("on_hand")?, row.get("sequence")?),
        );
    }
    let mut short = BTreeMap::new();
    let mut list = Vec::with_capacity(wanted.len());
    for (lot, quantity) in wanted {
        let Some((balance, sequence)) = after.get(lot) else {
            let code = lots
                .get(lot)
                .map_or_else(String::new, |lot| lot.code.clone());
            return NOT_ENOUGH.with(&[("code", code)]);
        };
        let missing = (-balance).clamp(0, *quantity);
        if missing > 0 {
            short.insert(*lot, missing);
        }
        list.push(NewMovement {
            lot_id: *lot,
            place_id: take.place_id,
            sequence: *sequence,
            kind: MovementKind::Sale,
            quantity: -quantity,
            balance: *balance,
            document_kind: "sale",
            document_id: take.sale_id,
            payer: None,
            reason: String::new(),
        });
    }
    movements::insert(tx, list).await?;
    Ok(short)
}

/// A piece in a customer's hand is sellable even where the system never saw its lot.
async fn make_rows(tx: &mut Tx, place: PlaceId, lots: impl Iterator<Item = &LotId>) -> Result<()> {
    for lot in lots {
        sql("INSERT INTO stock (lot_id, place_id, on_hand, overdrawn, sequence) VALUES ($1, $2, 0, 0, 0)
             ON CONFLICT (lot_id, place_id) DO NOTHING")
        .bind(*lot)
        .bind(place)
        .execute(tx)
        .await?;
    }
    Ok(())
}

/// A customer brings goods back.
#[derive(Clone, Debug)]
pub struct GoodsBack {
    /// The return, as the movements' document.
    pub return_id: Uuid,
    /// Where.
    pub place_id: PlaceId,
    /// The goods.
    pub lines: Vec<ReturnLine>,
}

/// One line of a return.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ReturnLine {
    /// Which lot.
    pub lot_id: LotId,
    /// Pieces, more than nothing.
    pub quantity: i64,
    /// Who bears the damage; none when the goods can be sold again.
    pub damage_payer: Option<Payer>,
}

/// Puts returned goods back on the shelf, or books their damage, inside the return's own write.
pub async fn return_goods(tx: &mut Tx, back: &GoodsBack) -> Result<()> {
    if back.lines.is_empty() || back.lines.iter().any(|line| line.quantity <= 0) {
        return COUNT_POSITIVE.at("lines");
    }
    let mut lines = back.lines.clone();
    lines.sort_by_key(|line| line.lot_id);
    for line in lines {
        let entered = movements::enter(tx, line.lot_id, back.place_id, line.quantity).await;
        let Some((balance, sequence)) = entered.map_err(unknown_lot)? else {
            return LOT_UNKNOWN.refuse();
        };
        let kind = match line.damage_payer {
            None => MovementKind::ReturnResellable,
            Some(_) => MovementKind::ReturnDamaged,
        };
        let movement = |kind, quantity, balance, sequence| NewMovement {
            lot_id: line.lot_id,
            place_id: back.place_id,
            sequence,
            kind,
            quantity,
            balance,
            document_kind: "return",
            document_id: back.return_id,
            payer: line.damage_payer,
            reason: String::new(),
        };
        let mut list = vec![movement(kind, line.quantity, balance, sequence)];
        if line.damage_payer.is_some() {
            // What came back broken leaves again at once, so that nothing is counted twice.
            sql("UPDATE stock SET on_hand = on_hand - $3, sequence = sequence + 1 WHERE lot_id = $1 AND place_id = $2")
                .bind(line.lot_id)
                .bind(back.place_id)
                .bind(line.quantity)
                .execute_one(tx)
                .await?;
            list.push(movement(
                MovementKind::Breakage,
                -line.quantity,
                balance - line.quantity,
                sequence + 1,
            ));
        }
        movements::insert(tx, list).await?;
    }
    Ok(())
}

fn unknown_lot(error: db::Error) -> db::Error {
    match error {
        db::Error::MissingReference => db::Error::Refused(db::Refusal {
            reason: &LOT_UNKNOWN,
            field: None,
            args: Vec::new(),
        }),
        other => other,
    }
}
