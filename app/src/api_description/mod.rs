//! The API's description (OpenAPI 3.1), made from the routes, permissions and reasons the rooms
//! declare and from the types their handlers read and answer: what is described is what answers.

mod schemas;
#[cfg(test)]
mod tests;

use access::contract::{Contract, Parameter, Reply, Schemas};
use access::{Need, Room, Route};
use schemars::Schema;
use serde_json::{Map, Value as Json, json};

const PREFIX: &str = "/api/v1";

/// Describes the rooms' routes under `/api/v1`.
pub fn describe(rooms: &[Room]) -> Json {
    let mut schemas = Schemas::default();
    let mut paths = Map::new();
    for room in rooms {
        for route in room.routes.list() {
            let Some(contract) = route.contract.filter(|_| route.path.starts_with(PREFIX)) else {
                continue;
            };
            let contract = contract(&mut schemas);
            let path = paths.entry(route.path).or_insert_with(|| json!({}));
            path[route.method.to_lowercase()] = operation(room.name, route, &contract);
        }
    }
    let mut paths = Json::Object(paths);
    let mut schemas = schemas::together(schemas, &mut paths);
    schemas.insert("Problem".to_owned(), problem(rooms));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Zanjireh",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn operation(room: &str, route: &Route, contract: &Contract) -> Json {
    let mut described = json!({
        "operationId": id(route.method, route.path),
        "tags": [room],
        "parameters": parameters(route, contract),
        "responses": responses(route, contract),
    });
    if let Some((kind, schema)) = &contract.body {
        described["requestBody"] = json!({ "required": true,
            "content": { *kind: { "schema": request(schema) } } });
    }
    match route.need {
        Need::Public | Need::Link => described["security"] = json!([]),
        Need::Staff | Need::Person => {}
        Need::May(permission) | Need::Proved(permission) => {
            described["x-permission"] = json!(permission.name);
            described["x-roles"] = json!(permission.roles);
        }
    }
    described
}

/// Marks a schema as one of a request until those of requests and answers are put together.
fn request(schema: &Schema) -> Json {
    json!({ schemas::OF_REQUEST: schema })
}

fn parameters(route: &Route, contract: &Contract) -> Vec<Json> {
    let names = route
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut all: Vec<Json> = names
        .enumerate()
        .map(|(at, name)| {
            json!({ "name": name.trim_start_matches('*'), "in": "path", "required": true,
                "schema": contract.path.get(at).map(request) })
        })
        .collect();
    all.extend(contract.parameters.iter().map(parameter));
    if !contract.fields.is_empty() {
        all.push(json!({ "name": "fields", "in": "query", "required": false,
            "description": "Only these fields of the record, or of each record of the list; separated by commas.",
            "style": "form", "explode": false,
            "schema": { "type": "array", "items": { "type": "string", "enum": contract.fields } } }));
    }
    if route.is_record() {
        all.push(
            json!({ "name": "If-None-Match", "in": "header", "required": false,
            "description": "An `ETag` that is known already: 304 when nothing has changed.",
            "schema": { "type": "string" } }),
        );
    }
    all
}

fn parameter(parameter: &Parameter) -> Json {
    json!({
        "name": parameter.name,
        "in": parameter.place,
        "required": parameter.is_required,
        "description": parameter.description,
        "schema": { schemas::OF_REQUEST: parameter.schema },
    })
}

fn responses(route: &Route, contract: &Contract) -> Json {
    let mut done = json!({ "description": "Done" });
    match &contract.reply {
        Reply::Nothing => {}
        Reply::Json(schema) => {
            done["content"] = json!({ "application/json": { "schema": schema } });
        }
        Reply::File(kinds) => {
            let file = json!({ "schema": { "type": "string", "format": "binary" } });
            let kinds: Map<String, Json> = kinds
                .iter()
                .map(|kind| ((*kind).to_owned(), file.clone()))
                .collect();
            done["content"] = Json::Object(kinds);
        }
    }
    let mut all = json!({
        "default": { "description": "A refusal or a fault", "content": {
            "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } } },
    });
    if route.is_record() {
        done["headers"] = json!({ "ETag": { "schema": { "type": "string" },
            "description": "Names the record as it is now; for `If-None-Match` and `If-Match`." } });
        all["304"] = json!({ "description": "It is as `If-None-Match` knows it" });
    }
    all["2XX"] = done;
    all
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
    let reasons = rooms
        .iter()
        .flat_map(|room| room.reasons.iter().map(|reason| reason.code));
    let mut codes: Vec<&str> = reasons.chain(access::GENERAL.iter().copied()).collect();
    codes.sort_unstable();
    codes.dedup();
    json!({
        "type": "object",
        "required": ["type", "title", "status", "code", "detail", "instance"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference",
                "description": "An address that explains the problem to people." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "A sentence in the asker's language." },
            "code": { "type": "string", "enum": codes },
            "instance": { "type": "string", "format": "uri",
                "description": "This request, as the log names it." },
            "errors": { "type": "array", "items": { "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": { "type": "string", "description": "Where in the body: a JSON pointer." },
                    "detail": { "type": "string" } } } },
        },
    })
}
