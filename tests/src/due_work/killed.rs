//! Killed at any step, and two at once.

use std::time::Duration;

use aws_lambda_events::dynamodb::EventRecord;
use futures::{StreamExt as _, stream};
use serde_json::json;

use super::{LATE, after_an_outage, buy, opportunity, package, salon};
use crate::harness::{Salon, is_embedded};

const TIME: Duration = Duration::from_secs(60);
/// How many salons are killed at once.
const SIDE_BY_SIDE: usize = 4;
/// More than it ever sends.
const MOST: u32 = 200;

/// Something that is told, something that is undone, something that ends and something that goes on: all
/// of it due within three days.
async fn due() -> Salon {
    let salon = salon().await;
    let world = &salon.world;
    let plan = json!({
        "validity": {"count": 8, "unit": "days"},
        "deposit": {"percent": 10}, "instalments": {"count": 1, "monthly_day": 29},
    });
    let package = package(&salon, plan).await;
    for (verb, body) in [
        ("freeze", json!({"until": "2026-11-25"})),
        ("unfreeze", json!({})),
    ] {
        let path = format!("/v1/packages/{package}/{verb}");
        world.post(&path, body).key(verb).ok().await;
    }
    buy(&salon).await;
    let rests = opportunity(&salon, "2027-06-01").await;
    let suspend = format!("/v1/opportunities/{rests}/suspend");
    let until = json!({"resume_on": "2026-11-29"});
    world.post(&suspend, until).if_match(1).ok().await;
    salon
}

/// What is in the journal in the end, also where nothing is killed.
const DONE: [&str; 6] = [
    "instalment-due",
    "instalment-overdue",
    "instalment-overdue",
    "opportunity-resumed",
    "package-expired",
    "package-voided",
];

async fn done(salon: &Salon) -> Vec<&'static str> {
    let mut fallen = salon.world.fallen_due().await;
    fallen.sort_unstable();
    fallen
}

/// Works in a salon of its own, and is killed at its n-th request. Whether it came to its end before.
async fn killed_at(passing: u32, arrives: bool) -> bool {
    let salon = due().await;
    let world = &salon.world;
    world.set_clock("2026-11-23T07:00:00Z");
    world.due_work().await;
    world.set_clock("2026-11-30T22:00:00Z");
    let cut = world.faults.cut();
    let ended = cut.kill(passing, arrives, world.work(TIME)).await;
    let worked = world.work(TIME).await;
    assert!(worked.finished && worked.failed == 0, "{worked:?}");
    assert_eq!(done(&salon).await, DONE, "{passing} {arrives}");
    let nothing = world.work(TIME).await;
    assert_eq!((nothing.done, nothing.nothing), (0, 0), "{passing}");
    ended.is_some()
}

/// Follows in a salon of its own, is killed at its n-th request, and is given the batch again. Whether it
/// came to its end before.
async fn follower_killed_at(passing: u32, arrives: bool) -> bool {
    let salon = due().await;
    let world = &salon.world;
    let told: Vec<EventRecord> = world.told().await;
    let cut = world.faults.cut();
    let ended = cut.kill(passing, arrives, world.deliver(&told)).await;
    world.deliver(&told).await;
    world.set_clock("2026-11-30T22:00:00Z");
    let worked = world.work(TIME).await;
    assert!(worked.finished && worked.failed == 0, "{worked:?}");
    assert_eq!(done(&salon).await, DONE, "{passing} {arrives}");
    ended.is_some()
}

/// Kills at each request, before and after that arrives, until there is none to be killed at.
/// DynamoDB Local, where each salon takes ten times as long, is killed at every seventh of these.
async fn at_each(kill: impl AsyncFn(u32, bool) -> bool, stride: usize) -> u32 {
    let stride = match is_embedded() {
        true => stride,
        false => 7 * stride,
    };
    for from in (0..MOST).step_by(SIDE_BY_SIDE * stride) {
        let places = (from..).step_by(stride).take(SIDE_BY_SIDE);
        let killed = places.flat_map(|passing| [(passing, false), (passing, true)]);
        let killed: Vec<_> = killed
            .map(|(place, arrives)| kill(place, arrives))
            .collect();
        let ended: Vec<bool> = stream::iter(killed)
            .buffer_unordered(SIDE_BY_SIDE)
            .collect()
            .await;
        if ended.into_iter().all(|ended| ended) {
            return from;
        }
    }
    panic!("it does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_of_its_requests_it_does_each_thing_once() {
    let requests = at_each(killed_at, 1).await;
    assert!(requests > 20, "{requests}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_follower_killed_at_any_of_its_requests_and_given_the_batch_again_forgets_nothing() {
    let requests = at_each(follower_killed_at, 2).await;
    assert!(requests > 20, "{requests}");
}

#[tokio::test]
async fn two_at_once_do_each_thing_once() {
    let salon = after_an_outage().await;
    let world = &salon.world;
    let work = || world.work(TIME);
    let (one, two, three) = tokio::join!(work(), work(), work());
    assert!(one.finished && two.finished && three.finished);
    assert_eq!(one.failed + two.failed + three.failed, 0);
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}

#[tokio::test]
async fn it_stops_when_its_time_is_up_and_goes_on_the_next_time() {
    let salon = after_an_outage().await;
    let world = &salon.world;
    let stopped = world.work(Duration::ZERO).await;
    assert_eq!((stopped.done, stopped.finished), (0, false));
    world.due_work().await;
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}
