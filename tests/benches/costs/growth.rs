//! The same requests of a business that has more and more: what it has is decided by the domain and
//! written in bulk, and the rows of its reports are made from its journal.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::{BusinessId, Decision};
use futures::{StreamExt, TryStreamExt, stream};
use infra::{Progress, Store};

use super::capacity::{Scale, capacity_scale};
use super::database::Database;
use super::measured::{Measured, ratio};
use super::operations::Operation;
use super::request::{Door, Request};
use super::shop::Shop;
use super::{Failed, TABLE};

/// How many histories are written in one go.
const IN_A_GO: u64 = 20;
/// How many goes there are between two lines of progress.
const GOES: u64 = 250;

/// What was asked of a business of some size.
#[derive(Debug, Clone)]
pub(super) struct Grown {
    /// How many packages it had sold, or opportunities it had opened.
    pub(super) size: u64,
    pub(super) entries: u64,
    pub(super) asked: Vec<(String, Measured)>,
}

/// The worst of all that was asked, beside the smallest size.
#[derive(Debug, Clone, Default)]
pub(super) struct Worst {
    pub(super) ratio: f64,
    pub(super) what: String,
}

impl Worst {
    fn take(&mut self, ratio: f64, what: &str, size: u64) {
        if ratio > self.ratio {
            *self = Self {
                ratio,
                what: format!("{what}, at {size}"),
            };
        }
    }
}

/// The worst ratio to the smallest size: of units, of processor time, of the median time.
pub(super) fn worst(grown: &[Grown]) -> [Worst; 3] {
    let mut worst = [Worst::default(), Worst::default(), Worst::default()];
    let Some((first, others)) = grown.split_first() else {
        return worst;
    };
    for other in others {
        for ((what, more), (_, less)) in other.asked.iter().zip(&first.asked) {
            let median = |of: fn(&Measured) -> f64| ratio(of(more), of(less));
            let ratios = [
                more.units().over(&less.units()),
                median(|measured| measured.cpu().median()),
                median(|measured| measured.times().median()),
            ];
            for (worst, ratio) in worst.iter_mut().zip(ratios) {
                worst.take(ratio, what, other.size);
            }
        }
    }
    worst
}

/// A database's file, which is gone in the end, and what SQLite puts beside it.
pub(super) struct File(PathBuf);

impl File {
    pub(super) fn new(name: &str) -> Self {
        let name = format!("carnet-bench-{name}-{}.db", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            // What is not there need not be removed.
            let _ = std::fs::remove_file(format!("{}{ending}", self.0.display()));
        }
    }
}

/// Writes what these histories leave behind; how many entries that makes.
pub(super) async fn load(
    store: &Store,
    (from, to): (u64, u64),
    history: impl Fn(u64) -> Result<Vec<Decision>, Failed>,
) -> Result<u64, Failed> {
    let began = Instant::now();
    let mut entries = 0;
    for (go, first) in (from..to).step_by(IN_A_GO as usize).enumerate() {
        let mut goes = Vec::new();
        for number in first..to.min(first + IN_A_GO) {
            goes.push(history(number)?);
        }
        entries += goes
            .iter()
            .map(|decisions| decisions.len() as u64)
            .sum::<u64>();
        let writes = goes.iter().map(|decisions| store.write_in_bulk(decisions));
        let writes = stream::iter(writes).buffer_unordered(4);
        writes.try_collect::<Vec<usize>>().await?;
        if (go as u64).is_multiple_of(GOES) {
            let seconds = began.elapsed().as_secs();
            println!("loaded {first} of {to} histories, {seconds} s");
        }
    }
    Ok(entries)
}

/// Makes the rows that reports are read from.
pub(super) async fn project(shop: &Shop) -> Result<(), Failed> {
    let business: BusinessId = shop.business.parse()?;
    let until = shop.now() + TimeDelta::minutes(1);
    let (began, mut next) = (Instant::now(), 0);
    let told = |progress: Progress| {
        shop.meter.take();
        if progress.entries >= next {
            let seconds = began.elapsed().as_secs();
            println!("projected {} entries, {seconds} s", progress.entries);
            next += 10_000;
        }
    };
    let rebuilt = shop
        .store
        .rebuild_projections(&business, until, Duration::ZERO, told)
        .await?;
    rebuilt.ok_or("there is no business to make rows of")?;
    Ok(())
}

/// A shop in the business of a file, and what its database's units are worth.
pub(super) async fn reopen(
    file: &File,
    business: &str,
    clock: functions::Clock,
) -> Result<(Database, Shop, Scale), Failed> {
    let database = Database::embedded(file.path())?;
    let shop = Shop::open(&database.endpoint, business, clock).await?;
    let scale = capacity_scale(&database.endpoint, TABLE).await?;
    Ok((database, shop, scale))
}

/// Sends each of these operations and pages so many times, one after the other, again and again.
pub(super) async fn ask(
    shop: &Shop,
    scale: Scale,
    operations: &[Operation],
    pages: &[(Door, Request)],
    samples: u64,
) -> Result<Vec<(String, Measured)>, Failed> {
    let names = operations
        .iter()
        .map(|operation| operation.name().to_owned());
    let names = names.chain(pages.iter().map(|(_, request)| request.path().to_owned()));
    let mut asked: Vec<_> = names.map(|name| (name, Measured::default())).collect();
    for _ in 0..samples {
        let (of_operations, of_pages) = asked.split_at_mut(operations.len());
        for (operation, (_, measured)) in operations.iter().zip(of_operations) {
            let request = operation.prepare(shop).await?;
            measured.send(shop, &shop.door, &request, scale).await?;
        }
        for ((door, request), (_, measured)) in pages.iter().zip(of_pages) {
            measured.send(shop, door, request, scale).await?;
        }
    }
    Ok(asked)
}
