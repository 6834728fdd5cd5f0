//! The one way an answer is kept, whatever brought it.

use access::audit;
use db::{Error, Reason, Result, Tx, sql};
use persian::Date;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{AnswerKind, AnswerWay};
use crate::meetings::unsign_since;
use crate::resolutions::{RESOLUTION_CLOSED, ResolutionId};
use crate::wording::{DAY_BEFORE_DECISION, NAME, optional, required, short};

/// All that was brought for the resolution is confirmed: nothing more is asked.
pub const RESOLUTION_PROVEN: Reason = Reason::new("resolution_proven", 409);

/// What is said, before it is kept.
pub(super) struct Said<'a> {
    pub id: Uuid,
    pub resolution: ResolutionId,
    pub kind: AnswerKind,
    pub way: AnswerWay,
    pub wording: &'a str,
    pub reference: &'a str,
    pub answered_on: Date,
}

impl Said<'_> {
    /// Equal for what is the same answer: the same words on the same day, and from a file the same
    /// words whenever it comes again.
    fn mark(&self, wording: &str, reference: &str) -> String {
        let day = match self.way {
            AnswerWay::File => String::new(),
            _ => self.answered_on.to_string(),
        };
        let text = format!("{}\0{}\0{day}\0{wording}\0{reference}", self.kind, self.way);
        data_encoding::HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
    }
}

/// Keeps an answer; true when it is new. «Done» comes with its proof, which a second hand confirms.
/// Minutes that tell of the resolution and are not frozen are to be signed anew.
pub(super) async fn keep(tx: &mut Tx, said: Said<'_>) -> Result<bool> {
    let wording = required(said.wording, "answer", 2_000)?;
    let reference = optional(said.reference, "answer_reference", NAME)?;
    // The resolution's row is held, so nobody repeals it meanwhile.
    let rows = sql("UPDATE resolution SET number = number WHERE id = $1
         RETURNING decided_on, repealed_by_id IS NOT NULL AS is_over")
    .bind(said.resolution)
    .rows(tx)
    .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    if row.get("is_over")? {
        return RESOLUTION_CLOSED.refuse();
    }
    if said.answered_on < row.get("decided_on")? {
        return DAY_BEFORE_DECISION.at("answered_on");
    }
    let mark = said.mark(&wording, &reference);
    let known: i64 = sql(
        "SELECT count(*) AS value FROM resolution_answer WHERE resolution_id = $1 AND mark = $2",
    )
    .bind(said.resolution)
    .bind(&mark)
    .scalar(tx)
    .await?;
    if known > 0 {
        return Ok(false);
    }
    if said.way != AnswerWay::Office && is_proven(tx, said.resolution).await? {
        return RESOLUTION_PROVEN.refuse();
    }
    unsign_since(tx, said.resolution).await?;
    sql(
        "INSERT INTO resolution_answer (id, resolution_id, place, kind, way, mark, wording, reference, answered_on,
         recorded_by, made_at) VALUES ($1, $2,
         (SELECT count(*) + 1 FROM resolution_answer n WHERE n.resolution_id = $2), $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(said.id)
    .bind(said.resolution)
    .bind(said.kind)
    .bind(said.way)
    .bind(mark)
    .bind(&wording)
    .bind(&reference)
    .bind(said.answered_on)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await?;
    if said.kind == AnswerKind::Done {
        // The proof's place holds less than an answer's.
        prove(tx, &said, short(&wording, 999), reference).await?;
    }
    audit::record(
        tx,
        "resolution_answered",
        "resolution",
        Some(said.resolution.get()),
        json!({ "kind": said.kind, "way": said.way }),
    )
    .await?;
    Ok(true)
}

async fn prove(tx: &mut Tx, said: &Said<'_>, note: String, reference: String) -> Result<()> {
    let id = tx.new_id();
    sql(
        "INSERT INTO evidence (id, resolution_id, quantity, note, reference, given_on, recorded_by, made_at)
         VALUES ($1, $2, 1, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(said.resolution)
    .bind(note)
    .bind(reference)
    .bind(said.answered_on)
    .bind(tx.origin().user)
    .bind(tx.now())
    .execute(tx)
    .await
    .map(drop)
}

async fn is_proven(tx: &mut Tx, id: ResolutionId) -> Result<bool> {
    let rows = sql("SELECT count(*) AS given, count(verified_at) AS verified FROM evidence WHERE resolution_id = $1")
        .bind(id)
        .rows(tx)
        .await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let (given, verified): (i64, i64) = (row.get("given")?, row.get("verified")?);
    Ok(given > 0 && given == verified)
}
