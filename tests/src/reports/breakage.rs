//! GET /v1/reports/breakage.

use serde_json::{Value, json};

use super::{book_at, report, sell_days};
use crate::harness::Salon;

fn lines(report: &Value) -> Vec<Value> {
    let items = report["items"].as_array().unwrap().iter();
    items
        .map(|line| {
            let names = [
                "forfeited_minor",
                "expired_minor",
                "numerator",
                "denominator",
            ];
            let mut shown = vec![line["sold_in"].clone()];
            shown.extend(names.map(|name| line[name].clone()));
            shown.push(line["rate_basis_points"].clone());
            json!(shown)
        })
        .collect()
}

#[tokio::test]
async fn what_was_sold_in_a_month_is_lost_as_it_is_forfeited_and_ends() {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-10-31T20:00:00Z");
    let package = sell_days(&salon, 4, 30).await;
    salon.world.set_clock("2026-10-31T21:00:00Z");
    sell_days(&salon, 2, 40).await;
    book_at(&salon, "missed", "2026-11-02T10:00:00Z", &package).await;
    book_at(&salon, "used", "2026-11-02T12:00:00Z", &package).await;
    salon.world.set_clock("2026-11-02T13:00:00Z");
    salon.resolve("missed", "no-show").await;
    salon.resolve("used", "complete").await;
    for (now, expected) in [
        (
            "2026-11-30T20:59:59Z",
            [
                json!(["2026-10", 10_000, 0, 10_000, 40_000, 2500]),
                json!(["2026-11", 0, 0, 0, 20_000, 0]),
            ],
        ),
        // The first package could be used through the 30th.
        (
            "2026-11-30T21:00:00Z",
            [
                json!(["2026-10", 10_000, 20_000, 30_000, 40_000, 7500]),
                json!(["2026-11", 0, 0, 0, 20_000, 0]),
            ],
        ),
        (
            "2026-12-31T08:00:00Z",
            [
                json!(["2026-10", 10_000, 20_000, 30_000, 40_000, 7500]),
                json!(["2026-11", 0, 20_000, 20_000, 20_000, 10_000]),
            ],
        ),
    ] {
        salon.world.set_clock(now);
        let report = report(&salon, "breakage").await;
        assert_eq!(lines(&report), expected, "{now}");
    }
}
