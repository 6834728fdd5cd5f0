//! A room of one noun, asked as programs ask.

use axum::body::{Body, to_bytes};
use axum::extract::{Path, Query};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tower::ServiceExt as _;
use uuid::Uuid;
use web::Outcome;

use super::*;
use crate::{Need, Routes};

#[derive(Serialize, JsonSchema)]
struct Thing {
    id: i64,
    name: String,
}

#[derive(Deserialize, JsonSchema)]
struct At {
    cursor: Option<i64>,
}

#[derive(Deserialize, JsonSchema)]
struct NewThing {
    name: String,
}

fn thing(id: i64) -> Thing {
    let name = format!("thing {id}");
    Thing { id, name }
}

async fn show(Path(id): Path<i64>) -> Outcome<impl Gives> {
    Ok(Answer::new(StatusCode::OK, &thing(id)).at_version(id))
}

async fn list(limit: Limit, Query(at): Query<At>) -> Outcome<impl Gives> {
    let after = at.cursor.unwrap_or_default();
    let mut items: Vec<Thing> = (after + 1..=120).map(thing).collect();
    items.truncate(usize::try_from(limit.and_one()).unwrap());
    let next = limit.cut(&mut items, |thing| thing.id);
    Ok(Answer::new(StatusCode::OK, &List::page(items, next)))
}

async fn change(
    Path(id): Path<i64>,
    Key(_): Key,
    IfMatch(version): IfMatch,
    web::Json(new): web::Json<NewThing>,
) -> Outcome<impl Gives> {
    let changed = Thing {
        id: id + version,
        name: new.name,
    };
    Ok(Answer::new(StatusCode::OK, &changed))
}

fn routes() -> Routes {
    Routes::new()
        .api_get("/api/v1/things", Need::Public, list)
        .api_get("/api/v1/things/{id}", Need::Public, show)
        .api_put("/api/v1/things/{id}", Need::Public, change)
}

async fn send(request: Request<Body>) -> (Response<()>, Json) {
    let response = routes().into_router().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or(Json::Null);
    (Response::from_parts(parts, ()), body)
}

async fn get(path: &str, known: Option<&str>) -> (Response<()>, Json) {
    let mut request = Request::get(path);
    if let Some(tag) = known {
        request = request.header("if-none-match", tag);
    }
    send(request.body(Body::empty()).unwrap()).await
}

fn tag(response: &Response<()>) -> String {
    response.headers()["etag"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_record_is_answered_once_to_who_knows_it() {
    let (read, body) = get("/api/v1/things/7", None).await;
    assert_eq!(body, json!({ "id": 7, "name": "thing 7" }));
    let (again, nothing) = get("/api/v1/things/7", Some(&tag(&read))).await;
    assert_eq!(
        (again.status(), nothing),
        (StatusCode::NOT_MODIFIED, Json::Null)
    );
    assert_eq!(tag(&again), tag(&read));
    let (other, _) = get("/api/v1/things/8", Some(&tag(&read))).await;
    assert_eq!(other.status(), StatusCode::OK);
    assert_ne!(tag(&other), tag(&read));
}

#[tokio::test]
async fn a_list_has_no_tag_and_its_pages_follow_each_other() {
    let (first, body) = get("/api/v1/things", None).await;
    assert!(first.headers().get("etag").is_none());
    assert_eq!(body["items"].as_array().unwrap().len(), 50);
    assert_eq!(body["next"], "50");
    let (_, last) = get("/api/v1/things?limit=20&cursor=100", None).await;
    assert_eq!(last["items"].as_array().unwrap().len(), 20);
    assert_eq!(last["next"], Json::Null);
    for odd in ["0", "201", "-1", "many", ""] {
        let (refused, _) = get(&format!("/api/v1/things?limit={odd}"), None).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{odd}");
    }
}

#[tokio::test]
async fn only_the_fields_asked_for_are_answered() {
    let (_, list) = get("/api/v1/things?limit=1&fields=name", None).await;
    assert_eq!(list["items"], json!([{ "name": "thing 1" }]));
    let (whole, _) = get("/api/v1/things/3", None).await;
    let (part, one) = get("/api/v1/things/3?fields=id", None).await;
    assert_eq!(one, json!({ "id": 3 }));
    assert_eq!(
        tag(&part),
        tag(&whole),
        "the tag names the record, not what was asked of it"
    );
    for unknown in ["nothing", "id,nothing", ""] {
        let (refused, _) = get(&format!("/api/v1/things/3?fields={unknown}"), None).await;
        assert_eq!(refused.status(), StatusCode::BAD_REQUEST, "{unknown}");
    }
}

#[tokio::test]
async fn a_change_says_which_version_it_was_written_on() {
    let (read, _) = get("/api/v1/things/7", None).await;
    let put = async |headers: &[(&str, &str)]| {
        let mut request = Request::put("/api/v1/things/7");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = Body::from(json!({ "name": "new" }).to_string());
        send(request.body(body).unwrap()).await
    };
    let key = Uuid::now_v7().to_string();
    let key = ("idempotency-key", key.as_str());
    let known = tag(&read);
    assert_eq!(put(&[("if-match", &known)]).await.0.status(), 400, "no key");
    assert_eq!(put(&[key]).await.0.status(), 428);
    for odd in ["*", "\"7", "7-abc", "W/\"7-abc\"", "\"abc\""] {
        assert_eq!(
            put(&[key, ("if-match", odd)]).await.0.status(),
            412,
            "{odd}"
        );
    }
    let (done, body) = put(&[key, ("if-match", &known)]).await;
    assert_eq!(
        (done.status(), &body["id"]),
        (StatusCode::OK, &json!(14)),
        "version 7 was read"
    );
}

#[test]
fn a_contract_is_what_the_handler_takes_and_gives() {
    let mut schemas = Schemas::default();
    let contracts: Vec<Contract> = routes()
        .list()
        .iter()
        .map(|route| route.contract.unwrap()(&mut schemas))
        .collect();
    let names = |contract: &Contract| {
        let parameters = contract.parameters.iter();
        parameters.map(|one| one.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&contracts[0]), ["limit", "cursor"]);
    assert_eq!(contracts[0].fields, ["id", "name"]);
    assert_eq!(contracts[1].path.len(), 1);
    assert_eq!(names(&contracts[2]), ["Idempotency-Key", "If-Match"]);
    let body = contracts[2].body.as_ref().unwrap();
    assert_eq!(body.0, "application/json");
    assert_eq!(
        schemas.requests.definitions()["NewThing"]["required"],
        json!(["name"])
    );
    let listed = &schemas.answers.definitions()["ThingList"];
    assert_eq!(listed["required"], json!(["items", "next"]));
}
