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

/// `?q=&year=&relative=&cursor=`; `is_elsewhere` says that the national code typed belongs to
/// somebody of another centre, `lapsed_id` who of one's own must be asked again for her consent.
async fn list(ask: Ask, Query(typed): Query<Typed>) -> Outcome {
    let found = searched(&ask, &typed).await?;
    let items: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            let person = &hit.person;
            json!({
                "id": person.id, "code": person.code, "match": hit.closeness.as_str(),
                "first_name": person.first_name, "last_name": person.last_name,
                "birth_on": person.birth_on, "region": person.region,
                "organization_id": person.organization_id,
            })
        })
        .collect();
    let is_elsewhere = found.elsewhere.is_some();
    let body = json!({ "items": items, "next": found.next,
        "is_elsewhere": is_elsewhere, "lapsed_id": found.lapsed });
    ask.json(StatusCode::OK, &body)
}
