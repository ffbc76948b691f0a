//! GET /v1/reports/roll-forward.

use serde_json::{Value, json};

use super::{balanced, book_at, check_days, lira_line, read, report, sell_days};
use crate::harness::Salon;

/// Opening, sold, used, forfeited, expired and closing, in lira.
fn figures(line: &Value) -> [i64; 6] {
    ["opening", "sold", "used", "forfeited", "expired", "closing"]
        .map(|name| line[format!("{name}_minor")].as_i64().unwrap() / 100)
}

/// Packages that are used, missed, cancelled, moved and forgotten over two months.
async fn autumn() -> Salon {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-10-30T08:00:00Z");
    let short = sell_days(&salon, 5, 10).await;
    let long = sell_days(&salon, 4, 60).await;
    for (id, at, package) in [
        ("used", "2026-10-31T10:00:00Z", &short),
        ("missed", "2026-11-01T10:00:00Z", &short),
        ("cancelled", "2026-11-02T10:00:00Z", &short),
        ("moved", "2026-11-03T10:00:00Z", &long),
    ] {
        book_at(&salon, id, at, package).await;
    }
    salon.world.set_clock("2026-10-31T12:00:00Z");
    salon.resolve("cancelled", "cancel").await;
    salon.resolve("used", "complete").await;
    salon.world.set_clock("2026-11-01T12:00:00Z");
    salon.resolve("missed", "no-show").await;
    let body = json!({"starts_at": "2026-11-05T10:00:00Z"});
    salon
        .world
        .post("/v1/bookings/moved/reschedule", body)
        .ok()
        .await;
    salon.world.set_clock("2026-11-06T08:00:00Z");
    salon.resolve("moved", "complete").await;
    sell_days(&salon, 1, 60).await;
    salon.world.set_clock("2026-11-30T08:00:00Z");
    salon
}

#[tokio::test]
async fn each_month_leads_from_what_was_owed_before_it_to_what_is_owed_after() {
    let salon = autumn().await;
    let october = report(&salon, "roll-forward?from=2026-10-01&to=2026-10-31").await;
    assert_eq!(figures(&lira_line(&october)), [0, 900, 100, 0, 0, 800]);
    let november = read(&salon, "roll-forward?from=2026-11-01&to=2026-11-30").await;
    assert_eq!(
        figures(&lira_line(&november)),
        [800, 100, 100, 100, 300, 400]
    );
    for report in [october, november] {
        balanced(&lira_line(&report));
    }
    let both = read(&salon, "roll-forward?from=2026-10-30&to=2026-11-30").await;
    assert_eq!(figures(&lira_line(&both)), [0, 1000, 200, 100, 300, 400]);
}

#[tokio::test]
async fn every_day_is_what_the_journal_tells() {
    let salon = autumn().await;
    check_days(&salon, "2026-10-28", "2026-11-30").await;
}

#[tokio::test]
async fn a_day_without_anything_opens_and_closes_alike() {
    let salon = autumn().await;
    let quiet = report(&salon, "roll-forward?from=2026-11-20&to=2026-11-21").await;
    assert_eq!(figures(&lira_line(&quiet)), [400, 0, 0, 0, 0, 400]);
    let before = read(&salon, "roll-forward?from=2026-01-01&to=2026-01-31").await;
    assert_eq!(before["items"], json!([]));
}

#[tokio::test]
async fn what_was_used_by_mistake_is_owed_again_from_the_day_of_its_reversal() {
    let salon = Salon::open().await;
    let package = sell_days(&salon, 2, 60).await;
    book_at(&salon, "b", "2026-11-23T10:00:00Z", &package).await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("b", "complete").await;
    salon.world.set_clock("2026-11-25T12:00:00Z");
    salon.resolve("b", "reverse").await;
    let days = report(&salon, "roll-forward?from=2026-11-23&to=2026-11-24").await;
    assert_eq!(figures(&lira_line(&days)), [200, 0, 100, 0, 0, 100]);
    let day = read(&salon, "roll-forward?from=2026-11-25&to=2026-11-25").await;
    assert_eq!(figures(&lira_line(&day)), [100, 0, -100, 0, 0, 200]);
    check_days(&salon, "2026-11-22", "2026-11-25").await;
    let usage = read(&salon, "utilisation").await;
    assert_eq!(usage["items"][0]["numerator"], 0);
}
