//! What was scanned and not yet sold.

use consignment::LotId;
use db::{Conn, FromRow, Result, Tx, Write, sql};
use money::Rial;
use organizations::PlaceId;
use persian::Lang;
use serde::Serialize;
use uuid::Uuid;

use crate::registers::RegisterId;
use crate::sales::BAD_QUANTITY;

/// A line of the basket, priced by its lot.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct BasketLine {
    pub lot_id: LotId,
    pub code: String,
    pub name_fa: String,
    pub name_en: String,
    pub quantity: i64,
    pub price: Rial,
    pub on_hand: i64,
}

impl BasketLine {
    pub(crate) fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::En if !self.name_en.is_empty() => &self.name_en,
            _ => &self.name_fa,
        }
    }

    pub(crate) fn amount(&self) -> Rial {
        // A basket's quantity and a lot's price are bounded; were they not, the sale refuses.
        self.price.checked_mul(self.quantity).unwrap_or(Rial::MAX)
    }
}

/// The basket of a seller at a register, the last scanned first.
pub(crate) async fn lines(
    conn: &mut Conn,
    register: RegisterId,
    place: PlaceId,
    seller: Uuid,
) -> Result<Vec<BasketLine>> {
    sql("SELECT b.lot_id, l.code, p.name_fa, p.name_en, b.quantity, l.price,
         coalesce(s.on_hand, 0) AS on_hand
         FROM basket_line b JOIN lot_card l ON l.id = b.lot_id JOIN product_card p ON p.id = l.product_id
         LEFT JOIN stock_card s ON s.lot_id = b.lot_id AND s.place_id = $3
         WHERE b.register_id = $1 AND b.seller_id = $2 ORDER BY b.sequence DESC, b.lot_id")
    .bind(register)
    .bind(seller)
    .bind(place)
    .all(conn)
    .await
}

/// Puts pieces of a lot into the basket.
#[derive(Serialize)]
pub(crate) struct AddLine {
    pub register: RegisterId,
    pub seller: Uuid,
    pub lot: LotId,
    pub quantity: i64,
}

impl Write for AddLine {
    const NAME: &'static str = "add_basket_line";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "INSERT INTO basket_line (register_id, seller_id, lot_id, quantity, added_at, sequence)
             SELECT $1, $2, $3, $4, $5, coalesce(max(sequence), 0) + 1 FROM basket_line
             WHERE register_id = $1 AND seller_id = $2
             ON CONFLICT (register_id, seller_id, lot_id) DO UPDATE
             SET quantity = basket_line.quantity + excluded.quantity, sequence = excluded.sequence",
        )
        .bind(self.register)
        .bind(self.seller)
        .bind(self.lot)
        .bind(self.quantity)
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
        .map_err(|error| error.or_reason("ck_basket_line_quantity", &BAD_QUANTITY))
    }
}

/// Sets how many pieces of a lot are in the basket; none takes it out.
#[derive(Serialize)]
pub(crate) struct SetQuantity {
    pub register: RegisterId,
    pub seller: Uuid,
    pub lot: LotId,
    pub quantity: i64,
}

impl Write for SetQuantity {
    const NAME: &'static str = "set_basket_quantity";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let rule = "WHERE register_id = $1 AND seller_id = $2 AND lot_id = $3";
        let query = match self.quantity {
            0 => sql(format!("DELETE FROM basket_line {rule}")),
            _ => sql(format!("UPDATE basket_line SET quantity = $4 {rule}")),
        };
        let query = query.bind(self.register).bind(self.seller).bind(self.lot);
        let query = if self.quantity == 0 {
            query
        } else {
            query.bind(self.quantity)
        };
        query
            .execute(tx)
            .await
            .map(drop)
            .map_err(|error| error.or_reason("ck_basket_line_quantity", &BAD_QUANTITY))
    }
}
