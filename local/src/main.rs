//! `carnet`: everything on this machine.

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::fmt::layer;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

#[tokio::main]
async fn main() -> ExitCode {
    let options = local::Options::parse();
    // The embedded database warns of every condition that fails, which is how it says no.
    tracing_subscriber::registry()
        .with(infra::telemetry::levels("warn,dynoxide=error"))
        .with(layer().with_writer(std::io::stderr))
        .init();
    match local::run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("carnet: {problem}");
            ExitCode::from(problem.exit_code())
        }
    }
}
