//! The `ETag` of what a route reads, and `fields`, which takes a part of it.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use sha2::{Digest, Sha256};
use web::Failure;

use super::answer::Version;
use super::chosen_fields;
use crate::layers::query_of;

/// Answers are built in memory anyway; this only bounds a mistake.
const LARGEST: usize = 64 * 1024 * 1024;

/// Tags what was read, answers 304 to who knows it, and cuts it to the fields asked for.
pub(crate) async fn tagged(
    is_tagged: bool,
    known: fn() -> Vec<String>,
    request: Request,
    next: Next,
) -> Response {
    let asked = query_of(request.uri(), "fields");
    let names: Vec<&str> = asked
        .as_deref()
        .map_or_else(Vec::new, |text| text.split(',').collect());
    if !names.is_empty() {
        let known = known();
        if names
            .iter()
            .any(|name| !known.iter().any(|known| known == name))
        {
            return Failure::Unreadable("fields".to_owned()).into_response();
        }
    }
    let seen = request.headers().get(header::IF_NONE_MATCH).cloned();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK || (!is_tagged && names.is_empty()) {
        return response;
    }
    let path = path.as_str();
    let version = response.extensions().get::<Version>().copied();
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else {
        return Failure::Internal("an answer larger than any".into()).into_response();
    };
    if is_tagged {
        let tag = tag_of(version, path, &bytes);
        let is_known = seen.as_ref().and_then(|seen| seen.to_str().ok());
        if is_known.is_some_and(|seen| seen.split(',').any(|one| one.trim() == tag)) {
            parts.status = StatusCode::NOT_MODIFIED;
            parts.headers.remove(header::CONTENT_TYPE);
            parts.headers.remove(header::CONTENT_LENGTH);
            set_tag(&mut parts, &tag);
            return Response::from_parts(parts, Body::empty());
        }
        set_tag(&mut parts, &tag);
    }
    if names.is_empty() {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        return Failure::Internal("an answer that is no JSON".into()).into_response();
    };
    chosen_fields(&mut value, &names);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(value.to_string()))
}

fn set_tag(parts: &mut axum::http::response::Parts, tag: &str) {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        parts.headers.insert(header::ETAG, tag);
    }
}

fn digest(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)[..16])
}

/// `"7-3fa1…-9c02…"`: the record's version, when it has one, with its address, and a digest of
/// what the asker saw.
fn tag_of(version: Option<Version>, path: &str, bytes: &[u8]) -> String {
    let seen = digest(bytes);
    match version {
        Some(Version(version)) => format!("\"{version}-{}-{seen}\"", digest(path.as_bytes())),
        None => format!("\"{seen}\""),
    }
}

/// The version inside a tag that this address gave.
pub(super) fn version_of(tag: &str, path: &str) -> Option<i64> {
    let tag = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    let (version, rest) = tag.split_once('-')?;
    let (address, _) = rest.split_once('-')?;
    (address == digest(path.as_bytes())).then(|| version.parse().ok())?
}
