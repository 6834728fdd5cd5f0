//! Limits of money: data with a first day.

use std::collections::HashMap;

use db::{Conn, Result, sql};
use money::Rial;
use persian::Date;

/// The limits that hold on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Days between a sale and the day it may be paid.
    pub hold_days: i64,
    /// Less than this is not sent to the bank but waits.
    pub minimum_bank_payout: Rial,
    /// Less than this is not paid at a counter but waits.
    pub minimum_counter_payout: Rial,
    /// The bank takes no order above this.
    pub largest_bank_payout: Rial,
}

/// The limits of a day. Rules are few, so one statement reads them all.
pub async fn on(conn: &mut Conn, day: Date) -> Result<Rules> {
    let rows = sql("SELECT r.code, r.figure FROM money_rule r WHERE r.valid_from =
                    (SELECT max(x.valid_from) FROM money_rule x WHERE x.code = r.code AND x.valid_from <= $1)")
        .bind(day)
        .rows(conn)
        .await?;
    let mut figures = HashMap::<String, i64>::new();
    for row in rows {
        figures.insert(row.get("code")?, row.get("figure")?);
    }
    let figure = |code: &str| figures.get(code).copied().unwrap_or_default();
    Ok(Rules {
        hold_days: figure("hold_days"),
        minimum_bank_payout: Rial::new(figure("minimum_bank_payout")),
        minimum_counter_payout: Rial::new(figure("minimum_counter_payout")),
        largest_bank_payout: Rial::new(figure("largest_bank_payout")),
    })
}
