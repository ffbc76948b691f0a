//! Proof that nothing is overdrawn and nothing counted twice: random histories of what clients ask for, one
//! after the other and at once, under trouble between the functions and their database, beside a plain model
//! that says what each must be told and what there is then.
//!
//! `make test` carries out a few hundred operations; `make prove` as many as it is told (docs/proof.md). A
//! history that goes otherwise is printed with its seed, made as short as it can be, and carried out again
//! alone by `CARNET_PROVE_SEED`.

mod answer;
mod at_once;
mod choice;
mod command;
mod holdings;
mod look;
mod model;
mod request;
mod resolving;
mod routes;
mod run;
mod send;
mod shop;
mod summary;

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

use command::history;
use model::{Penalty, Rules};
use run::carry_out;
use summary::Summary;

use crate::harness::World;

/// The most steps of a history.
const STEPS: usize = 40;
/// After how many operations something is said of the progress.
const STRIDE: u64 = 10_000;

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

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    let said = std::env::var(name).ok()?;
    Some(
        said.parse()
            .unwrap_or_else(|_| panic!("{name} is a number, not {said}")),
    )
}

#[test]
fn whatever_clients_ask_for_ends_as_the_model_says() {
    let operations = number("CARNET_PROVE").unwrap_or(400);
    let only = number("CARNET_PROVE_SEED");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let world = RefCell::new(runtime.block_on(World::new()));
    let summary = RefCell::new(Summary::default());
    let mut told = STRIDE;
    let from = number("CARNET_PROVE_FROM").unwrap_or(1);
    for seed in only.unwrap_or(from).. {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let config = Config {
            cases: 1,
            failure_persistence: None,
            max_shrink_iters: 3_000,
            ..Config::default()
        };
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let mut runner = TestRunner::new_with_rng(config, rng);
        let proven = runner.run(&(rules(), history(STEPS)), |(rules, history)| {
            let (mut world, mut summary) = (world.borrow_mut(), summary.borrow_mut());
            let carried_out = carry_out(&mut world, rules, &history, &mut summary);
            runtime.block_on(carried_out).map_err(TestCaseError::fail)
        });
        if let Err(violation) = proven {
            panic!(
                "CARNET_PROVE_SEED={seed}: {violation}\n{}",
                summary.borrow()
            );
        }
        let mut summary = summary.borrow_mut();
        summary.histories += 1;
        if summary.operations() >= told {
            eprintln!("{} operations, seed {seed}", summary.operations());
            told += STRIDE;
        }
        if only.is_some() || summary.operations() >= operations {
            break;
        }
    }
    println!("{}", summary.borrow());
}
