//! Logs: JSON lines on standard error, without personal data.

use tracing_subscriber::EnvFilter;

/// Starts logging. `ZANJIREH_LOG` narrows or widens it: `info`, `access=debug`.
pub fn start() {
    let filter = EnvFilter::try_from_env("ZANJIREH_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // A second start (in tests) keeps the first.
    let _ = tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_current_span(false)
        .try_init();
}
