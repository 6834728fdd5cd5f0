use access::{Viewer, audit};
use db::{Conn, FromRow, Result, Tx, Value, Write, sql};
use organizations::PlaceId;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::movements::{self, NewMovement};
use super::{ALREADY_RESOLVED, MovementKind};
use crate::receipts::LotId;

/// What shelf and system do not agree on.
#[derive(Clone, Debug, FromRow, Serialize, JsonSchema)]
pub struct Discrepancy {
    /// Its id.
    pub id: Uuid,
    /// Which lot.
    pub lot_id: LotId,
    /// Its label code.
    pub code: String,
    /// Where.
    pub place_id: PlaceId,
    /// `overdraw`, `expired` or `not_approved`.
    pub kind: String,
    /// Pieces.
    pub quantity: i64,
    /// The sale that opened it.
    pub document_id: Uuid,
    /// When.
    pub opened_at: Timestamp,
}

/// Open discrepancies of the viewer's bodies, oldest first.
pub async fn open_discrepancies(conn: &mut Conn, viewer: &Viewer) -> Result<Vec<Discrepancy>> {
    let bodies = viewer.bodies_as(crate::STOCK_READ.roles);
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (1..=bodies.len())
        .map(|place| format!("${place}"))
        .collect();
    sql(format!(
        "SELECT d.id, d.lot_id, l.code, d.place_id, d.kind, d.quantity, d.document_id, d.opened_at
         FROM discrepancy d JOIN lot l ON l.id = d.lot_id WHERE d.state = 'open' AND d.owner_id IN ({})
         ORDER BY d.id LIMIT 200",
        marks.join(", ")
    ))
    .bind_all(bodies.into_iter().map(Value::from))
    .all(conn)
    .await
}

/// The place of a discrepancy.
pub(super) async fn place_of(conn: &mut Conn, id: Uuid) -> Result<PlaceId> {
    sql("SELECT place_id AS value FROM discrepancy WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await
}

pub(super) async fn open(
    tx: &mut Tx,
    lot: LotId,
    place: PlaceId,
    kind: &'static str,
    quantity: i64,
    document: Uuid,
) -> Result<()> {
    let id = tx.new_id();
    sql("INSERT INTO discrepancy (id, lot_id, place_id, kind, quantity, document_id, owner_id, state, resolution,
         opened_at) SELECT $1, $2, p.id, $4, $5, $6, p.organization_id, 'open', '', $7 FROM place_card p WHERE p.id = $3")
        .bind(id)
        .bind(lot)
        .bind(place)
        .bind(kind)
        .bind(quantity)
        .bind(document)
        .bind(tx.now())
        .execute_one(tx)
        .await?;
    let detail =
        serde_json::json!({ "lot": lot, "place": place, "kind": kind, "quantity": quantity });
    audit::record(tx, "discrepancy_opened", "discrepancy", Some(id), detail).await
}

/// Someone looked and explains; for an overdraw the pieces count as found.
#[derive(Clone, Serialize, Deserialize)]
pub struct ResolveDiscrepancy {
    /// Which.
    pub id: Uuid,
    /// What was found.
    pub resolution: String,
}

impl Write for ResolveDiscrepancy {
    const NAME: &'static str = "resolve_discrepancy";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let rows = sql(
            "UPDATE discrepancy SET state = 'resolved', resolution = $2, resolved_by = $3, resolved_at = $4
             WHERE id = $1 AND state = 'open' RETURNING lot_id, place_id, kind, quantity",
        )
        .bind(self.id)
        .bind(&self.resolution)
        .bind(tx.origin().user)
        .bind(tx.now())
        .rows(tx)
        .await?;
        let Some(row) = rows.first() else {
            return ALREADY_RESOLVED.refuse();
        };
        if row.get::<String>("kind")? == "overdraw" {
            self.found(
                tx,
                row.get("lot_id")?,
                row.get("place_id")?,
                row.get("quantity")?,
            )
            .await?;
        }
        audit::record(
            tx,
            "discrepancy_resolved",
            "discrepancy",
            Some(self.id),
            serde_json::json!({}),
        )
        .await
    }
}

impl ResolveDiscrepancy {
    /// The pieces were on the shelf after all: balance and overdraw move together.
    async fn found(&self, tx: &mut Tx, lot: LotId, place: PlaceId, quantity: i64) -> Result<()> {
        let rows = sql(
            "UPDATE stock SET on_hand = on_hand + $3, overdrawn = overdrawn - $3, sequence = sequence + 1
             WHERE lot_id = $1 AND place_id = $2 RETURNING on_hand, sequence",
        )
        .bind(lot)
        .bind(place)
        .bind(quantity)
        .rows(tx)
        .await?;
        let row = rows.first().ok_or(db::Error::NotFound)?;
        let movement = NewMovement {
            lot_id: lot,
            place_id: place,
            sequence: row.get("sequence")?,
            kind: MovementKind::CountGain,
            quantity,
            balance: row.get("on_hand")?,
            document_kind: "discrepancy",
            document_id: self.id,
            payer: None,
            reason: self.resolution.clone(),
        };
        movements::insert(tx, vec![movement]).await
    }
}
