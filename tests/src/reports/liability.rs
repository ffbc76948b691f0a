//! GET /v1/reports/liability.

use serde_json::json;

use super::{book_at, check_days, owed, report, sell_days};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn what_is_sold_is_owed_until_it_is_used() {
    let salon = Salon::open().await;
    assert_eq!(report(&salon, "liability").await["items"], json!([]));
    let package = sell_days(&salon, 4, 30).await;
    assert_eq!(owed(&salon, "2026-11-22").await, 40_000);
    book_at(&salon, "b", "2026-11-23T10:00:00Z", &package).await;
    assert_eq!(owed(&salon, "2026-11-22").await, 40_000);
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("b", "complete").await;
    assert_eq!(owed(&salon, "2026-11-23").await, 30_000);
    assert_eq!(owed(&salon, "2026-11-22").await, 40_000);
    assert_eq!(owed(&salon, "2026-11-21").await, 0);
}

#[tokio::test]
async fn each_currency_has_a_line_and_none_is_added_to_another() {
    let salon = Salon::open().await;
    let euros = |amount: u64| json!({"amount_minor": amount, "currency": "EUR"});
    for price in [lira(70_000), euros(500), euros(25)] {
        let body = json!({"name": "Kredi", "kind": "credit", "credit": lira(1000), "price": price});
        salon.sell_as(body).await;
    }
    let line = |currency: &str, minor: u64| json!({"currency": currency, "liability_minor": minor});
    let report = report(&salon, "liability").await;
    assert_eq!(
        report["items"],
        json!([line("EUR", 525), line("TRY", 70_000)])
    );
    assert_eq!(report["as_of"], "2026-11-22");
    assert_eq!(report["time_zone"], "Europe/Istanbul");
}

#[tokio::test]
async fn what_has_ended_is_owed_no_more_though_nobody_wrote_that_down() {
    let salon = Salon::open().await;
    sell_days(&salon, 3, 2).await;
    sell_days(&salon, 5, 3).await;
    // The first can be used through the 24th.
    salon.world.set_clock("2026-12-01T08:00:00Z");
    for (day, expected) in [
        ("2026-11-22", 80_000),
        ("2026-11-24", 80_000),
        ("2026-11-25", 50_000),
        ("2026-11-26", 0),
        ("2026-12-01", 0),
    ] {
        assert_eq!(owed(&salon, day).await, expected, "{day}");
    }
    check_days(&salon, "2026-11-20", "2026-12-01").await;
}

#[tokio::test]
async fn what_is_held_does_not_end_and_what_is_released_late_ends_after_its_grace() {
    let salon = Salon::open().await;
    let package = sell_days(&salon, 3, 2).await;
    book_at(&salon, "used", "2026-11-24T10:00:00Z", &package).await;
    book_at(&salon, "released", "2026-11-24T12:00:00Z", &package).await;
    salon.world.set_clock("2026-11-26T08:00:00Z");
    assert_eq!(owed(&salon, "2026-11-24").await, 30_000);
    assert_eq!(owed(&salon, "2026-11-25").await, 20_000);
    salon.resolve("released", "cancel").await;
    salon.world.set_clock("2026-11-27T08:00:00Z");
    salon.resolve("used", "complete").await;
    salon.world.set_clock("2026-12-20T08:00:00Z");
    for (day, expected) in [
        ("2026-11-25", 20_000),
        ("2026-11-26", 20_000),
        ("2026-11-27", 10_000),
        // Fourteen days of grace.
        ("2026-12-10", 10_000),
        ("2026-12-11", 0),
    ] {
        assert_eq!(owed(&salon, day).await, expected, "{day}");
    }
    check_days(&salon, "2026-11-21", "2026-12-12").await;
}

#[tokio::test]
async fn what_never_ends_is_owed_for_ever() {
    let salon = Salon::open().await;
    let template = salon.credit(50_000).await;
    salon.sell(&salon.ayse, &template).await;
    salon.world.set_clock("2036-11-22T08:00:00Z");
    assert_eq!(owed(&salon, "2036-11-22").await, 50_000);
}

#[tokio::test]
async fn a_day_begins_at_the_midnight_of_the_business() {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-11-22T20:59:59.999Z");
    sell_days(&salon, 1, 30).await;
    salon.world.set_clock("2026-11-22T21:00:00Z");
    sell_days(&salon, 2, 30).await;
    assert_eq!(owed(&salon, "2026-11-22").await, 10_000);
    assert_eq!(owed(&salon, "2026-11-23").await, 30_000);
}

#[tokio::test]
async fn it_is_what_the_packages_are_worth_also_once_they_have_ended() {
    let salon = Salon::open().await;
    let ended = sell_days(&salon, 3, 2).await;
    sell_days(&salon, 5, 30).await;
    book_at(&salon, "b", "2026-11-24T09:00:00Z", &ended).await;
    for (now, expected) in [
        ("2026-11-24T20:59:00Z", 80_000),
        // The two that nobody booked are gone; the third is held.
        ("2026-11-24T21:00:00Z", 60_000),
    ] {
        salon.world.set_clock(now);
        let packages = salon.world.get("/v1/packages").ok().await;
        let packages = packages["items"].as_array().unwrap().iter();
        let worth = packages.map(|package| package["pools"][0]["worth"]["amount_minor"].as_i64());
        assert_eq!(worth.map(Option::unwrap).sum::<i64>(), expected, "{now}");
        let day = &salon.world.get("/v1/reports/liability").ok().await["as_of"];
        assert_eq!(owed(&salon, day.as_str().unwrap()).await, expected, "{now}");
    }
}
