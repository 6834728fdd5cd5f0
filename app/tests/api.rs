//! The API is as docs/api.md and its own description say, asked in a demo city.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod running;

use std::collections::BTreeSet;
use std::process::Command;

use running::{Running, folder};
use serde_json::Value as Json;

#[test]
fn the_api_does_what_its_page_and_its_description_say() {
    let folder = folder("api");
    let database = format!("sqlite://{}", folder.join("city.sqlite").display());
    let running = Running::start(&folder, &database, &["demo", "--people", "12"]);
    let (_, accounts) = running.get("/demo/accounts.json", "").unwrap();
    let accounts = accounts["accounts"].as_array().unwrap();
    let officer = accounts.iter().find(|one| one["role"] == "product_officer");
    every_example_prints_what_the_page_says(&running, text(&officer.unwrap()["token"]));
    let tokens: Vec<&str> = accounts.iter().map(|one| text(&one["token"])).collect();
    every_answer_is_as_described(&running, &tokens);
    drop(running);
    std::fs::remove_dir_all(folder).unwrap();
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

/// The page's examples in order, each with what it is said to print.
fn examples(page: &str) -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    // Every second part stands between fences.
    for part in page.split("```").skip(1).step_by(2) {
        let (kind, text) = part.split_once('\n').unwrap();
        match (kind, examples.last_mut()) {
            ("sh", _) => examples.push((text.to_owned(), String::new())),
            ("text", Some((_, said))) => text.clone_into(said),
            (kind, _) => panic!("a block of kind {kind}"),
        }
    }
    examples
}

fn every_example_prints_what_the_page_says(running: &Running, token: &str) {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api.md");
    let examples = examples(&std::fs::read_to_string(page).unwrap());
    assert!(examples.len() >= 5);
    let mark = "the next example";
    let script: String = examples
        .iter()
        .map(|(commands, _)| format!("{commands}echo '{mark}'\n"))
        .collect();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .env("BASE", running.base())
        .env("TOKEN", token)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let fault = String::from_utf8_lossy(&output.stderr);
    let printed: Vec<&str> = printed.split(&format!("{mark}\n")).collect();
    for (at, (commands, said)) in examples.iter().enumerate() {
        let printed = printed.get(at).copied().unwrap_or_default();
        assert_eq!(printed, said, "{commands}\n{fault}");
    }
    assert!(output.status.success(), "{fault}");
}

/// Reads every list as everybody, and of each list a few records, and holds each answer against
/// the description.
fn every_answer_is_as_described(running: &Running, tokens: &[&str]) {
    let (_, described) = running.get("/api/v1/openapi.json", "").unwrap();
    let paths = described["paths"].as_object().unwrap();
    let mut read = BTreeSet::new();
    let mut faults = BTreeSet::new();
    let mut ids: BTreeSet<(String, String)> = BTreeSet::new();
    let mut ask = |path: &str, address: &str, token: &str| {
        let (status, body) = running.get(address, token).unwrap();
        assert!(status < 500, "{address}: {status}");
        if status != 200 {
            return Json::Null;
        }
        let content = &paths[path]["get"]["responses"]["2XX"]["content"];
        let Some(json) = content.get("application/json") else {
            return Json::Null;
        };
        read.insert(path.to_owned());
        check(&described, &json["schema"], &body, path, &mut faults);
        body
    };
    let gets = || paths.iter().filter(|(_, verbs)| verbs.get("get").is_some());
    for token in tokens {
        for (path, _) in gets().filter(|(path, _)| !path.contains('{')) {
            let list = ask(path, path, token);
            for item in list["items"].as_array().into_iter().flatten().take(5) {
                for name in ["id", "code", "handle", "eid", "stage"] {
                    let record = item.get(name).or_else(|| {
                        let inner = item.as_object()?.values();
                        inner.filter_map(|inner| inner.get(name)).next()
                    });
                    if let Some(Json::String(id)) = record {
                        ids.insert((path.clone(), id.clone()));
                    }
                }
            }
        }
        for (list, id) in &ids {
            for (path, _) in gets().filter(|(path, _)| path.matches('{').count() == 1) {
                let Some((before, after)) = path.split_once('{') else {
                    continue;
                };
                if before.trim_end_matches('/') != list {
                    continue;
                }
                let after = after.split_once('}').map_or("", |(_, after)| after);
                ask(path, &format!("{before}{id}{after}"), token);
            }
        }
    }
    assert_eq!(faults, BTreeSet::new());
    assert!(
        read.len() >= 50,
        "only {} addresses were read: {read:?}",
        read.len()
    );
}

/// Notes where a value is not what its schema says.
fn check(all: &Json, schema: &Json, value: &Json, at: &str, faults: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let place = name.trim_start_matches('#');
        return check(all, all.pointer(place).unwrap(), value, at, faults);
    }
    for key in ["anyOf", "oneOf"] {
        let Some(choices) = schema[key].as_array() else {
            continue;
        };
        let fits = |choice: &&Json| {
            let mut wrong = BTreeSet::new();
            check(all, choice, value, at, &mut wrong);
            wrong.is_empty()
        };
        if !choices.iter().any(|choice| fits(&choice)) {
            faults.insert(format!("{at}: {value} is none of {key}"));
        }
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Json::Array(kinds) => kinds.iter().map(text).collect(),
        Json::String(kind) => vec![kind],
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is_of(kind, value)) {
        faults.insert(format!("{at}: {value} is no {kinds:?}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        faults.insert(format!("{at}: {value} is not in the enum"));
    }
    if let Some(format) = schema["format"].as_str()
        && let Some(value) = value.as_str()
        && !has_form(format, value)
    {
        faults.insert(format!("{at}: {value} is no {format}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        let schema = schema["prefixItems"].get(index).or(schema.get("items"));
        if let Some(schema) = schema {
            check(all, schema, item, &format!("{at}[]"), faults);
        }
    }
    let Some(fields) = value.as_object() else {
        return;
    };
    let required = schema["required"].as_array().into_iter().flatten();
    for name in required.filter(|name| !fields.contains_key(text(name))) {
        faults.insert(format!("{at}: {name} is missing"));
    }
    if let Some(known) = schema["properties"].as_object() {
        for (name, value) in fields {
            match known.get(name) {
                Some(schema) => check(all, schema, value, &format!("{at}/{name}"), faults),
                None if schema.get("additionalProperties").is_some() => {}
                None => {
                    faults.insert(format!("{at}: {name} is not described"));
                }
            }
        }
    }
}

fn is_of(kind: &str, value: &Json) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

fn has_form(format: &str, value: &str) -> bool {
    match format {
        "uuid" => value.parse::<uuid::Uuid>().is_ok(),
        "date" => value.len() == 10 && value.split('-').count() == 3,
        "date-time" => value.len() == 20 && value.ends_with('Z') && value.contains('T'),
        _ => true,
    }
}
