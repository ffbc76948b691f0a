//! What the log tells CloudWatch of every commit and every refusal.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{Salon, Trouble, lira};

/// The sums by name and dimension, such as `Redemptions booked`.
fn sums(lines: &[String]) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    for line in lines {
        let line: Value = serde_json::from_str(line).unwrap();
        let told = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(told["Namespace"], "Carnet");
        let dimension = told["Dimensions"][1][0].as_str().unwrap();
        for metric in told["Metrics"].as_array().unwrap() {
            let name = metric["Name"].as_str().unwrap();
            let key = format!("{name} {}", line[dimension].as_str().unwrap());
            *sums.entry(key).or_default() += line[name].as_u64().unwrap();
        }
    }
    sums
}

#[tokio::test]
async fn a_redemption_its_waits_and_a_refusal_are_counted_once_each() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    salon.sell(&salon.ayse, &template).await;
    salon.world.store.metrics().take();
    salon.world.faults.expect(&[Trouble::Conflict; 2]);
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    // The same again is answered, and nothing is committed.
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let body = salon.booking("c", &[&salon.manicure], json!("auto"));
    let answer = salon.world.post("/v1/bookings", body).send().await;
    assert_eq!(answer.status, 409);
    let lines = salon.world.store.metrics().take();
    let expected = [
        ("Commits booked", 1),
        ("Redemptions booked", 1),
        ("Refusals insufficient-units", 1),
        ("Retries booked", 2),
    ];
    let expected = expected.map(|(name, count)| (name.to_owned(), count));
    assert_eq!(sums(&lines), BTreeMap::from(expected));
    // Nothing of the person, the business, the package.
    let text = lines.concat();
    for secret in [&salon.ayse, &salon.world.business, "b-", "pkg_"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_that_came_too_late_are_counted() {
    let salon = Salon::open().await;
    let template = salon.visits(20, &[&salon.manicure]).await;
    salon.sell(&salon.ayse, &template).await;
    salon.world.store.metrics().take();
    let pause = salon.world.faults.pause();
    let body = |id: &str| salon.booking(id, &[&salon.manicure], json!("auto"));
    let late = salon.world.post("/v1/bookings", body("late")).send();
    let (late, ()) = futures::join!(late, async {
        pause.reached().await;
        salon.book("early", &[&salon.manicure], json!("auto")).await;
        pause.resume();
    });
    assert_eq!(late.status, 201);
    let sums = sums(&salon.world.store.metrics().take());
    assert_eq!(sums.get("Redemptions booked"), Some(&2));
    assert_eq!(sums.get("CommitConflicts booked"), Some(&1));
}

#[tokio::test]
async fn a_pass_is_redeemed_too_and_what_is_moved_is_not_redeemed_again() {
    let salon = Salon::open().await;
    let pass = json!({
        "name": "Sınırsız", "kind": "pass", "price": lira(300_000),
        "services": [{"service_id": salon.manicure}], "validity": {"count": 1, "unit": "months"},
    });
    salon.sell_as(pass).await;
    salon.world.store.metrics().take();
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let body = json!({"starts_at": "2026-11-25T10:00:00Z"});
    let moved = salon.world.post("/v1/bookings/b/reschedule", body);
    moved.ok().await;
    let sums = sums(&salon.world.store.metrics().take());
    assert_eq!(sums.get("Redemptions booked"), Some(&1));
    assert_eq!(sums.get("Commits rescheduled"), Some(&1));
    assert_eq!(sums.get("Redemptions rescheduled"), None);
}

#[tokio::test]
async fn what_the_bus_brings_and_is_not_taken_is_a_refusal() {
    let salon = Salon::open().await;
    salon.world.store.metrics().take();
    let told = salon.world.tell("Nothing", &json!({})).await;
    assert_eq!(told, Err("unknown-event".to_owned()));
    let sums = sums(&salon.world.store.metrics().take());
    let expected = BTreeMap::from([("Refusals unknown-event".to_owned(), 1)]);
    assert_eq!(sums, expected);
}
