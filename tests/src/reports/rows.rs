//! The rows behind the reports: each record once, in any order.

use aws_lambda_events::dynamodb::{Event, EventRecord};
use futures::future::join_all;
use infra::Difference;
use serde_json::Value;

use super::{book_at, read, sell_days};
use crate::harness::{Salon, Trouble};

/// Something of everything.
pub(super) async fn busy(salon: &Salon) {
    let one = sell_days(salon, 5, 3).await;
    let another = sell_days(salon, 2, 40).await;
    for (id, package) in [("used", &one), ("missed", &one), ("cancelled", &another)] {
        book_at(salon, id, "2026-11-23T10:00:00Z", package).await;
    }
    salon.world.set_clock("2026-11-23T12:00:00Z");
    for (id, verb) in [
        ("used", "complete"),
        ("missed", "no-show"),
        ("cancelled", "cancel"),
    ] {
        salon.resolve(id, verb).await;
    }
    salon.world.set_clock("2026-11-30T08:00:00Z");
    let template = salon.credit(1000).await;
    salon.sell(&salon.ayse, &template).await;
}

/// Every report as it stands.
pub(super) async fn reports(salon: &Salon) -> Vec<Value> {
    let mut reports = Vec::new();
    for path in [
        "liability",
        "liability?as_of=2026-11-23",
        "roll-forward?from=2026-11-23&to=2026-11-28",
        "sales",
        "utilisation",
        "breakage",
    ] {
        reports.push(read(salon, path).await);
    }
    reports
}

pub(super) async fn differences(salon: &Salon) -> Vec<Difference> {
    let business = salon.world.business.parse().unwrap();
    let store = &salon.world.store;
    store.verify_projections(&business, |_| {}).await.unwrap()
}

/// A salon, what the stream told of it, and the reports when it was told in order.
pub(super) async fn told() -> (Salon, Vec<EventRecord>, Vec<Value>) {
    let salon = Salon::open().await;
    busy(&salon).await;
    let told = salon.world.told().await;
    salon.world.deliver(&told).await;
    assert_eq!(differences(&salon).await, []);
    let reports = reports(&salon).await;
    assert_eq!(reports[0]["items"][0]["liability_minor"], 21_000);
    (salon, told, reports)
}

#[tokio::test]
async fn what_is_delivered_again_changes_nothing() {
    let (salon, told, before) = told().await;
    for batch in [&told[..], &told[3..], &told[..told.len() / 2]] {
        salon.world.deliver(batch).await;
        assert_eq!(reports(&salon).await, before);
    }
    assert_eq!(differences(&salon).await, []);
}

#[tokio::test]
async fn trouble_with_the_database_neither_loses_nor_doubles_anything() {
    use Trouble::{Conflict, LostAnswer, LostRequest, Throttled};
    let salon = Salon::open().await;
    busy(&salon).await;
    let told = salon.world.told().await;
    let troubles = [LostAnswer, Conflict, Throttled, LostRequest, LostAnswer];
    salon.world.faults.expect(&troubles);
    for batch in told.chunks(4) {
        salon.world.deliver(batch).await;
    }
    assert!(salon.world.faults.over());
    assert_eq!(differences(&salon).await, []);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_named_and_holds_nothing_else_back() {
    let salon = Salon::open().await;
    busy(&salon).await;
    let told = salon.world.told().await;
    let is_package = |record: &&EventRecord| record.change.new_image.contains_key("pools");
    let place = told.iter().position(|record| is_package(&record)).unwrap();
    let mut spoiled = told.clone();
    drop(spoiled[place].change.new_image.remove("pools"));
    let mut event = Event::default();
    event.records = spoiled;
    let answer = salon.world.call_stream("follow-journal", event).await;
    let [failure] = &answer.batch_item_failures[..] else {
        panic!("{answer:?}");
    };
    assert_eq!(failure.item_identifier, told[place].change.sequence_number);
    // All but what the one record tells is there.
    let missing = differences(&salon).await;
    assert!(!missing.is_empty());
    salon.world.deliver(&told[place..=place]).await;
    assert_eq!(differences(&salon).await, []);
}

#[tokio::test]
async fn the_order_and_the_batches_do_not_matter() {
    let salon = Salon::open().await;
    busy(&salon).await;
    let mut told = salon.world.told().await;
    told.reverse();
    let half = told.len() / 2;
    for batch in told.chunks(3).skip(1).step_by(2) {
        salon.world.deliver(batch).await;
    }
    assert_ne!(differences(&salon).await, []);
    salon.world.deliver(&told[half..]).await;
    salon.world.deliver(&told).await;
    assert_eq!(differences(&salon).await, []);
}

#[tokio::test]
async fn shards_that_are_delivered_side_by_side_count_each_record_once() {
    let salon = Salon::open().await;
    busy(&salon).await;
    let told = salon.world.told().await;
    // The same records from several sides, and each side in another place.
    let sides = (0..4).map(|side| {
        let mut told = told.clone();
        let length = told.len();
        told.rotate_left(side * length / 4);
        let world = &salon.world;
        async move {
            for batch in told.chunks(5) {
                world.deliver(batch).await;
            }
        }
    });
    join_all(sides).await;
    assert_eq!(differences(&salon).await, []);
}
