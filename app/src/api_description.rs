//! The API's description (OpenAPI 3.1), made from the routes, permissions and reasons the rooms
//! declare: what is described is what answers.

use access::{Need, Room};
use serde_json::{Map, Value as Json, json};

const PREFIX: &str = "/api/v1";

/// Describes the rooms' routes under `/api/v1`.
pub fn describe(rooms: &[Room]) -> Json {
    let mut paths = Map::new();
    for room in rooms {
        for route in room.routes.list() {
            if !route.path.starts_with(PREFIX) {
                continue;
            }
            let path = paths.entry(route.path).or_insert_with(|| json!({}));
            path[route.method.to_lowercase()] =
                operation(room.name, route.method, route.path, route.need);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Zanjireh",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": { "Problem": problem(rooms) },
        },
    })
}

fn operation(room: &str, method: &str, path: &str, need: Need) -> Json {
    let mut parameters: Vec<Json> = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true,
                "schema": { "type": "string" } })
        })
        .collect();
    let is_list = method == "GET" && !path.ends_with('}');
    if is_list {
        parameters.push(json!({ "name": "cursor", "in": "query", "required": false,
            "description": "where the page before ended: its `next`", "schema": { "type": "string" } }));
    }
    let mut described = json!({
        "operationId": id(method, path),
        "tags": [room],
        "responses": {
            "2XX": { "description": "Done", "content": { "application/json": { "schema": {} } } },
            "default": { "description": "A refusal or a fault", "content": {
                "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } },
        },
    });
    if method != "GET" {
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "the same key with the same body gets the first answer again; the body's own `id` serves as well",
            "schema": { "type": "string", "format": "uuid" } }));
        described["requestBody"] = json!({ "required": true,
            "content": { "application/json": { "schema": { "type": "object" } } } });
    }
    described["parameters"] = json!(parameters);
    match need {
        Need::Public | Need::Link => described["security"] = json!([]),
        Need::Staff | Need::Person => described["security"] = json!([{ "token": [] }]),
        Need::May(permission) | Need::Proved(permission) => {
            described["security"] = json!([{ "token": [] }]);
            described["x-permission"] = json!(permission.name);
            described["x-roles"] = json!(permission.roles);
        }
    }
    described
}

/// `postCasesIdChanges`
fn id(method: &str, path: &str) -> String {
    let words = path
        .trim_start_matches(PREFIX)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.fold(method.to_lowercase(), |mut id, word| {
        let mut letters = word.chars();
        id.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        id.extend(letters);
        id
    })
}

/// Problem details (RFC 9457) with every reason the rooms refuse for.
fn problem(rooms: &[Room]) -> Json {
    let mut codes: Vec<&str> = rooms
        .iter()
        .flat_map(|room| room.reasons.iter().map(|reason| reason.code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    json!({
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string", "examples": codes },
            "errors": { "type": "array", "items": { "type": "object", "properties": {
                "pointer": { "type": "string" }, "detail": { "type": "string" } } } },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_of_the_api_is_described_once() {
        let rooms = crate::rooms::all();
        let described = describe(&rooms);
        let declared = rooms
            .iter()
            .flat_map(|room| room.routes.list())
            .filter(|route| route.path.starts_with(PREFIX))
            .count();
        let mut ids = Vec::new();
        for (path, verbs) in described["paths"].as_object().unwrap() {
            for (verb, operation) in verbs.as_object().unwrap() {
                ids.push(operation["operationId"].as_str().unwrap().to_owned());
                assert!(operation["responses"].is_object(), "{verb} {path}");
            }
        }
        assert_eq!(ids.len(), declared);
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), declared, "an operationId stands twice");
    }
}
