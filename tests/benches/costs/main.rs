//! What Carnet costs, all of it from one run on one machine: each operation on the binaries that are
//! deployed, the start of each function beside a bare one, the first request through TLS, many
//! redemptions of one package at once, and the same requests of a business that grows. `make bench`
//! builds the binaries, starts DynamoDB Local and runs it; settings.rs says how much it measures.

#[path = "../pipeline/asked.rs"]
#[expect(dead_code, reason = "what it may read is the other bench's matter")]
mod asked;
#[path = "../../src/harness/capacity.rs"]
mod capacity;
mod contention;
mod cpu;
mod database;
mod document;
mod first_request;
mod grown_packages;
mod grown_pipeline;
mod growth;
mod lambda;
mod machine;
mod measured;
mod operations;
mod plots;
mod request;
mod results;
#[path = "../../src/harness/sales_team/mod.rs"]
#[expect(dead_code, reason = "what it decides is written in bulk")]
mod sales_team;
mod settings;
mod shop;
mod starts;
mod stats;
#[path = "../../src/harness/stock.rs"]
mod stock;
mod tables;
mod tls;
mod warm;

use database::Database;
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
    let document = document::of(&settings, &results, &before);
    println!("\n{document}");
    if !settings.only.is_empty() {
        println!("a part alone is not written");
        return Ok(());
    }
    plots::draw(&settings.out.join("benchmarks"), &results)?;
    std::fs::write(settings.out.join("benchmarks.md"), document)?;
    println!(
        "written to {}",
        settings.out.join("benchmarks.md").display()
    );
    Ok(())
}

async fn measured(settings: &Settings) -> Result<Results, Failed> {
    let tls = Tls::new()?;
    let mut results = Results::default();
    let mut databases = vec![Database::in_memory()?];
    let local = settings.dynamodb_local.as_deref();
    databases.extend(local.map(Database::dynamodb_local));
    let few = (settings.samples / 15).clamp(3, 25);
    for database in &databases {
        if settings.measures("warm") {
            results
                .warm
                .push(warm::measure(settings, &tls, database).await?);
        }
        if settings.measures("contention") {
            let rounds = few.min(7);
            let contention = contention::measure(database, rounds).await?;
            results.contention.push(contention);
        }
    }
    let [embedded, ..] = &databases[..] else {
        return Err("there is no database".into());
    };
    if settings.measures("starts") {
        results.starts = starts::measure(settings, &tls, embedded, few).await?;
    }
    if settings.measures("tls") {
        let first = first_request::measure(&tls, &embedded.endpoint, few).await?;
        results.first_request = Some(first);
    }
    drop(databases);
    let samples = settings.samples.min(50);
    if settings.measures("packages") {
        results.packages = grown_packages::measure(&settings.sizes, samples).await?;
    }
    if settings.measures("opportunities") {
        results.opportunities = grown_pipeline::measure(&settings.opportunities, samples).await?;
    }
    Ok(results)
}
