//! What is done for packages that were sold, in the reports.

use serde_json::{Value, json};

use super::{balanced, check_days, lira_line, read, report, sell_days};
use crate::harness::{Salon, lira};
use crate::package_care::care;

/// Topped up, adjusted, voided, refunded and closing, in lira.
fn figures(line: &Value) -> [i64; 6] {
    [
        "sold",
        "topped_up",
        "adjusted",
        "voided",
        "refunded",
        "closing",
    ]
    .map(|name| line[format!("{name}_minor")].as_i64().unwrap() / 100)
}

#[tokio::test]
async fn what_is_done_for_packages_leads_from_each_day_to_the_next() {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-11-01T08:00:00Z");
    let on =
        async |package: &str, verb: &str, body: Value| care(&salon, package, verb, body).ok().await;
    let kept = sell_days(&salon, 5, 3).await;
    let voided = sell_days(&salon, 2, 60).await;
    let refunded = sell_days(&salon, 4, 60).await;
    let rested = sell_days(&salon, 1, 5).await;
    on(&voided, "void", json!({"reason": "mistake"})).await;
    let take = json!({"units": -1, "reason": "correction"});
    on(&kept, "adjustments", take).await;
    on(
        &kept,
        "adjustments",
        json!({"units": 1, "reason": "goodwill"}),
    )
    .await;
    let added = json!({"pools": [{"units": 2}], "price": lira(10_000)});
    on(&kept, "top-ups", added).await;
    salon.world.set_clock("2026-11-03T08:00:00Z");
    on(&rested, "freeze", json!({})).await;
    let quote = json!({"policy": "pro-rata"});
    let quote = on(&refunded, "refund-quotes", quote).await;
    on(&refunded, "refunds", json!({"quote_id": quote["id"]})).await;
    // It has ended, and is brought back.
    salon.world.set_clock("2026-11-07T08:00:00Z");
    on(&kept, "extend", json!({"expires_on": "2026-11-10"})).await;
    salon.world.set_clock("2026-11-09T08:00:00Z");
    on(&rested, "unfreeze", json!({})).await;
    salon.world.set_clock("2026-11-22T08:00:00Z");
    let path = "roll-forward?from=2026-11-01&to=2026-11-09";
    let line = lira_line(&report(&salon, path).await);
    assert_eq!(figures(&line), [1200, 100, -100, 200, 400, 600]);
    balanced(&line);
    check_days(&salon, "2026-10-31", "2026-11-22").await;
    // All of it is over by now.
    let line = lira_line(&read(&salon, "roll-forward?from=2026-11-01&to=2026-11-22").await);
    assert_eq!(line["closing_minor"], 0);
}
