//! Damaged requests, events, records and texts: whatever comes, nothing panics, nothing fails on our side,
//! and what is refused writes nothing.
//!
//! `CARNET_FUZZ` says how many cases each test tries, `CARNET_FUZZ_SEED` where it begins. What ever failed
//! is kept in `tests/corpus` and tried first.

mod corpus;
mod damage;
mod events;
mod parsed;
mod parsers;
mod records;
mod requests;
mod values;

use std::collections::BTreeMap;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::harness::{World, is_embedded, number, stored};

/// Items, each by the names of its attributes.
type Stored = Vec<BTreeMap<String, String>>;

/// How many cases a test tries, where nothing else is said: few where the database is slow.
fn usual_cases() -> u32 {
    match is_embedded() {
        true => 60,
        false => 12,
    }
}

fn cases() -> u32 {
    number("CARNET_FUZZ").map_or_else(usual_cases, |cases| cases.try_into().unwrap())
}

/// Tries `check` on values of `strategy`: always the same ones of a seed, and of a part of the cases.
fn fuzz<S: Strategy>(
    strategy: &S,
    (part, cases): (u64, u32),
    check: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases,
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("CARNET_FUZZ_SEED").unwrap_or(1).to_le_bytes());
    seed[8..16].copy_from_slice(&part.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let outcome = TestRunner::new_with_rng(config, rng).run(strategy, check);
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Everything that is stored, in a world of its own.
async fn all_stored(world: &World) -> Stored {
    stored(&world.endpoint, &world.table).await
}

/// Works in a world of its own, which is dropped where its database can stop.
fn in_world(work: impl FnOnce(&Runtime, &World)) {
    let runtime = Runtime::new().unwrap();
    let world = runtime.block_on(World::alone());
    work(&runtime, &world);
    let _guard = runtime.enter();
    drop(world);
}

/// The changes of a case.
fn changes(case: &Value) -> &[Value] {
    case["changes"].as_array().map_or(&[], Vec::as_slice)
}
