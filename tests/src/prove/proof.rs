//! Histories by seed, side by side, until so many operations were carried out.

use std::sync::Mutex;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tokio::runtime::Runtime;

use super::command::{Step, history, order};
use super::model::{Penalty, Rules};
use super::run::{Violation, carry_out};
use super::summary::Summary;
use crate::harness::World;

/// The most steps of a history.
const STEPS: usize = 60;
/// After how many operations something is said of the progress.
const STRIDE: u64 = 10_000;
/// For how long a violation is made shorter, in milliseconds.
const SHRINKING: u32 = 300_000;
/// After how many histories a database is left behind, which keeps everything in memory.
const HISTORIES: u64 = 25;

/// What is to be proven.
#[derive(Debug)]
pub(super) struct Proof {
    /// How many operations at least.
    pub(super) operations: u64,
    /// The seed of the first history.
    pub(super) from: u64,
    /// The seed of the only one, if it is to be alone.
    pub(super) only: Option<u64>,
    /// How many histories are carried out side by side, each on a database of its own.
    pub(super) workers: usize,
}

/// How far it has come.
#[derive(Debug)]
struct Progress {
    next: u64,
    said: u64,
    summary: Summary,
    violation: Option<(u64, Violation)>,
}

impl Proof {
    /// Carries histories out; what was done, and the seed of a violation and the shortest history that shows it.
    pub(super) fn run(&self) -> (Summary, Option<(u64, Violation)>) {
        let progress = Mutex::new(Progress {
            next: self.only.unwrap_or(self.from),
            said: 0,
            summary: Summary::default(),
            violation: None,
        });
        std::thread::scope(|scope| {
            for _ in 0..self.workers {
                scope.spawn(|| self.work(&progress));
            }
        });
        let progress = progress.into_inner().unwrap();
        (progress.summary, progress.violation)
    }

    fn work(&self, progress: &Mutex<Progress>) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let mut carried_out = 0;
        let mut world = runtime.block_on(World::alone());
        while let Some(seed) = self.next(progress) {
            if carried_out == HISTORIES {
                world = runtime.block_on(World::alone());
                carried_out = 0;
            }
            carried_out += 1;
            let (summary, violation) = one(&runtime, &mut world, seed);
            let mut progress = progress.lock().unwrap();
            progress.tell(summary, seed);
            if let Some(violation) = violation {
                progress.violation.get_or_insert((seed, violation));
            }
        }
    }

    /// The seed of the next history; none when there is enough.
    fn next(&self, progress: &Mutex<Progress>) -> Option<u64> {
        let mut progress = progress.lock().unwrap();
        let begun = progress.next > self.only.unwrap_or(self.from);
        let enough = match self.only {
            Some(_) => begun,
            None => progress.summary.operations() >= self.operations,
        };
        if enough || progress.violation.is_some() {
            return None;
        }
        progress.next += 1;
        Some(progress.next - 1)
    }
}

impl Progress {
    fn tell(&mut self, summary: Summary, seed: u64) {
        self.summary = std::mem::take(&mut self.summary).and(summary);
        self.summary.histories += 1;
        let operations = self.summary.operations();
        if operations / STRIDE > self.said {
            self.said = operations / STRIDE;
            eprintln!("{operations} operations, seed {seed}");
        }
    }
}

/// The history of a seed; where it goes otherwise, made as short as it can be.
fn one(runtime: &Runtime, world: &mut World, seed: u64) -> (Summary, Option<Violation>) {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config {
        cases: 1,
        failure_persistence: None,
        max_shrink_iters: 3_000,
        max_shrink_time: SHRINKING,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let carried_out = std::cell::RefCell::new((world, Summary::default()));
    let proven = runner.run(
        &(rules(), history(STEPS), order()),
        |(rules, history, order): (_, Vec<Step>, _)| {
            let (world, summary) = &mut *carried_out.borrow_mut();
            let proven = runtime.block_on(carry_out(world, rules, (&history, order), summary));
            proven.map_err(TestCaseError::fail)
        },
    );
    let (_, summary) = carried_out.into_inner();
    (summary, proven.err().map(|violation| violation.to_string()))
}

fn rules() -> impl Strategy<Value = Rules> {
    let penalty = || prop::sample::select(vec![Penalty::Release, Penalty::Forfeit, Penalty::Half]);
    let (window, grace) = (
        prop::sample::select(vec![0, 24]),
        prop::sample::select(vec![0, 14]),
    );
    let at_completion = prop::bool::weighted(0.25);
    let rules = (at_completion, penalty(), penalty(), window, grace);
    rules.prop_map(
        |(at_completion, late_cancel, no_show, window, grace)| Rules {
            at_completion,
            late_cancel,
            no_show,
            window,
            grace,
        },
    )
}
