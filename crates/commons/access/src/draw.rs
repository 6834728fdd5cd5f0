//! Failures as people and machines see them.

use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::html;
use uuid::Uuid;
use web::{Failure, InCity};

use crate::{Site, Viewer, WORDS, Who, layers};

/// An error page, or `application/problem+json` for machines.
pub(crate) fn failure(parts: &Parts, site: &Site, failure: &Failure, request: Uuid) -> Response {
    let mut response = match wants_json(parts) {
        true => problem(parts, site, failure, request),
        false => page(parts, site, failure, request),
    };
    *response.status_mut() = failure.status();
    if let Failure::TooMany(seconds) = failure
        && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    if matches!(failure, Failure::Busy) {
        let soon = HeaderValue::from_static("2");
        response.headers_mut().insert(header::RETRY_AFTER, soon);
    }
    response
}

fn wants_json(parts: &Parts) -> bool {
    let accepts = parts
        .headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    // Other directories read ours under its standard's own address.
    let path = parts.uri.path();
    path.starts_with("/api/")
        || path.starts_with("/hsds/")
        || accepts.is_some_and(|kinds| kinds.starts_with("application/json"))
}

/// Title and help of a failure in the asker's language.
fn words(parts: &Parts, site: &Site, failure: &Failure) -> (String, String) {
    let lang = layers::language(parts);
    let text = |key: &str| web::WORDS.text(lang, key, &[]);
    match failure {
        Failure::Refused(refusal) => (text("failure-refused"), site.sentence(lang, refusal)),
        other => {
            let key = format!("failure-{}", other.code().replace('_', "-"));
            (text(&key), text(&format!("{key}-help")))
        }
    }
}

fn problem(parts: &Parts, site: &Site, failure: &Failure, request: Uuid) -> Response {
    let (title, detail) = words(parts, site, failure);
    let mut body = serde_json::json!({
        "type": format!("/problems/{}", failure.code()),
        "title": title,
        "code": failure.code(),
        "status": failure.status().as_u16(),
        "detail": detail,
        "instance": format!("urn:uuid:{request}"),
    });
    match failure {
        Failure::Unreadable(place) => {
            // A header or a field of a form is named plainly; JSON by its pointer.
            let pointer = match place.starts_with('/') || place.is_empty() {
                true => place.clone(),
                false => format!("/{place}"),
            };
            let detail = web::WORDS.text(layers::language(parts), "failure-unreadable-there", &[]);
            body["errors"] = serde_json::json!([{ "pointer": pointer, "detail": detail }]);
        }
        Failure::Faulty(errors) => {
            let list = errors.iter().map(|(field, sentence)| {
                let pointer = match field {
                    "" => String::new(),
                    field => format!("/{}", field.replace('.', "/")),
                };
                serde_json::json!({ "pointer": pointer, "detail": sentence })
            });
            body["errors"] = list.collect();
        }
        Failure::Refused(refusal) => {
            let pointer = refusal
                .field
                .as_ref()
                .map_or(String::new(), |field| format!("/{field}"));
            body["errors"] = serde_json::json!([{ "pointer": pointer, "detail": detail }]);
        }
        _ => {}
    }
    (
        [(header::CONTENT_TYPE, "application/problem+json")],
        body.to_string(),
    )
        .into_response()
}

fn page(parts: &Parts, site: &Site, failure: &Failure, request: Uuid) -> Response {
    let (title, help) = words(parts, site, failure);
    let Some(InCity(city)) = parts.extensions.get::<InCity>() else {
        return title.into_response();
    };
    let nobody = Viewer::nobody();
    let viewer = parts.extensions.get::<Viewer>().unwrap_or(&nobody);
    let p = layers::page(parts, city, viewer, site);
    let next: String = url::form_urlencoded::byte_serialize(p.path.as_bytes()).collect();
    let body = html! {
        h1 { (title) }
        p { (help) }
        @if matches!(failure, Failure::SignIn) {
            p { a.button.primary href={ "/sign-in?next=" (next) } { (p.t(&WORDS, "sign-in-title")) } }
        } @else if matches!(failure, Failure::Prove) {
            p { a.button.primary href="/proof?next=/" { (p.t(&WORDS, "proof-title")) } }
        } @else {
            p { a.button href="/" { (p.t(&web::WORDS, "failure-home")) } }
        }
        @if matches!(failure, Failure::Internal(_) | Failure::Busy) {
            p { (p.t(&web::WORDS, "failure-code")) ": " code dir="ltr" { (request) } }
        }
    };
    match viewer.who {
        Who::Nobody => web::public_page(&p, &title, body).into_response(),
        _ => web::page(&p, &title, body).into_response(),
    }
}
