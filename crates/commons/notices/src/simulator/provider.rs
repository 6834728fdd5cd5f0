//! The four methods senders call.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use axum::Form;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use persian::{Lang, Phone, Timestamp};
use serde_json::{Value as Json, json};

use super::faults::happens;
use super::{Message, MessageKind, Sim};
use crate::texts;

type Fields = HashMap<String, String>;

/// How long a slow answer takes.
const SLOW: Duration = Duration::from_secs(3);

/// `sms/send.json`: receptor, message, localid.
pub(super) async fn send(State(sim): State<Arc<Sim>>, Form(fields): Form<Fields>) -> Response {
    let text = fields.get("message").cloned();
    take(&sim, &fields, MessageKind::Sms, text).await
}

/// `call/maketts.json`: receptor, message, localid.
pub(super) async fn call(State(sim): State<Arc<Sim>>, Form(fields): Form<Fields>) -> Response {
    let text = fields.get("message").cloned();
    take(&sim, &fields, MessageKind::Call, text).await
}

/// `verify/lookup.json`: receptor, token, token2, template, type. The account's templates are
/// worded as our own messages.
pub(super) async fn lookup(State(sim): State<Arc<Sim>>, Form(fields): Form<Fields>) -> Response {
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let (template, lang) = match field("template").strip_suffix("-en") {
        Some(template) => (template, Lang::En),
        None => (field("template"), Lang::Fa),
    };
    let is_known = template == "sign-in-code" && !field("token").is_empty();
    let args = json!({ "code": field("token"), "host": field("token2") });
    let text = is_known.then(|| texts::render(lang, template, &args));
    let kind = if field("type") == "call" {
        MessageKind::Call
    } else {
        MessageKind::Sms
    };
    if text.is_none() {
        return reply(
            StatusCode::from_u16(424).unwrap_or(StatusCode::BAD_REQUEST),
            &json!(null),
        );
    }
    take(&sim, &fields, kind, text).await
}

/// `sms/status.json`: messageid. Whatever was taken has arrived by the time somebody asks.
pub(super) async fn status(State(sim): State<Arc<Sim>>, Form(fields): Form<Fields>) -> Response {
    let id: i64 = fields
        .get("messageid")
        .and_then(|id| id.parse().ok())
        .unwrap_or_default();
    let kept = sim.messages.lock().unwrap_or_else(PoisonError::into_inner);
    let status = if kept.iter().any(|message| message.id == id) {
        10
    } else {
        100
    };
    drop(kept);
    reply(
        StatusCode::OK,
        &json!([{ "messageid": id, "status": status, "statustext": "" }]),
    )
}

/// Takes a message, or the same message again: a known `localid` gets its first answer.
async fn take(sim: &Sim, fields: &Fields, kind: MessageKind, text: Option<String>) -> Response {
    if happens(sim.faults.slow) {
        tokio::time::sleep(SLOW).await;
    }
    if happens(sim.faults.refuse) {
        // 409: the service cannot answer at present.
        return reply(StatusCode::CONFLICT, &json!(null));
    }
    let receptor = fields
        .get("receptor")
        .map(String::as_str)
        .unwrap_or_default();
    let receptor = match Phone::parse(receptor) {
        Ok(Phone::Mobile(mobile)) => mobile.local(),
        Ok(Phone::Landline(landline)) if kind == MessageKind::Call => landline.local(),
        // 411: not a number we can reach.
        _ => return reply(StatusCode::LENGTH_REQUIRED, &json!(null)),
    };
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return reply(StatusCode::PRECONDITION_FAILED, &json!(null));
    };
    let local_id = fields.get("localid").and_then(|id| id.parse::<i64>().ok());
    let message = Message {
        id: 0,
        local_id,
        receptor,
        text,
        kind,
        time: Timestamp::system_now(),
    };
    let kept = keep(sim, message);
    let entry = json!([{
        "messageid": kept.id, "message": kept.text, "status": 1, "statustext": "queued",
        "receptor": kept.receptor, "cost": texts::parts(&kept.text) * 1_200,
    }]);
    if happens(sim.faults.lost_reply) {
        return broken_off();
    }
    reply(StatusCode::OK, &entry)
}

/// Puts a message into the inbox unless its `localid` is there.
fn keep(sim: &Sim, message: Message) -> Message {
    let mut kept = sim.messages.lock().unwrap_or_else(PoisonError::into_inner);
    let same = |old: &&Message| old.local_id.is_some() && old.local_id == message.local_id;
    if let Some(known) = kept.iter().find(same) {
        return known.clone();
    }
    let number = i64::try_from(kept.len()).unwrap_or_default();
    let message = Message {
        id: 8_792_343 + number,
        ..message
    };
    kept.push(message.clone());
    if happens(sim.faults.duplicate) {
        kept.push(message.clone());
    }
    message
}

fn reply(status: StatusCode, entries: &Json) -> Response {
    let body = json!({
        "return": { "status": status.as_u16(), "message": status.canonical_reason() },
        "entries": entries,
    });
    (status, axum::Json(body)).into_response()
}

/// An answer that begins and never ends well.
fn broken_off() -> Response {
    let lost = std::io::Error::other("lost");
    let body = Body::from_stream(futures_util::stream::once(async {
        Err::<Vec<u8>, _>(lost)
    }));
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
