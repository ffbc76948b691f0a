//! Histories by seed, side by side, until so many operations were carried out.

use std::cell::RefCell;
use std::sync::Mutex;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tokio::runtime::Runtime;

use super::asked::command::Step;
use super::asked::drawn::{ending, history};
use super::model::{Penalty, Rules};
use super::run::{Violation, carry_out};
use super::summary::Summary;
use crate::harness::{World, is_embedded};

/// The most steps of a history.
const STEPS: usize = 60;
/// After how many operations something is said of the progress.
const STRIDE: u64 = 10_000;
/// For how long a violation is made shorter, in milliseconds.
const SHRINKING: u32 = 300_000;
/// After how many histories a table of DynamoDB Local is left behind: it searches all it has at each write.
/// The embedded database has a new one for each, so that nothing of another history is due.
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
        let mut worlds = Worlds::new(&runtime);
        while let Some(seed) = self.next(progress) {
            let (summary, violation) = one(&mut worlds, seed);
            let mut progress = progress.lock().unwrap();
            progress.tell(summary, seed);
            if let Some(violation) = violation {
                progress.summary.violations += 1;
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

/// What histories are carried out in.
struct Worlds<'r> {
    runtime: &'r Runtime,
    world: World,
    carried_out: u64,
}

impl<'r> Worlds<'r> {
    fn new(runtime: &'r Runtime) -> Self {
        Self {
            runtime,
            world: runtime.block_on(World::alone()),
            carried_out: 0,
        }
    }

    /// The world for one more.
    fn next(&mut self) -> &mut World {
        let histories = if is_embedded() { 1 } else { HISTORIES };
        if self.carried_out == histories {
            self.world = self.runtime.block_on(World::alone());
            self.carried_out = 0;
        }
        self.carried_out += 1;
        &mut self.world
    }
}

/// The history of a seed; where it goes otherwise, made as short as it can be. Its business is named by the
/// seed and the number of the try, so that the ids made of that are always the same.
fn one(worlds: &mut Worlds<'_>, seed: u64) -> (Summary, Option<Violation>) {
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
    let carried_out = RefCell::new((worlds, Summary::default(), 0));
    let proven = runner.run(
        &(rules(), history(STEPS), ending()),
        |(rules, history, ending): (_, Vec<Step>, _)| {
            let (worlds, summary, tries) = &mut *carried_out.borrow_mut();
            let runtime = worlds.runtime;
            let world = worlds.next();
            world.business = format!("prove-{seed}-{tries:04}");
            *tries += 1;
            let proven = runtime.block_on(carry_out(world, rules, (&history, &ending), summary));
            proven.map_err(TestCaseError::fail)
        },
    );
    let (_, summary, _) = carried_out.into_inner();
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
