//! What Carnet costs, all of it from one run on one machine: operations on release binaries of this
//! machine, the start of each function beside a bare one, the first request through TLS, many
//! redemptions of one package at once, and the same requests of a business that grows. `make bench`
//! builds the binaries, starts DynamoDB Local and runs it; settings.rs says how much it measures.

#[path = "../../src/harness/allowed.rs"]
mod allowed;
mod asked;
mod beside;
mod call;
#[path = "../../src/harness/capacity.rs"]
mod capacity;
mod contention;
mod cpu;
mod database;
mod document;
mod file;
mod first_request;
mod grown_packages;
mod grown_pipeline;
mod growth;
mod growth_table;
mod lambda;
mod loader;
mod machine;
mod measured;
mod operations;
mod plots;
mod prepare;
mod request;
mod results;
#[path = "../../src/harness/sales_team/mod.rs"]
#[expect(dead_code, reason = "what it decides is written in bulk")]
mod sales_team;
mod settings;
mod shop;
mod starts;
mod starts_table;
mod stats;
#[path = "../../src/harness/stock.rs"]
mod stock;
mod tables;
mod tls;
mod told;
mod warm;

use database::Kind;
use results::Results;
use sales_team::Failed;
use settings::Settings;
use tls::Tls;

const TABLE: &str = "carnet-bench";
const BUSINESS: &str = "salon-gul";
/// The present of the pipeline, whose lists are asked for by fixed days.
const NOW: &str = "2026-11-22T08:00:00Z";
/// What the children of this process are told to be.
const DATABASE: &str = "database";
const FIRST_REQUEST: &str = "first-request";

fn main() -> Result<(), Failed> {
    let mut arguments = std::env::args().skip(1);
    let mut several = tokio::runtime::Builder::new_multi_thread();
    match (arguments.next().as_deref(), arguments.next()) {
        (Some(DATABASE), Some(place)) => {
            let runtime = several.enable_all().build()?;
            runtime.block_on(database::serve(&place))
        }
        // One thread, as a function has.
        (Some(FIRST_REQUEST), None) => {
            let mut one = tokio::runtime::Builder::new_current_thread();
            one.enable_all().build()?.block_on(first_request::run())
        }
        // Cargo itself adds --bench.
        _ => several.enable_all().build()?.block_on(measure()),
    }
}

async fn measure() -> Result<(), Failed> {
    let settings = Settings::from_env()?;
    let before = machine::load();
    let results = measured(&settings).await?;
    let document = document::of(&settings, &results, &[before, machine::load()]);
    println!("\n{document}");
    if settings.only.is_empty() {
        let place = settings.out.join("benchmarks.md");
        std::fs::write(&place, document)?;
        plots::draw(&settings.out.join("benchmarks"), &results)?;
        println!("written to {}", place.display());
    } else {
        println!("a part alone is not written");
    }
    let goals = results.goals();
    let missed = goals.iter().filter(|goal| !goal.reached());
    let missed: Vec<&str> = missed.map(|goal| goal.what.as_str()).collect();
    match missed.is_empty() {
        true => Ok(()),
        false => Err(format!("missed: {}", missed.join("; ")).into()),
    }
}

async fn measured(settings: &Settings) -> Result<Results, Failed> {
    let tls = Tls::new()?;
    let mut results = Results::default();
    let local = settings.dynamodb_local.clone().map(Kind::Local);
    let few = (settings.samples / 15).clamp(3, 25);
    // First what is slower after much else was done.
    for kind in [Kind::Embedded].into_iter().chain(local) {
        if settings.measures("contention") {
            let contention = contention::measure(&kind, few.min(7)).await?;
            results.contention.push(contention);
        }
        if settings.measures("warm") {
            let warm = warm::measure(settings, &tls, &kind).await?;
            results.warm.push(warm);
        }
    }
    if settings.measures("starts") {
        results.starts = starts::measure(settings, &tls, &Kind::Embedded, few).await?;
    }
    if settings.measures("tls") {
        let database = Kind::Embedded.open()?;
        let first = first_request::measure(&tls, &database.endpoint, few).await?;
        results.first_request = Some(first);
    }
    let samples = settings.samples.min(100);
    if settings.measures("packages") {
        results.packages = grown_packages::measure(&settings.sizes, samples).await?;
    }
    if settings.measures("opportunities") {
        results.opportunities = grown_pipeline::measure(&settings.opportunities, samples).await?;
    }
    Ok(results)
}
