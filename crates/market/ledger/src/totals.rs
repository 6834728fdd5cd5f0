//! The books in a few figures.

use db::{Conn, FromRow, Result, sql};
use money::Rial;
use schemars::JsonSchema;
use serde::Serialize;

/// The books at one instant.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, JsonSchema)]
pub struct Totals {
    /// The sum of all debits.
    pub debits: Rial,
    /// The sum of all credits: always the same.
    pub credits: Rial,
    /// Owed to makers and not on its way.
    pub payables: Rial,
    /// On its way to makers.
    pub payouts_pending: Rial,
    /// Reached makers and did not come back.
    pub payouts_confirmed: Rial,
}

/// The columns of [`Totals`], for a statement that reads other figures at the same instant.
/// Sums are kept per account, so this walks accounts, not transfers.
pub const COLUMNS: &str = "\
     (SELECT CAST(coalesce(sum(debits), 0) AS bigint) FROM account) AS debits,
     (SELECT CAST(coalesce(sum(credits), 0) AS bigint) FROM account) AS credits,
     (SELECT CAST(coalesce(sum(credits - debits), 0) AS bigint) FROM account
      WHERE kind IN ('maker_payable', 'maker_held')) AS payables,
     (SELECT CAST(coalesce(sum(credits - debits), 0) AS bigint) FROM account
      WHERE kind = 'payout_in_transit') AS payouts_pending,
     (SELECT CAST(coalesce(sum(credits - debits), 0) AS bigint) FROM account
      WHERE kind = 'bank') AS payouts_confirmed";

/// The books now, in one statement and therefore at one instant.
pub async fn totals(conn: &mut Conn) -> Result<Totals> {
    sql(format!("SELECT {COLUMNS}")).one(conn).await
}
