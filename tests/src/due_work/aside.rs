//! What cannot be done, and what is in nobody's way.

use std::time::Duration;

use serde_json::json;

use super::{LATE, after_an_outage, everything, opportunity, package, salon};
use crate::harness::{Salon, World};

const TIME: Duration = Duration::from_secs(60);

/// A package that ends on the 27th, and another one that cannot be read.
async fn one_of_two_is_broken(salon: &Salon) -> (String, crate::harness::Standing) {
    let ends = || json!({"validity": {"count": 5, "unit": "days"}});
    let broken = package(salon, ends()).await;
    package(salon, ends()).await;
    salon.world.due_work().await;
    let standing = salon.world.spoil_package(&salon.ayse, &broken).await;
    salon.world.set_clock("2026-11-28T08:00:00Z");
    (broken, standing)
}

/// How many things stand on the agenda that are due.
async fn left(world: &World) -> usize {
    let month = "2026-11-01".parse().unwrap();
    let next = world.store.next_on_agenda(month, None, world.clock.now());
    next.await.unwrap().len()
}

#[tokio::test]
async fn what_is_refused_again_and_again_is_set_aside_and_keeps_nothing_else() {
    let salon = salon().await;
    let world = &salon.world;
    let (broken, _) = one_of_two_is_broken(&salon).await;
    let worked = world.due_work().await;
    assert_eq!((worked.done, worked.failed), (1, 1));
    // The stream told of what became of it, which nobody could read either.
    let given_up = world.take_given_up();
    assert!(matches!(&given_up[..], [(_, record)] if record.ends_with(&broken)));
    for _ in 0..3 {
        assert_eq!(world.work(TIME).await.failed, 1);
    }
    world.store.metrics().take();
    let worked = world.work(TIME).await;
    assert_eq!((worked.failed, worked.set_aside), (0, 1));
    let told = world.store.metrics().take().concat();
    assert!(told.contains(r#""DueSetAside":1"#), "{told}");
    let aside = world.store.set_aside().await.unwrap();
    let [found] = &aside[..] else {
        panic!("{aside:?}")
    };
    let item = found.due.as_ref().unwrap();
    assert_eq!((item.of.to_string(), item.attempts), (broken, 5));
    assert!(found.reason().contains("standing"));
    let worked = world.work(TIME).await;
    assert_eq!((worked.failed, worked.set_aside), (0, 0));
}

#[tokio::test]
async fn what_was_set_aside_is_done_when_it_is_tried_again_after_its_reason_is_gone() {
    let salon = salon().await;
    let world = &salon.world;
    let (broken, standing) = one_of_two_is_broken(&salon).await;
    for _ in 0..5 {
        world.work(TIME).await;
    }
    world.mend_package(&salon.ayse, &broken, standing).await;
    let aside = world.store.set_aside().await.unwrap();
    let now = world.clock.now();
    assert!(world.store.retry_set_aside(&aside[0], now).await.unwrap());
    assert_eq!(world.store.set_aside().await.unwrap().len(), 0);
    let worked = world.work(TIME).await;
    assert_eq!((worked.done, worked.failed), (1, 0));
    assert_eq!(world.fallen_due().await, ["package-expired"; 2]);
}

#[tokio::test]
async fn what_cannot_be_read_is_set_aside_and_keeps_nothing_else() {
    let salon = salon().await;
    let world = &salon.world;
    everything(&salon).await;
    world.due_work().await;
    assert_eq!(world.spoil_on_agenda("#expiry", "due").await, 1);
    world.set_clock("2026-12-08T08:00:00Z");
    let worked = world.due_work().await;
    let done = u32::try_from(LATE.len() - 1).unwrap();
    assert_eq!((worked.done, worked.failed, worked.set_aside), (done, 0, 1));
    let aside = world.store.set_aside().await.unwrap();
    assert!(aside[0].due.is_err() && aside[0].place().ends_with("#expiry"));
    assert!(aside[0].reason().contains("due"), "{}", aside[0].reason());
    let now = world.clock.now();
    assert!(!world.store.retry_set_aside(&aside[0], now).await.unwrap());
    assert_eq!(world.store.set_aside().await.unwrap().len(), 1);
    let worked = world.work(TIME).await;
    assert_eq!((worked.done, worked.set_aside), (0, 0));
}

#[tokio::test]
async fn what_it_may_not_do_waits_until_it_may() {
    let salon = after_an_outage().await;
    let world = &salon.world;
    // The record itself cannot be read.
    world.faults.deny(Some("BatchGetItem"));
    for _ in 0..7 {
        let worked = world.work(TIME).await;
        assert_eq!((worked.done, worked.set_aside), (0, 0), "{worked:?}");
    }
    world.faults.deny(None);
    world.due_work().await;
    assert_eq!(world.fallen_due().await.len(), LATE.len());
}

#[tokio::test]
async fn what_was_done_and_cannot_be_taken_off_the_agenda_is_done_once() {
    let salon = after_an_outage().await;
    let world = &salon.world;
    world.faults.deny(Some("DeleteItem"));
    let worked = world.work(TIME).await;
    assert!(worked.finished && worked.done == 0, "{worked:?}");
    world.faults.deny(None);
    world.due_work().await;
    assert_eq!(world.fallen_due().await.len(), LATE.len());
    assert_eq!(world.work(TIME).await.nothing, 0);
}

#[tokio::test]
async fn what_fails_does_not_bring_back_what_another_did() {
    let salon = salon().await;
    let world = &salon.world;
    one_of_two_is_broken(&salon).await;
    let day = "2026-11-27".parse().unwrap();
    let found = world.store.next_on_agenda(day, None, world.clock.now());
    let found = found.await.unwrap();
    let item = found[0].due.as_ref().unwrap();
    world.store.done_on_agenda(item).await.unwrap();
    for most in [5, 1] {
        let aside = world.store.failed_on_agenda(item, "late", most).await;
        assert!(!aside.unwrap());
    }
    let after = world.store.next_on_agenda(day, None, world.clock.now());
    assert_eq!(after.await.unwrap().len(), found.len() - 1);
    assert_eq!(world.store.set_aside().await.unwrap().len(), 0);
}

#[tokio::test]
async fn several_at_once_do_each_thing_once_beside_one_that_fails() {
    let salon = salon().await;
    let world = &salon.world;
    one_of_two_is_broken(&salon).await;
    let mut aside = 0;
    for _ in 0..5 {
        let (one, two, three) = tokio::join!(world.work(TIME), world.work(TIME), world.work(TIME));
        assert!(one.finished && two.finished && three.finished);
        aside += one.set_aside + two.set_aside + three.set_aside;
    }
    assert_eq!((aside, left(world).await), (1, 0));
    assert_eq!(world.store.set_aside().await.unwrap().len(), 1);
    assert_eq!(world.fallen_due().await, ["package-expired"]);
}

#[tokio::test]
async fn one_that_takes_long_does_not_hold_up_what_falls_due_at_the_same_time() {
    let salon = salon().await;
    let world = &salon.world;
    for _ in 0..40 {
        opportunity(&salon, "2026-12-05").await;
    }
    world.due_work().await;
    world.set_clock("2026-11-27T21:00:00Z");
    let pause = world.faults.pause();
    let others = async {
        pause.reached().await;
        while world.fallen_due().await.len() < 39 {
            tokio::task::yield_now().await;
        }
        pause.resume();
    };
    let (worked, ()) = tokio::join!(world.work(TIME), others);
    assert_eq!((worked.done, worked.failed), (40, 0));
    assert_eq!(world.fallen_due().await.len(), 40);
}
