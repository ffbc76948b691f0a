//! The rows behind the reports of the pipeline: each entry once, in any order, and again from the journal.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;

use super::read;
use super::rows::differences;
use crate::harness::{SalesTeam, Salon};

async fn worked(opportunities: u64) -> Salon {
    let salon = Salon::open().await;
    let world = &salon.world;
    let business = world.business.parse().unwrap();
    let when = (world.clock.now(), opportunities);
    let team = SalesTeam::hire(world.store.clone(), business, when).await;
    let team = team.unwrap();
    for number in 0..opportunities {
        team.work(number).await.unwrap();
    }
    salon
}

async fn reports(salon: &Salon) -> Vec<Value> {
    let mut reports = Vec::new();
    for path in [
        "pipeline",
        "pipeline?as_of=2025-10-31",
        "forecast",
        "wins?from=2023-12-02",
        "funnel?from=2023-12-02",
        "representatives?from=2024-03-07",
    ] {
        reports.push(read(salon, path).await);
    }
    reports
}

#[tokio::test]
async fn entries_count_once_in_any_order_and_however_often_they_come() {
    let salon = worked(12).await;
    let mut told = salon.world.told().await;
    told.reverse();
    for batch in told.chunks(7).step_by(2) {
        salon.world.deliver(batch).await;
    }
    assert_ne!(differences(&salon).await, []);
    salon.world.deliver(&told).await;
    assert_eq!(differences(&salon).await, []);
    let before = reports(&salon).await;
    salon.world.deliver(&told[told.len() / 2..]).await;
    assert_eq!(reports(&salon).await, before);
    assert_eq!(differences(&salon).await, []);
}

#[tokio::test]
async fn rows_made_again_from_the_journal_are_those_of_the_stream() {
    let salon = worked(12).await;
    salon.world.pump().await;
    let before = reports(&salon).await;
    assert!(
        before
            .iter()
            .all(|report| report["items"] != serde_json::json!([]))
    );
    let day = "D#2026-11-22#TRY";
    salon.world.spoil_a_row("OUTLOOK", day, "mn").await;
    assert_eq!(differences(&salon).await.len(), 1);
    let business = salon.world.business.parse().unwrap();
    let until = salon.world.clock.now() + TimeDelta::minutes(1);
    let store = &salon.world.store;
    let rebuilt = store.rebuild_projections(&business, until, Duration::ZERO, |_| {});
    assert_eq!(rebuilt.await.unwrap().unwrap().generation, 2);
    assert_eq!(differences(&salon).await, []);
    assert_eq!(reports(&salon).await, before);
}
