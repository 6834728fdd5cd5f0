use contacts::ContactId;
use db::{Conn, Result, Tx, sql};
use persian::Date;

use super::{Licence, LicenceId, RecordLicence};

const COLUMNS: &str =
    "SELECT id, contact_id, kind, number, issuer_id, valid_from, valid_until, state FROM licence";

/// A maker's licences, the longest valid first.
pub async fn list(conn: &mut Conn, contact: ContactId) -> Result<Vec<Licence>> {
    sql(format!(
        "{COLUMNS} WHERE contact_id = $1 ORDER BY valid_until DESC, id DESC"
    ))
    .bind(contact)
    .all(conn)
    .await
}

/// The hygiene licence that holds on a day.
pub async fn valid_hygiene(
    conn: &mut Conn,
    contact: ContactId,
    day: Date,
) -> Result<Option<Licence>> {
    sql(format!(
        "{COLUMNS} WHERE contact_id = $1 AND kind = 'hygiene' AND state = 'valid'
         AND valid_from <= $2 AND valid_until >= $2 ORDER BY valid_until DESC, id DESC LIMIT 1"
    ))
    .bind(contact)
    .bind(day)
    .optional(conn)
    .await
}

pub(super) async fn create(tx: &mut Tx, new: &RecordLicence) -> Result<()> {
    sql("INSERT INTO licence (id, contact_id, kind, number, issuer_id, valid_from, valid_until, state,
         source, source_id, recorded_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'valid', $8, $9, $10, $11)")
    .bind(new.id)
    .bind(new.contact_id)
    .bind(new.kind)
    .bind(&new.number)
    .bind(new.issuer_id)
    .bind(new.valid_from)
    .bind(new.valid_until)
    .bind(new.source)
    .bind(new.source_id)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn revoke(tx: &mut Tx, id: LicenceId) -> Result<()> {
    sql("UPDATE licence SET state = 'revoked', revoked_on = $2 WHERE id = $1 AND state = 'valid'")
        .bind(id)
        .bind(tx.today())
        .execute_one(tx)
        .await
}
