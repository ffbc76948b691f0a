//! Working off the agenda costs what is due, not what there is.

use std::time::Duration;

use super::{opportunity, salon};
use crate::harness::{Salon, is_embedded};

/// Opens so many opportunities that are not due for long.
async fn many(salon: &Salon, count: usize) {
    for _ in 0..count {
        opportunity(salon, "2027-10-01").await;
    }
}

/// What a call took: requests, read units and write units.
type Took = (usize, f64, f64);

/// What a call takes that does three things of so many, and one with nothing to do.
async fn three_of(count: usize) -> [Took; 2] {
    let salon = salon().await;
    let world = &salon.world;
    many(&salon, count).await;
    for _ in 0..3 {
        opportunity(&salon, "2026-12-05").await;
    }
    world.due_work().await;
    world.set_clock("2026-11-27T21:00:00Z");
    let took = [3, 0].map(|done| async move {
        world.meter.take();
        let worked = world.work(Duration::from_secs(60)).await;
        assert_eq!(worked.done, done);
        let cost = world.meter.take();
        (cost.requests, cost.rru, cost.table_wru + cost.index_wru)
    });
    let [working, idle] = took;
    let took = [working.await, idle.await];
    assert_eq!(world.fallen_due().await, ["close-date-near"; 3]);
    took
}

#[tokio::test]
async fn what_is_not_due_costs_nothing() {
    let (few, many) = tokio::join!(three_of(3), three_of(97));
    if is_embedded() {
        assert_eq!(few, many);
    }
    // DynamoDB Local reckons a read unit more or less.
    let [few_sent, many_sent] = [few, many].map(|took| took.map(|(sent, _, wru)| (sent, wru)));
    assert_eq!(few_sent, many_sent);
    for [working, idle] in [few, many] {
        // The month that was reached, its eight parts, and the agendas to be made anew.
        assert_eq!((idle.0, idle.2), (10, 0.0));
        // Of each thing the record, the entry and the item; the days since, and a look behind what was found.
        assert!(working.0 < 100 && working.2 < 40.0, "{working:?}");
    }
}
