//! Each operation on a warm function: the binary that is deployed, given events as Lambda gives them.

use std::collections::BTreeMap;

use functions::Clock;

use super::capacity::capacity_scale;
use super::database::Database;
use super::lambda::Instance;
use super::measured::{Measured, Units};
use super::operations::Operation;
use super::request::of_lambda;
use super::settings::Settings;
use super::shop::Shop;
use super::stats::Sorted;
use super::tls::Tls;
use super::{BUSINESS, Failed, TABLE};

/// How often each operation is called before anything counts.
const WARMING: u64 = 5;
/// How often the units of an operation are looked at.
const LOOKS: u64 = 3;

/// What one operation takes, on one database.
#[derive(Debug, Clone)]
pub(super) struct Warm {
    /// None is the bare function's one put.
    pub(super) operation: Option<Operation>,
    pub(super) units: Units,
    /// From the event to the answer, in milliseconds.
    pub(super) times: Sorted,
    /// Of the function's process, from the event until it waits for the next, in milliseconds.
    pub(super) cpu: Sorted,
}

/// What all operations take, on one database.
#[derive(Debug, Clone)]
pub(super) struct WarmOn {
    pub(super) database: &'static str,
    pub(super) lines: Vec<Warm>,
}

/// What a function finds in its environment.
pub(super) fn environment(tls: &Tls, endpoint: &str) -> Vec<(String, String)> {
    let mut environment = tls.environment(endpoint);
    for (name, value) in [
        ("CARNET_TABLE", TABLE),
        ("CARNET_METRICS", "Carnet/bench"),
        ("CARNET_BUS", "bench"),
    ] {
        environment.push((name.to_owned(), value.to_owned()));
    }
    environment
}

/// Measures every operation whose function is among the binaries, one after the other and the bare one
/// between them, again and again: what else goes on on the machine hits all alike.
pub(super) async fn measure(
    settings: &Settings,
    tls: &Tls,
    database: &Database,
) -> Result<WarmOn, Failed> {
    let shop = Shop::open(&database.endpoint, BUSINESS, Clock::system()).await?;
    let endpoint = tls.before(&database.endpoint).await?;
    let environment = environment(tls, &endpoint);
    let binary = |name: &str| settings.binaries.join(name);
    let operations = Operation::ALL.into_iter();
    let operations: Vec<Operation> = operations
        .filter(|operation| binary(operation.function()).exists())
        .collect();
    let mut instances = BTreeMap::new();
    for name in operations.iter().map(|operation| operation.function()) {
        if !instances.contains_key(name) {
            let instance = Instance::start(&binary(name), &environment).await?;
            instances.insert(name, instance);
        }
    }
    let mut bare = Instance::start(&binary("bare"), &environment).await?;
    let mut taken = vec![(Vec::new(), Vec::new()); operations.len() + 1];
    let claims = &shop.door.claims;
    for round in 0..WARMING + settings.samples {
        for (place, operation) in operations.iter().enumerate() {
            let request = operation.prepare(&shop).await?;
            let event = request.event(claims)?;
            let instance = instances.get_mut(operation.function());
            let invoked = instance.ok_or("no instance")?.invoke(event).await?;
            of_lambda(&invoked.answer, &request)?;
            if round >= WARMING {
                taken[place].0.push(invoked.took);
                taken[place].1.push(invoked.cpu);
            }
        }
        let invoked = bare.invoke("{}".to_owned()).await?;
        if round >= WARMING {
            taken[operations.len()].0.push(invoked.took);
            taken[operations.len()].1.push(invoked.cpu);
        }
        if round.is_multiple_of(50) {
            println!("{}: round {round} of {}", database.name, settings.samples);
        }
    }
    let lines = operations.iter().map(|operation| Some(*operation));
    let mut measured = Vec::new();
    for (operation, (times, cpu)) in lines.chain([None]).zip(taken) {
        measured.push(Warm {
            operation,
            units: units(&shop, operation, &database.endpoint).await?,
            times: Sorted::of_times(times),
            cpu: Sorted::of_times(cpu),
        });
    }
    Ok(WarmOn {
        database: database.name,
        lines: measured,
    })
}

/// What an operation uses of the database. The bare function's item is half a kilobyte, in no index.
async fn units(shop: &Shop, operation: Option<Operation>, endpoint: &str) -> Result<Units, Failed> {
    let Some(operation) = operation else {
        return Ok(Units {
            round_trips: 1,
            wru: 1.0,
            rru: 0.0,
        });
    };
    let scale = capacity_scale(endpoint, TABLE).await?;
    let mut measured = Measured::default();
    for _ in 0..LOOKS {
        let request = operation.prepare(shop).await?;
        measured.send(shop, &shop.door, &request, scale).await?;
    }
    Ok(measured.units())
}
