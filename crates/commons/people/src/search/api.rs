//! The search for machines.

use access::{Ask, Need, Routes};
use axum::extract::Query;
use axum::http::StatusCode;
use serde_json::json;
use web::Outcome;

use super::pages::{Typed, searched};
use crate::SEARCH;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/people", Need::May(&SEARCH), list)
}

/// `?q=&year=&relative=&cursor=`; whom the asker holds no grant on has neither id nor name.
async fn list(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let (hits, next) = searched(&ask, &typed).await?;
    let items: Vec<_> = hits
        .iter()
        .map(|hit| {
            let person = &hit.person;
            let mut item = json!({
                "match": hit.closeness.as_str(), "initials": person.initials(),
                "region": person.region, "organization_id": person.organization_id,
            });
            if hit.is_visible {
                item["id"] = json!(person.id);
                item["code"] = json!(person.code);
                item["first_name"] = json!(person.first_name);
                item["last_name"] = json!(person.last_name);
                item["birth_on"] = json!(person.birth_on);
            }
            item
        })
        .collect();
    ask.json(StatusCode::OK, &json!({ "items": items, "next": next }))
}
