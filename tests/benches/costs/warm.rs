//! Each operation on a warm function: a release binary, given events as Lambda gives them.

use std::collections::BTreeMap;
use std::time::Duration;

use functions::Clock;
use local::bus;

use super::capacity::capacity_scale;
use super::database::Kind;
use super::lambda::Instance;
use super::measured::{Measured, Units};
use super::operations::Operation;
use super::settings::Settings;
use super::shop::Shop;
use super::stats::Sorted;
use super::tls::Tls;
use super::{BUSINESS, Failed, TABLE};

/// How often each operation is called before anything counts.
const WARMING: u64 = 5;
/// How often the units of an operation are looked at.
const LOOKS: u64 = 3;
/// How many rounds are measured in one database: at every transaction the embedded one goes through the
/// tokens of the last ten minutes.
const OF_A_DATABASE: u64 = 50;

/// What one operation takes, on one database.
#[derive(Debug, Clone)]
pub(super) struct Warm {
    /// None is the bare function's one put.
    pub(super) operation: Option<Operation>,
    /// None of the bare function, which does not count.
    pub(super) units: Option<Units>,
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

/// What a function finds in its environment, and TLS before the database and the bus.
pub(super) async fn environment(tls: &Tls, shop: &Shop) -> Result<Vec<(String, String)>, Failed> {
    let mut environment = tls.environment(&tls.before(&shop.endpoint).await?);
    let bus = tls.before(shop.bus.address()).await?;
    for (name, value) in [
        ("AWS_ENDPOINT_URL_EVENTBRIDGE", bus.as_str()),
        ("CARNET_TABLE", TABLE),
        ("CARNET_METRICS", "Carnet/bench"),
        ("CARNET_BUS", bus::NAME),
    ] {
        environment.push((name.to_owned(), value.to_owned()));
    }
    Ok(environment)
}

/// Measures every operation whose function is among the binaries, one after the other and the bare one
/// between them, again and again: what else goes on on the machine hits all alike.
pub(super) async fn measure(settings: &Settings, tls: &Tls, kind: &Kind) -> Result<WarmOn, Failed> {
    let operations = Operation::ALL.into_iter();
    let there = |operation: &Operation| settings.binaries.join(operation.function()).exists();
    let operations: Vec<Operation> = operations.filter(there).collect();
    let mut taken = vec![Taken::default(); operations.len() + 1];
    let mut done = 0;
    while done < settings.samples {
        let rounds = (settings.samples - done).min(OF_A_DATABASE);
        let database = kind.open()?;
        let shop = Shop::open(&database.endpoint, BUSINESS, Clock::system()).await?;
        let mut running = Running::start(settings, tls, &shop, &operations).await?;
        for round in 0..WARMING + rounds {
            let counts = round >= WARMING;
            running
                .round(&shop, &operations, &mut taken, counts)
                .await?;
        }
        done += rounds;
        println!("{}: {done} rounds of {}", kind.name(), settings.samples);
    }
    let database = kind.open()?;
    let shop = Shop::open(&database.endpoint, BUSINESS, Clock::system()).await?;
    let mut lines = Vec::new();
    let all = operations.iter().map(|operation| Some(*operation));
    for (operation, taken) in all.chain([None]).zip(taken) {
        let units = match operation {
            Some(operation) => Some(units(&shop, operation).await?),
            None => None,
        };
        lines.push(Warm {
            operation,
            units,
            times: Sorted::of_times(taken.times),
            cpu: Sorted::of_times(taken.cpu),
        });
    }
    Ok(WarmOn {
        database: kind.name(),
        lines,
    })
}

/// What one operation has taken so far.
#[derive(Debug, Clone, Default)]
struct Taken {
    times: Vec<Duration>,
    cpu: Vec<Duration>,
}

/// The functions that are needed, running.
struct Running {
    functions: BTreeMap<&'static str, Instance>,
    bare: Instance,
}

impl Running {
    async fn start(
        settings: &Settings,
        tls: &Tls,
        shop: &Shop,
        operations: &[Operation],
    ) -> Result<Self, Failed> {
        let environment = environment(tls, shop).await?;
        let mut functions = BTreeMap::new();
        for name in operations.iter().map(|operation| operation.function()) {
            if !functions.contains_key(name) {
                let binary = settings.binaries.join(name);
                functions.insert(name, Instance::start(&binary, &environment).await?);
            }
        }
        let bare = settings.binaries.join("bare");
        let bare = Instance::start(&bare, &environment).await?;
        Ok(Self { functions, bare })
    }

    /// Each operation once, and the bare function's last.
    async fn round(
        &mut self,
        shop: &Shop,
        operations: &[Operation],
        taken: &mut [Taken],
        counts: bool,
    ) -> Result<(), Failed> {
        let bare = std::iter::once(None);
        let all = operations.iter().map(|operation| Some(*operation));
        for (operation, taken) in all.chain(bare).zip(taken) {
            let invoked = match operation {
                Some(operation) => {
                    let instance = self.functions.get_mut(operation.function());
                    let call = operation.prepare(shop).await?;
                    let event = call.event(&shop.door.claims)?;
                    let invoked = instance.ok_or("no instance")?.invoke(event).await?;
                    call.answered(&invoked.answer)?;
                    invoked
                }
                None => self.bare.invoke("{}".to_owned()).await?,
            };
            if counts {
                taken.times.push(invoked.took);
                taken.cpu.push(invoked.cpu);
            }
        }
        Ok(())
    }
}

/// What an operation uses of the database, in this process.
async fn units(shop: &Shop, operation: Operation) -> Result<Units, Failed> {
    let scale = capacity_scale(&shop.endpoint, TABLE).await?;
    let mut measured = Measured::default();
    for _ in 0..LOOKS {
        let call = operation.prepare(shop).await?;
        measured.note(shop, scale, call.made(shop)).await?;
    }
    let units = measured.units();
    match operation == Operation::FollowSale && units.wru == 0.0 {
        true => Err("a sale was not followed".into()),
        false => Ok(units),
    }
}
