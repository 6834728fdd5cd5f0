use db::{Conn, FromRow, Result, Row, sql};
use persian::{Date, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{Hang, Standing};
use crate::document::{Document, Signed};

/// Whether a document is here already.
pub(super) async fn is_known(conn: &mut Conn, digest: &str) -> Result<bool> {
    let found: i64 = sql("SELECT count(*) AS value FROM observatory_document WHERE digest = $1")
        .bind(digest)
        .scalar(conn)
        .await?;
    Ok(found > 0)
}

/// Day, then instant of signing, then number: whichever is last is the newest.
const LATER: &str = "(n.day, n.signed_at, n.number, n.id) > (d.day, d.signed_at, d.number, d.id)";

/// How a stored document stands among those of its city.
pub(super) async fn standing(conn: &mut Conn, digest: &str) -> Result<Standing> {
    let later: i64 = sql(format!(
        "SELECT count(*) AS value FROM observatory_document d JOIN observatory_document n ON n.code = d.code
         WHERE d.digest = $1 AND {LATER}"
    ))
    .bind(digest)
    .scalar(conn)
    .await?;
    Ok(match later {
        0 => Standing::Newest,
        _ => Standing::History,
    })
}

/// A document as it is kept.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub code: String,
    /// SHA-256 of its canonical text.
    pub digest: String,
    /// Its canonical text.
    pub body: String,
    /// The key it was signed with.
    pub public_key: String,
    /// The signature.
    pub signature: String,
    /// When it was taken in.
    pub taken_at: Timestamp,
}

impl FromRow for Stored {
    fn from_row(row: &Row) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            code: row.get("code")?,
            digest: row.get("digest")?,
            body: row.get("body")?,
            public_key: row.get("public_key")?,
            signature: row.get("signature")?,
            taken_at: row.get("taken_at")?,
        })
    }
}

impl Stored {
    /// What it says.
    pub fn document(&self) -> Result<Document> {
        Ok(serde_json::from_str(&self.body)?)
    }

    /// As it can be checked by anybody; successions stand in the list of keys.
    pub fn signed(&self) -> Result<Signed> {
        Ok(Signed {
            document: self.document()?,
            key: self.public_key.clone(),
            signature: self.signature.clone(),
            successions: Vec::new(),
        })
    }
}

const STORED: &str = "SELECT d.id, d.code, d.digest, d.body, d.public_key, d.signature, d.taken_at FROM observatory_document d";

/// A document by its digest.
pub async fn document(conn: &mut Conn, digest: &str) -> Result<Option<Stored>> {
    sql(format!("{STORED} WHERE d.digest = $1"))
        .bind(digest)
        .optional(conn)
        .await
}

/// The newest document of a city.
pub async fn newest(conn: &mut Conn, code: &str) -> Result<Option<Stored>> {
    sql(format!(
        "{STORED} WHERE d.code = $1 ORDER BY d.day DESC, d.signed_at DESC, d.number DESC, d.id DESC LIMIT 1"
    ))
    .bind(code)
    .optional(conn)
    .await
}

/// Every document, for the proofs; `after` is the last one read.
pub(crate) async fn page(conn: &mut Conn, after: Option<Uuid>) -> Result<Vec<Stored>> {
    sql(format!(
        "{STORED} WHERE $1 IS NULL OR d.id > $1 ORDER BY d.id LIMIT 200"
    ))
    .bind(after)
    .all(conn)
    .await
}

/// A document in the trail of its city.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "ObservatoryDocument")]
pub struct Step {
    /// SHA-256 of its canonical text.
    pub digest: String,
    /// Its number in the city's chain.
    pub number: i64,
    /// The newest day of its figures.
    pub day: Date,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// When it came here.
    pub taken_at: Timestamp,
    /// How it hangs in the chain.
    pub hang: Hang,
    /// It is of an invented city.
    pub is_invented: bool,
}

/// What came from a city, newest first, each with how it hangs in the chain.
pub async fn trail(conn: &mut Conn, code: &str) -> Result<Vec<Step>> {
    let rows = sql("SELECT d.digest, d.number, d.day, d.signed_at, d.taken_at, d.is_invented, d.previous,
         (SELECT count(*) FROM observatory_document p WHERE p.code = d.code AND p.digest = d.previous) AS found,
         (SELECT count(*) FROM observatory_document s WHERE s.code = d.code AND s.id <> d.id
          AND (s.previous = d.previous OR (s.previous IS NULL AND d.previous IS NULL))) AS rivals
         FROM observatory_document d WHERE d.code = $1
         ORDER BY d.day DESC, d.signed_at DESC, d.number DESC, d.id DESC")
    .bind(code)
    .rows(conn)
    .await?;
    rows.iter().map(step).collect()
}

fn step(row: &Row) -> Result<Step> {
    let previous: Option<String> = row.get("previous")?;
    let (found, rivals): (i64, i64) = (row.get("found")?, row.get("rivals")?);
    let hang = match (&previous, found, rivals) {
        (_, _, 1..) => Hang::Branch,
        (None, ..) => Hang::First,
        (Some(_), 0, _) => Hang::Gap,
        (Some(_), ..) => Hang::Linked,
    };
    Ok(Step {
        digest: row.get("digest")?,
        number: row.get("number")?,
        day: row.get("day")?,
        signed_at: row.get("signed_at")?,
        taken_at: row.get("taken_at")?,
        hang,
        is_invented: row.get("is_invented")?,
    })
}

/// A city's number of a figure in one of its documents.
#[derive(Clone, Debug, db::FromRow)]
pub struct Past {
    /// Day of the document, by which it stands in its month.
    pub day: Date,
    /// Code of the figure.
    pub figure: String,
    /// Version of the definition.
    pub version: i64,
    /// Digest of the definition's wording.
    pub wording: String,
    /// The number.
    pub amount: Option<i64>,
    /// It is not told.
    pub is_hidden: bool,
}

/// Every number a city ever sent, oldest first; `figure` narrows to one.
pub async fn history(conn: &mut Conn, code: &str, figure: Option<&str>) -> Result<Vec<Past>> {
    sql(
        "SELECT d.day, v.figure, v.version, v.wording, v.amount, v.is_hidden
         FROM observatory_document d JOIN observatory_value v ON v.document_id = d.id
         WHERE d.code = $1 AND ($2 IS NULL OR v.figure = $2)
         ORDER BY d.day, d.signed_at, d.number, d.id",
    )
    .bind(code)
    .bind(figure.map(str::to_owned))
    .all(conn)
    .await
}
