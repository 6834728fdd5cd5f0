use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::*;

fn described() -> Json {
    describe(&crate::rooms::all())
}

/// Every operation with its address and verb.
fn operations(described: &Json) -> Vec<(String, String, Json)> {
    let paths = described["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, verbs)| {
            let verbs = verbs.as_object().unwrap();
            verbs
                .iter()
                .map(|(verb, operation)| (path.clone(), verb.clone(), operation.clone()))
        })
        .collect()
}

/// Calls `visit` with every schema inside a schema.
fn each(at: &str, schema: &Json, visit: &mut dyn FnMut(&str, &Json)) {
    visit(at, schema);
    for key in ["properties", "$defs", "patternProperties"] {
        for (name, inner) in schema[key].as_object().into_iter().flatten() {
            each(&format!("{at}/{name}"), inner, visit);
        }
    }
    for key in ["items", "not"] {
        if let Some(inner) = schema.get(key) {
            each(&format!("{at}/{key}"), inner, visit);
        }
    }
    for key in ["oneOf", "anyOf", "allOf", "prefixItems"] {
        for (index, inner) in schema[key].as_array().into_iter().flatten().enumerate() {
            each(&format!("{at}/{key}/{index}"), inner, visit);
        }
    }
}

/// Every schema of the document.
fn all_schemas(described: &Json, visit: &mut dyn FnMut(&str, &Json)) {
    for (name, schema) in described["components"]["schemas"].as_object().unwrap() {
        each(name, schema, visit);
    }
    for (path, verb, operation) in operations(described) {
        let at = format!("{verb} {path}");
        for parameter in operation["parameters"].as_array().unwrap() {
            each(
                &format!("{at} {}", parameter["name"]),
                &parameter["schema"],
                visit,
            );
        }
        let bodies = operation["responses"].as_object().unwrap().values();
        for body in bodies.chain([&operation["requestBody"]]) {
            for (kind, content) in body["content"].as_object().into_iter().flatten() {
                each(&format!("{at} {kind}"), &content["schema"], visit);
            }
        }
    }
}

#[test]
fn every_route_of_the_api_is_described_once() {
    let rooms = crate::rooms::all();
    let routes = rooms.iter().flat_map(|room| room.routes.list());
    let declared: BTreeSet<(String, String)> = routes
        .filter(|route| route.path.starts_with(PREFIX))
        .map(|route| (route.path.to_owned(), route.method.to_lowercase()))
        .collect();
    let operations = operations(&described());
    let found: BTreeSet<(String, String)> = operations
        .iter()
        .map(|(path, verb, _)| (path.clone(), verb.clone()))
        .collect();
    assert_eq!(found, declared);
    let ids: BTreeSet<&str> = operations
        .iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), operations.len(), "an operationId stands twice");
}

#[test]
fn every_schema_says_what_it_is() {
    let described = described();
    let mut faults = Vec::new();
    let says = [
        "type", "$ref", "oneOf", "anyOf", "allOf", "enum", "const", "format",
    ];
    all_schemas(&described, &mut |at, schema| {
        if !says.iter().any(|key| schema.get(key).is_some()) {
            faults.push(format!("{at}: {schema}"));
        }
    });
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn every_answer_and_every_body_has_a_schema() {
    for (path, verb, operation) in operations(&described()) {
        let done = &operation["responses"]["2XX"];
        let is_empty = done["content"]
            .as_object()
            .is_none_or(|kinds| kinds.is_empty());
        // Only a changed password is answered without a body.
        assert!(
            !is_empty || path.ends_with("/account/password"),
            "{verb} {path} answers nothing"
        );
        if let Some(body) = operation.get("requestBody") {
            let kinds = body["content"].as_object().unwrap();
            assert_eq!(kinds.len(), 1, "{verb} {path}");
        }
        if verb == "get" {
            assert!(operation.get("requestBody").is_none(), "{path}");
        }
    }
}

#[test]
fn every_reference_leads_to_a_schema_and_none_stands_unused() {
    let described = described();
    let named = described["components"]["schemas"].as_object().unwrap();
    let mut used = BTreeSet::new();
    all_schemas(&described, &mut |at, schema| {
        if let Some(to) = schema.get("$ref") {
            let name = to.as_str().unwrap().strip_prefix("#/components/schemas/");
            let name = name.unwrap_or_else(|| panic!("{at}: {to}"));
            assert!(named.contains_key(name), "{at}: {name}");
            used.insert(name.to_owned());
        }
    });
    let unused: Vec<&String> = named.keys().filter(|name| !used.contains(*name)).collect();
    assert_eq!(unused, Vec::<&String>::new());
}

#[test]
fn no_two_types_share_a_name() {
    let described = described();
    let named = described["components"]["schemas"].as_object().unwrap();
    let doubled: Vec<&String> = named
        .keys()
        .filter(|name| {
            let plain = name.trim_end_matches(|c: char| c.is_ascii_digit());
            plain.len() < name.len() && named.contains_key(plain)
        })
        .collect();
    assert_eq!(doubled, Vec::<&String>::new());
    let odd = |name: &&String| {
        !name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    assert_eq!(named.keys().find(odd), None);
}

#[test]
fn parameters_are_those_of_the_address_and_each_stands_once() {
    for (path, verb, operation) in operations(&described()) {
        let parameters = operation["parameters"].as_array().unwrap();
        let names: Vec<(&str, &str)> = parameters
            .iter()
            .map(|one| (one["in"].as_str().unwrap(), one["name"].as_str().unwrap()))
            .collect();
        let once: BTreeSet<_> = names.iter().collect();
        assert_eq!(once.len(), names.len(), "{verb} {path}: {names:?}");
        let of_path: Vec<&str> = names
            .iter()
            .filter(|(place, _)| *place == "path")
            .map(|(_, name)| *name)
            .collect();
        let asked: Vec<&str> = path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .collect();
        assert_eq!(of_path, asked, "{verb} {path}");
        for one in parameters {
            assert!(one["schema"].is_object(), "{verb} {path}: {one}");
            assert_eq!(
                one["in"] == "path",
                one["required"] == true && one["in"] == "path"
            );
        }
    }
}

#[test]
fn the_document_has_the_shape_of_openapi() {
    let described = described();
    assert_eq!(described["openapi"], "3.1.0");
    for key in ["title", "version", "license"] {
        assert!(!described["info"][key].is_null(), "{key}");
    }
    for (path, verb, operation) in operations(&described) {
        assert!(path.starts_with('/'), "{path}");
        assert!(
            ["get", "put", "post", "delete", "patch"].contains(&verb.as_str()),
            "{verb}"
        );
        for (status, answer) in operation["responses"].as_object().unwrap() {
            assert!(answer["description"].is_string(), "{verb} {path} {status}");
        }
        for one in operation["security"].as_array().into_iter().flatten() {
            assert!(one.get("token").is_some(), "{verb} {path}");
        }
    }
    let text = described.to_string();
    assert!(
        !text.contains(schemas::OF_REQUEST),
        "a schema of a request was left in its wrapping"
    );
}
