//! JSON bodies whose faults name their place.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::{Failure, form};

/// The largest JSON body, in bytes.
const LARGEST: usize = 2 * 1024 * 1024;

/// A JSON body as a `T`.
pub struct Json<T>(pub T);

/// How JSON writes a NUL inside a text.
const NUL: &[u8] = b"\\u0000";

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let bytes = form::body(request, LARGEST).await?;
        // No text of ours holds a NUL, and one engine cannot keep it.
        if bytes.windows(NUL.len()).any(|part| part == NUL) {
            return Err(Failure::Unreadable("a text holds a NUL".into()));
        }
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|error| Failure::Unreadable(error.to_string()))
    }
}
