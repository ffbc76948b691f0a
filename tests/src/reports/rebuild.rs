//! The rows behind the reports, made again from the journal and compared with it.

use std::time::Duration;

use chrono::TimeDelta;
use infra::Projection;
use serde_json::json;

use super::rows::{busy, differences, reports, told};
use super::{read, sell_days};
use crate::harness::Salon;

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
