//! What a payment provider tells.

use serde_json::json;

use crate::harness::{Salon, assert_shows, event};

#[tokio::test]
async fn a_purchase_waits_for_its_payment_and_is_active_once_that_came() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let pending = salon.package(&bought).await;
    let amount = json!({"amount_minor": 500_000, "currency": "TRY"});
    let expected = json!({"pending_payment": {"reference": bought, "amount": amount}});
    assert_shows(&pending, &expected);
    let paid = salon.money(&bought, "pay-1", 500_000);
    let paid = event("id-1", "payments.example", "PaymentSucceeded", &paid);
    for _ in 0..3 {
        salon.world.take(paid.clone()).await.unwrap();
    }
    let active = salon.package(&bought).await;
    let expected = json!({"status": "active", "paid": amount, "pending_payment": null});
    assert_shows(&active, &expected);
    let payments = salon.world.get(&format!("/v1/packages/{bought}/payments"));
    let payments = payments.ok().await;
    let payments = payments["payments"].as_array().unwrap();
    assert_eq!(payments.len(), 1);
    assert_shows(
        &payments[0],
        &json!({"reference": "pay-1", "method": "card"}),
    );
}

#[tokio::test]
async fn a_forged_or_mismatched_payment_activates_nothing_and_says_why() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let sound = || salon.money(&bought, "pay-1", 500_000);
    let mut too_little = sound();
    too_little["amount"]["amount_minor"] = json!(1);
    let mut too_much = sound();
    too_much["amount"]["amount_minor"] = json!(500_001);
    let mut currency = sound();
    currency["amount"]["currency"] = json!("EUR");
    let mut business = sound();
    business["business_id"] = json!("another");
    let mut reference = sound();
    reference["reference"] = json!("pkg_01KAN0000000000000000000P1");
    let mut no_reference = sound();
    no_reference["reference"] = json!("order-1");
    for (forged, code) in [
        (too_little, "payment-not-awaited"),
        (too_much, "payment-not-awaited"),
        (currency, "payment-currency"),
        (business, "package-not-found"),
        (reference, "package-not-found"),
        (no_reference, "package-not-found"),
    ] {
        let told = salon.world.tell("PaymentSucceeded", &forged).await;
        assert_eq!(told, Err(code.to_owned()), "{forged}");
        let package = salon.package(&bought).await;
        let expected = json!({"status": "pending-payment", "paid": {"amount_minor": 0}});
        assert_shows(&package, &expected);
    }
    let paid = salon.world.tell("PaymentSucceeded", &sound()).await;
    assert_eq!(paid, Ok(()));
    // One payment pays once, and another one for nothing that is to be paid is refused.
    let other = salon.money(&bought, "pay-1", 1);
    let told = salon.world.tell("PaymentSucceeded", &other).await;
    assert_eq!(told, Err("payment-differs".to_owned()));
    let second = salon.money(&bought, "pay-2", 500_000);
    let told = salon.world.tell("PaymentSucceeded", &second).await;
    assert_eq!(told, Err("not-payable".to_owned()));
}

#[tokio::test]
async fn a_payment_that_failed_is_written_down_and_leaves_the_purchase_waiting() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let mut failed = salon.money(&bought, "pay-0", 500_000);
    failed["reason"] = json!("declined");
    let failed = event("id-1", "payments.example", "PaymentFailed", &failed);
    for _ in 0..2 {
        salon.world.take(failed.clone()).await.unwrap();
    }
    let journal = salon.world.journal().await;
    let names = journal.iter().map(|entry| entry.fact.name());
    assert_eq!(names.filter(|name| *name == "payment-failed").count(), 1);
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
    let paid = salon.money(&bought, "pay-0", 500_000);
    salon.world.tell("PaymentSucceeded", &paid).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "active");
}

#[tokio::test]
async fn a_payment_that_came_back_blocks_what_it_paid_also_if_that_is_told_first() {
    for returned_first in [false, true] {
        let salon = Salon::open().await;
        let bought = salon.purchase().await;
        let paid = salon.money(&bought, "pay-1", 500_000);
        let mut back = paid.clone();
        back["reason"] = json!("4853");
        let mut told = [("PaymentSucceeded", paid), ("PaymentReturned", back)];
        if returned_first {
            told.reverse();
        }
        for (kind, detail) in told.iter().chain(&told) {
            salon.world.tell(kind, detail).await.unwrap();
        }
        let package = salon.package(&bought).await;
        let nothing = json!({"amount_minor": 0});
        assert_shows(&package, &json!({"status": "blocked", "paid": nothing}));
    }
}

#[tokio::test]
async fn a_part_of_a_payment_that_came_back_is_for_people_to_settle() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let paid = salon.money(&bought, "pay-1", 500_000);
    salon.world.tell("PaymentSucceeded", &paid).await.unwrap();
    let mut part = salon.money(&bought, "pay-1", 499_999);
    part["reason"] = json!("4853");
    let told = salon.world.tell("PaymentReturned", &part).await;
    assert_eq!(told, Err("payment-differs".to_owned()));
    assert_eq!(salon.package(&bought).await["status"], "active");
}
