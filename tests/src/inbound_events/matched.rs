//! A payment is for one thing, is recorded once, and is what was to be paid when it was made.

use serde_json::json;

use super::stripe::{example, tell};
use crate::harness::{Salon, assert_shows, event, lira};

#[tokio::test]
async fn one_payment_pays_for_one_purchase() {
    let salon = Salon::open().await;
    let first = salon.purchase().await;
    let second = salon.purchase().await;
    let paid = |package: &str| salon.money(package, "pay-1", 500_000);
    let tell = async |source, package| {
        let paid = paid(package);
        let told = salon.world.tell_from(source, "PaymentSucceeded", &paid);
        told.await
    };
    tell("one.example", first.as_str()).await.unwrap();
    let told = tell("one.example", second.as_str()).await;
    assert_eq!(told, Err("payment-differs".to_owned()));
    assert_eq!(salon.package(&second).await["status"], "pending-payment");
    // What another provider calls alike is another payment.
    tell("two.example", second.as_str()).await.unwrap();
    assert_eq!(salon.package(&second).await["status"], "active");
}

#[tokio::test]
async fn a_session_and_an_intent_that_name_two_packages_pay_for_one() {
    let salon = Salon::open().await;
    let first = salon.purchase().await;
    let second = salon.purchase().await;
    tell(&salon, "checkout.session.completed", &first)
        .await
        .unwrap();
    let mut intent = example("payment_intent.succeeded", &salon, &first);
    intent["detail"]["data"]["object"]["metadata"]["package_id"] = json!(second);
    let told = salon.world.take(intent).await;
    assert_eq!(told, Err("payment-differs".to_owned()));
    assert_eq!(salon.package(&second).await["status"], "pending-payment");
}

#[tokio::test]
async fn a_payment_that_was_entered_by_hand_is_not_recorded_again() {
    let salon = Salon::open().await;
    let package = salon
        .sell_as(json!({
            "name": "10", "kind": "visits", "quantity": 10, "price": lira(100_000),
            "services": [{"service_id": salon.manicure}], "deposit": {"percent": 50},
        }))
        .await;
    let path = format!("/v1/packages/{package}/payments");
    let intent = format!("pi_{package}");
    let by_hand = json!({"amount": lira(50_000), "method": "card", "reference": intent});
    let by_hand = salon.world.post(&path, by_hand).key("hand");
    by_hand.ok().await;
    let mut told = example("payment_intent.succeeded", &salon, &package);
    told["detail"]["data"]["object"]["amount_received"] = json!(50_000);
    for _ in 0..2 {
        salon.world.take(told.clone()).await.unwrap();
    }
    let payments = salon.world.get(&path).ok().await;
    assert_eq!(payments["payments"].as_array().unwrap().len(), 1);
    told["detail"]["data"]["object"]["amount_received"] = json!(50_001);
    let told = salon.world.take(told).await;
    assert_eq!(told, Err("payment-differs".to_owned()));
    // A dispute names only the payment, and finds it all the same.
    let mut dispute = example("charge.dispute.created", &salon, &package);
    dispute["detail"]["data"]["object"]["amount"] = json!(50_000);
    salon.world.take(dispute).await.unwrap();
    assert_eq!(salon.package(&package).await["status"], "blocked");
}

#[tokio::test]
async fn what_was_due_when_it_was_paid_is_taken_however_late_it_is_heard_of() {
    let salon = Salon::open().await;
    let package = salon
        .sell_as(json!({
            "name": "10", "kind": "visits", "quantity": 10, "price": lira(120_000),
            "services": [{"service_id": salon.manicure}],
            "instalments": {"count": 12, "monthly_day": 1},
        }))
        .await;
    salon.world.set_clock("2027-02-02T08:00:00Z");
    let mut paid = salon.money(&package, "pay-1", 20_000);
    paid["occurred_at"] = json!("2027-02-01T08:00:00Z");
    let told = salon.world.tell("PaymentSucceeded", &paid).await;
    assert_eq!(told, Err("payment-not-awaited".to_owned()));
    paid["occurred_at"] = json!("2027-01-31T08:00:00Z");
    salon.world.tell("PaymentSucceeded", &paid).await.unwrap();
    let journal = salon.world.journal().await;
    let recorded = journal.last().unwrap();
    assert_eq!(recorded.fact.name(), "payment-recorded");
    let at = "2027-01-31T08:00:00Z".parse().unwrap();
    assert_eq!(recorded.told_at, Some(at));
}

#[tokio::test]
async fn a_session_that_names_a_package_and_no_business_is_not_lost() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    for (reference, metadata, outcome) in [
        (json!(bought), json!({}), Err("malformed-event".to_owned())),
        (
            json!(null),
            json!({"package_id": bought}),
            Err("malformed-event".to_owned()),
        ),
        (json!("order-7"), json!({}), Ok(())),
        (json!(null), json!(null), Ok(())),
    ] {
        let mut session = example("checkout.session.completed", &salon, &bought);
        let object = &mut session["detail"]["data"]["object"];
        object["client_reference_id"] = reference;
        object["metadata"] = metadata;
        let said = object.to_string();
        assert_eq!(salon.world.take(session).await, outcome, "{said}");
    }
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
}

#[tokio::test]
async fn a_dispute_says_why_wherever_stripe_has_it() {
    let card = json!({"card": {"network_reason_code": "13.1"}});
    for (network, details, word, why) in [
        (json!("4853"), card.clone(), json!("fraudulent"), "4853"),
        (json!(null), card, json!("fraudulent"), "13.1"),
        (json!(null), json!(null), json!("fraudulent"), "fraudulent"),
        (json!(null), json!(null), json!(null), "disputed"),
    ] {
        let salon = Salon::open().await;
        let bought = salon.purchase().await;
        let name = "payment_intent.succeeded";
        tell(&salon, name, &bought).await.unwrap();
        let mut dispute = example("charge.dispute.created", &salon, &bought);
        let object = &mut dispute["detail"]["data"]["object"];
        object["network_reason_code"] = network;
        object["payment_method_details"] = details;
        object["reason"] = word;
        salon.world.take(dispute).await.unwrap();
        let payments = salon.world.get(&format!("/v1/packages/{bought}/payments"));
        let payments = payments.ok().await;
        let returned = &payments["payments"][0]["returned"];
        assert_shows(returned, &json!({"reason": why}));
    }
}

#[tokio::test]
async fn one_event_delivered_again_writes_nothing_more() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let mut failed = salon.money(&bought, "pay-0", 500_000);
    failed["reason"] = json!("declined");
    let mut back = salon.money(&bought, "pay-1", 500_000);
    back["reason"] = json!("4853");
    let paid = salon.money(&bought, "pay-1", 500_000);
    let events = [
        event("1", "one.example", "PaymentFailed", &failed),
        event("2", "one.example", "PaymentReturned", &back),
        event("3", "one.example", "PaymentSucceeded", &paid),
    ];
    for event in &events {
        salon.world.take(event.clone()).await.unwrap();
    }
    let written = salon.world.journal().await.len();
    for event in events.iter().rev().chain(&events) {
        salon.world.take(event.clone()).await.unwrap();
    }
    assert_eq!(salon.world.journal().await.len(), written);
}
