//! JSON bodies whose faults name their place.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

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
            return Err(Failure::Unreadable(String::new()));
        }
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader);
        let value = value.map_err(|error| Failure::Unreadable(pointer(&error)))?;
        // What follows the value is no part of it.
        reader
            .end()
            .map_err(|_| Failure::Unreadable(String::new()))?;
        Ok(Self(value))
    }
}

/// Where in the body the fault lies: `/lines/0/quantity`, also for a field that is not there.
fn pointer(error: &serde_path_to_error::Error<serde_json::Error>) -> String {
    let mut pointer = String::new();
    for part in error.path().iter() {
        match part {
            Segment::Seq { index } => pointer += &format!("/{index}"),
            Segment::Map { key } | Segment::Enum { variant: key } => pointer += &format!("/{key}"),
            Segment::Unknown => {}
        }
    }
    let said = error.inner().to_string();
    let missing = said.strip_prefix("missing field `");
    if let Some((name, _)) = missing.and_then(|rest| rest.split_once('`')) {
        pointer += &format!("/{name}");
    }
    pointer
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Sale {
        #[expect(dead_code, reason = "only its reading matters")]
        lines: Vec<Line>,
    }

    #[derive(Deserialize)]
    struct Line {
        #[expect(dead_code, reason = "only its reading matters")]
        quantity: i64,
    }

    fn pointer(body: &str) -> String {
        let mut reader = serde_json::Deserializer::from_str(body);
        let read: Result<Sale, _> = serde_path_to_error::deserialize(&mut reader);
        super::pointer(&read.err().unwrap())
    }

    #[test]
    fn a_fault_is_told_at_its_place() {
        let second = r#"{"lines":[{"quantity":1},{"quantity":"two"}]}"#;
        assert_eq!(pointer(second), "/lines/1/quantity");
        assert_eq!(pointer(r#"{"lines":[{}]}"#), "/lines/0/quantity");
        assert_eq!(pointer("{}"), "/lines");
        assert_eq!(pointer("[]"), "");
    }
}
