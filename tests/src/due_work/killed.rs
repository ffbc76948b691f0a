//! Killed at any step, and two at once.

use std::time::Duration;

use super::{LATE, everything, salon};
use crate::harness::Salon;

/// Kills it at its n-th request for every n, and lets it end then.
async fn killed_at_every_step(salon: &Salon, arrives: bool) {
    let world = &salon.world;
    let cut = world.faults.cut();
    let mut passing = 0;
    // One that is killed does something first, so that the next one finds less: each is killed a step
    // later than the last one, until one comes to its end.
    loop {
        let work = world.work(Duration::from_secs(60));
        if let Some(worked) = cut.kill(passing, arrives, work).await {
            assert!(worked.finished);
            break;
        }
        passing += 1;
    }
    assert!(passing > 20);
    assert_eq!(world.due_work().await.failed, 0);
    let mut fallen = world.fallen_due().await;
    fallen.sort_unstable();
    let mut late = LATE;
    late.sort_unstable();
    assert_eq!(fallen, late);
}

#[tokio::test]
async fn killed_before_any_of_its_requests_arrives_it_does_each_thing_once() {
    let salon = salon().await;
    everything(&salon).await;
    salon.world.due_work().await;
    salon.world.set_clock("2026-12-08T08:00:00Z");
    killed_at_every_step(&salon, false).await;
}

#[tokio::test]
async fn killed_after_any_of_its_requests_arrived_it_does_each_thing_once() {
    let salon = salon().await;
    everything(&salon).await;
    salon.world.due_work().await;
    salon.world.set_clock("2026-12-08T08:00:00Z");
    killed_at_every_step(&salon, true).await;
}

#[tokio::test]
async fn the_follower_killed_at_any_step_and_called_again_forgets_nothing() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    let told = world.told().await;
    let mut passing = 0;
    while world
        .faults
        .cut()
        .kill(passing, false, world.deliver(&told))
        .await
        .is_none()
    {
        passing += 7;
    }
    world.set_clock("2026-12-08T08:00:00Z");
    world.work(Duration::from_secs(60)).await;
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}

#[tokio::test]
async fn two_at_once_do_each_thing_once() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    world.due_work().await;
    world.set_clock("2026-12-08T08:00:00Z");
    let work = || world.work(Duration::from_secs(60));
    let (one, two, three) = tokio::join!(work(), work(), work());
    assert!(one.finished && two.finished && three.finished);
    assert_eq!(one.failed + two.failed + three.failed, 0);
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}

#[tokio::test]
async fn it_stops_when_its_time_is_up_and_goes_on_the_next_time() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    world.due_work().await;
    world.set_clock("2026-12-08T08:00:00Z");
    let stopped = world.work(Duration::ZERO).await;
    assert_eq!((stopped.done, stopped.finished), (0, false));
    world.due_work().await;
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}
