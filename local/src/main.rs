//! `carnet`: everything on this machine.

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let options = local::Options::parse();
    // The embedded database warns of every condition that fails, which is how it says no.
    let quiet = |_| EnvFilter::new("warn,dynoxide=error");
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(quiet))
        .with_writer(std::io::stderr)
        .init();
    match local::run(&options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("carnet: {problem}");
            ExitCode::from(problem.exit_code())
        }
    }
}
