//! The other side of the bank file: a small server that takes a file and answers as a bank
//! does, with faults on demand. It runs as a process of its own, for demo and tests.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use persian::{Date, Sheba, Timestamp};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::bank::{Order, Profile};
use crate::payouts::{ResultLine, ResultStatus};

/// How often things go wrong, each between 0 and 1. The same payment always fares alike.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faults {
    /// The account is closed: the payment fails.
    pub closed_account: f64,
    /// The payment is confirmed and comes back later, in `/returns/{profile}`.
    pub late_return: f64,
    /// A line stands twice in the answer.
    pub duplicate: f64,
    /// The answer takes three seconds.
    pub slow: f64,
}

impl Faults {
    /// Sets a fault by its name; false for a name that is none.
    pub fn set(&mut self, name: &str, rate: f64) -> bool {
        let field = match name {
            "closed_account" => &mut self.closed_account,
            "late_return" => &mut self.late_return,
            "duplicate" => &mut self.duplicate,
            "slow" => &mut self.slow,
            _ => return false,
        };
        *field = rate.clamp(0.0, 1.0);
        true
    }
}

#[derive(Default)]
struct Bank {
    faults: Faults,
    paid: Mutex<HashSet<String>>,
    coming_back: Mutex<Vec<ResultLine>>,
}

/// `POST /files/{profile}?closed=N` takes a batch's file and gives the answer, its first N
/// accounts being closed (none when it is not said); `GET /returns/{profile}`
/// gives what came back since it was last asked; `GET /readyz` says that it listens.
pub fn router(faults: Faults) -> Router {
    let bank = Bank {
        faults,
        ..Bank::default()
    };
    Router::new()
        .route("/readyz", get(|| async { "ready" }))
        .route("/files/{profile}", post(take))
        .route("/returns/{profile}", get(returns))
        .with_state(Arc::new(bank))
}

/// Serves until the process ends. Port 0 takes a free one; `ready` gets the address.
pub async fn serve(
    listen: SocketAddr,
    faults: Faults,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(listen).await?;
    ready(listener.local_addr()?);
    axum::serve(listener, router(faults)).await
}

/// What is asked of the bank besides its faults.
#[derive(Deserialize)]
struct Asked {
    /// So many accounts, from the first, are closed.
    #[serde(default)]
    closed: usize,
}

async fn take(
    State(bank): State<Arc<Bank>>,
    Path(profile): Path<String>,
    Query(asked): Query<Asked>,
    bytes: Bytes,
) -> Response {
    let Ok(profile) = profile.parse::<Profile>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let orders = match profile.read_orders(&bytes) {
        Ok(orders) => orders,
        Err(fault) => return (StatusCode::UNPROCESSABLE_ENTITY, fault.to_string()).into_response(),
    };
    if orders
        .first()
        .is_some_and(|first| happens(bank.faults.slow, "slow", &first.reference))
    {
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    let today = Timestamp::system_now().date();
    answer(profile, &bank.answer(&orders, asked.closed, today))
}

async fn returns(State(bank): State<Arc<Bank>>, Path(profile): Path<String>) -> Response {
    let Ok(profile) = profile.parse::<Profile>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let lines = std::mem::take(
        &mut *bank
            .coming_back
            .lock()
            .unwrap_or_else(PoisonError::into_inner),
    );
    match lines.is_empty() {
        true => StatusCode::NO_CONTENT.into_response(),
        false => answer(profile, &lines),
    }
}

impl Bank {
    fn answer(&self, orders: &[Order], closed: usize, today: Date) -> Vec<ResultLine> {
        let mut lines = Vec::with_capacity(orders.len());
        for (at, order) in orders.iter().enumerate() {
            let line = self.pay(order, at < closed, today);
            if happens(self.faults.duplicate, "duplicate", &order.reference) {
                lines.push(line.clone());
            }
            lines.push(line);
        }
        lines
    }

    fn pay(&self, order: &Order, is_closed: bool, today: Date) -> ResultLine {
        let line = |status, reason: &str| ResultLine {
            reference: order.reference.clone(),
            amount: Some(order.amount),
            status,
            reason: reason.to_owned(),
            bank_reference: tracking(&order.reference),
            day: Some(today),
        };
        if Sheba::parse(&order.sheba).is_err() {
            return line(ResultStatus::Failed, "شماره شبا نادرست است");
        }
        let rate = self.faults.closed_account;
        if is_closed || happens(rate, "closed_account", &order.reference) {
            return line(ResultStatus::Failed, "حساب مقصد بسته است");
        }
        let mut paid = self.paid.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = paid.insert(order.reference.clone());
        // The same file again is answered alike and moves no money.
        if is_first && happens(self.faults.late_return, "late_return", &order.reference) {
            let mut back = self
                .coming_back
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            back.push(line(ResultStatus::Returned, "برگشت از بانک مقصد"));
        }
        line(ResultStatus::Paid, "")
    }
}

fn answer(profile: Profile, lines: &[ResultLine]) -> Response {
    let kind = profile.file_name("result").1;
    ([(header::CONTENT_TYPE, kind)], profile.write_result(lines)).into_response()
}

/// A share of payments, chosen by their reference: asked twice, it gives the same answer.
fn happens(rate: f64, fault: &str, reference: &str) -> bool {
    let digest = Sha256::digest(format!("{fault}:{reference}"));
    let mut first = [0; 4];
    first.copy_from_slice(&digest[..4]);
    f64::from(u32::from_be_bytes(first)) < rate * 4_294_967_296.0
}

/// Twelve digits, as banks give them.
fn tracking(reference: &str) -> String {
    let digest = Sha256::digest(reference);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    format!("{:012}", u64::from_be_bytes(first) % 1_000_000_000_000)
}
