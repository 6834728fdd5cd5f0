use db::{Conn, Error, Result, sql};

use super::{Evidence, EvidenceId, Proves};

/// The evidence for one thing, oldest first.
pub async fn list(conn: &mut Conn, proves: Proves) -> Result<Vec<Evidence>> {
    let column = proves.column();
    sql(format!(
        "SELECT id, quantity, note, reference, given_on, recorded_by, verified_at FROM evidence
         WHERE {column} = $1 ORDER BY given_on, id"
    ))
    .bind(proves.id())
    .all(conn)
    .await
}

/// What a piece of evidence proves.
pub(crate) async fn subject(conn: &mut Conn, id: EvidenceId) -> Result<Proves> {
    let rows = sql("SELECT milestone_id, commitment_id, resolution_id FROM evidence WHERE id = $1")
        .bind(id)
        .rows(conn)
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    if let Some(id) = row.get("milestone_id")? {
        return Ok(Proves::Milestone(id));
    }
    if let Some(id) = row.get("commitment_id")? {
        return Ok(Proves::Commitment(id));
    }
    row.get("resolution_id").map(Proves::Resolution)
}
