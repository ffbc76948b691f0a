//! A booking that loses more than one race: what it reads before it is decided again.

use std::time::Duration;

use serde_json::json;

use crate::harness::{Salon, World};

const PATIENCE: Duration = Duration::from_secs(6);

/// Books b-1, which two others overtake, and has bookings hold nothing from then on. The first of them is
/// answered with the package; what comes after the second is said: the requests of b-1 from its second
/// attempt on, and what is held in the end.
async fn loses_twice(second_attempt: Duration) -> (usize, u64) {
    let world = World::with_patience(PATIENCE).await;
    let salon = Salon::within(world, "booking", "forfeit").await;
    let world = &salon.world;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let booking = |id: &str| {
        let body = salon.booking(id, &[&salon.manicure], json!([package]));
        world.post("/v1/bookings", body)
    };
    let first = world.faults.pause();
    let loser = tokio::spawn(booking("b-1").send());
    first.reached().await;
    booking("b-2").ok().await;
    let second = world.faults.pause();
    first.resume();
    second.reached().await;
    booking("b-3").ok().await;
    let settings = json!({
        "name": "Gül Güzellik", "time_zone": "Europe/Istanbul", "deduct_at": "completion", "no_show": "forfeit",
    });
    let settings = world.call("PUT", "/v1/settings").json(settings);
    settings.if_match(1).ok().await;
    tokio::time::sleep(second_attempt).await;
    world.meter.take();
    second.resume();
    assert_eq!(loser.await.unwrap().status, 201);
    let requests = world.meter.take().requests;
    (requests, salon.pool(&package).await.1)
}

#[tokio::test]
async fn who_loses_again_reads_the_package_again_and_nothing_else() {
    let (requests, held) = loses_twice(Duration::ZERO).await;
    // Two attempts, and the package between them.
    assert_eq!((requests, held), (3, 3));
}

#[tokio::test]
async fn what_was_read_half_of_the_patience_ago_is_read_again_as_well() {
    let (requests, held) = loses_twice(PATIENCE / 2 + Duration::from_millis(100)).await;
    // The third attempt is decided by the settings of then.
    assert_eq!((requests, held), (4, 2));
}
