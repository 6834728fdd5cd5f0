//! A registration as a worker types it, and ways to send and find it.

use access::cast::{Actor, Reply, Stage};
use axum::body::Body;
use axum::http::Request;
use uuid::Uuid;

pub(super) use crate::import::store::tests::{stage, two_rows};

/// The least that registers somebody.
pub(super) const LEAST: &[(&str, &str)] = &[
    ("first_name", "زهرا"),
    ("last_name", "نیک‌پور"),
    ("national_code", "۰۰۱۲۳۴۵۶۷۹"),
    ("birth.year", "۱۳۵۸"),
    ("birth.month", "12"),
    ("birth.day", "۲۴"),
    ("phone", "۰۹۰۰۱۲۳۴۵۶۷"),
    ("agreed", "yes"),
    ("evidence", "signature"),
    ("consent_years", "2"),
];

/// The same fields with some changed or added.
pub(super) fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = LEAST
        .iter()
        .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes).copied().collect()
}

/// Registers somebody; gives the address of her page.
pub(super) async fn register(stage: &Stage, who: &Actor, fields: &[(&str, &str)]) -> String {
    let made = stage.post(Some(who), "/people", fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    made.location.unwrap()
}

/// The search page for some words.
pub(super) async fn search(stage: &Stage, who: &Actor, q: &str) -> Reply {
    let q: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let found = stage.get(Some(who), &format!("/people?q={q}")).await;
    assert_eq!(found.status, 200, "{}", found.body);
    found
}

/// Posts a file as a browser does.
pub(super) async fn upload(stage: &Stage, who: &Actor, file: &[u8]) -> Reply {
    let key = Uuid::now_v7();
    let mut body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\n{key}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.xlsx\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post("/people/import")
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(Body::from(body))
        .unwrap();
    stage.send(Some(who), request).await
}

/// How many rows a table has.
pub(super) async fn count(stage: &Stage, table: &str) -> i64 {
    let mut conn = stage.city.db.read().await.unwrap();
    db::sql(format!("SELECT count(*) AS value FROM {table}"))
        .scalar(&mut conn)
        .await
        .unwrap()
}

/// Every proof of the room holds.
pub(super) async fn all_is_proven(stage: &Stage) {
    let mut conn = stage.city.db.read().await.unwrap();
    for check in crate::checks(&mut conn).await.unwrap() {
        assert!(check.ok, "{} {:?}", check.code, check.faults);
    }
}
