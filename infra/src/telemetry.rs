//! Logs: one JSON object a line, ids only, no personal data.

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts logging to standard output, at the levels of `RUST_LOG`, by default `info`.
pub fn init() {
    let lines = layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_target(false)
        .without_time();
    let log = tracing_subscriber::registry()
        .with(levels("info"))
        .with(lines);
    // Fails only if something else has begun to log already, which then goes on.
    let _ = log.try_init();
}

/// The levels of `RUST_LOG`, as `info` or `warn,hyper=error`; those of `or` where it says none, or
/// nothing that can be read.
pub fn levels(or: &str) -> Targets {
    let said = std::env::var("RUST_LOG")
        .ok()
        .filter(|said| !said.is_empty());
    let said = said.and_then(|said| said.parse().ok());
    let info = || Targets::new().with_default(LevelFilter::INFO);
    said.or_else(|| or.parse().ok()).unwrap_or_else(info)
}
