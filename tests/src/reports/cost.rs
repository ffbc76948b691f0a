//! What a report costs.

use super::{read, report, sell_days};
use crate::harness::Salon;

/// The read units of a report, and how many lines it has.
async fn cost(salon: &Salon, path: &str) -> (f64, usize) {
    salon.world.meter.take();
    let report = read(salon, path).await;
    let used = salon.world.meter.take();
    assert!(used.rru > 0.0 && used.round_trips <= 2, "{path}: {used:?}");
    (used.rru, report["items"].as_array().unwrap().len())
}

#[tokio::test(flavor = "multi_thread")]
async fn at_a_million_entries_every_report_costs_at_most_50_rru() {
    let salon = Salon::open().await;
    // One sale begins the rows; the rest of the ten years is put beside it.
    sell_days(&salon, 1, 30).await;
    report(&salon, "liability").await;
    salon.world.decade("2026-11-22").await;
    for (path, lines) in [
        ("liability", 2),
        ("roll-forward?from=2016-11-24", 2),
        ("roll-forward?from=2026-01-15&to=2026-06-14", 2),
        ("sales?from=2016-11-24", 32),
        ("sales?from=2016-12-02&to=2026-10-30", 30),
        ("utilisation?from=2016-12-01", 21),
        ("breakage?from=2024-12-01", 481),
    ] {
        let (rru, found) = cost(&salon, path).await;
        println!("{path}: {rru} RRU, {found} lines");
        assert_eq!(found, lines, "{path}");
        assert!(rru <= 50.0, "{path} costs {rru} RRU");
    }
}
