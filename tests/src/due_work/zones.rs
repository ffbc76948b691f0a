//! The business changes its zone, or how early it wants to be told.

use std::time::Duration;

use serde_json::{Value, json};

use super::{LATE, everything, opportunity, package, salon};
use crate::harness::{Salon, World};

/// Changes some of the settings, which were changed so many times before.
async fn change(world: &World, version: u64, fields: Value) {
    let mut settings = world.get("/v1/settings").ok().await;
    for (name, value) in fields.as_object().unwrap() {
        settings[name] = value.clone();
    }
    let put = world.call("PUT", "/v1/settings").if_match(version);
    put.json(settings).ok().await;
}

async fn zone(world: &World, zone: &str) {
    change(world, 1, json!({"time_zone": zone})).await;
}

fn sorted<const N: usize>(mut names: [&'static str; N]) -> [&'static str; N] {
    names.sort_unstable();
    names
}

async fn fallen(world: &World) -> Vec<&'static str> {
    let mut fallen = world.fallen_due().await;
    fallen.sort_unstable();
    fallen
}

/// Everything is on the agenda, the business moves, and nobody hears of that but `due-work`.
async fn moved_unheard(to: &str) -> Salon {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    world.due_work().await;
    zone(world, to).await;
    drop(world.told().await);
    world.set_clock("2026-12-08T18:00:00Z");
    world.due_work().await;
    world.due_work().await;
    salon
}

#[tokio::test]
async fn what_fell_due_earlier_in_the_zone_of_now_is_done_nevertheless() {
    let salon = moved_unheard("Asia/Tokyo").await;
    assert_eq!(fallen(&salon.world).await, sorted(LATE));
}

#[tokio::test]
async fn what_falls_due_later_in_the_zone_of_now_is_done_then() {
    let salon = moved_unheard("America/Los_Angeles").await;
    assert_eq!(fallen(&salon.world).await, sorted(LATE));
}

#[tokio::test]
async fn after_a_move_each_thing_is_done_at_its_time_in_the_new_zone() {
    let salon = salon().await;
    let world = &salon.world;
    let rests = opportunity(&salon, "2027-06-01").await;
    let suspend = format!("/v1/opportunities/{rests}/suspend");
    let until = json!({"resume_on": "2026-12-03"});
    world.post(&suspend, until).if_match(1).ok().await;
    opportunity(&salon, "2026-12-10").await;
    world.due_work().await;
    zone(world, "Asia/Tokyo").await;
    world.due_work().await;
    for (at, done) in [
        ("2026-12-02T14:59:59Z", 0),
        ("2026-12-02T15:00:00Z", 2),
        // When they would have been due.
        ("2026-12-02T21:00:00Z", 2),
    ] {
        world.set_clock(at);
        world.due_work().await;
        assert_eq!(world.fallen_due().await.len(), done, "{at}");
    }
}

#[tokio::test]
async fn what_was_told_is_not_told_again_in_another_zone() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    world.due_work().await;
    world.set_clock("2026-11-28T22:00:00Z");
    world.due_work().await;
    world.set_clock("2026-12-04T08:00:00Z");
    world.due_work().await;
    let told = world.fallen_due().await;
    assert!(told.contains(&"instalment-due") && told.contains(&"close-date-near"));
    for (version, to) in [(1, "Asia/Tokyo"), (2, "America/Los_Angeles")] {
        change(world, version, json!({"time_zone": to})).await;
        world.due_work().await;
        let rebuilt = world
            .store
            .rebuild_agenda(&[], || world.clock.now(), |_| ());
        rebuilt.await.unwrap();
        let worked = world.due_work().await;
        assert_eq!((worked.failed, worked.set_aside), (0, 0), "{worked:?}");
        assert_eq!(world.fallen_due().await, told, "{to}");
    }
}

#[tokio::test]
async fn more_days_before_the_end_count_for_what_was_sold_before() {
    let salon = salon().await;
    let world = &salon.world;
    package(&salon, json!({"validity": {"count": 10, "unit": "days"}})).await;
    world.due_work().await;
    change(world, 1, json!({"expiring_days": [9, 3]})).await;
    world.due_work().await;
    for (at, told) in [
        // Before the day on which it would have been told.
        ("2026-11-23T20:59:59Z", 0),
        ("2026-11-23T21:00:00Z", 1),
        ("2026-11-29T21:00:00Z", 2),
        ("2026-12-02T21:00:00Z", 3),
    ] {
        world.set_clock(at);
        world.due_work().await;
        assert_eq!(world.fallen_due().await.len(), told, "{at}");
    }
}

#[tokio::test]
async fn an_agenda_that_is_made_anew_goes_on_where_it_was_stopped() {
    let salon = salon().await;
    let world = &salon.world;
    for _ in 0..120 {
        opportunity(&salon, "2026-12-10").await;
    }
    let bound = json!({"validity": {"count": 10, "unit": "days"}});
    package(&salon, bound.clone()).await;
    drop(world.told().await);
    change(world, 1, json!({"time_zone": "Asia/Tokyo"})).await;
    world.pump().await;
    assert_eq!(world.store.agendas_anew().await.unwrap().len(), 1);
    let cut = world.faults.cut();
    // What looking at an agenda takes, and then ever a little more of making it anew.
    let mut passing = 40;
    loop {
        let work = world.work(Duration::from_secs(60));
        if let Some(worked) = cut.kill(passing, false, work).await {
            assert!(worked.finished);
            break;
        }
        passing += 9;
    }
    assert!(passing > 60, "it was never stopped: {passing}");
    assert_eq!(world.store.agendas_anew().await.unwrap().len(), 0);
    world.set_clock("2026-12-02T15:00:00Z");
    let worked = world.work(Duration::from_secs(60)).await;
    // Also that the package will end; when it does nobody moves.
    assert_eq!((worked.done, worked.failed), (121, 0));
    world.set_clock("2026-12-02T21:00:00Z");
    assert_eq!(world.work(Duration::from_secs(60)).await.done, 1);
}

#[tokio::test]
async fn days_begin_by_the_clock_of_the_zone_also_where_it_is_changed() {
    let salon = salon().await;
    let world = &salon.world;
    world.set_clock("2027-03-01T08:00:00Z");
    zone(world, "America/New_York").await;
    // It is summer time there from the 14th of March on.
    opportunity(&salon, "2027-03-21").await;
    opportunity(&salon, "2027-03-22").await;
    world.due_work().await;
    for (at, told) in [
        ("2027-03-14T04:59:59Z", 0),
        ("2027-03-14T05:00:00Z", 1),
        ("2027-03-15T03:59:59Z", 1),
        ("2027-03-15T04:00:00Z", 2),
    ] {
        world.set_clock(at);
        world.due_work().await;
        assert_eq!(world.fallen_due().await.len(), told, "{at}");
    }
}
