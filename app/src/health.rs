//! `/livez`, `/readyz` and `/metrics`.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::City;

/// Upper bounds of the buckets of request time, in milliseconds.
const BUCKETS: [u64; 8] = [2, 5, 10, 25, 50, 150, 500, 2_000];

/// Counters of this process.
#[derive(Default)]
pub struct Health {
    by_class: [AtomicU64; 6],
    buckets: [AtomicU64; BUCKETS.len() + 1],
    micros: AtomicU64,
}

/// Counts and times every request, and writes one log line for it.
pub async fn watch(State(health): State<Arc<Health>>, request: Request, next: Next) -> Response {
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

/// The database answers and has our schema.
pub async fn readyz(State(city): State<Arc<City>>) -> Response {
    match db::pending(&city.db, &migrations::all()).await {
        Ok(steps) if steps.is_empty() => "ready\n".into_response(),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "the schema is behind\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
                .into_response()
        }
    }
}

/// Prometheus text.
pub async fn metrics(State((health, cities)): State<(Arc<Health>, Vec<Arc<City>>)>) -> Response {
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
    let statements: u64 = cities.iter().map(|city| city.db.stats().statements()).sum();
    let _ = writeln!(
        text,
        "zanjireh_request_seconds_sum {seconds}\nzanjireh_request_seconds_count {sum}\n\
         # TYPE zanjireh_statements_total counter\nzanjireh_statements_total {statements}"
    );
    ([("content-type", "text/plain; version=0.0.4")], text).into_response()
}
