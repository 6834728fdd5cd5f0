//! All SQL of payees.

use db::{Conn, Error, Keys, Result, SealedText, Tx, sql};
use persian::Timestamp;
use uuid::Uuid;

use super::{NameCheck, Payee, PayeeId, PayeeState, ProposePayee};
use crate::ContactId;

const COLUMNS: &str = "p.id, p.contact_id, p.organization_id, p.kind, p.state, p.holder_name, p.sheba_last4, \
     p.bank_code, p.reason_sealed, p.name_check, p.check_reason_sealed, p.changed_by, p.changed_at, p.decided_by, p.decided_at, \
     p.cooling_until, p.ended_at";

/// A payee by its id.
pub async fn get(conn: &mut Conn, id: PayeeId) -> Result<Payee> {
    sql(format!("SELECT {COLUMNS} FROM payee p WHERE p.id = $1"))
        .bind(id)
        .one(conn)
        .await
}

/// Where a contact's money goes now; none until somebody approved one.
pub async fn current(conn: &mut Conn, contact: ContactId) -> Result<Option<Payee>> {
    sql(format!(
        "SELECT {COLUMNS} FROM payee p WHERE p.contact_id = $1 AND p.state = 'approved'"
    ))
    .bind(contact)
    .optional(conn)
    .await
}

/// All payees a contact ever had, newest first.
pub async fn history(conn: &mut Conn, contact: ContactId) -> Result<Vec<Payee>> {
    sql(format!(
        "SELECT {COLUMNS} FROM payee p WHERE p.contact_id = $1 ORDER BY p.id DESC"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// Payees these bodies proposed that wait, oldest first: those after `after`, at most `most`.
pub async fn list_pending(
    conn: &mut Conn,
    bodies: &[Uuid],
    after: Option<PayeeId>,
    most: i64,
) -> Result<Vec<Payee>> {
    if bodies.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (3..3 + bodies.len())
        .map(|number| format!("${number}"))
        .collect();
    sql(format!(
        "SELECT {COLUMNS} FROM payee p WHERE p.state = 'proposed' AND p.id > $1
         AND p.organization_id IN ({}) ORDER BY p.id LIMIT $2",
        marks.join(", ")
    ))
    .bind(after.map_or(Uuid::nil(), PayeeId::get))
    .bind(most)
    .bind_all(bodies.iter().map(|body| db::Value::from(*body)))
    .all(conn)
    .await
}

/// The Sheba in the clear, for a bank file; none at a counter.
pub async fn sheba(conn: &mut Conn, keys: &Keys, id: PayeeId) -> Result<Option<String>> {
    let sealed: Option<Vec<u8>> = sql("SELECT sheba_sealed AS value FROM payee WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await?;
    let open = |sealed: Vec<u8>| {
        keys.open_sealed("payee", "sheba", id.get(), &sealed)
            .map_err(Error::other)
    };
    sealed.map(open).transpose()
}

/// Writes a proposal.
pub(super) async fn create(tx: &mut Tx, new: &ProposePayee) -> Result<()> {
    let sheba = new.sheba.as_ref();
    let user = tx.origin().user;
    sql("INSERT INTO payee (id, contact_id, organization_id, kind, state, holder_name, sheba_sealed, sheba_hash,
         sheba_last4, bank_code, reason_sealed, name_check, changed_by, changed_at)
         VALUES ($1, $2, $3, $4, 'proposed', $5, $6, $7, $8, $9, $10, 'not_asked', $11, $12)")
    .bind(new.id)
    .bind(new.contact)
    .bind(new.organization)
    .bind(new.kind)
    .bind(&new.holder_name)
    .bind(sheba.map(|sheba| sheba.sealed.clone()))
    .bind(sheba.map(|sheba| sheba.hash.kept()))
    .bind(sheba.map_or("", |sheba| sheba.last4.as_str()))
    .bind(sheba.map_or("", |sheba| sheba.bank_code.as_str()))
    .bind(new.reason.as_ref().map(SealedText::bytes))
    .bind(user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

/// Ends the proposals of a contact that still wait.
pub(super) async fn take_back(tx: &mut Tx, contact: ContactId) -> Result<u64> {
    sql("UPDATE payee SET state = 'ended', ended_at = $2 WHERE contact_id = $1 AND state = 'proposed'")
        .bind(contact)
        .bind(tx.now())
        .execute(tx)
        .await
}

/// Decides on a payee that waits, with what the bank said of the name and why that is no
/// hindrance; gives how many rows that were: 1, or 0 when it waits no more.
pub(super) async fn decide(
    tx: &mut Tx,
    id: PayeeId,
    state: PayeeState,
    (name_check, check_reason): (NameCheck, Option<&SealedText>),
    cooling_until: Option<Timestamp>,
) -> Result<u64> {
    let user = tx.origin().user;
    sql(
        "UPDATE payee SET state = $2, name_check = $3, cooling_until = $4, decided_by = $5,
         decided_at = $6, check_reason_sealed = $7 WHERE id = $1 AND state = 'proposed'",
    )
    .bind(id)
    .bind(state)
    .bind(name_check)
    .bind(cooling_until)
    .bind(user)
    .bind(tx.now())
    .bind(check_reason.map(SealedText::bytes))
    .execute(tx)
    .await
}

/// Writes the first proposals of contacts that were made in this transaction.
pub async fn propose_many(tx: &mut Tx, list: &[ProposePayee]) -> Result<u64> {
    let (user, now) = (tx.origin().user, tx.now());
    let rows = list.iter().map(|new| {
        let sheba = new.sheba.as_ref();
        vec![
            new.id.into(),
            new.contact.into(),
            new.organization.into(),
            new.kind.into(),
            PayeeState::Proposed.into(),
            (&new.holder_name).into(),
            sheba.map(|sheba| sheba.sealed.clone()).into(),
            sheba.map(|sheba| sheba.hash.kept()).into(),
            sheba.map_or("", |sheba| sheba.last4.as_str()).into(),
            sheba.map_or("", |sheba| sheba.bank_code.as_str()).into(),
            new.reason.as_ref().map(SealedText::bytes).into(),
            NameCheck::NotAsked.into(),
            user.into(),
            now.into(),
        ]
    });
    let rows = rows.collect();
    let head = "INSERT INTO payee (id, contact_id, organization_id, kind, state, holder_name, \
         sheba_sealed, sheba_hash, sheba_last4, bank_code, reason_sealed, name_check, changed_by, changed_at)";
    db::insert_many(tx, head, 14, rows).await
}
