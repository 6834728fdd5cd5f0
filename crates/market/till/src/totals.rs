//! The city's books and shelves at one instant, for whoever proves them.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::http::StatusCode;
use db::{Conn, Result, sql};
use ledger::MONEY_READ;
use persian::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use web::Outcome;

pub(crate) fn routes() -> Routes {
    Routes::new().api_get("/api/v1/totals", Need::May(&MONEY_READ), show)
}

/// The books and the shelves at one instant; amounts in rials.
#[derive(Serialize, JsonSchema)]
pub struct Totals {
    /// The instant.
    pub as_of: Timestamp,
    /// All debits.
    pub debits: i64,
    /// All credits.
    pub credits: i64,
    /// Where the pieces are.
    pub pieces: Pieces,
    /// What the city owes.
    pub payables: i64,
    /// On its way to the bank.
    pub payouts_pending: i64,
    /// Confirmed by the bank.
    pub payouts_confirmed: i64,
}

/// How pieces came and went; the parts sum to what is on hand.
#[derive(Serialize, JsonSchema)]
pub struct Pieces {
    /// Taken in.
    pub received: i64,
    /// Sold.
    pub sold: i64,
    /// Brought back by customers.
    pub returned_by_customer: i64,
    /// Given back to makers.
    pub returned_to_maker: i64,
    /// Lost or spoilt.
    pub lost: i64,
    /// On the shelves.
    pub on_hand: i64,
}

async fn show(ask: Ask) -> Outcome<impl Gives> {
    let totals = totals(&mut ask.read().await?, ask.now()).await?;
    ask.json(StatusCode::OK, &totals)
}

/// The ways pieces come and go, by movement kind. What is none of the named is a loss (or, when
/// found by counting, less of one), so that the parts always sum to what is on hand.
const PIECES: &str = "\
     (SELECT CAST(coalesce(sum(on_hand), 0) AS bigint) FROM stock_card) AS on_hand,
     m.received, m.sold, m.returned_by_customer, m.returned_to_maker, m.lost
     FROM (SELECT
         CAST(coalesce(sum(CASE WHEN kind = 'intake' THEN quantity ELSE 0 END), 0) AS bigint) AS received,
         CAST(coalesce(sum(CASE WHEN kind = 'sale' THEN -quantity ELSE 0 END), 0) AS bigint) AS sold,
         CAST(coalesce(sum(CASE WHEN kind IN ('return_resellable', 'return_damaged') THEN quantity
             ELSE 0 END), 0) AS bigint) AS returned_by_customer,
         CAST(coalesce(sum(CASE WHEN kind = 'return_to_producer' THEN -quantity ELSE 0 END), 0)
             AS bigint) AS returned_to_maker,
         CAST(coalesce(sum(CASE WHEN kind IN ('intake', 'sale', 'return_resellable', 'return_damaged',
             'return_to_producer') THEN 0 ELSE -quantity END), 0) AS bigint) AS lost
         FROM movement_card) m";

/// Money and pieces in one statement, so that no sale lies between two of its figures.
pub async fn totals(conn: &mut Conn, now: Timestamp) -> Result<Totals> {
    let rows = sql(format!("SELECT {}, {PIECES}", ledger::TOTALS_COLUMNS))
        .rows(conn)
        .await?;
    let row = rows.first().ok_or(db::Error::NotFound)?;
    let figure = |name: &str| row.get::<i64>(name);
    Ok(Totals {
        as_of: now,
        debits: figure("debits")?,
        credits: figure("credits")?,
        pieces: Pieces {
            received: figure("received")?,
            sold: figure("sold")?,
            returned_by_customer: figure("returned_by_customer")?,
            returned_to_maker: figure("returned_to_maker")?,
            lost: figure("lost")?,
            on_hand: figure("on_hand")?,
        },
        payables: figure("payables")?,
        payouts_pending: figure("payouts_pending")?,
        payouts_confirmed: figure("payouts_confirmed")?,
    })
}
