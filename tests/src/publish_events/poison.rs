//! A record that cannot be published, among others that can.

use std::collections::BTreeSet;

use aws_lambda_events::dynamodb::EventRecord;
use functions::{App, STREAM_FUNCTIONS};
use infra::Bus;
use local::bus::{self, DeadLetters, Endpoint};
use local::stream::deliver;
use local::template::Mapping;

use super::entries;
use crate::harness::{Salon, template};

fn mapping() -> &'static Mapping {
    let mut mappings = template().mappings.iter();
    mappings.find(|mapping| mapping.function.publishes).unwrap()
}

struct Published {
    endpoint: Endpoint,
    bus: bus::Bus,
    app: App,
}

/// A bus of its own for one test.
async fn bus_of(salon: &Salon) -> Published {
    let endpoint = Endpoint::listen().await.unwrap();
    let app = App {
        bus: Some(Bus::at(endpoint.address(), bus::NAME)),
        ..salon.world.app.clone()
    };
    let bus = bus::Bus::new(app.clone(), &[], DeadLetters::default());
    endpoint.serve(bus.clone());
    Published { endpoint, bus, app }
}

impl Published {
    /// The entries that were told of, the oldest first.
    fn told(&self) -> Vec<String> {
        let mut last = self.bus.last();
        last.reverse();
        let entry = |event: &events::Delivered| event.detail["id"].as_str().unwrap().to_owned();
        last.iter().map(entry).collect()
    }
}

/// What the stream tells of a few sales and bookings: so many records as fit into one batch, and the
/// events that they tell.
async fn happened(salon: &Salon) -> (Vec<EventRecord>, Vec<String>) {
    let package = salon.sell_visits(9, &[&salon.manicure]).await;
    for booking in ["b-1", "b-2", "b-3"] {
        let pay_with = serde_json::json!([package]);
        salon.book(booking, &[&salon.manicure], pay_with).await;
    }
    let mut records = salon.world.told().await;
    records.retain(|record| {
        let one = std::slice::from_ref(record);
        let entries = entries(one);
        entries
            .iter()
            .any(|entry| !functions::publish_events::tell(entry).unwrap().is_empty())
    });
    records.truncate(mapping().batch_size);
    let told = entries(&records)
        .iter()
        .flat_map(|entry| functions::publish_events::tell(entry).unwrap())
        .map(|notice| notice.id)
        .collect();
    (records, told)
}

#[tokio::test]
async fn a_batch_is_published_once_each_and_in_order() {
    let salon = Salon::open().await;
    let published = bus_of(&salon).await;
    let (records, expected) = happened(&salon).await;
    let letters = DeadLetters::default();
    deliver(mapping(), &published.app, records, &letters).await;
    assert_eq!(published.told(), expected);
    assert_eq!(letters.all().len(), 0);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_set_aside_and_all_others_are_published_once() {
    let salon = Salon::open().await;
    let published = bus_of(&salon).await;
    let (mut records, expected) = happened(&salon).await;
    // A record without its key, in the middle.
    let mut poison = records[2].clone();
    poison.change.keys = Default::default();
    poison.change.sequence_number = Some("poison".to_owned());
    records.insert(2, poison);
    let letters = DeadLetters::default();
    deliver(mapping(), &published.app, records, &letters).await;
    assert_eq!(published.told(), expected);
    assert_eq!(letters.all().len(), 1);
}

#[tokio::test]
async fn an_event_that_the_bus_refuses_is_set_aside_and_all_others_are_published_once() {
    let salon = Salon::open().await;
    let published = bus_of(&salon).await;
    let (records, expected) = happened(&salon).await;
    published.endpoint.refuse(Some("\"b-2\""));
    let letters = DeadLetters::default();
    deliver(mapping(), &published.app, records, &letters).await;
    let told = published.told();
    let unique: BTreeSet<&String> = told.iter().collect();
    assert_eq!(unique.len(), told.len(), "something was published twice");
    let missing: Vec<&String> = expected.iter().filter(|id| !told.contains(id)).collect();
    assert_eq!(missing.len(), 1);
    assert_eq!(letters.all().len(), 1);
    // Once the bus takes it, it is told too, by the same id.
    published.endpoint.refuse(None);
    let aside = letters.all().remove(0);
    published
        .bus
        .letters
        .add(aside.function, aside.what, aside.reason, aside.deliveries);
    let letter = published.bus.letters.all().remove(0).id;
    assert!(published.bus.replay(letter).await);
    assert_eq!(published.bus.letters.all().len(), 0);
    assert_eq!(published.told().last(), Some(missing[0]));
}

#[tokio::test]
async fn an_event_for_which_the_bus_refuses_the_request_is_set_aside_and_all_others_are_published_once()
 {
    let salon = Salon::open().await;
    let published = bus_of(&salon).await;
    let (records, expected) = happened(&salon).await;
    published.endpoint.refuse_requests(Some("\"b-2\""));
    let letters = DeadLetters::default();
    deliver(mapping(), &published.app, records, &letters).await;
    let mut others = expected.clone();
    let told = published.told();
    others.retain(|id| told.contains(id));
    assert_eq!(told, others);
    assert_eq!((others.len() + 1, letters.all().len()), (expected.len(), 1));
}

#[tokio::test]
async fn what_the_bus_refuses_for_a_moment_is_put_again_and_nothing_else_is() {
    let salon = Salon::open().await;
    let published = bus_of(&salon).await;
    let (records, expected) = happened(&salon).await;
    published.endpoint.refuse(Some("\"b-2\""));
    let function = STREAM_FUNCTIONS
        .into_iter()
        .find(|known| known.publishes)
        .unwrap();
    let mut event = aws_lambda_events::dynamodb::Event::default();
    event.records = records.clone();
    let answer = function.call(&published.app, event.clone()).await.unwrap();
    assert_eq!(answer.batch_item_failures.len(), 1);
    published.endpoint.refuse(None);
    // From the failed one on, as Lambda delivers again.
    let failed = answer.batch_item_failures[0].item_identifier.clone();
    let place = records
        .iter()
        .position(|record| record.change.sequence_number == failed);
    event.records = records[place.unwrap()..].to_vec();
    let answer = function.call(&published.app, event).await.unwrap();
    assert_eq!(answer.batch_item_failures, []);
    let (mut told, mut expected) = (published.told(), expected);
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
}
