//! Busy quarters: one person is never expected in two places at once.

use db::{Conn, FromRow, Result, Tx, Value, sql, update_many};
use persian::Timestamp;
use uuid::Uuid;

const QUARTER: i64 = 15 * 60;

db::text_enum! {
    /// What somebody is busy with.
    pub enum BusyWith {
        /// A session of a course.
        Session = "session",
        /// A consultation.
        Consultation = "consultation",
    }
}

/// A quarter of an hour that is taken.
#[derive(Clone, Debug, FromRow)]
pub struct Clash {
    /// Whose: a person, or a user who teaches.
    pub holder_id: Uuid,
    /// Which quarter.
    pub starts_at: Timestamp,
    /// By what.
    pub kind: BusyWith,
    /// By which session or consultation.
    pub record_id: Uuid,
}

/// A stretch of time for one record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    pub from: Timestamp,
    pub until: Timestamp,
    pub record: Uuid,
}

impl Stretch {
    fn quarters(self) -> impl Iterator<Item = Timestamp> {
        let first = self.from.unix().div_euclid(QUARTER);
        let last = (self.until.unix() + QUARTER - 1).div_euclid(QUARTER);
        (first..last).map(|quarter| Timestamp::from_unix(quarter * QUARTER))
    }
}

/// Takes all quarters of the stretches for a holder. False when one of them was taken: then
/// nothing of this holder and these records is left behind.
pub(crate) async fn take(
    tx: &mut Tx,
    holder: Uuid,
    kind: BusyWith,
    stretches: &[Stretch],
) -> Result<bool> {
    let mut rows: Vec<(Timestamp, Uuid)> = stretches
        .iter()
        .flat_map(|stretch| stretch.quarters().map(|at| (at, stretch.record)))
        .collect();
    // One order for all, so that two writers wait for each other instead of locking up.
    rows.sort_unstable();
    let wanted = rows.len() as u64;
    let rows: Vec<Vec<Value>> = rows
        .into_iter()
        .map(|(at, record)| vec![holder.into(), at.into(), kind.into(), record.into()])
        .collect();
    // WHERE TRUE tells SQLite that ON belongs to the INSERT.
    let insert = "INSERT INTO busy_quarter (holder_id, starts_at, kind, record_id)
                  SELECT holder_id, starts_at, kind, record_id FROM v WHERE TRUE ON CONFLICT DO NOTHING";
    let taken = update_many(
        tx,
        "v(holder_id, starts_at, kind, record_id)",
        4,
        insert,
        rows,
    )
    .await?;
    if taken == wanted {
        return Ok(true);
    }
    for stretch in stretches {
        release(tx, stretch.record, Some(holder)).await?;
    }
    Ok(false)
}

/// Frees what a record holds, for one holder or for all.
pub(crate) async fn release(tx: &mut Tx, record: Uuid, holder: Option<Uuid>) -> Result<()> {
    let query = match holder {
        Some(holder) => sql("DELETE FROM busy_quarter WHERE record_id = $1 AND holder_id = $2")
            .bind(record)
            .bind(holder),
        None => sql("DELETE FROM busy_quarter WHERE record_id = $1").bind(record),
    };
    query.execute(tx).await.map(drop)
}

/// What stands in the way of a holder between two instants, if anything.
pub async fn find_clash(
    conn: &mut Conn,
    holder: Uuid,
    from: Timestamp,
    until: Timestamp,
) -> Result<Option<Clash>> {
    let from = Timestamp::from_unix(from.unix().div_euclid(QUARTER) * QUARTER);
    sql(
        "SELECT holder_id, starts_at, kind, record_id FROM busy_quarter
         WHERE holder_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at",
    )
    .bind(holder)
    .bind(from)
    .bind(until)
    .optional(conn)
    .await
}
