//! Each condition of each write: what is spoilt without it, and that it alone prevents that.
//!
//! docs/conditions.md lists them.

mod agenda;
mod claims;
mod erased;
mod flows;
mod journal;
mod pipeline;
mod projections;
mod quotas;
mod records;
mod set_aside;
mod units;

use std::pin::pin;

use serde_json::Value;

use crate::harness::{Left, StoredKey, World};

/// The condition alone, or none.
const ALONE_OR_NOTHING: [Left; 2] = [Left::Alone, Left::Nothing];
/// The condition alone, or all others of its transaction without it: nothing else prevents what it does.
const ALONE_OR_OTHERS: [Left; 2] = [Left::Alone, Left::Others];

/// How a write ended that was overtaken.
#[derive(Debug)]
struct Overtaken<S, F> {
    /// Whether it was written.
    written: bool,
    /// What was answered in the end to who sent it.
    slow: S,
    /// What was answered to who overtook it.
    fast: F,
    /// The item that has the condition, before the write went on.
    then: Value,
    /// The same in the end.
    now: Value,
}

/// Sends `slow` until its write with the condition is on its way; then `fast`; then lets the write go on,
/// with what is `left` of its conditions.
async fn overtaken<S, F>(
    world: &World,
    (condition, left): (&str, Left),
    slow: impl Future<Output = S>,
    fast: impl Future<Output = F>,
) -> Overtaken<S, F> {
    let held = world.faults.conditions().hold(condition, left);
    let mut slow = pin!(slow);
    tokio::select! {
        () = held.reached() => {}
        _ = &mut slow => panic!("nothing was sent with {condition}"),
    }
    let fast = fast.await;
    let then = world.stored(&held.key()).await;
    let (written, slow) = tokio::join!(held.let_go(), slow);
    let now = world.stored(&held.key()).await;
    Overtaken {
        written,
        slow,
        fast,
        then,
        now,
    }
}

/// The same with something that is done by hand to the item that has the condition. Nobody waits for what
/// becomes of `slow`. Whether it was written.
async fn by_hand(
    world: &World,
    (condition, left): (&str, Left),
    slow: impl Future,
    done: impl AsyncFnOnce(&StoredKey),
) -> bool {
    let held = world.faults.conditions().hold(condition, left);
    let mut slow = pin!(slow);
    tokio::select! {
        () = held.reached() => {}
        _ = &mut slow => panic!("nothing was sent with {condition}"),
    }
    done(&held.key()).await;
    let mut gone = pin!(held.let_go());
    tokio::select! {
        written = &mut gone => written,
        _ = slow => gone.await,
    }
}
