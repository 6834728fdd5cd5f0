//! The stage of this room's tests: a body that is told, and receivers of its own.

mod failing;
mod keeping;
mod slow;
mod telling;

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU32, Ordering};

use access::Role;
use access::cast::{Actor, Reply, Stage};
use axum::http::StatusCode;
use db::{Result, Tx, Write, sql};
use organizations::OrganizationId;
use serde::Serialize;
use serde_json::{Value as Json, json};
use testing::Bench;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::simulator::{Faults, serve};
use crate::{Data, EventType, Number};

#[test]
fn words_are_whole() {
    assert_eq!(crate::WORDS.check(), Vec::<String>::new());
    let found = web::words::scan(env!("CARGO_MANIFEST_DIR")).unwrap();
    assert_eq!(found, web::words::Scan::default());
}

/// Alice and Bob supervise one body, Charlie another.
pub(crate) async fn stage(bench: &Bench) -> Stage {
    let rooms = vec![
        access::room(),
        contacts::room(),
        organizations::room(),
        notices::room(),
        crate::room(),
    ];
    Stage::open(bench, rooms, &[Role::Supervisor]).await
}

/// A port of this machine, and the address of a receiver there.
async fn port() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    (listener, address)
}

/// An endpoint of Alice's body with its secret.
pub(crate) struct Endpoint {
    pub(crate) id: Uuid,
    secret: String,
    path: String,
}

async fn add(stage: &Stage, url: &str) -> Endpoint {
    let id = Uuid::now_v7();
    let new = json!({
        "id": id, "organization_id": stage.home, "url": url,
        "event_types": ["referral.accepted", "referral.sent"],
    });
    let made = stage
        .send_json(Some(&stage.alice), "POST", "/api/v1/webhooks", &new)
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    Endpoint {
        id,
        secret: made.json()["secret"].as_str().unwrap().to_owned(),
        path: format!("/api/v1/webhooks/{id}"),
    }
}

/// An endpoint with the simulator behind it, and the simulator's address.
pub(crate) async fn simulated(stage: &Stage, faults: Faults) -> (Endpoint, String) {
    let (listener, address) = port().await;
    let endpoint = add(stage, &format!("{address}/hook")).await;
    tokio::spawn(serve(listener, Some(endpoint.secret.clone()), faults));
    (endpoint, address)
}

/// What a simulator received.
pub(crate) async fn received(address: &str) -> Vec<Json> {
    let address = format!("{address}/received.json");
    let read = move || {
        ureq::get(&address)
            .call()
            .unwrap()
            .body_mut()
            .read_to_string()
    };
    let text = tokio::task::spawn_blocking(read).await.unwrap().unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A receiver whose answer the test decides on, and which counts.
#[derive(Clone)]
struct Moody {
    status: Arc<AtomicU16>,
    count: Arc<AtomicU32>,
}

impl Moody {
    async fn open(stage: &Stage, status: u16) -> (Self, Endpoint) {
        let (listener, address) = port().await;
        let moody = Self {
            status: Arc::new(AtomicU16::new(status)),
            count: Arc::default(),
        };
        let own = moody.clone();
        let router = axum::Router::new().fallback(move || {
            own.count.fetch_add(1, Ordering::SeqCst);
            let status = StatusCode::from_u16(own.status.load(Ordering::SeqCst)).unwrap();
            async move { status }
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        (moody, add(stage, &address).await)
    }

    fn answer(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    fn count(&self) -> u32 {
        self.count.load(Ordering::SeqCst)
    }
}

/// An act of a room above: something is accepted, and bodies are told.
#[derive(Serialize)]
struct Accept {
    record: Uuid,
    bodies: Vec<OrganizationId>,
    event: EventType,
    is_refused: bool,
}

impl Accept {
    fn of(stage: &Stage) -> Self {
        Self {
            record: Uuid::now_v7(),
            bodies: vec![OrganizationId::new(stage.home)],
            event: EventType::ReferralAccepted,
            is_refused: false,
        }
    }
}

impl Write for Accept {
    const NAME: &'static str = "accept";
    type Out = ();
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let data = Data {
            id: self.record,
            number: Some(Number::of("1405-00042")),
            state: "accepted",
            was: Some("sent"),
            sender_id: None,
            receiver_id: self.bodies.first().copied(),
            due_on: Some(tx.today()),
        };
        crate::tell(tx, &self.bodies, self.event, &data).await?;
        match self.is_refused {
            true => crate::endpoints::NOT_ACTIVE.refuse(),
            false => Ok(()),
        }
    }
}

pub(crate) async fn happen(stage: &Stage) {
    stage.write(&stage.alice, Accept::of(stage)).await.unwrap();
}

async fn count(bench: &Bench, of: &str) -> i64 {
    let mut conn = bench.db.read().await.unwrap();
    sql(format!("SELECT count(*) AS value FROM {of}"))
        .scalar(&mut conn)
        .await
        .unwrap()
}

/// What machines see at an address, as somebody who signs in anew: days pass in these tests.
async fn get(stage: &Stage, path: &str) -> Json {
    let alice = stage.again(&stage.alice).await;
    let reply = stage.get(Some(&alice), path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.body);
    reply.json()
}

/// The only delivery of an endpoint, or the newest.
pub(crate) async fn newest(stage: &Stage, endpoint: &Endpoint) -> Json {
    let list = get(stage, &format!("{}/deliveries", endpoint.path)).await;
    list["items"][0].clone()
}

/// Posts under a key, as machines do.
async fn post(stage: &Stage, actor: &Actor, path: &str, key: Uuid, body: &Json) -> Reply {
    let actor = stage.again(actor).await;
    let request = axum::http::Request::post(path)
        .header("content-type", "application/json")
        .header("idempotency-key", key.to_string())
        .body(axum::body::Body::from(body.to_string()))
        .unwrap();
    stage.send(Some(&actor), request).await
}
