//! Puts the schemas of requests and of answers together under their names.
//!
//! A type may be read otherwise than it is written: what may be left out of a request always
//! stands in an answer. Where the two differ, the one of requests is called `…Input`.

use std::collections::BTreeSet;

use access::contract::Schemas;
use serde_json::{Map, Value as Json};

/// The key under which a request's schema waits inside the paths.
pub(super) const OF_REQUEST: &str = "x-request";

const AT: &str = "#/components/schemas/";

/// All named schemas; the references of requests inside `paths` are set right.
pub(super) fn together(mut schemas: Schemas, paths: &mut Json) -> Map<String, Json> {
    let mut all = schemas.answers.take_definitions(true);
    let requests = schemas.requests.take_definitions(true);
    let mut differing: BTreeSet<String> = requests
        .iter()
        .filter(|(name, schema)| all.get(*name).is_some_and(|other| other != *schema))
        .map(|(name, _)| name.clone())
        .collect();
    // Whatever refers to one that differs, differs.
    loop {
        let also: Vec<String> = requests
            .iter()
            .filter(|(name, schema)| {
                all.contains_key(*name) && !differing.contains(*name) && refers(schema, &differing)
            })
            .map(|(name, _)| name.clone())
            .collect();
        if also.is_empty() {
            break;
        }
        differing.extend(also);
    }
    for (name, mut schema) in requests {
        rename(&mut schema, &differing);
        let name = match differing.contains(&name) {
            true => format!("{name}Input"),
            false => name,
        };
        all.insert(name, schema);
    }
    unwrap(paths, &differing);
    paths_and(&mut all, paths, plain);
    all
}

fn paths_and(all: &mut Map<String, Json>, paths: &mut Json, change: fn(&mut Json)) {
    all.values_mut().for_each(change);
    change(paths);
}

/// Does a schema refer to one of these?
fn refers(schema: &Json, names: &BTreeSet<String>) -> bool {
    match schema {
        Json::Object(fields) => fields
            .iter()
            .any(|(key, value)| match (key.as_str(), value) {
                ("$ref", Json::String(at)) => {
                    at.strip_prefix(AT).is_some_and(|at| names.contains(at))
                }
                (_, value) => refers(value, names),
            }),
        Json::Array(list) => list.iter().any(|item| refers(item, names)),
        _ => false,
    }
}

fn rename(schema: &mut Json, names: &BTreeSet<String>) {
    match schema {
        Json::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match value {
                    Json::String(at) if key == "$ref" => {
                        if at.strip_prefix(AT).is_some_and(|at| names.contains(at)) {
                            at.push_str("Input");
                        }
                    }
                    value => rename(value, names),
                }
            }
        }
        Json::Array(list) => list.iter_mut().for_each(|item| rename(item, names)),
        _ => {}
    }
}

/// Takes the requests' schemas out of their wrapping.
fn unwrap(value: &mut Json, names: &BTreeSet<String>) {
    if let Some(schema) = value.get_mut(OF_REQUEST) {
        let mut schema = schema.take();
        rename(&mut schema, names);
        *value = schema;
        return;
    }
    match value {
        Json::Object(fields) => fields.values_mut().for_each(|value| unwrap(value, names)),
        Json::Array(list) => list.iter_mut().for_each(|value| unwrap(value, names)),
        _ => {}
    }
}

/// Choices that are words become an `enum`, as programs expect it; what each word means is kept in
/// the description.
fn plain(schema: &mut Json) {
    let words = words(schema);
    if let Some(words) = words {
        let codes: Vec<Json> = words.iter().map(|(code, _)| code.as_str().into()).collect();
        let told = words.iter().filter(|(_, meaning)| !meaning.is_empty());
        let told: Vec<String> = told
            .map(|(code, meaning)| format!("`{code}`: {meaning}"))
            .collect();
        let before = schema["description"].as_str().unwrap_or_default();
        let description = [&[before.to_owned()][..], &told].concat().join("\n");
        *schema = serde_json::json!({ "type": "string", "enum": codes,
            "description": description.trim() });
        return;
    }
    match schema {
        Json::Object(fields) => fields.values_mut().for_each(plain),
        Json::Array(list) => list.iter_mut().for_each(plain),
        _ => {}
    }
}

/// The words of a choice and what each means, when there is nothing else to choose.
fn words(schema: &Json) -> Option<Vec<(String, String)>> {
    let mut all = Vec::new();
    for choice in schema.get("oneOf")?.as_array()? {
        let meaning = choice["description"].as_str().unwrap_or_default();
        match (choice.get("const"), choice.get("enum")) {
            (Some(Json::String(code)), _) => all.push((code.clone(), meaning.to_owned())),
            (None, Some(Json::Array(codes))) => {
                let codes = codes.iter().filter_map(Json::as_str);
                all.extend(codes.map(|code| (code.to_owned(), meaning.to_owned())));
            }
            _ => return None,
        }
    }
    Some(all)
}
