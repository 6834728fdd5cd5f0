//! Drafts: a form half filled in, kept on the server for its owner.

mod kept;

use data_encoding::BASE64URL_NOPAD;
use db::{Conn, Keys, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Failure, Form, Outcome};

pub use kept::waiting;
pub(crate) use kept::{routes, turn_away};

/// Keeps what was typed so far.
#[derive(Serialize, Deserialize)]
pub struct KeepDraft {
    /// The draft; made by the first page of the form.
    pub id: Uuid,
    /// The user or contact it belongs to.
    pub owner: Uuid,
    /// Which form: `intake`.
    pub form: String,
    /// What it is about, when that is known.
    pub subject: Option<Uuid>,
    /// What [`seal`] made of it.
    pub content: serde_json::Value,
}

impl Write for KeepDraft {
    const NAME: &'static str = "keep_draft";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        sql(
            "INSERT INTO draft (id, owner_id, form, subject_id, content, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE
             SET content = excluded.content, changed_at = excluded.changed_at
             WHERE draft.owner_id = excluded.owner_id",
        )
        .bind(self.id)
        .bind(self.owner)
        .bind(&self.form)
        .bind(self.subject)
        .bind(self.content.clone())
        .bind(tx.now())
        .execute(tx)
        .await
        .map(drop)
    }
}

/// A form as a draft holds it: only the city's keys open it.
pub fn seal(keys: &Keys, draft: Uuid, form: &Form) -> serde_json::Value {
    let plain = form.to_json().to_string();
    let sealed = BASE64URL_NOPAD.encode(&keys.seal("draft", "content", draft, &plain));
    serde_json::json!({ "sealed": [sealed] })
}

/// The form that [`seal`] closed.
///
/// # Errors
/// A draft that these keys do not open is a fault of ours.
pub fn open(keys: &Keys, draft: Uuid, kept: &Form) -> Outcome<Form> {
    let broken = || Failure::Internal("a draft cannot be opened".to_owned());
    let sealed = BASE64URL_NOPAD.decode(kept.raw("sealed").as_bytes());
    let plain = keys.open_sealed("draft", "content", draft, &sealed.map_err(|_| broken())?);
    let value = serde_json::from_str(&plain.map_err(|_| broken())?).map_err(|_| broken())?;
    Ok(Form::from_json(&value))
}

/// The owner's draft of this id.
pub async fn find(conn: &mut Conn, owner: Uuid, id: Uuid) -> Result<Option<Form>> {
    let content: Option<serde_json::Value> =
        sql("SELECT content AS value FROM draft WHERE id = $1 AND owner_id = $2")
            .bind(id)
            .bind(owner)
            .optional_scalar(conn)
            .await?;
    Ok(content.map(|content| Form::from_json(&content)))
}

/// The owner's drafts: id, form, subject and when they were changed, newest first.
pub async fn list(
    conn: &mut Conn,
    owner: Uuid,
) -> Result<Vec<(Uuid, String, Option<Uuid>, persian::Timestamp)>> {
    let rows = sql(
        "SELECT id, form, subject_id, changed_at FROM draft WHERE owner_id = $1
                    ORDER BY changed_at DESC, id DESC LIMIT 50",
    )
    .bind(owner)
    .rows(conn)
    .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.get("id")?,
                row.get("form")?,
                row.get("subject_id")?,
                row.get("changed_at")?,
            ))
        })
        .collect()
}

/// Drops a draft whose form was accepted, in the same transaction.
pub async fn drop_draft(tx: &mut Tx, id: Uuid) -> Result<()> {
    sql("DELETE FROM draft WHERE id = $1")
        .bind(id)
        .execute(tx)
        .await
        .map(drop)
}
