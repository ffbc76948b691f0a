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
    let (told, ended) = replayed_to(salon, options, None).await;
    ended.unwrap();
    told
}

/// The same, to a bus that refuses what contains `refused`; and how it ends.
async fn replayed_to(
    salon: &Salon,
    options: &[&str],
    refused: Option<&str>,
) -> (Vec<String>, Result<(), String>) {
    let endpoint = Endpoint::listen().await.unwrap();
    endpoint.refuse_requests(refused);
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
    let ended = run(&Options::parse_from(command)).await;
    let told = bus.last().into_iter().rev();
    let told = told.map(|event| event.detail["id"].as_str().unwrap().to_owned());
    (told.collect(), ended.map_err(|problem| problem.to_string()))
}

#[tokio::test]
async fn a_replay_that_stops_says_where() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(9, &[&salon.manicure]).await;
    for booking in ["b-1", "b-2", "b-3"] {
        let pay_with = serde_json::json!([package]);
        salon.book(booking, &[&salon.manicure], pay_with).await;
    }
    let ever = ["--from", "2026-11-01T00:00:00Z"];
    let all = replayed(&salon, &ever).await;
    let journal = salon.world.journal().await;
    let stopper = journal.iter().find(|entry| {
        let booking = entry.fact.booking();
        booking.is_some_and(|booking| booking.to_string() == "b-2")
    });
    let stopper = stopper.unwrap().id.to_string();
    let (told, ended) = replayed_to(&salon, &ever, Some("\"b-2\"")).await;
    let before = all.iter().position(|id| *id == stopper).unwrap();
    assert_eq!(told, all[..before]);
    let said = ended.unwrap_err();
    let at = format!("all before entry {stopper} of ");
    assert!(said.contains(&at), "{said}");
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
