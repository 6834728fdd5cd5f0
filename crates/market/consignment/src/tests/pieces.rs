//! Pieces of the whole city, as movements tell them.

use db::{Conn, Result, sql};
use serde::Serialize;

/// Pieces since the beginning, all from movements:
/// `received + returned_by_customer - sold - returned_to_maker - lost = on_hand`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Pieces {
    /// Taken over from makers.
    pub received: i64,
    /// Sold, whatever came back later.
    pub sold: i64,
    /// Brought back by customers.
    pub returned_by_customer: i64,
    /// Given back to makers.
    pub returned_to_maker: i64,
    /// All other losses less what was found.
    pub lost: i64,
    /// There now.
    pub on_hand: i64,
}

/// The pieces of the whole city.
pub async fn pieces(conn: &mut Conn) -> Result<Pieces> {
    let rows = sql(
        "SELECT kind, CAST(sum(quantity) AS bigint) AS moved FROM stock_movement GROUP BY kind",
    )
    .rows(conn)
    .await?;
    let mut pieces = Pieces {
        received: 0,
        sold: 0,
        returned_by_customer: 0,
        returned_to_maker: 0,
        lost: 0,
        on_hand: 0,
    };
    for row in rows {
        let moved: i64 = row.get("moved")?;
        match row.get::<String>("kind")?.as_str() {
            "intake" => pieces.received += moved,
            "sale" => pieces.sold -= moved,
            "return_resellable" | "return_damaged" => pieces.returned_by_customer += moved,
            "return_to_producer" => pieces.returned_to_maker -= moved,
            _ => pieces.lost -= moved,
        }
    }
    pieces.on_hand = sql("SELECT CAST(coalesce(sum(on_hand), 0) AS bigint) AS value FROM stock")
        .scalar(conn)
        .await?;
    Ok(pieces)
}
