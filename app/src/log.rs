//! Logs: JSON lines on standard error, without personal data.

use tracing_subscriber::EnvFilter;

/// Starts logging. `ZANJIREH_LOG` narrows or widens it: `info`, `access=debug`.
pub fn start() {
    let filter = EnvFilter::try_from_env("ZANJIREH_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // A second start (in tests) keeps the first.
    let started = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Every line of a request carries the request's id.
        .with_current_span(true)
        .with_span_list(false)
        .try_init();
    if started.is_ok() {
        std::panic::set_hook(Box::new(panicked));
    }
}

/// A panic is a line like any other. Its own words are told only when they are fixed ones: words
/// put together may hold what somebody typed.
fn panicked(panic: &std::panic::PanicHookInfo<'_>) {
    let words = panic.payload().downcast_ref::<&'static str>();
    let place = panic.location().map(ToString::to_string);
    tracing::error!(
        place = place.unwrap_or_default(),
        words = words.copied().unwrap_or("(not told)"),
        "panic"
    );
}
