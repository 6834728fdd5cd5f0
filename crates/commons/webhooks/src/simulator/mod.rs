//! A receiver, for trying out and for tests: checks signatures as any receiver should, keeps what
//! came, and fails on demand. A process of its own; nothing of a city is in it.

mod faults;

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use persian::Timestamp;
use serde::Serialize;
use tokio::net::TcpListener;

pub use faults::{Faults, UnknownFault};

use crate::signing;

/// What came, once for each message.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    /// `webhook-id`
    pub id: String,
    /// Did a signature hold? None when the secret is not known.
    pub is_signed: Option<bool>,
    /// How many signatures came with it.
    pub signatures: usize,
    /// Is the instant near ours, as a receiver should ask? The clock of a test stands still.
    pub is_near: bool,
    /// The body.
    pub body: String,
    /// How often it came.
    pub times: u32,
}

struct Sim {
    secret: Option<String>,
    faults: Faults,
    received: Mutex<Vec<Received>>,
}

/// The receiver as a router: `/hook`, `/received.json`, and `/elsewhere`, where redirects lead.
pub fn router(secret: Option<String>, faults: Faults) -> Router {
    let sim = Arc::new(Sim {
        secret,
        faults,
        received: Mutex::new(Vec::new()),
    });
    Router::new()
        .route("/hook", post(hook))
        .route("/elsewhere", get(elsewhere).post(elsewhere))
        .route("/received.json", get(list))
        .with_state(sim)
}

/// Serves the receiver on a listener until the task ends.
pub async fn serve(
    listener: TcpListener,
    secret: Option<String>,
    faults: Faults,
) -> std::io::Result<()> {
    axum::serve(listener, router(secret, faults)).await
}

async fn list(State(sim): State<Arc<Sim>>) -> Json<Vec<Received>> {
    let received = sim.received.lock();
    Json(received.unwrap_or_else(PoisonError::into_inner).clone())
}

async fn hook(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    if faults::happens(sim.faults.slow) {
        tokio::time::sleep(sim.faults.slow_for).await;
    }
    if faults::happens(sim.faults.error) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if faults::happens(sim.faults.gone) {
        return StatusCode::GONE.into_response();
    }
    if faults::happens(sim.faults.redirect) {
        return (StatusCode::FOUND, [(header::LOCATION, "/elsewhere")]).into_response();
    }
    let read = read(&sim, &headers, &body);
    let is_good = read.is_signed != Some(false);
    keep(&sim, read);
    match is_good {
        true => StatusCode::NO_CONTENT.into_response(),
        false => StatusCode::UNAUTHORIZED.into_response(),
    }
}

fn read(sim: &Sim, headers: &HeaderMap, body: &[u8]) -> Received {
    let field = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let (id, signatures) = (field("webhook-id"), field("webhook-signature"));
    let timestamp: i64 = field("webhook-timestamp").parse().unwrap_or_default();
    let body = String::from_utf8_lossy(body).into_owned();
    let is_signed = sim
        .secret
        .as_deref()
        .map(|secret| signing::is_signed(secret, &id, timestamp, &body, &signatures));
    let distance = Timestamp::system_now().unix() - timestamp;
    Received {
        id,
        is_signed,
        signatures: signatures.split_whitespace().count(),
        is_near: distance.abs() <= signing::TOLERANCE,
        body,
        times: 1,
    }
}

/// A message that is known is counted and does nothing else, as receivers should do it.
fn keep(sim: &Sim, new: Received) {
    let received = sim.received.lock();
    let mut received = received.unwrap_or_else(PoisonError::into_inner);
    match received.iter_mut().find(|old| old.id == new.id) {
        Some(old) => {
            old.times += 1;
            old.is_signed = new.is_signed;
            old.signatures = new.signatures;
        }
        None => received.push(new),
    }
}

/// Whoever comes here followed a redirect.
async fn elsewhere(State(sim): State<Arc<Sim>>) -> StatusCode {
    let followed = Received {
        id: "elsewhere".into(),
        is_signed: None,
        signatures: 0,
        is_near: false,
        body: String::new(),
        times: 1,
    };
    keep(&sim, followed);
    StatusCode::NO_CONTENT
}
