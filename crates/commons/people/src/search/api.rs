//! The search for machines.

use access::contract::Gives;
use access::{Ask, Need, Routes};
use axum::extract::Query;
use axum::http::StatusCode;
use organizations::OrganizationId;
use persian::Date;
use schemars::JsonSchema;
use serde::Serialize;
use web::Outcome;

use super::Closeness;
use super::pages::{Typed, searched};
use crate::{PersonId, SEARCH};

pub(crate) fn routes() -> Routes {
    Routes::new().api_get("/api/v1/people", Need::May(&SEARCH), list)
}

/// Somebody found.
#[derive(Serialize, JsonSchema)]
struct PersonHit {
    id: PersonId,
    code: String,
    #[serde(rename = "match")]
    closeness: Closeness,
    first_name: String,
    last_name: String,
    birth_on: Option<Date>,
    region: Option<i64>,
    organization_id: OrganizationId,
}

/// A page of a search.
#[derive(Serialize, JsonSchema)]
struct PersonSearch {
    items: Vec<PersonHit>,
    next: Option<String>,
    is_elsewhere: bool,
    lapsed_id: Option<PersonId>,
}

/// `?q=&year=&relative=&cursor=`; `is_elsewhere` says that the national code typed belongs to
/// somebody of another centre, `lapsed_id` who of one's own must be asked again for her consent.
async fn list(ask: Ask, Query(typed): Query<Typed>) -> Outcome<impl Gives> {
    let found = searched(&ask, &typed).await?;
    let items: Vec<_> = found
        .hits
        .iter()
        .map(|hit| {
            let person = &hit.person;
            PersonHit {
                id: person.id,
                code: person.code.clone(),
                closeness: hit.closeness,
                first_name: person.first_name.clone(),
                last_name: person.last_name.clone(),
                birth_on: person.birth_on,
                region: person.region,
                organization_id: person.organization_id,
            }
        })
        .collect();
    let is_elsewhere = found.elsewhere.is_some();
    let body = PersonSearch {
        items,
        next: found.next.clone(),
        is_elsewhere,
        lapsed_id: found.lapsed,
    };
    ask.json(StatusCode::OK, &body)
}
