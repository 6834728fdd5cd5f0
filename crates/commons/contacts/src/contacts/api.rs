//! The contact for machines.

use access::contract::Gives;
use access::grants::Category;
use access::{Ask, Made, Need, Routes};
use axum::extract::Path;
use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web::{Json, Outcome};

use super::{CHANGE, ChangePhone, Channel, ContactId, READ, SealedPhone, pages};
use crate::PHONE_WRONG;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/contacts/{id}", Need::May(&READ), show)
        .api_put(
            "/api/v1/contacts/{id}/phone",
            Need::May(&CHANGE),
            change_phone,
        )
}

/// A contact.
#[derive(Serialize, JsonSchema)]
struct ContactItem {
    id: ContactId,
    handle: String,
    first_name: String,
    shown_name: String,
    language: String,
    phone: Option<String>,
    channel: Channel,
    companion_id: Option<ContactId>,
    region: String,
    neighbourhood: String,
}

async fn show(ask: Ask, Path(id): Path<ContactId>) -> Outcome<impl Gives> {
    let mut conn = ask.read().await?;
    let contact = pages::seen(&ask, &mut conn, id, Category::Operational).await?;
    let phone = super::phone(&mut conn, &ask.city.keys, id).await?;
    drop(conn);
    ask.seen("contact", Some(id.get()), Vec::new()).await?;
    let body = ContactItem {
        id,
        handle: contact.handle.clone(),
        first_name: contact.first_name.clone(),
        shown_name: contact.shown_name.clone(),
        language: contact.language.clone(),
        phone,
        channel: contact.channel,
        companion_id: contact.companion_id,
        region: contact.region.clone(),
        neighbourhood: contact.neighbourhood.clone(),
    };
    ask.json(StatusCode::OK, &body)
}

#[derive(Deserialize, JsonSchema)]
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
) -> Outcome<impl Gives> {
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
    ask.once(new.id, command).await?;
    ask.json(StatusCode::OK, &Made { id: contact })
}
