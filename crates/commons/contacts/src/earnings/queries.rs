//! All SQL of earnings.

use db::{Conn, Result, Tx, sql};
use money::Rial;
use persian::Date;
use uuid::Uuid;

use crate::ContactId;

/// Notes that a paid line has reached a contact. The same line again changes nothing.
pub async fn record(
    tx: &mut Tx,
    contact: ContactId,
    payout_line: Uuid,
    amount: Rial,
    day: Date,
) -> Result<()> {
    sql(
        "INSERT INTO earning (id, contact_id, payout_line_id, amount, earned_on, made_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (payout_line_id) DO NOTHING",
    )
    .bind(tx.new_id())
    .bind(contact)
    .bind(payout_line)
    .bind(amount)
    .bind(day)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Notes that a paid line came back from the bank: it no longer counts. Once for a line; a line
/// that never arrived changes nothing.
pub async fn take_back(tx: &mut Tx, payout_line: Uuid, day: Date) -> Result<()> {
    sql(
        "INSERT INTO earning_return (earning_id, returned_on, made_at)
         SELECT id, $2, $3 FROM earning WHERE payout_line_id = $1
         ON CONFLICT (earning_id) DO NOTHING",
    )
    .bind(payout_line)
    .bind(day)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// What reached a contact from `from` to `to`, both days included.
pub async fn between(conn: &mut Conn, contact: ContactId, from: Date, to: Date) -> Result<Rial> {
    sql(
        "SELECT CAST(coalesce(sum(amount), 0) AS bigint) AS value FROM earning_card
         WHERE contact_id = $1 AND earned_on >= $2 AND earned_on <= $3",
    )
    .bind(contact)
    .bind(from)
    .bind(to)
    .scalar(conn)
    .await
}

/// The day of the first payment; none before it.
pub async fn first_day(conn: &mut Conn, contact: ContactId) -> Result<Option<Date>> {
    sql("SELECT min(earned_on) AS value FROM earning_card WHERE contact_id = $1")
        .bind(contact)
        .scalar(conn)
        .await
}
