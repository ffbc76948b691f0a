//! What becomes of the packages that were sold moves what is won on, by way of the stream.

use serde_json::{Value, json};

use crate::harness::{Salon, Won, id, lira};

const DELIVERY: u64 = 6;
const COLLECTION: u64 = 7;

/// An opportunity that is won by packages of so many visits.
async fn won(salon: &Salon, quantities: &[u64]) -> Won {
    let mut templates = Vec::new();
    for quantity in quantities {
        templates.push(salon.visits(*quantity, &[&salon.manicure]).await);
    }
    let templates: Vec<&str> = templates.iter().map(String::as_str).collect();
    let world = &salon.world;
    world.won(&world.business, &salon.ayse, &templates).await
}

async fn book(salon: &Salon, booking: &str, package: &str) {
    let body = json!({
        "booking_id": booking, "customer_id": salon.ayse, "starts_at": "2026-11-22T08:00:00Z",
        "services": [{"service_id": salon.manicure}], "pay_with": [package],
    });
    salon.world.post("/v1/bookings", body).ok().await;
}

async fn complete(salon: &Salon, booking: &str) {
    let path = format!("/v1/bookings/{booking}/complete");
    salon.world.post(&path, json!({})).ok().await;
}

async fn read(salon: &Salon, won: &Won) -> Value {
    let path = format!("/v1/opportunities/{}", won.opportunity);
    salon.world.get(&path).ok().await
}

/// The stage it is in, and how often it changed.
async fn stands(salon: &Salon, won: &Won) -> (u64, u64) {
    let view = read(salon, won).await;
    let number = |name: &str| view[name].as_u64().unwrap();
    (number("stage"), number("version"))
}

#[tokio::test]
async fn the_first_visit_begins_the_delivery_and_the_last_one_ends_it() {
    let salon = Salon::open().await;
    let won = won(&salon, &[1, 1]).await;
    book(&salon, "b-1", &won.packages[0]).await;
    salon.world.pump().await;
    assert_eq!(stands(&salon, &won).await, (1, 2));
    complete(&salon, "b-1").await;
    assert_eq!(stands(&salon, &won).await, (1, 2));
    salon.world.pump().await;
    assert_eq!(stands(&salon, &won).await, (DELIVERY, 3));
    // Of the other package, a visit is held still.
    book(&salon, "b-2", &won.packages[1]).await;
    salon.world.pump().await;
    assert_eq!(stands(&salon, &won).await, (DELIVERY, 3));
    complete(&salon, "b-2").await;
    salon.world.pump().await;
    assert_eq!(stands(&salon, &won).await, (COLLECTION, 4));
    assert_eq!(read(&salon, &won).await["status"], "won");

    let journal = salon.world.journal().await;
    let names: Vec<&str> = journal
        .iter()
        .filter(|entry| entry.fact.name() == "opportunity-advanced")
        .map(|entry| entry.actor.id.as_str())
        .collect();
    assert_eq!(names, ["carnet", "carnet"]);
}

#[tokio::test]
async fn records_that_come_again_in_any_order_move_it_once() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let won = won(&salon, &[2]).await;
    for booking in ["b-1", "b-2"] {
        book(&salon, booking, &won.packages[0]).await;
        complete(&salon, booking).await;
    }
    let mut records = world.told().await;
    records.reverse();
    world.deliver(&records).await;
    assert_eq!(stands(&salon, &won).await, (COLLECTION, 3));
    let entries = world.journal().await.len();
    records.reverse();
    world.deliver(&records).await;
    for record in &records {
        world.deliver(std::slice::from_ref(record)).await;
    }
    assert_eq!(world.journal().await.len(), entries);
}

#[tokio::test]
async fn two_that_tell_it_at_once_move_it_once() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let won = won(&salon, &[2]).await;
    book(&salon, "b-1", &won.packages[0]).await;
    complete(&salon, "b-1").await;
    let records = world.told().await;
    tokio::join!(
        world.deliver(&records),
        world.deliver(&records),
        world.deliver(&records)
    );
    assert_eq!(stands(&salon, &won).await, (DELIVERY, 3));
}

#[tokio::test]
async fn who_moves_it_back_is_not_contradicted_by_what_was_known() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let won = won(&salon, &[1]).await;
    book(&salon, "b-1", &won.packages[0]).await;
    complete(&salon, "b-1").await;
    let records = world.told().await;
    world.deliver(&records).await;
    let path = format!("/v1/opportunities/{}/stage", won.opportunity);
    let back = world.post(&path, json!({"stage": DELIVERY})).if_match(3);
    back.ok().await;
    world.deliver(&records).await;
    // Nor by a change of the package that tells nothing new.
    let path = format!("/v1/packages/{}/extend", won.packages[0]);
    let extended = world.post(&path, json!({"expires_on": "2027-12-31"}));
    extended.key("k-1").ok().await;
    world.pump().await;
    assert_eq!(stands(&salon, &won).await, (DELIVERY, 4));
}

#[tokio::test]
async fn what_was_given_to_somebody_else_is_used_there_and_left_there() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let fatma = salon.customer("Fatma Kaya", "fatma@example.com").await;
    // Nothing is to be paid for it, so it can be given.
    let template = salon.template(json!({
        "name": "Paket", "kind": "visits", "quantity": 2, "price": lira(0),
        "services": [{"service_id": salon.manicure}], "transferable": true,
    }));
    let template = template.await;
    let templates = [template.as_str()];
    let won = world.won(&world.business, &salon.ayse, &templates).await;
    let path = format!("/v1/packages/{}/transfers", won.packages[0]);
    let body = json!({"to_customer_id": fatma, "pools": [{"pool": 0, "units": 1}]});
    let given = world.post(&path, body).key("k-1").ok().await;
    world.pump().await;
    assert_eq!(stands(&salon, &won).await, (1, 2));
    // She uses what she was given: the delivery has begun.
    let mut booking = salon.booking("b-1", &[&salon.manicure], json!("auto"));
    booking["customer_id"] = json!(fatma);
    booking["starts_at"] = json!("2026-11-22T08:00:00Z");
    world.post("/v1/bookings", booking).ok().await;
    complete(&salon, "b-1").await;
    assert_eq!(salon.pool(&id(&given["received"])).await, (0, 0, 1, 0));
    world.pump().await;
    assert_eq!(stands(&salon, &won).await, (DELIVERY, 3));
    // What is left is of who bought it.
    book(&salon, "b-2", &won.packages[0]).await;
    complete(&salon, "b-2").await;
    world.pump().await;
    assert_eq!(stands(&salon, &won).await, (COLLECTION, 4));
}

#[tokio::test]
async fn a_package_that_nothing_in_the_pipeline_sold_moves_nothing() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    book(&salon, "b-1", &package).await;
    complete(&salon, "b-1").await;
    salon.world.pump().await;
    let journal = salon.world.journal().await;
    let advanced = journal
        .iter()
        .any(|entry| entry.fact.name() == "opportunity-advanced");
    assert!(!advanced);
}
