//! All SQL of the notice.

use contacts::ContactId;
use db::{Conn, FromRow, Result, Tx, Value, sql};
use persian::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::{Kept, Notice, To};

const COLUMNS: &str = "n.id, n.contact_id, n.organization_id, n.phone_last4, n.template, n.args, \
     n.language, n.state, n.parts, n.tries, n.provider_id, n.fault, n.made_at, n.send_at, \
     n.sent_at, n.channel";

/// Writes a notice and its job.
pub(super) async fn create(tx: &mut Tx, notice: Notice) -> Result<Uuid> {
    let (id, contact, organization, phone) = match notice.to {
        To::Contact(contact) => (tx.new_id(), Some(contact), None, None),
        To::Organization(organization) => (tx.new_id(), None, Some(organization), None),
        To::Phone { id, phone } => (id, None, None, Some(phone)),
    };
    let language = match contact {
        Some(contact) => contacts::get(tx, contact).await?.language,
        None => "fa".to_owned(),
    };
    let args: serde_json::Map<String, serde_json::Value> = notice
        .args
        .into_iter()
        .map(|(name, text)| (name.to_owned(), json!(text)))
        .collect();
    let now = tx.now();
    sql(
        "INSERT INTO notice (id, contact_id, organization_id, phone_sealed, phone_last4, template,
         args, language, state, parts, tries, made_at, send_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, 0, $9, $10)",
    )
    .bind(id)
    .bind(contact)
    .bind(organization)
    .bind(phone.as_ref().map(|phone| phone.sealed.clone()))
    .bind(phone.as_ref().map_or("", |phone| phone.last4.as_str()))
    .bind(notice.template)
    .bind(serde_json::Value::Object(args))
    .bind(language)
    .bind(now)
    .bind(now)
    .execute(tx)
    .await?;
    enqueue(tx, id, now, format!("notice:{id}")).await?;
    Ok(id)
}

/// Writes the job that sends a notice.
pub(crate) async fn enqueue(
    tx: &mut Tx,
    id: Uuid,
    run_at: Timestamp,
    once_key: String,
) -> Result<()> {
    let payload = json!({ "notice": id });
    jobs::enqueue(
        tx,
        jobs::Job {
            kind: "send_notice",
            payload,
            run_at,
            once_key: Some(once_key),
        },
    )
    .await
}

/// A notice, if it is there.
pub(crate) async fn find(conn: &mut Conn, id: Uuid) -> Result<Option<Kept>> {
    sql(format!("SELECT {COLUMNS} FROM notice n WHERE n.id = $1"))
        .bind(id)
        .optional(conn)
        .await
}

/// The sealed phone of a notice to nobody here.
pub(crate) async fn sealed_phone(conn: &mut Conn, id: Uuid) -> Result<Option<Vec<u8>>> {
    sql("SELECT phone_sealed AS value FROM notice WHERE id = $1")
        .bind(id)
        .scalar(conn)
        .await
}

/// What a contact was told, newest first, at most `most`.
pub async fn list_for(conn: &mut Conn, contact: ContactId, most: i64) -> Result<Vec<Kept>> {
    sql(format!(
        "SELECT {COLUMNS} FROM notice n WHERE n.contact_id = $1 ORDER BY n.id DESC LIMIT $2"
    ))
    .bind(contact)
    .bind(most)
    .all(conn)
    .await
}

/// A notice with the name of who was told.
pub(crate) struct Listed {
    pub kept: Kept,
    pub contact_name: Option<String>,
    pub body_fa: Option<String>,
    pub body_en: Option<String>,
}

impl FromRow for Listed {
    fn from_row(row: &db::Row) -> Result<Self> {
        Ok(Self {
            kept: Kept::from_row(row)?,
            contact_name: row.get("contact_name")?,
            body_fa: row.get("body_fa")?,
            body_en: row.get("body_en")?,
        })
    }
}

/// Which notices a list wants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those that did not arrive.
    Failed,
    /// All.
    All,
}

/// Notices a viewer may see, newest first, before `before`. `visible` is the condition on
/// `c.subject_id` with parameters from `$3` on, as [`access::grants::visible`] gives it.
pub(crate) async fn list(
    conn: &mut Conn,
    which: Which,
    before: Option<Uuid>,
    most: i64,
    visible: (String, Vec<Value>),
    sees_bodies: bool,
) -> Result<Vec<Listed>> {
    let (condition, values) = visible;
    let bodies = if sees_bodies {
        " OR n.organization_id IS NOT NULL"
    } else {
        ""
    };
    let states = match which {
        Which::Failed => " AND n.state IN ('failed', 'no_channel')",
        Which::All => "",
    };
    sql(format!(
        "SELECT {COLUMNS}, c.shown_name AS contact_name, o.name_fa AS body_fa, o.name_en AS body_en
         FROM notice n LEFT JOIN contact_card c ON c.id = n.contact_id
         LEFT JOIN organization_card o ON o.id = n.organization_id
         WHERE n.id < $1 AND (({condition}){bodies}){states} ORDER BY n.id DESC LIMIT $2"
    ))
    .bind(before.unwrap_or(Uuid::max()))
    .bind(most)
    .bind_all(values)
    .all(conn)
    .await
}

/// Makes a failed notice wait again; false when it has not failed.
pub(super) async fn wake(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let woken = sql(
        "UPDATE notice SET state = 'waiting', tries = 0, ended_at = NULL
                     WHERE id = $1 AND state IN ('failed', 'no_channel')",
    )
    .bind(id)
    .execute(tx)
    .await?;
    Ok(woken == 1)
}

/// Ends what waits since before an instant, without sending it.
pub(super) async fn give_up(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    sql("UPDATE notice SET state = 'no_channel', ended_at = $2 WHERE state = 'waiting' AND send_at < $1")
        .bind(before)
        .bind(tx.now())
        .execute(tx)
        .await
}
