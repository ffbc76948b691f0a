//! Logs: one JSON object a line, ids only, no personal data.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard output, at the level of `RUST_LOG`, by default `info`.
pub fn init() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // Fails only if something else has begun to log already, which then goes on.
    let _ = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false)
        .without_time()
        .with_env_filter(filter)
        .try_init();
}
