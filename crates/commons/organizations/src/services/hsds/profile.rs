//! What this API adds to the standard, and its description. Both say what the handlers do.

use serde_json::{Map, Value as Json, json};

use super::VERSION;
use crate::services::details::ServedGender;

/// What the standard lacks since its third version: eligibility that a program can compare. As merge
/// patches of the standard's schemas.
pub(super) fn profile(base: &str) -> Json {
    json!({
        "name": "Zanjireh",
        "description": "HSDS with eligibility as data. Nothing of the standard is taken away or changes its meaning.",
        "uri": format!("{base}/hsds/profile"),
        "hsds_version": VERSION,
        "patches": { "service.json": { "properties": { "eligibility": {
            "name": "eligibility",
            "type": "object",
            "description": "For whom the service is. What is missing is not asked for. The same in words is eligibility_description.",
            "properties": {
                "is_for_all": { "type": "boolean", "description": "Said aloud: nobody is left out." },
                "minimum_age": { "type": "integer", "minimum": 0, "maximum": 120 },
                "maximum_age": { "type": "integer", "minimum": 0, "maximum": 120 },
                "gender": { "type": "string", "enum": ServedGender::ALL },
                "target_groups": { "type": "array", "items": { "type": "string" },
                    "description": "Codes of the taxonomy of target groups; one of them must be the person's. None means that none is asked for." },
                "regions": { "type": "array", "items": { "type": "integer" },
                    "description": "Numbers of the city's regions. None means the whole city." },
                "asks_no_documents": { "type": "boolean", "description": "Said aloud: nothing is to be brought." },
            },
            "required": ["is_for_all", "gender", "target_groups", "regions", "asks_no_documents"],
        } } } },
        "notes": [
            "Text is Persian; with lang=en it is English where there is any.",
            "A capacity that was told longer ago than the city allows is not there at all: read that as unknown.",
            "state_province and postal_code of an address are empty: the city does not keep them.",
        ],
    })
}

/// The lists and what each understands beside `search`, `page`, `per_page` and `format`.
pub(super) const LISTS: &[(&str, &[&str])] = &[
    (
        "services",
        &[
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
            "modified_after",
            "minimal",
            "full",
        ],
    ),
    (
        "organizations",
        &[
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
            "full",
            "full_service",
        ],
    ),
    ("taxonomies", &[]),
    ("taxonomy_terms", &["taxonomy_id", "parent_id", "top_only"]),
    (
        "service_at_locations",
        &[
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
            "modified_after",
            "full",
        ],
    ),
];

fn parameter(name: &str) -> Json {
    let kind = match name {
        "page" | "per_page" => "integer",
        "minimal" | "full" | "full_service" | "top_only" => "boolean",
        _ => "string",
    };
    json!({ "name": name, "in": "query", "required": false, "schema": { "type": kind } })
}

/// The description of the API, as OpenAPI.
pub(super) fn openapi(base: &str) -> Json {
    let done = |schema: Json| json!({ "200": { "description": "Done", "content": { "application/json": { "schema": schema } } } });
    let page = json!({ "$ref": "#/components/schemas/Page" });
    let object = json!({ "type": "object" });
    let mut paths = Map::new();
    paths.insert(
        "/".to_owned(),
        json!({ "get": { "operationId": "getInformation", "responses": done(object.clone()) } }),
    );
    for (list, own) in LISTS {
        let shared = ["search", "page", "per_page", "format"];
        let names = shared.iter().chain(own.iter());
        let parameters: Vec<Json> = names.map(|name| parameter(name)).collect();
        paths.insert(
            format!("/{list}"),
            json!({ "get": { "operationId": format!("list_{list}"), "parameters": parameters, "responses": done(page.clone()) } }),
        );
        paths.insert(
            format!("/{list}/{{id}}"),
            json!({ "get": { "operationId": format!("get_{list}"), "responses": done(object.clone()), "parameters": [
                { "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }] } }),
        );
    }
    let whole = json!({ "type": "integer" });
    let flag = json!({ "type": "boolean" });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Zanjireh HSDS", "version": VERSION },
        "servers": [{ "url": format!("{base}/hsds") }],
        "paths": paths,
        "components": { "schemas": { "Page": {
            "type": "object",
            "required": ["empty"],
            "properties": {
                "total_items": whole, "total_pages": whole, "page_number": whole, "size": whole,
                "first_page": flag, "last_page": flag, "empty": flag,
                "contents": { "type": "array", "items": { "type": "object" } },
            },
        } } },
    })
}
