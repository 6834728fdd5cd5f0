//! Forms for machines: a JSON object is read by the same readers as a posted form.

use access::Ask;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value as Json, json};
use uuid::Uuid;
use web::{Failure, Form, FormErrors, Outcome};

/// The fields of an object: texts as they are, numbers and yes as text, lists one by one.
/// Nested objects become `outer.inner`.
pub(crate) fn form_of(object: &Json) -> Outcome<Form> {
    let fields = object
        .as_object()
        .ok_or_else(|| Failure::Unreadable("/".to_owned()))?;
    let mut form = Form::default();
    for (name, value) in fields {
        add(&mut form, name, value)?;
    }
    Ok(form)
}

fn add(form: &mut Form, name: &str, value: &Json) -> Outcome<()> {
    match value {
        Json::Null | Json::Bool(false) => {}
        Json::Bool(true) => form.push(name.to_owned(), "yes".to_owned()),
        Json::Number(number) => form.push(name.to_owned(), number.to_string()),
        Json::String(text) => form.push(name.to_owned(), text.clone()),
        Json::Array(list) => {
            for item in list {
                match item {
                    Json::String(_) | Json::Number(_) => add(form, name, item)?,
                    _ => return Err(Failure::Unreadable(format!("/{name}"))),
                }
            }
        }
        Json::Object(inner) => {
            for (part, value) in inner {
                match value {
                    Json::Array(_) | Json::Object(_) => {
                        return Err(Failure::Unreadable(format!("/{name}/{part}")));
                    }
                    _ => add(form, &format!("{name}.{part}"), value)?,
                }
            }
        }
    }
    Ok(())
}

/// What is wrong with a body, a pointer and a sentence each, as `application/problem+json`.
pub(crate) fn problem(ask: &Ask, errors: &FormErrors) -> Outcome {
    let list: Vec<Json> = errors
        .iter()
        .map(|(field, sentence)| {
            let pointer = match field {
                "" => String::new(),
                field => format!("/{}", field.replace('.', "/")),
            };
            json!({ "pointer": pointer, "detail": sentence })
        })
        .collect();
    let body = json!({
        "type": "/problems/refused",
        "title": ask.page.t(&web::WORDS, "error-summary-title"),
        "status": 422,
        "errors": list,
        "instance": format!("urn:uuid:{}", ask.request),
    });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    Ok((StatusCode::UNPROCESSABLE_ENTITY, kind, body.to_string()).into_response())
}

/// The sender's key of a write that carries no id of its own.
pub(crate) fn key_of(headers: &HeaderMap) -> Outcome<Uuid> {
    let key = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok());
    let key = key.and_then(|text| text.trim_matches('"').parse().ok());
    key.ok_or_else(|| Failure::Unreadable("Idempotency-Key".to_owned()))
}
