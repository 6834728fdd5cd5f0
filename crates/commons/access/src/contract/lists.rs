//! What every list understands: how many records, which of their fields, since when.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use persian::Timestamp;
use serde_json::{Value, json};
use web::Failure;

use super::{Contract, Parameter, Schemas, Takes};
use crate::layers::query_value;

/// The most records of one page.
pub const MOST: i64 = 200;
/// The records of a page when nothing is asked.
const USUAL: i64 = 50;

/// How many records a page may have: `limit`, 1 to 200.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(pub i64);

impl Limit {
    /// One more than a page, to know whether another follows.
    pub fn and_one(self) -> i64 {
        self.0 + 1
    }

    /// Cuts what was read with [`Limit::and_one`] to a page; gives the mark of its last record when
    /// there is more.
    pub fn cut<T, M>(self, items: &mut Vec<T>, mark: impl FnOnce(&T) -> M) -> Option<M> {
        let page = usize::try_from(self.0).unwrap_or(usize::MAX);
        let has_more = items.len() > page;
        items.truncate(page);
        items.last().filter(|_| has_more).map(mark)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Limit {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(typed) = query_value(parts, "limit") else {
            return Ok(Self(USUAL));
        };
        match typed.parse() {
            Ok(limit) if (1..=MOST).contains(&limit) => Ok(Self(limit)),
            _ => Err(Failure::Unreadable("limit".to_owned())),
        }
    }
}

impl Takes for Limit {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        contract.parameters.push(Parameter {
            name: "limit".to_owned(),
            place: "query",
            is_required: false,
            description: "The most records of this page.".to_owned(),
            schema: json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL }),
        });
    }
}

/// Only records that were made or changed at this instant or later: `updated_since`.
#[derive(Clone, Copy, Debug)]
pub struct Since(pub Option<Timestamp>);

impl<S: Send + Sync> FromRequestParts<S> for Since {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let Some(typed) = query_value(parts, "updated_since") else {
            return Ok(Self(None));
        };
        match typed.parse() {
            Ok(since) => Ok(Self(Some(since))),
            Err(_) => Err(Failure::Unreadable("updated_since".to_owned())),
        }
    }
}

impl Takes for Since {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        contract.parameters.push(Parameter {
            name: "updated_since".to_owned(),
            place: "query",
            is_required: false,
            description: "Only records recorded at this instant or later; what is recorded about them afterwards does not bring them back.".to_owned(),
            schema: json!({ "type": "string", "format": "date-time" }),
        });
    }
}

/// Keeps of a record, or of each record of a list, the fields `names` names.
pub(crate) fn chosen_fields(body: &mut Value, names: &[&str]) {
    let keep = |record: &mut Value| {
        if let Some(record) = record.as_object_mut() {
            record.retain(|name, _| names.contains(&name.as_str()));
        }
    };
    let is_list = body.get("next").is_some();
    match body.get_mut("items").and_then(Value::as_array_mut) {
        Some(items) if is_list => items.iter_mut().for_each(keep),
        _ => keep(body),
    }
}
