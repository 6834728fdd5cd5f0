//! What the parts of a request say about themselves.

use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::Value;
use web::{Json, Upload};

use super::{Contract, Parameter, Schemas};
use crate::Ask;

/// A part of a request that a handler takes.
pub trait Takes {
    /// Adds it to the contract.
    fn take(contract: &mut Contract, schemas: &mut Schemas);
}

impl Takes for Ask {
    fn take(_: &mut Contract, _: &mut Schemas) {}
}

/// Only for headers every request has; a header with a meaning of its own is a type of its own.
impl Takes for HeaderMap {
    fn take(_: &mut Contract, _: &mut Schemas) {}
}

impl<T: JsonSchema> Takes for Json<T> {
    fn take(contract: &mut Contract, schemas: &mut Schemas) {
        let schema = schemas.requests.subschema_for::<T>();
        contract.body = Some(("application/json", schema));
    }
}

impl<T: JsonSchema> Takes for Path<T> {
    fn take(contract: &mut Contract, schemas: &mut Schemas) {
        let schema = schemas.requests.subschema_for::<T>();
        // A pair of parts is a tuple.
        contract.path = match schema.get("prefixItems").and_then(Value::as_array) {
            Some(parts) => parts
                .iter()
                .filter_map(|part| part.clone().try_into().ok())
                .collect(),
            None => vec![schema],
        };
    }
}

impl<T: JsonSchema> Takes for Query<T> {
    fn take(contract: &mut Contract, schemas: &mut Schemas) {
        let schema = T::json_schema(&mut schemas.requests);
        let names = |key: &str| schema.get(key).and_then(Value::as_array);
        let needed: Vec<&str> = names("required")
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let fields = schema.get("properties").and_then(Value::as_object);
        for (name, field) in fields.into_iter().flatten() {
            let mut field = field.clone();
            let description = field
                .as_object_mut()
                .and_then(|field| field.remove("description"));
            contract.parameters.push(Parameter {
                name: name.clone(),
                place: "query",
                is_required: needed.contains(&name.as_str()),
                description: match (description, name.as_str()) {
                    (Some(Value::String(text)), _) => text,
                    (_, "cursor") => "Where the page before ended: its `next`.".to_owned(),
                    _ => String::new(),
                },
                schema: present(field),
            });
        }
    }
}

/// A query has no null: what may be left out is left out.
fn present(mut schema: Value) -> Value {
    if let Some(kinds) = schema.get_mut("type")
        && let Some(list) = kinds.as_array_mut()
    {
        list.retain(|kind| kind != "null");
        if let [one] = list.as_slice() {
            *kinds = one.clone();
        }
    }
    let Some(choices) = schema.get_mut("anyOf").and_then(Value::as_array_mut) else {
        return schema;
    };
    choices.retain(|choice| choice["type"] != "null");
    match choices.as_slice() {
        [one] => one.clone(),
        _ => schema,
    }
}

impl Takes for Upload {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        let schema: Schema = json_schema!({
            "type": "object",
            "properties": { "file": { "type": "string", "format": "binary", "description": "The file." } },
            "required": ["file"],
            "additionalProperties": { "type": "string" },
        });
        contract.body = Some(("multipart/form-data", schema));
    }
}

impl Takes for Bytes {
    fn take(contract: &mut Contract, _: &mut Schemas) {
        let schema = json_schema!({ "type": "string", "format": "binary" });
        contract.body = Some(("application/octet-stream", schema));
    }
}
