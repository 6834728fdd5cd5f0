//! The two headers a write may carry: its sender's key, and the state it was written on.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use serde_json::json;
use uuid::Uuid;
use web::Failure;

use super::{Contract, Parameter, Schemas, Takes};
use crate::STALE;

/// The sender's key of a write: `Idempotency-Key`, a UUID. The same key with the same request gets
/// the first answer again.
#[derive(Clone, Copy, Debug)]
pub struct Key(pub Uuid);

const KEY: &str = "Idempotency-Key";

impl Key {
    fn find(headers: &HeaderMap) -> Result<Option<Self>, Failure> {
        let Some(key) = headers.get(KEY) else {
            return Ok(None);
        };
        let key = key.to_str().ok().map(|text| text.trim_matches('"'));
        match key.and_then(|text| text.parse().ok()) {
            Some(key) => Ok(Some(Self(key))),
            None => Err(Failure::Unreadable(KEY.to_owned())),
        }
    }

    fn parameter(is_required: bool) -> Parameter {
        Parameter {
            name: KEY.to_owned(),
            place: "header",
            is_required,
            description: "Made by the sender for this one write. Sent again with the same request \
                it gets the first answer and changes nothing; with another request it is refused."
                .to_owned(),
            schema: json!({ "type": "string", "format": "uuid" }),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let key = Self::find(&parts.headers)?;
        key.ok_or_else(|| Failure::Unreadable(KEY.to_owned()))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Key {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Failure> {
        Self::find(&parts.headers)
    }
}

impl Takes for Key {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        contract.parameters.push(Self::parameter(true));
    }
}

impl Takes for Option<Key> {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        contract.parameters.push(Key::parameter(false));
    }
}

/// The version of a record that a change was written on, from the `ETag` it was read with.
///
/// The change itself compares the version where it is made, so that nothing comes between; a
/// change sent again under its key gets its first answer whatever the version is by now.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let tag = parts.headers.get(header::IF_MATCH);
        let tag = tag.ok_or(Failure::Unconditional)?.to_str().ok();
        // A tag of another address, or a weak one, matches nothing.
        let path = parts.uri.path();
        let version = tag.and_then(|tag| super::tags::version_of(tag, path));
        match version {
            Some(version) => Ok(Self(version)),
            None => STALE.refuse().map_err(Failure::from),
        }
    }
}

impl Takes for IfMatch {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        contract.parameters.push(Parameter {
            name: "If-Match".to_owned(),
            place: "header",
            is_required: true,
            description: "The `ETag` the record was read with. 428 when it is missing, 412 when \
                the record has changed since."
                .to_owned(),
            schema: json!({ "type": "string" }),
        });
    }
}
