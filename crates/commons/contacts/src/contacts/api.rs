//! The contact for machines.

use access::grants::Category;
use access::{Ask, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use web::{Json, Outcome};

use super::{CHANGE, ChangePhone, Channel, ContactId, READ, SealedPhone, pages};
use crate::PHONE_WRONG;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/contacts/{id}", Need::May(&READ), show)
        .put(
            "/api/v1/contacts/{id}/phone",
            Need::May(&CHANGE),
            change_phone,
        )
}

async fn show(ask: Ask, Path(id): Path<ContactId>) -> Outcome {
    let mut conn = ask.read().await?;
    let contact = pages::seen(&ask, &mut conn, id, Category::Operational).await?;
    let phone = super::phone(&mut conn, &ask.city.keys, id).await?;
    drop(conn);
    ask.seen("contact", Some(id.get()), Vec::new()).await?;
    let body = json!({
        "id": id, "handle": contact.handle, "first_name": contact.first_name,
        "shown_name": contact.shown_name, "language": contact.language, "phone": phone,
        "channel": contact.channel, "companion_id": contact.companion_id,
        "region": contact.region, "neighbourhood": contact.neighbourhood,
    });
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize)]
struct NewPhone {
    /// The sender's key for this change.
    id: Uuid,
    phone: Option<String>,
    channel: Channel,
}

async fn change_phone(
    ask: Ask,
    Path(contact): Path<ContactId>,
    Json(new): Json<NewPhone>,
) -> Outcome {
    pages::seen(&ask, &mut ask.read().await?, contact, Category::Operational).await?;
    let phone = match new.phone.as_deref().map(persian::Phone::parse) {
        Some(Ok(phone)) => Some(SealedPhone::new(&ask.city.keys, contact, &phone)),
        Some(Err(_)) => return Ok(PHONE_WRONG.at("phone")?),
        None => None,
    };
    let command = ChangePhone {
        contact,
        phone,
        channel: new.channel,
    };
    ask.city
        .db
        .write_once(new.id, &ask.origin(), command)
        .await?;
    ask.json(StatusCode::OK, &json!({ "id": contact }))
}
