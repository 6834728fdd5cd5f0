//! Whatever is sent to a route, it answers in words and keeps nothing of it.

use std::collections::BTreeSet;
use std::path::Path;

use axum::body::{Body, Bytes};
use axum::http::Request;
use db::sql;
use serde_json::{Map, Value as Json, json};
use testing::both;
use uuid::Uuid;

use super::everyone::{House, Reply, address, request};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const PARTS: &str = "multipart/form-data; boundary=edge";
/// Ten megabytes.
const HUGE: usize = 10 * 1024 * 1024;

/// Acts that need nothing from a body: any body lets them act.
const BODILESS: &[&str] = &[
    "/figures/publish",
    "/api/v1/figures/publish",
    "/api/v1/account/sessions/end",
    "/api/v1/my/sessions/end",
];

/// What no field expects: markup, a turned direction, impossible days and amounts, a NUL.
const HOSTILE: &[&str] = &[
    "",
    "<script>alert(1)</script>",
    "\u{202e}متن\u{202c}\u{200f}",
    "-99999999999999999999",
    "9223372036854775807",
    "1405/13/45",
    "\u{0}",
];

/// Words in the rooms' sources that may name a field: the fields of types and, for bodies, quoted
/// words. Those of addresses stand in files that read a query.
fn field_names(of_addresses: bool) -> BTreeSet<String> {
    let mut texts = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates"),
        &mut texts,
    );
    let mut names = BTreeSet::new();
    for text in texts {
        if of_addresses && !text.contains("Query<") {
            continue;
        }
        let fields = text.lines().filter_map(|line| line.trim().split_once(": "));
        let fields = fields.map(|(name, _)| name.trim_start_matches("pub "));
        names.extend(fields.filter(is_name).map(str::to_owned));
        if !of_addresses {
            let quoted = text.split('"').skip(1).step_by(2);
            names.extend(quoted.filter(is_name).map(str::to_owned));
        }
    }
    assert!(names.len() > 50, "the sources are not where they were");
    names
}

/// The sources that read forms, bodies and addresses.
fn collect(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            collect(&path, texts);
        } else if matches!(name, "forms.rs" | "api.rs" | "pages.rs" | "mod.rs") {
            texts.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn is_name(word: &&str) -> bool {
    (2..=30).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

fn form(names: &BTreeSet<String>, value: &str) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(names.iter().map(|name| (name, value)));
    form.append_pair(web::KEY_FIELD, &Uuid::now_v7().to_string());
    form.finish()
}

fn object(names: &BTreeSet<String>, value: &Json) -> String {
    let fields: Map<String, Json> = names.iter().map(|n| (n.clone(), value.clone())).collect();
    json!(fields).to_string()
}

/// What is sent to a route of pages, or of programs. The other kind of body is refused before it is
/// read, so one of it is enough.
fn bodies(names: &BTreeSet<String>, is_api: bool) -> Vec<(&'static str, Bytes)> {
    let mut bodies: Vec<(&'static str, String)> = vec![
        ("", String::new()),
        (FORM, String::new()),
        (FORM, "%ff%fe=%c0&&&==".into()),
        (JSON, String::new()),
        (JSON, "{}".into()),
        (JSON, "[]".into()),
        (JSON, "{\"id\":".into()),
        (JSON, object(names, &json!(-1))),
        (JSON, object(names, &json!([{}]))),
        (PARTS, "--edge\r\nno headers".into()),
        ("text/plain", "سلام".into()),
        (FORM, format!("name={}", "ا".repeat(HUGE / 2))),
        (JSON, format!("{{\"name\":\"{}\"}}", "x".repeat(HUGE))),
    ];
    for (place, value) in HOSTILE.iter().enumerate() {
        if !is_api || place == 1 {
            bodies.push((FORM, form(names, value)));
        }
        if is_api || place == 1 {
            bodies.push((JSON, object(names, &json!(value))));
        }
    }
    // Shared and not copied: each goes to hundreds of routes.
    bodies
        .into_iter()
        .map(|(kind, body)| (kind, body.into()))
        .collect()
}

/// The last written event that tells of a change: not of what was seen, nor of who came or went.
async fn last_event(house: &House) -> Option<(Uuid, String)> {
    let text = "SELECT id, action FROM audit_event
        WHERE action NOT IN ('viewed', 'signed_in', 'signed_out', 'sign_in_failed')
        ORDER BY id DESC LIMIT 1";
    let mut conn = house.stage.city.db.read().await.unwrap();
    let rows = sql(text).rows(&mut conn).await.unwrap();
    rows.first()
        .map(|row| (row.get("id").unwrap(), row.get("action").unwrap()))
}

/// What is wrong with an answer.
fn fault(path: &str, reply: &Reply) -> Option<String> {
    let is_for_programs = path.starts_with("/api/") || path.starts_with("/hsds/");
    let expected = match is_for_programs {
        true => "application/problem+json",
        false => "text/html",
    };
    if reply.status.is_server_error() {
        return Some(reply.status.to_string());
    }
    let is_drawn = !reply.status.is_client_error() || reply.kind.starts_with(expected);
    (!is_drawn).then(|| format!("{} as {:?}", reply.status, reply.kind))
}

both! {
    async fn a_bad_body_is_answered_in_words_and_nothing_is_written(bench: Bench) {
        let house = House::open(&bench).await;
        let names = field_names(false);
        let [of_pages, of_programs] = [false, true].map(|is_api| bodies(&names, is_api));
        let mut faults = Vec::new();
        for route in House::routes().iter().filter(|route| route.method != "GET") {
            let before = last_event(&house).await;
            let mut session = house.who_meets(route.need).await;
            let bodies = if route.path.starts_with("/api/") { &of_programs } else { &of_pages };
            for (kind, body) in bodies {
                let address = address(route.path, || Uuid::now_v7().to_string());
                let sent = request(route.method, &address, kind, body.clone());
                let reply = house.send(&session, sent).await;
                if let Some(fault) = fault(route.path, &reply) {
                    let shown = String::from_utf8_lossy(&body[..body.len().min(60)]);
                    faults.push(format!("{} {}: {fault} for {kind} {shown:?}", route.method, route.path));
                }
                if route.path.contains("sign-out") {
                    session = house.who_meets(route.need).await;
                }
            }
            let after = last_event(&house).await;
            if after != before && !BODILESS.contains(&route.path) {
                faults.push(format!("{} {} wrote {after:?}", route.method, route.path));
            }
        }
        assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
    }

    async fn a_bad_address_is_answered_in_words(bench: Bench) {
        let house = House::open(&bench).await;
        let names = field_names(true);
        let mut faults = Vec::new();
        for route in House::routes() {
            let session = house.who_meets(route.need).await;
            for value in HOSTILE {
                let part: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
                let plain = address(route.path, || Uuid::now_v7().to_string());
                let odd = address(route.path, || if part.is_empty() { "%20".into() } else { part.clone() });
                let mut asked: Vec<Request<Body>> = vec![request(route.method, &odd, FORM, "")];
                if route.method == "GET" {
                    asked.push(request("GET", &format!("{plain}?{}", form(&names, value)), "", ""));
                }
                for request in asked {
                    let reply = house.send(&session, request).await;
                    if let Some(fault) = fault(route.path, &reply) {
                        faults.push(format!("{} {}: {fault} for {value:?}", route.method, route.path));
                    }
                }
            }
        }
        assert!(faults.is_empty(), "{} faults: {faults:#?}", faults.len());
    }
}
