//! Proof that nothing is overdrawn and nothing counted twice: random histories of what clients ask for, one
//! after the other and at once, under trouble between the functions and their database, beside a plain model
//! that says what each must be told and what there is then.
//!
//! `make test` carries out a few hundred operations; `make prove` as many as it is told (docs/proof.md). A
//! history that goes otherwise is printed with its seed, made as short as it can be, and carried out again
//! alone by `CARNET_PROVE_SEED`.

mod asked;
mod at_once;
mod counted;
mod followed;
mod kept;
mod ledger;
mod look;
mod model;
mod pipeline;
mod proof;
mod refusals;
mod routes;
mod run;
mod send;
mod shop;
mod summary;

use crate::harness::{is_embedded, number};
use proof::Proof;

#[test]
fn whatever_clients_ask_for_ends_as_the_model_says() {
    let only = number("CARNET_PROVE_SEED");
    let operations = number("CARNET_PROVE");
    let alone = only.is_some() || operations.is_none();
    let processors = || std::thread::available_parallelism().unwrap().get();
    // DynamoDB Local takes four times as long.
    let few = if is_embedded() { 400 } else { 150 };
    let proof = Proof {
        operations: operations.unwrap_or(few),
        from: number("CARNET_PROVE_FROM").unwrap_or(1),
        only,
        workers: if alone { 1 } else { processors() },
    };
    let (summary, violation) = proof.run();
    println!("{summary}");
    if let Some((seed, violation)) = violation {
        panic!("CARNET_PROVE_SEED={seed}: {violation}");
    }
    if only.is_none() {
        assert!(summary.is_full_of_trouble(), "{summary}");
        assert_eq!(summary.missing(), [""; 0], "never done or never refused");
    }
}
