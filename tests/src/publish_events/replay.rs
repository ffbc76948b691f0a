//! Telling again what was told.

use clap::Parser;
use infra::Bus;
use local::bus::{self, DeadLetters, Endpoint};
use local::{Options, run};

use super::entries;
use crate::due_work;
use crate::harness::Salon;
use functions::publish_events::tell;

/// What a replay with these options publishes: ids, in order.
async fn replayed(salon: &Salon, options: &[&str]) -> Vec<String> {
    let endpoint = Endpoint::listen().await.unwrap();
    let app = functions::App {
        bus: Some(Bus::at(endpoint.address(), bus::NAME)),
        ..salon.world.app.clone()
    };
    let bus = bus::Bus::new(app, &[], DeadLetters::default());
    endpoint.serve(bus.clone());
    let (world, to) = (&salon.world, endpoint.address());
    let place = [
        "--business",
        &world.business,
        "--dynamodb",
        &world.endpoint,
        "--table",
        &world.table,
    ];
    let command = ["carnet", "events", "replay", "--eventbridge", to];
    let command = command.iter().chain(&place).chain(options);
    run(&Options::parse_from(command)).await.unwrap();
    let told = bus.last().into_iter().rev();
    told.map(|event| event.detail["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_period_or_a_customer_is_told_again_with_the_same_ids() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(9, &[&salon.manicure]).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.world.set_clock("2026-11-22T09:00:00Z");
    salon
        .book("b-1", &[&salon.manicure], serde_json::json!([package]))
        .await;
    let happened = entries(&salon.world.told().await);
    let mut first: Vec<String> = Vec::new();
    let (mut later, mut hers) = (Vec::new(), Vec::new());
    let mut happened: Vec<_> = happened.iter().collect();
    happened.sort_by_key(|entry| entry.id);
    for entry in happened {
        let ids = tell(entry).unwrap().into_iter().map(|notice| notice.id);
        let ids: Vec<String> = ids.collect();
        if entry.at
            >= "2026-11-22T09:00:00Z"
                .parse::<chrono::DateTime<chrono::Utc>>()
                .unwrap()
        {
            later.extend(ids.clone());
        }
        if entry
            .customer
            .is_some_and(|customer| customer.to_string() == fatma)
        {
            hers.extend(ids.clone());
        }
        first.extend(ids);
    }
    assert!(first.len() > later.len() && !later.is_empty() && !hers.is_empty());
    assert_eq!(
        replayed(&salon, &["--from", "2026-11-01T00:00:00Z"]).await,
        first
    );
    assert_eq!(
        replayed(&salon, &["--from", "2026-11-22T09:00:00Z"]).await,
        later
    );
    let before = &first[..first.len() - later.len()];
    let period = [
        "--from",
        "2026-11-01T00:00:00Z",
        "--to",
        "2026-11-22T09:00:00Z",
    ];
    assert_eq!(replayed(&salon, &period).await, before);
    assert_eq!(replayed(&salon, &["--customer", &fatma]).await, hers);
}

#[tokio::test]
async fn what_fell_due_of_a_customers_opportunity_is_told_again_of_them_alone() {
    let salon = due_work::salon().await;
    let world = &salon.world;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    due_work::opportunity(&salon, "2026-12-05").await;
    world.due_work().await;
    world.set_clock("2026-11-27T21:00:00Z");
    world.due_work().await;
    let journal = world.journal().await;
    let near = journal
        .iter()
        .find(|entry| entry.fact.name() == "close-date-near");
    let near = near.unwrap().id.to_string();
    for (customer, told) in [(&salon.ayse, true), (&fatma, false)] {
        let again = replayed(&salon, &["--customer", customer]).await;
        assert_eq!(again.contains(&near), told);
    }
}
