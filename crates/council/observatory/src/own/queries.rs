use db::{Conn, FromRow, Result, Row as DbRow, sql};
use uuid::Uuid;

use super::{Link, Row};
use crate::document::{Signed, Succession};

/// This city's place in the national list; none before somebody set it.
pub async fn link(conn: &mut Conn) -> Result<Option<Link>> {
    sql("SELECT code, address, set_at FROM observatory_link ORDER BY id DESC LIMIT 1")
        .optional(conn)
        .await
}

/// The public keys this city has signed with, oldest first.
pub(super) async fn public_keys(conn: &mut Conn) -> Result<Vec<String>> {
    sql("SELECT public_key AS value FROM statistics_key ORDER BY first_used_at, generation")
        .scalars(conn)
        .await
}

/// How one key followed the other, oldest first; where a key was gone too early, nothing says so.
pub async fn successions(conn: &mut Conn) -> Result<Vec<Succession>> {
    let rows = sql(
        "SELECT statement, signature FROM statistics_key WHERE statement IS NOT NULL
         ORDER BY first_used_at, generation",
    )
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            let statement: String = row.get("statement")?;
            Ok(Succession {
                statement: serde_json::from_str(&statement)?,
                signature: row.get("signature")?,
            })
        })
        .collect()
}

struct Kept {
    id: Uuid,
    body: String,
    public_key: String,
    signature: String,
}

impl FromRow for Kept {
    fn from_row(row: &DbRow) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            body: row.get("body")?,
            public_key: row.get("public_key")?,
            signature: row.get("signature")?,
        })
    }
}

async fn signed(conn: &mut Conn, kept: Option<Kept>) -> Result<Option<Signed>> {
    let Some(kept) = kept else { return Ok(None) };
    Ok(Some(Signed {
        document: serde_json::from_str(&kept.body)?,
        key: kept.public_key,
        signature: kept.signature,
        successions: successions(conn).await?,
    }))
}

const KEPT: &str = "SELECT id, body, public_key, signature FROM signed_statistics";

/// What was signed last; none before the first.
pub async fn newest(conn: &mut Conn) -> Result<Option<Signed>> {
    let kept = sql(format!("{KEPT} ORDER BY number DESC LIMIT 1"))
        .optional(conn)
        .await?;
    signed(conn, kept).await
}

/// The digest of what was signed last.
pub(super) async fn newest_digest(conn: &mut Conn) -> Result<Option<String>> {
    sql("SELECT digest AS value FROM signed_statistics ORDER BY number DESC LIMIT 1")
        .optional_scalar(conn)
        .await
}

/// A document of the chain by its number.
pub async fn numbered(conn: &mut Conn, number: i64) -> Result<Option<Signed>> {
    let kept = sql(format!("{KEPT} WHERE number = $1"))
        .bind(number)
        .optional(conn)
        .await?;
    signed(conn, kept).await
}

/// What the observatory has not taken yet, in the order of the chain.
pub(super) async fn waiting(conn: &mut Conn) -> Result<Vec<(Uuid, Signed)>> {
    let kept: Vec<Kept> = sql(format!(
        "{KEPT} WHERE NOT EXISTS (SELECT 1 FROM statistics_sending t
         WHERE t.signed_id = signed_statistics.id AND t.state = 'sent') ORDER BY number"
    ))
    .all(conn)
    .await?;
    let mut waiting = Vec::with_capacity(kept.len());
    for one in kept {
        let id = one.id;
        waiting.extend(signed(conn, Some(one)).await?.map(|signed| (id, signed)));
    }
    Ok(waiting)
}

/// The newest documents, newest first.
pub(super) async fn rows(conn: &mut Conn) -> Result<Vec<Row>> {
    sql(
        "SELECT s.id, s.number, s.day, s.digest, s.public_key, s.signed_at, t.state, t.answer
         FROM signed_statistics s LEFT JOIN statistics_sending t ON t.signed_id = s.id
         ORDER BY s.number DESC LIMIT 100",
    )
    .all(conn)
    .await
}
