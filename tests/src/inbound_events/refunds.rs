//! What is paid back here and at the payment provider, or at the provider alone.

use serde_json::{Value, json};

use super::stripe::{example, tell};
use crate::harness::{Salon, assert_shows, lira};

/// What left of the package is paid back here; how much that was.
async fn refund(salon: &Salon, package: &str) -> u64 {
    let path = format!("/v1/packages/{package}");
    let quote = salon.world.post(
        &format!("{path}/refund-quotes"),
        json!({"policy": "pro-rata"}),
    );
    let quote = quote.key("quote").ok().await;
    let body = json!({"quote_id": quote["id"]});
    let refund = salon.world.post(&format!("{path}/refunds"), body);
    refund.key("refund").ok().await;
    quote["amount"]["amount_minor"].as_u64().unwrap()
}

/// Stripe's event that so much of the payment was given back by now.
fn given_back(salon: &Salon, package: &str, amount: u64) -> Value {
    let mut event = example("charge.refunded", salon, package);
    event["id"] = json!(format!("refunded-{amount}"));
    event["detail"]["data"]["object"]["amount_refunded"] = json!(amount);
    event
}

/// How often each of these was written down.
async fn written(salon: &Salon, names: [&str; 2]) -> [usize; 2] {
    let journal = salon.world.journal().await;
    names.map(|name| {
        let entries = journal.iter().filter(|entry| entry.fact.name() == name);
        entries.count()
    })
}

#[tokio::test]
async fn what_was_refunded_here_is_not_owed_again_when_stripe_tells_of_it() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    tell(&salon, "payment_intent.succeeded", &bought)
        .await
        .unwrap();
    assert_eq!(refund(&salon, &bought).await, 500_000);
    let told = given_back(&salon, &bought, 500_000);
    for _ in 0..2 {
        salon.world.take(told.clone()).await.unwrap();
    }
    tell(&salon, "charge.refunded", &bought).await.unwrap();
    let package = salon.package(&bought).await;
    assert_shows(
        &package,
        &json!({"status": "refunded", "outstanding": lira(0)}),
    );
    let names = ["refund-confirmed", "payment-returned"];
    assert_eq!(written(&salon, names).await, [1, 0]);
}

#[tokio::test]
async fn a_refund_of_what_is_left_is_known_again_and_one_that_goes_beyond_it_is_for_people() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    tell(&salon, "payment_intent.succeeded", &bought)
        .await
        .unwrap();
    salon.book("a", &[&salon.manicure], json!("auto")).await;
    salon.world.set_clock("2026-11-23T11:00:00Z");
    salon.resolve("a", "complete").await;
    assert_eq!(refund(&salon, &bought).await, 450_000);
    let refunded = given_back(&salon, &bought, 450_000);
    salon.world.take(refunded).await.unwrap();
    let all = given_back(&salon, &bought, 500_000);
    let told = salon.world.take(all).await;
    assert_eq!(told, Err("payment-differs".to_owned()));
    let package = salon.package(&bought).await;
    let expected = json!({"status": "refunded", "outstanding": lira(0), "paid": lira(50_000)});
    assert_shows(&package, &expected);
}

#[tokio::test]
async fn a_refund_that_stripe_tells_first_may_be_entered_afterwards() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    tell(&salon, "payment_intent.succeeded", &bought)
        .await
        .unwrap();
    tell(&salon, "charge.refunded", &bought).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "blocked");
    assert_eq!(refund(&salon, &bought).await, 0);
    tell(&salon, "charge.refunded", &bought).await.unwrap();
    let package = salon.package(&bought).await;
    assert_shows(
        &package,
        &json!({"status": "refunded", "outstanding": lira(0)}),
    );
}

#[tokio::test]
async fn a_part_that_came_back_stands_in_the_way_of_nothing() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    for amount in [200_000, 500_000] {
        let told = given_back(&salon, &bought, amount);
        salon.world.take(told).await.unwrap();
    }
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
    tell(&salon, "payment_intent.succeeded", &bought)
        .await
        .unwrap();
    assert_eq!(salon.package(&bought).await["status"], "blocked");
}

#[tokio::test]
async fn what_came_back_of_something_sold_elsewhere_is_left_alone() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let before = salon.world.journal().await.len();
    for name in ["charge.refunded", "charge.dispute.created"] {
        let mut other = example(name, &salon, &bought);
        other["detail"]["data"]["object"]["metadata"] = json!({});
        other["detail"]["data"]["object"]["payment_intent"] = json!(format!("pi_other_{bought}"));
        assert_eq!(salon.world.take(other).await, Ok(()), "{name}");
    }
    assert_eq!(salon.world.journal().await.len(), before);
}

#[tokio::test]
async fn a_dispute_that_is_told_before_its_payment_counts_when_that_comes() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    for _ in 0..2 {
        tell(&salon, "charge.dispute.created", &bought)
            .await
            .unwrap();
    }
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
    tell(&salon, "checkout.session.completed", &bought)
        .await
        .unwrap();
    assert_eq!(salon.package(&bought).await["status"], "blocked");
    let names = ["payment-recorded", "payment-returned"];
    assert_eq!(written(&salon, names).await, [1, 1]);
}
