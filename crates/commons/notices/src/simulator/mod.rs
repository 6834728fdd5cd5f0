//! The provider's side, for demo and tests: takes messages as Kavenegar does, keeps them in an
//! inbox, and fails on demand. A process of its own; nothing of a city is in it.

mod faults;
mod inbox;
mod provider;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::{get, post};
use tokio::net::TcpListener;

pub use faults::{Faults, UnknownFault};
pub use inbox::{Message, MessageKind};

/// What all requests share.
struct Sim {
    faults: Faults,
    messages: Mutex<Vec<Message>>,
}

/// The provider as a router: `/v1/{key}/…`, `/inbox` and `/inbox.json`.
pub fn router(faults: Faults) -> Router {
    let sim = Arc::new(Sim {
        faults,
        messages: Mutex::new(Vec::new()),
    });
    Router::new()
        .route("/v1/{key}/sms/send.json", post(provider::send))
        .route("/v1/{key}/verify/lookup.json", post(provider::lookup))
        .route("/v1/{key}/call/maketts.json", post(provider::call))
        .route("/v1/{key}/sms/status.json", post(provider::status))
        .route("/inbox", get(inbox::page))
        .route("/inbox.json", get(inbox::list))
        .with_state(sim)
}

/// Serves the provider on a listener until the task ends. Bind port 0 to be given a free one.
pub async fn serve(listener: TcpListener, faults: Faults) -> std::io::Result<()> {
    axum::serve(listener, router(faults)).await
}
