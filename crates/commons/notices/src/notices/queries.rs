//! All SQL of the notice.

use contacts::ContactId;
use db::{Conn, Result, Tx, sql};
use serde_json::json;
use uuid::Uuid;

use super::{Kept, Notice, To};

const COLUMNS: &str = "n.id, n.contact_id, n.organization_id, n.phone_last4, n.template, n.args, \
     n.language, n.state, n.parts, n.tries, n.provider_id, n.fault, n.made_at, n.send_at, n.sent_at";

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
    let send_at = tx.now();
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
    .bind(tx.now())
    .bind(send_at)
    .execute(tx)
    .await?;
    let job = jobs::Job {
        kind: "send_notice",
        payload: json!({ "notice": id }),
        run_at: send_at,
        once_key: Some(format!("notice:{id}")),
    };
    jobs::enqueue(tx, job).await?;
    Ok(id)
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
