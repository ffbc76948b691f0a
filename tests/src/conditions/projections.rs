//! Sums: nothing is added twice, and no rebuild is undone by who began before it.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use infra::{Consistency, Projection};
use serde_json::{Value, json};

use super::{ALONE_OR_NOTHING, overtaken};
use crate::harness::{Left, Salon, World};
use crate::package_care::sold;

/// The sums made again from the journal.
async fn rebuild(world: &World) -> Option<Projection> {
    let business = world.business.parse().unwrap();
    let until = world.clock.now() + TimeDelta::minutes(1);
    let rebuilt = world
        .store
        .rebuild_projections(&business, until, Duration::ZERO, |_| {});
    rebuilt.await.ok().flatten()
}

/// What was sold, in minor units; null where no sum says it.
async fn sold_minor(world: &World) -> Value {
    let report = world.get("/v1/reports/liability").ok().await;
    report["items"][0]["liability_minor"].clone()
}

/// What is sent with all of this.
pub(super) async fn flow() -> BTreeSet<String> {
    let salon = Salon::open().await;
    sold(&salon, 5, 100).await;
    salon.world.pump().await;
    rebuild(&salon.world).await;
    salon.world.faults.conditions().sent()
}

#[tokio::test]
async fn what_two_add_at_once_is_added_once_because_of_its_mark_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let world = &salon.world;
        world.pump().await;
        sold(&salon, 5, 100).await;
        let told = world.told().await;
        let mark = ("Put MARK absent", left);
        let ended = overtaken(world, mark, world.deliver(&told), world.deliver(&told)).await;
        let spoilt = left == Left::Nothing;
        assert_eq!(ended.written, spoilt);
        assert_eq!(
            sold_minor(world).await,
            if spoilt { 20_000 } else { 10_000 }
        );
    }
}

/// Sums are begun by the first that comes; meanwhile another began them, and they were made again.
#[tokio::test]
async fn sums_that_are_begun_late_do_not_replace_those_there_are() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let world = &salon.world;
        sold(&salon, 5, 100).await;
        let told = world.told().await;
        let fast = async {
            world.deliver(&told).await;
            rebuild(world).await.unwrap().generation
        };
        let begun = ("PutItem REPORTS absent", left);
        let ended = overtaken(world, begun, world.deliver(&told), fast).await;
        assert_eq!(ended.fast, 2);
        let business = world.business.parse().unwrap();
        let stands = world.store.projection(&business, Consistency::Strong).await;
        let generation = stands.unwrap().unwrap().generation;
        assert_eq!(generation, if left == Left::Alone { 2 } else { 1 });
    }
}

/// Both begin in turn; the one that comes late goes on with what the other one began.
#[tokio::test]
async fn of_two_rebuilds_the_later_does_not_undo_the_earlier() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let world = &salon.world;
        sold(&salon, 5, 100).await;
        world.pump().await;
        let version = ("PutItem REPORTS version = ?", left);
        let ended = overtaken(world, version, rebuild(world), rebuild(world)).await;
        assert_eq!(ended.fast.unwrap().generation, 2);
        assert_eq!(
            (&ended.then["generation"], ended.written),
            (&json!(2), left == Left::Nothing)
        );
        let slow = ended.slow.map(|it| it.generation);
        assert_eq!(slow, Some(if left == Left::Alone { 3 } else { 2 }));
    }
}
