//! The rows behind the reports: each record once, in any order, and made again from the journal.

use std::time::Duration;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use chrono::TimeDelta;
use futures::future::join_all;
use infra::{Difference, Projection};
use serde_json::{Value, json};

use super::{book_at, read, sell_days};
use crate::harness::{Salon, Trouble};

/// Something of everything.
async fn busy(salon: &Salon) {
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
async fn reports(salon: &Salon) -> Vec<Value> {
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

async fn differences(salon: &Salon) -> Vec<Difference> {
    let business = salon.world.business.parse().unwrap();
    let store = &salon.world.store;
    store.verify_projections(&business, |_| {}).await.unwrap()
}

/// A clock that stands still: entries of one moment come one after the other a little later.
fn soon(salon: &Salon) -> domain::Instant {
    salon.world.clock.now() + TimeDelta::minutes(1)
}

async fn rebuilt(salon: &Salon) -> Projection {
    rebuilt_until(salon, soon(salon)).await
}

async fn rebuilt_until(salon: &Salon, until: domain::Instant) -> Projection {
    let business = salon.world.business.parse().unwrap();
    let store = &salon.world.store;
    let rebuilt = store
        .rebuild_projections(&business, until, Duration::ZERO, |_| {})
        .await;
    rebuilt.unwrap().unwrap()
}

/// Begins a rebuild that ends as in a power cut.
async fn interrupted(salon: &Salon) {
    let (store, until) = (salon.world.store.clone(), soon(salon));
    let business = salon.world.business.parse().unwrap();
    let interrupted = tokio::spawn(async move {
        let crash = |_| panic!("as it should, in this test");
        store
            .rebuild_projections(&business, until, Duration::ZERO, crash)
            .await
    });
    assert!(interrupted.await.unwrap_err().is_panic());
}

/// A salon, what the stream told of it, and the reports when it was told in order.
async fn told() -> (Salon, Vec<EventRecord>, Vec<Value>) {
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
    let answer = salon.world.call_stream("report-projections", event).await;
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

/// A series brings a package on by several versions at once: the stream tells one step, the journal
/// one for each appointment.
#[tokio::test]
async fn a_series_is_added_once_whoever_tells_of_it_first() {
    for stream_first in [true, false] {
        let salon = Salon::open().await;
        let package = sell_days(&salon, 5, 30).await;
        salon.world.pump().await;
        interrupted(&salon).await;
        let appointment = |id: &str, at: &str| json!({"booking_id": id, "starts_at": at, "services": [{"service_id": salon.manicure}]});
        let series = json!({"customer_id": salon.ayse, "pay_with": [package], "appointments": [
            appointment("s-1", "2026-11-23T10:00:00Z"), appointment("s-2", "2026-11-24T10:00:00Z"),
            appointment("s-3", "2026-11-25T10:00:00Z")]});
        salon.world.post("/v1/bookings/series", series).ok().await;
        if stream_first {
            salon.world.pump().await;
            assert_eq!(differences(&salon).await, []);
        }
        rebuilt(&salon).await;
        salon.world.pump().await;
        assert_eq!(differences(&salon).await, []);
        salon.world.set_clock("2026-12-31T08:00:00Z");
        // What is held does not end.
        let report = read(&salon, "liability").await;
        let owed = &report["items"][0]["liability_minor"];
        assert_eq!(*owed, 30_000, "{stream_first}");
    }
}

#[tokio::test]
async fn rows_made_again_from_the_journal_are_the_same() {
    let (salon, _, before) = told().await;
    let projection = rebuilt(&salon).await;
    assert_eq!((projection.generation, projection.building), (2, None));
    assert_eq!(projection.replaced, [0; 0]);
    assert_eq!(reports(&salon).await, before);
    assert_eq!(differences(&salon).await, []);
    // The stream goes on in the new rows.
    sell_days(&salon, 1, 30).await;
    salon.world.pump().await;
    assert_eq!(differences(&salon).await, []);
    let reports = reports(&salon).await;
    assert_eq!(reports[0]["items"][0]["liability_minor"], 31_000);
}

#[tokio::test]
async fn rows_are_made_though_the_stream_never_told_anything() {
    let salon = Salon::open().await;
    busy(&salon).await;
    rebuilt(&salon).await;
    let before = reports(&salon).await;
    assert_eq!(before[0]["items"][0]["liability_minor"], 21_000);
    // What comes through the stream afterwards is known already.
    salon.world.pump().await;
    assert_eq!(reports(&salon).await, before);
    assert_eq!(differences(&salon).await, []);
}

#[tokio::test]
async fn a_rebuild_that_was_interrupted_goes_on_and_misses_nothing_of_the_stream() {
    let (salon, _, before) = told().await;
    interrupted(&salon).await;
    // Until it is done, the old rows are read.
    assert_eq!(reports(&salon).await, before);
    let begun = soon(&salon);
    salon.world.set_clock("2026-12-01T08:00:00Z");
    sell_days(&salon, 1, 30).await;
    salon.world.pump().await;
    assert_eq!(differences(&salon).await, []);
    // The sale comes after what the rebuild goes through: the stream has added it to both.
    let projection = rebuilt_until(&salon, begun).await;
    assert_eq!((projection.generation, projection.building), (2, None));
    assert_eq!(differences(&salon).await, []);
    let reports = reports(&salon).await;
    assert_eq!(reports[0]["items"][0]["liability_minor"], 31_000);
}

#[tokio::test]
async fn a_row_that_was_changed_is_found_and_made_good() {
    let (salon, _, before) = told().await;
    salon
        .world
        .spoil_a_row("LEDGER", "D#2026-11-22#TRY", "s")
        .await;
    let found = differences(&salon).await;
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 1, "{shown:?}");
    assert!(
        shown[0].contains("2026-11-22") && shown[0].contains("70001"),
        "{shown:?}"
    );
    salon
        .world
        .spoil_a_row("COHORTS", "2020-01#-#EUR", "x")
        .await;
    assert_eq!(differences(&salon).await.len(), 2);
    rebuilt(&salon).await;
    assert_eq!(differences(&salon).await, []);
    assert_eq!(reports(&salon).await, before);
}

#[tokio::test]
async fn another_time_zone_counts_from_the_next_rebuild_on() {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-11-22T22:30:00Z");
    sell_days(&salon, 1, 30).await;
    salon.world.pump().await;
    let settings = json!({"name": "Gül", "time_zone": "America/New_York",
        "deduct_at": "booking", "no_show": "forfeit"});
    salon
        .world
        .call("PUT", "/v1/settings")
        .json(settings)
        .if_match(1)
        .ok()
        .await;
    salon.world.set_clock("2026-12-01T08:00:00Z");
    let sold_on = async |day: &str| {
        let report = read(&salon, &format!("roll-forward?from={day}&to={day}")).await;
        let items = report["items"].as_array().unwrap().first().cloned();
        let sold = items.map_or(json!(0), |line| line["sold_minor"].clone());
        (report["time_zone"].clone(), sold)
    };
    assert_eq!(
        sold_on("2026-11-23").await,
        (json!("Europe/Istanbul"), json!(10_000))
    );
    rebuilt(&salon).await;
    assert_eq!(
        sold_on("2026-11-22").await,
        (json!("America/New_York"), json!(10_000))
    );
    assert_eq!(
        sold_on("2026-11-23").await,
        (json!("America/New_York"), json!(0))
    );
    assert_eq!(differences(&salon).await, []);
}
