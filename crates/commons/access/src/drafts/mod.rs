//! Drafts: a form half filled in, kept on the server for its owner.

use db::{Conn, Result, Tx, Write, sql};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::Form;

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
    /// [`Form::to_json`].
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
