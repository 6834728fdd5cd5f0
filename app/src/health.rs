//! `/livez`, `/readyz` and `/metrics`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use access::layers::RequestId;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument as _;
use uuid::Uuid;
use web::City;

use crate::settings::Settings;

/// Upper bounds of the buckets of request time, in milliseconds.
const BUCKETS: [u64; 8] = [2, 5, 10, 25, 50, 150, 500, 2_000];

/// Counters of this process.
#[derive(Default)]
pub struct Health {
    by_class: [AtomicU64; 6],
    buckets: [AtomicU64; BUCKETS.len() + 1],
    micros: AtomicU64,
}

/// Gives a request its name, counts and times it, and writes one log line for it. Every other
/// line written for it carries the same name, which the page of a fault shows.
pub async fn watch(
    State(health): State<Arc<Health>>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    // The highest level, so that it stays when only errors are logged.
    let span = tracing::error_span!("request", id = %id.0);
    watched(health, request, next).instrument(span).await
}

async fn watched(health: Arc<Health>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    // The path template, not the path: ids and tokens stay out of the log.
    let route = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .cloned();
    let response = next.run(request).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let class = usize::from(response.status().as_u16() / 100).min(5);
    health.by_class[class].fetch_add(1, Ordering::Relaxed);
    let bucket = BUCKETS
        .iter()
        .position(|most| micros <= most * 1_000)
        .unwrap_or(BUCKETS.len());
    health.buckets[bucket].fetch_add(1, Ordering::Relaxed);
    health.micros.fetch_add(micros, Ordering::Relaxed);
    let route = route.as_ref().map_or("-", |path| path.as_str());
    tracing::info!(%method, route, status = response.status().as_u16(), micros, "request");
    response
}

/// The process answers.
pub async fn livez() -> &'static str {
    "ok\n"
}

/// Space that must be left on the disk, in bytes: below it writes may soon fail.
const LEAST_SPACE: u64 = 64 * 1024 * 1024;
/// How far the clock may run behind the newest link of the audit, in seconds.
const MOST_BEHIND: i64 = 300;

/// What must be well for a city to be served.
#[derive(Clone)]
pub struct Ready {
    /// The city.
    pub city: Arc<City>,
    /// The folder it writes to.
    folder: PathBuf,
}

impl Ready {
    /// Of a city and where it lives.
    pub fn new(city: Arc<City>, settings: &Settings) -> Self {
        let file = settings.sqlite_file();
        let folder = file.and_then(|file| file.parent().map(Path::to_owned));
        Self {
            city,
            folder: folder.unwrap_or_else(|| settings.data.clone()),
        }
    }

    /// What is not well, in a line for whoever watches.
    async fn fault(&self) -> db::Result<Option<&'static str>> {
        let db = &self.city.db;
        if !db::pending(db, &migrations::all()).await?.is_empty() {
            return Ok(Some("the schema is behind"));
        }
        // A folder that cannot be asked, as beside a distant server, is not judged.
        let disk = rustix::fs::statvfs(&self.folder).ok();
        if disk.is_some_and(|disk| disk.f_bavail * disk.f_frsize < LEAST_SPACE) {
            return Ok(Some("the disk is nearly full"));
        }
        let sealed = access::audit::sealed_last(&mut db.read().await?).await?;
        let now = db.clock().now().plus_seconds(MOST_BEHIND);
        Ok((sealed > Some(now)).then_some("the clock runs behind the records"))
    }
}

/// Every city of the process: the database answers and has our schema, the disk has room, and
/// the clock is right.
pub async fn readyz(State(cities): State<Arc<Vec<Ready>>>) -> Response {
    for ready in cities.iter() {
        let fault = ready.fault().await.unwrap_or_else(|error| {
            tracing::error!(%error, "not ready");
            Some("the database does not answer")
        });
        if let Some(fault) = fault {
            return (StatusCode::SERVICE_UNAVAILABLE, format!("{fault}\n")).into_response();
        }
    }
    "ready\n".into_response()
}

/// Prometheus text.
pub async fn metrics(State((health, cities)): State<(Arc<Health>, Arc<Vec<Ready>>)>) -> Response {
    use std::fmt::Write as _;
    let mut text = String::from("# TYPE zanjireh_requests_total counter\n");
    for (class, count) in health.by_class.iter().enumerate().skip(1) {
        let count = count.load(Ordering::Relaxed);
        let _ = writeln!(
            text,
            "zanjireh_requests_total{{class=\"{class}xx\"}} {count}"
        );
    }
    text.push_str("# TYPE zanjireh_request_seconds histogram\n");
    let mut sum = 0;
    for (index, count) in health.buckets.iter().enumerate() {
        sum += count.load(Ordering::Relaxed);
        match BUCKETS.get(index) {
            Some(most) => {
                let le = *most as f64 / 1_000.0;
                let _ = writeln!(text, "zanjireh_request_seconds_bucket{{le=\"{le}\"}} {sum}");
            }
            None => {
                let _ = writeln!(text, "zanjireh_request_seconds_bucket{{le=\"+Inf\"}} {sum}");
            }
        }
    }
    let seconds = health.micros.load(Ordering::Relaxed) as f64 / 1e6;
    let statements: u64 = cities
        .iter()
        .map(|ready| ready.city.db.stats().statements())
        .sum();
    let (mut dead, mut late) = (0, 0);
    for ready in cities.iter() {
        match stuck(&ready.city).await {
            Ok(found) => (dead, late) = (dead + found.0, late + found.1),
            Err(error) => tracing::warn!(%error, "jobs cannot be counted now"),
        }
    }
    let _ = writeln!(
        text,
        "zanjireh_request_seconds_sum {seconds}\nzanjireh_request_seconds_count {sum}\n\
         # TYPE zanjireh_statements_total counter\nzanjireh_statements_total {statements}\n\
         # TYPE zanjireh_jobs gauge\nzanjireh_jobs{{state=\"dead\"}} {dead}\n\
         zanjireh_jobs{{state=\"late\"}} {late}"
    );
    ([("content-type", "text/plain; version=0.0.4")], text).into_response()
}

async fn stuck(city: &City) -> db::Result<(i64, i64)> {
    jobs::count_stuck(&mut city.db.read().await?, city.db.clock().now()).await
}
