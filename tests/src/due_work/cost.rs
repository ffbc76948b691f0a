//! Working off the agenda costs what is due, not what there is; and what fails is in nobody's way.

use std::time::Duration;

use serde_json::json;

use super::{opportunity, package, salon};
use crate::harness::Salon;

/// Opens so many opportunities that are not due for long.
async fn many(salon: &Salon, count: usize) {
    for _ in 0..count {
        opportunity(salon, "2027-10-01").await;
    }
}

/// Requests and read units of a call that does three things.
async fn three_of(count: usize) -> (usize, f64) {
    let salon = salon().await;
    let world = &salon.world;
    many(&salon, count).await;
    for _ in 0..3 {
        opportunity(&salon, "2026-12-05").await;
    }
    world.due_work().await;
    world.set_clock("2026-11-27T21:00:00Z");
    world.work(Duration::from_secs(60)).await;
    assert_eq!(world.fallen_due().await, ["close-date-near"; 3]);
    // The same again, with nothing due: what looking costs.
    world.meter.take();
    let worked = world.work(Duration::from_secs(60)).await;
    assert_eq!(worked.done, 0);
    let idle = world.meter.take();
    (idle.requests, idle.rru)
}

#[tokio::test]
async fn what_is_not_due_costs_nothing() {
    let (few, many) = tokio::join!(three_of(3), three_of(297));
    assert_eq!(few, many);
    // The day that was reached, and eight parts of two days.
    assert_eq!(few.0, 17);
}

#[tokio::test]
async fn what_is_refused_again_and_again_is_set_aside_and_keeps_nothing_else() {
    let salon = salon().await;
    let world = &salon.world;
    let broken = package(&salon, json!({"validity": {"count": 5, "unit": "days"}})).await;
    package(&salon, json!({"validity": {"count": 5, "unit": "days"}})).await;
    world.due_work().await;
    world.spoil_package(&salon.ayse, &broken).await;
    world.set_clock("2026-11-28T08:00:00Z");
    let worked = world.due_work().await;
    assert_eq!((worked.done, worked.failed), (1, 1));
    for _ in 0..3 {
        assert_eq!(world.work(Duration::from_secs(60)).await.failed, 1);
    }
    let worked = world.work(Duration::from_secs(60)).await;
    assert_eq!((worked.failed, worked.set_aside), (0, 1));
    let aside = world.store.set_aside().await.unwrap();
    assert_eq!(aside.len(), 1);
    assert_eq!((aside[0].of.to_string(), aside[0].attempts), (broken, 5));
    assert!(aside[0].reason.as_ref().unwrap().contains("standing"));
    let worked = world.work(Duration::from_secs(60)).await;
    assert_eq!((worked.failed, worked.set_aside), (0, 0));
}
