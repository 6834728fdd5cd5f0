//! All SQL of the books.

use std::collections::BTreeMap;

use db::{Conn, Error, FromRow, Kind, Result, Tx, Value, insert_many, sql, update_many};
use money::{Overflow, Rial};
use persian::{Date, Timestamp};
use uuid::Uuid;

use super::{Account, AccountKind, Entry, EntryKind, UNIT};

/// Opens what accounts are missing and adds to the sums of all, in the order of their ids.
pub(super) async fn keep_sums(tx: &mut Tx, entries: &[Entry]) -> Result<()> {
    let mut sums = BTreeMap::<Uuid, (&Account, Rial, Rial)>::new();
    let too_large = |_: Overflow| Error::other("the sum of an entry does not fit");
    for transfer in entries.iter().flat_map(|entry| &entry.transfers) {
        for (account, is_debit) in [(&transfer.debit, true), (&transfer.credit, false)] {
            let row = sums
                .entry(account.id())
                .or_insert((account, Rial::ZERO, Rial::ZERO));
            let side = if is_debit { &mut row.1 } else { &mut row.2 };
            *side = side.checked_add(transfer.amount).map_err(too_large)?;
        }
    }
    let rows = sums
        .into_iter()
        .map(|(id, (account, debits, credits))| {
            vec![
                id.into(),
                account.kind.into(),
                UNIT.into(),
                account.contact.into(),
                account.place.into(),
                account.day.map_or(Value::Null(Kind::Date), Value::from),
                account.device.as_str().into(),
                debits.into(),
                credits.into(),
            ]
        })
        .collect();
    update_many(
        tx,
        "v(id, kind, unit, contact_id, place_id, on_day, device, debits, credits)",
        9,
        "INSERT INTO account (id, kind, unit, contact_id, place_id, on_day, device, debits, credits)
         SELECT id, kind, unit, contact_id, place_id, on_day, device, debits, credits FROM v WHERE TRUE
         ON CONFLICT (id) DO UPDATE SET debits = account.debits + excluded.debits,
         credits = account.credits + excluded.credits",
        rows,
    )
    .await
    .map(drop)
}

/// Writes entries with their transfers.
pub(super) async fn insert(tx: &mut Tx, entries: Vec<Entry>) -> Result<()> {
    let now = tx.now();
    let mut heads = Vec::with_capacity(entries.len());
    let mut rows = Vec::new();
    for entry in entries {
        heads.push(vec![
            entry.id.into(),
            entry.kind.into(),
            entry.source.into(),
            entry.effective_on.into(),
            entry.reverses.into(),
            entry.memo.into(),
            now.into(),
        ]);
        for transfer in entry.transfers {
            rows.push(vec![
                tx.new_id().into(),
                entry.id.into(),
                transfer.debit.id().into(),
                transfer.credit.id().into(),
                UNIT.into(),
                transfer.amount.into(),
            ]);
        }
    }
    let head =
        "INSERT INTO entry (id, kind, source_id, effective_on, reverses_id, memo, recorded_at)";
    insert_many(tx, head, 7, heads).await?;
    let head = "INSERT INTO transfer (id, entry_id, debit_id, credit_id, unit, amount)";
    insert_many(tx, head, 6, rows).await.map(drop)
}

/// What an account owes (credits less debits); zero for one that was never used.
pub async fn balance(conn: &mut Conn, account: &Account) -> Result<Rial> {
    let found = sql("SELECT credits - debits AS value FROM account WHERE id = $1")
        .bind(account.id())
        .optional_scalar(conn)
        .await?;
    Ok(found.unwrap_or_default())
}

/// An entry as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct EntryRow {
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub kind: EntryKind,
    /// The document behind it.
    pub source_id: Uuid,
    /// The day it counts for.
    pub effective_on: Date,
    /// Words; may be empty.
    pub memo: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// A transfer with its two accounts.
#[derive(Clone, Debug, FromRow)]
pub struct TransferRow {
    /// Its id.
    pub id: Uuid,
    /// The entry it belongs to.
    pub entry_id: Uuid,
    /// Why the entry was made.
    pub entry_kind: EntryKind,
    /// The day it counts for.
    pub effective_on: Date,
    /// The receiving account.
    pub debit_id: Uuid,
    /// What that counts.
    pub debit_kind: AccountKind,
    /// The giving account.
    pub credit_id: Uuid,
    /// What that counts.
    pub credit_kind: AccountKind,
    /// How much.
    pub amount: Rial,
}

const TRANSFERS: &str = "SELECT t.id, t.entry_id, e.kind AS entry_kind, e.effective_on, t.debit_id,
     d.kind AS debit_kind, t.credit_id, c.kind AS credit_kind, t.amount
     FROM transfer t JOIN entry e ON e.id = t.entry_id
     JOIN account d ON d.id = t.debit_id JOIN account c ON c.id = t.credit_id";

/// One entry.
pub async fn entry(conn: &mut Conn, id: Uuid) -> Result<EntryRow> {
    sql("SELECT id, kind, source_id, effective_on, memo, recorded_at FROM entry WHERE id = $1")
        .bind(id)
        .one(conn)
        .await
}

/// The entries a document caused, in order.
pub async fn entries_of(conn: &mut Conn, source: Uuid) -> Result<Vec<EntryRow>> {
    sql(
        "SELECT id, kind, source_id, effective_on, memo, recorded_at FROM entry
         WHERE source_id = $1 ORDER BY id",
    )
    .bind(source)
    .all(conn)
    .await
}

/// The transfers of an entry.
pub async fn transfers_of(conn: &mut Conn, entry: Uuid) -> Result<Vec<TransferRow>> {
    sql(format!("{TRANSFERS} WHERE t.entry_id = $1 ORDER BY t.id"))
        .bind(entry)
        .all(conn)
        .await
}

/// An account as it is kept, with its maker's and shop's names where it has them.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct AccountRow {
    pub id: Uuid,
    pub kind: AccountKind,
    pub on_day: Option<Date>,
    pub device: String,
    pub debits: Rial,
    pub credits: Rial,
    pub handle: Option<String>,
    pub place_fa: Option<String>,
    pub place_en: Option<String>,
}

const ACCOUNTS: &str = "SELECT a.id, a.kind, a.on_day, a.device, a.debits, a.credits, c.handle,
     p.name_fa AS place_fa, p.name_en AS place_en FROM account a
     LEFT JOIN contact_card c ON c.id = a.contact_id LEFT JOIN place_card p ON p.id = a.place_id";

/// One account.
pub(crate) async fn account(conn: &mut Conn, id: Uuid) -> Result<AccountRow> {
    sql(format!("{ACCOUNTS} WHERE a.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// The accounts of a kind, after one of them, at most `most`.
pub(crate) async fn accounts(
    conn: &mut Conn,
    kind: AccountKind,
    after: Uuid,
    most: i64,
) -> Result<Vec<AccountRow>> {
    sql(format!(
        "{ACCOUNTS} WHERE a.kind = $1 AND a.id > $2 ORDER BY a.id LIMIT $3"
    ))
    .bind(kind)
    .bind(after)
    .bind(most)
    .all(conn)
    .await
}

/// The sums of each kind of account: kind, debits, credits.
pub(crate) async fn sums(conn: &mut Conn) -> Result<Vec<(AccountKind, Rial, Rial)>> {
    let rows = sql("SELECT kind, CAST(sum(debits) AS bigint) AS debits,
                    CAST(sum(credits) AS bigint) AS credits FROM account GROUP BY kind ORDER BY kind")
        .rows(conn)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("kind")?, row.get("debits")?, row.get("credits")?)))
        .collect()
}

/// The transfers of an account, newest first, before one of them.
pub(crate) async fn transfers_on(
    conn: &mut Conn,
    account: Uuid,
    before: Uuid,
    most: i64,
) -> Result<Vec<TransferRow>> {
    // Two halves, each walked along its own index.
    sql(format!(
        "SELECT * FROM ({TRANSFERS} WHERE t.debit_id = $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3) d
         UNION ALL
         SELECT * FROM ({TRANSFERS} WHERE t.credit_id = $1 AND t.id < $2 ORDER BY t.id DESC LIMIT $3) c
         ORDER BY id DESC LIMIT $3"
    ))
    .bind(account)
    .bind(before)
    .bind(most)
    .all(conn)
    .await
}
