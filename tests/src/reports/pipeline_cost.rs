//! What lists and reports of the pipeline read, and what an entry's rows write.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;

use crate::harness::{Failed, SalesTeam, Salon};

const REPORTS: [&str; 6] = [
    "pipeline",
    "pipeline?as_of=2025-10-30",
    "forecast",
    "wins?from=2023-12-02",
    "funnel?from=2023-12-02",
    "representatives?from=2023-12-02",
];

/// The read units of an answer, and how many lines it has.
async fn cost(salon: &Salon, path: &str) -> (f64, usize) {
    salon.world.meter.take();
    let answer: Value = salon.world.get(path).ok().await;
    let used = salon.world.meter.take();
    assert!(used.rru > 0.0 && used.round_trips <= 2, "{path}: {used:?}");
    (used.rru, answer["items"].as_array().unwrap().len())
}

async fn costs(salon: &Salon) -> Vec<(f64, usize)> {
    let mut costs = Vec::new();
    for name in REPORTS {
        costs.push(cost(salon, &format!("/v1/reports/{name}")).await);
    }
    costs
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_read_no_more_for_more_opportunities_and_a_page_of_40_reads_3_rru()
-> Result<(), Failed> {
    let salon = Salon::open().await;
    let (world, courses) = (&salon.world, 24);
    let business: domain::BusinessId = world.business.parse()?;
    let when = (world.clock.now(), courses);
    let team = SalesTeam::hire(world.store.clone(), business.clone(), when).await?;
    let project = async || {
        let until = world.clock.now() + TimeDelta::minutes(1);
        let rebuilt = world
            .store
            .rebuild_projections(&business, until, Duration::ZERO, |_| {});
        rebuilt.await.unwrap();
    };
    for number in 0..courses {
        team.work(number).await?;
    }
    project().await;
    let few = costs(&salon).await;
    // Three times as many, that do the same at the same times.
    for number in courses..3 * courses {
        team.work(number).await?;
    }
    project().await;
    let many = costs(&salon).await;
    for (name, (few, many)) in REPORTS.iter().zip(few.iter().zip(&many)) {
        println!("{name}: {few:?}, {many:?}");
        assert_eq!(few.1, many.1, "{name}");
        // Larger numbers have more digits.
        assert!(
            many.0 <= 1.1 * few.0 + 1.0 && many.0 <= 50.0,
            "{name}: {few:?}, {many:?}"
        );
    }
    let by = SalesTeam::representative(5);
    for (query, full) in [
        ("limit=40".to_owned(), 40),
        ("status=lost&close_from=2024-02-03".to_owned(), 1),
        (format!("customer_id={}", SalesTeam::customer(1)), 40),
        (
            "scheme_id=sch_00000000000000000000000000&stage=3".to_owned(),
            1,
        ),
        (format!("representative_id={by}"), 5),
        ("close_to=2030-12-31".to_owned(), 1),
    ] {
        let (rru, found) = cost(&salon, &format!("/v1/opportunities?{query}")).await;
        println!("{query}: {rru} RRU, {found} lines");
        assert!(found >= full, "{query}: {found}");
        assert!(rru <= 3.0, "{query} costs {rru} RRU");
    }
    Ok(())
}
