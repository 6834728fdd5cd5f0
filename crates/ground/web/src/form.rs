//! A posted form: what was typed, kept exactly as typed.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use uuid::Uuid;

use crate::Failure;

/// The name of the hidden one-time key that every form carries.
pub const KEY_FIELD: &str = "form_key";

/// The largest form without files, in bytes.
const LARGEST: usize = 512 * 1024;

/// The fields of a form by name. Empty for a form that is shown for the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    values: BTreeMap<String, Vec<String>>,
}

impl Form {
    /// A form with values to start from.
    pub fn prefilled<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in values {
            form.push(name.to_owned(), value);
        }
        form
    }

    /// Reads `a=1&b=2`.
    pub fn parse(body: &str) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(body.as_bytes()) {
            form.push(name.into_owned(), value.into_owned());
        }
        form
    }

    /// Adds a value.
    pub fn push(&mut self, name: String, value: String) {
        self.values.entry(name).or_default().push(value);
    }

    /// The value as typed; empty when it was not sent.
    pub fn raw(&self, name: &str) -> &str {
        self.values
            .get(name)
            .and_then(|values| values.first())
            .map_or("", String::as_str)
    }

    /// All values of a name: ticked boxes, repeated rows.
    pub fn all(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// True when the field was sent at all.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The names sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// The form's one-time key; posting the same form twice has one effect.
    pub fn key(&self) -> Result<Uuid, Failure> {
        self.raw(KEY_FIELD)
            .parse()
            .map_err(|_| Failure::Unreadable(KEY_FIELD.to_owned()))
    }

    /// All values as JSON, for drafts.
    pub fn to_json(&self) -> serde_json::Value {
        let kept = self.values.iter().filter(|(name, _)| *name != KEY_FIELD);
        kept.map(|(name, values)| (name.clone(), serde_json::json!(values)))
            .collect()
    }

    /// A form from [`Form::to_json`].
    pub fn from_json(value: &serde_json::Value) -> Self {
        let mut form = Self::default();
        for (name, values) in value.as_object().into_iter().flatten() {
            for value in values.as_array().into_iter().flatten() {
                form.push(name.clone(), value.as_str().unwrap_or_default().to_owned());
            }
        }
        form
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;
    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        let bytes = body(request, LARGEST).await?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| Failure::Unreadable("the form is not UTF-8".into()))?;
        Ok(Self::parse(text))
    }
}

/// The whole body, up to a limit.
pub async fn body(request: Request, largest: usize) -> Result<Bytes, Failure> {
    axum::body::to_bytes(request.into_body(), largest)
        .await
        .map_err(|_| Failure::TooLarge)
}
