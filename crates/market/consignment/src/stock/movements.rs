use access::audit;
use db::{Result, Tx, Value, Write, insert_many, sql};
use organizations::PlaceId;
use persian::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{COUNT_POSITIVE, MovementKind, NOT_ENOUGH, PAYER_NEEDED, losses};
use crate::agreements::Payer;
use crate::receipts::LotId;

/// One movement to be written, after its balance was changed.
pub(super) struct NewMovement {
    pub lot_id: LotId,
    pub place_id: PlaceId,
    pub sequence: i64,
    pub kind: MovementKind,
    pub quantity: i64,
    pub balance: i64,
    pub document_kind: &'static str,
    pub document_id: Uuid,
    pub payer: Option<Payer>,
    pub reason: String,
}

pub(super) async fn insert(tx: &mut Tx, movements: Vec<NewMovement>) -> Result<()> {
    let (actor, now): (Option<Uuid>, Timestamp) = (tx.origin().user, tx.now());
    let mut rows = Vec::with_capacity(movements.len());
    for movement in movements {
        rows.push(vec![
            tx.new_id().into(),
            movement.lot_id.into(),
            movement.place_id.into(),
            movement.sequence.into(),
            movement.kind.into(),
            movement.quantity.into(),
            movement.balance.into(),
            Value::from(movement.document_kind),
            movement.document_id.into(),
            movement.payer.into(),
            movement.reason.into(),
            actor.into(),
            now.into(),
        ]);
    }
    insert_many(
        tx,
        "INSERT INTO stock_movement (id, lot_id, place_id, sequence, kind, quantity, balance, document_kind,
         document_id, payer, reason, actor, happened_at)",
        13,
        rows,
    )
    .await
    .map(drop)
}

/// New lots arrive at a place: the first movement of each.
pub(crate) async fn take_in(
    tx: &mut Tx,
    place: PlaceId,
    receipt: Uuid,
    lots: &[(LotId, i64)],
) -> Result<()> {
    let rows = lots
        .iter()
        .map(|(lot, quantity)| {
            vec![
                (*lot).into(),
                place.into(),
                (*quantity).into(),
                0_i64.into(),
                1_i64.into(),
            ]
        })
        .collect();
    insert_many(
        tx,
        "INSERT INTO stock (lot_id, place_id, on_hand, overdrawn, sequence)",
        5,
        rows,
    )
    .await?;
    let movements = lots
        .iter()
        .map(|(lot, quantity)| NewMovement {
            lot_id: *lot,
            place_id: place,
            sequence: 1,
            kind: MovementKind::Intake,
            quantity: *quantity,
            balance: *quantity,
            document_kind: "goods_receipt",
            document_id: receipt,
            payer: None,
            reason: String::new(),
        })
        .collect();
    insert(tx, movements).await
}

/// Goods leave a shop without a sale: back to the maker, broken, expired, lost, given away.
#[derive(Clone, Serialize, Deserialize)]
pub struct MoveOut {
    /// The document's id, made by the sender.
    pub id: Uuid,
    /// Which lot.
    pub lot_id: LotId,
    /// From where.
    pub place_id: PlaceId,
    /// Pieces, more than nothing.
    pub quantity: i64,
    /// One of [`MovementKind::LEAVING`].
    pub kind: MovementKind,
    /// Who bears it; a loss needs one.
    pub payer: Option<Payer>,
    /// Why; may be empty for goods given back.
    pub reason: String,
}

impl Write for MoveOut {
    const NAME: &'static str = "move_out";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        move_out(tx, self).await
    }
}

/// [`MoveOut`] inside another write.
pub async fn move_out(tx: &mut Tx, order: &MoveOut) -> Result<()> {
    if order.quantity <= 0 {
        return COUNT_POSITIVE.at("quantity");
    }
    if !MovementKind::LEAVING.contains(&order.kind)
        || (order.kind.needs_payer() && order.payer.is_none())
    {
        return PAYER_NEEDED.at("payer");
    }
    let Some((balance, sequence)) = leave(tx, order.lot_id, order.place_id, order.quantity).await?
    else {
        return NOT_ENOUGH.at("quantity");
    };
    let movement = NewMovement {
        lot_id: order.lot_id,
        place_id: order.place_id,
        sequence,
        kind: order.kind,
        quantity: -order.quantity,
        balance,
        document_kind: "removal",
        document_id: order.id,
        // Goods given back are no loss, whatever was named.
        payer: order.payer.filter(|_| order.kind.needs_payer()),
        reason: order.reason.clone(),
    };
    insert(tx, vec![movement]).await?;
    if order.kind.needs_payer() {
        losses::bear(tx, order).await?;
    }
    let detail = serde_json::json!({ "kind": order.kind, "quantity": order.quantity, "place": order.place_id });
    audit::record(tx, "goods_left", "lot", Some(order.lot_id.get()), detail).await
}

/// Lowers a balance where enough is there; gives the balance and sequence after it.
pub(super) async fn leave(
    tx: &mut Tx,
    lot: LotId,
    place: PlaceId,
    quantity: i64,
) -> Result<Option<(i64, i64)>> {
    changed(
        tx,
        "UPDATE stock SET on_hand = on_hand - $3, sequence = sequence + 1
         WHERE lot_id = $1 AND place_id = $2 AND on_hand >= $3 RETURNING on_hand, sequence",
        lot,
        place,
        quantity,
    )
    .await
}

/// Raises a balance; gives the balance and sequence after it.
pub(super) async fn enter(
    tx: &mut Tx,
    lot: LotId,
    place: PlaceId,
    quantity: i64,
) -> Result<Option<(i64, i64)>> {
    changed(
        tx,
        "INSERT INTO stock (lot_id, place_id, on_hand, overdrawn, sequence) VALUES ($1, $2, $3, 0, 1)
         ON CONFLICT (lot_id, place_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand,
         sequence = stock.sequence + 1 RETURNING on_hand, sequence",
        lot,
        place,
        quantity,
    )
    .await
}

async fn changed(
    tx: &mut Tx,
    statement: &'static str,
    lot: LotId,
    place: PlaceId,
    quantity: i64,
) -> Result<Option<(i64, i64)>> {
    let rows = sql(statement)
        .bind(lot)
        .bind(place)
        .bind(quantity)
        .rows(tx)
        .await?;
    rows.first()
        .map(|row| Ok((row.get("on_hand")?, row.get("sequence")?)))
        .transpose()
}
