//! The same requests of a business that has more and more: what it has is decided by the domain and
//! written in bulk, and the rows of its reports are made from its journal.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use domain::{BusinessId, Decision};
use futures::{StreamExt, TryStreamExt, stream};
use infra::Progress;
use serde_json::Value;

use super::capacity::{Scale, capacity_scale};
use super::database::Database;
use super::file::File;
use super::growth_table::plain;
use super::loader::Loader;
use super::measured::Measured;
use super::operations::Operation;
use super::request::{Door, Request};
use super::shop::Shop;
use super::{BUSINESS, Failed, TABLE};

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
    pub(super) asked: Vec<Asked>,
}

/// One operation or page, asked for many times.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) what: String,
    /// How many lines the page had, the fewest; none of an operation.
    pub(super) lines: Option<usize>,
    pub(super) reads: Reads,
    /// The most that a page may read, in RRU.
    pub(super) most_rru: Option<f64>,
    pub(super) measured: Measured,
}

/// How what is read goes with how much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    /// It is as much, however much there is.
    Alike,
    /// It is a row of everyone, or of every stage, in every period in which something was done: more, until
    /// no row is missing.
    Rows,
    /// It is all there is of something: no goal is set for it.
    All,
}

/// A page, who asks for it, and what has to be on it.
pub(super) struct Page {
    pub(super) door: Door,
    pub(super) request: Request,
    /// How many lines it has at least: an empty page would stay as cheap as it is.
    pub(super) lines: usize,
    pub(super) reads: Reads,
    /// The most that it may read, in RRU, where there is a limit.
    pub(super) most_rru: Option<f64>,
}

impl Page {
    /// How many lines this has, if they are as many as there have to be.
    fn lines(&self, body: &Value) -> Result<usize, Failed> {
        let lines = ["items", "opportunities", "packages"].into_iter();
        let lines = lines.filter_map(|name| body[name].as_array());
        let lines = lines.map(Vec::len).max().unwrap_or_default();
        match lines < self.lines {
            true => Err(format!(
                "{} has {lines} lines, not {}",
                self.request.path(),
                self.lines
            )
            .into()),
            false => Ok(lines),
        }
    }
}

/// A business of some size, kept in a file, open and ready to be asked.
pub(super) struct Side {
    pub(super) size: u64,
    pub(super) entries: u64,
    pub(super) shop: Shop,
    pub(super) scale: Scale,
    pub(super) pages: Vec<Page>,
    /// Serves the file as long as it is there.
    pub(super) _database: Database,
}

/// Writes what these histories leave behind into a file that nobody has open; how many entries that makes.
pub(super) async fn load(
    file: &File,
    (from, to): (u64, u64),
    history: impl Fn(u64) -> Result<Vec<Decision>, Failed>,
) -> Result<u64, Failed> {
    let began = Instant::now();
    let loader = Loader::open(file).await?;
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
        let writes = goes
            .iter()
            .map(|decisions| loader.store.write_in_bulk(decisions));
        let writes = stream::iter(writes).buffer_unordered(4);
        writes.try_collect::<Vec<usize>>().await?;
        if (go as u64).is_multiple_of(GOES) {
            let seconds = began.elapsed().as_secs();
            println!("loaded {first} of {to} histories, {seconds} s");
        }
    }
    loader.finish().await?;
    let seconds = began.elapsed().as_secs_f64();
    println!("loaded {entries} entries, {seconds:.1} s");
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

/// The shop in the business of a file, which is a copy of the first one, or a new shop; and what its
/// database's units are worth.
pub(super) async fn reopen(
    file: &File,
    clock: functions::Clock,
    first: Option<&Shop>,
) -> Result<(Database, Shop, Scale), Failed> {
    let database = Database::embedded(file.path())?;
    let shop = match first {
        Some(first) => first.copied(&database.endpoint).await?,
        None => Shop::open(&database.endpoint, BUSINESS, clock).await?,
    };
    let scale = capacity_scale(&database.endpoint, TABLE).await?;
    Ok((database, shop, scale))
}

/// Sends each of these operations and pages so many times, one after the other, and each to all sizes in
/// turn, again and again: what else goes on on the machine hits all alike. A page that does not have what it
/// has to have is an error: it would not be measured.
pub(super) async fn ask(
    sides: &[Side],
    operations: &[Operation],
    samples: u64,
) -> Result<Vec<Grown>, Failed> {
    let mut grown: Vec<Grown> = sides
        .iter()
        .map(|side| nothing_yet(side, operations))
        .collect();
    let most = sides.iter().map(|side| side.pages.len()).max();
    for sample in 0..samples {
        for (place, operation) in operations.iter().enumerate() {
            for (side, grown) in sides.iter().zip(&mut grown) {
                let call = operation.prepare(&side.shop).await?;
                let measured = &mut grown.asked[place].measured;
                let made = measured.note(&side.shop, side.scale, call.made(&side.shop));
                made.await?;
            }
        }
        for place in 0..most.unwrap_or_default() {
            for (side, grown) in sides.iter().zip(&mut grown) {
                let page = &side.pages[place];
                let asked = &mut grown.asked[operations.len() + place];
                let answer = page.door.send(&page.request);
                let body = asked.measured.note(&side.shop, side.scale, answer).await?;
                let lines = page.lines(&body)?;
                asked.lines = Some(asked.lines.map_or(lines, |fewest| fewest.min(lines)));
            }
        }
        if sample.is_multiple_of(10) {
            println!("asked {sample} of {samples} times");
        }
    }
    Ok(grown)
}

fn nothing_yet(side: &Side, operations: &[Operation]) -> Grown {
    let asked = |what: String, reads: Reads, most_rru: Option<f64>| Asked {
        what,
        lines: None,
        reads,
        most_rru,
        measured: Measured::default(),
    };
    let of_operations = operations.iter();
    let of_operations =
        of_operations.map(|operation| asked(operation.name().to_owned(), Reads::Alike, None));
    let pages = side.pages.iter();
    let pages = pages.map(|page| {
        let by = match page.door.claims.groups.concat() {
            owner if owner == side.shop.door.claims.groups.concat() => String::new(),
            other => format!(" as {other}"),
        };
        asked(plain(page.request.path()) + &by, page.reads, page.most_rru)
    });
    Grown {
        size: side.size,
        entries: side.entries,
        asked: of_operations.chain(pages).collect(),
    }
}
