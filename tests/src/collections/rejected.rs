//! Debits on their way, and those that the bank rejects.

use serde_json::{Value, json};

use super::plans::{Plans, euro};
use crate::harness::{Call, Salon};

fn reject(salon: &Salon, package: &str, debit: &str, reason: &str) -> Call {
    let path = format!("/v1/packages/{package}/debits/{debit}/reject");
    salon.world.post(&path, json!({"reason": reason}))
}

fn pay(salon: &Salon, package: &str, amount: u64, method: &str) -> Call {
    let body = json!({"amount": euro(amount), "method": method});
    salon
        .world
        .post(&format!("/v1/packages/{package}/payments"), body)
}

/// A package of 600.00 whose first instalment the bank was given, and what it calls it.
async fn collected(salon: &Salon) -> (String, String) {
    let plans = Plans::of(salon).await;
    let package = plans.sell(&salon.ayse).await;
    plans.sign(&salon.ayse, "M-1").await;
    let collection = plans.collect("2026-12-01", "k-1").ok().await;
    let debit = collection["debits"][0]["end_to_end_id"].as_str().unwrap();
    (package, debit.to_owned())
}

async fn in_flight(salon: &Salon, package: &str) -> Value {
    let payments = salon.world.get(&format!("/v1/packages/{package}/payments"));
    payments.ok().await["debits_in_flight"].clone()
}

#[tokio::test]
async fn a_rejected_debit_is_outstanding_and_stands_in_the_way_of_nothing() {
    let salon = Salon::open().await;
    let (package, debit) = collected(&salon).await;
    assert_eq!(
        in_flight(&salon, &package).await,
        json!([{"end_to_end_id": debit, "instalment": 1, "amount": euro(10_000)}])
    );
    let all = pay(&salon, &package, 60_000, "cash").key("all");
    all.refused(409, "debit-in-flight").await;
    let void = format!("/v1/packages/{package}/void");
    let voided = salon
        .world
        .post(&void, json!({"reason": "mistake"}))
        .key("v");
    voided.refused(409, "debit-in-flight").await;
    let rejected = reject(&salon, &package, &debit, "AC04").ok().await;
    assert_eq!(
        (&rejected["status"], &rejected["outstanding"]),
        (&json!("active"), &euro(60_000))
    );
    assert_eq!(in_flight(&salon, &package).await, json!([]));
    // The same report again is a repetition, another one of the same debit is refused.
    let again = reject(&salon, &package, &debit, "AC04").send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, rejected);
    let other = reject(&salon, &package, &debit, "MD06");
    other.refused(404, "debit-not-found").await;
    pay(&salon, &package, 60_000, "cash")
        .key("all-2")
        .ok()
        .await;
    let journal = salon.world.get(&format!("/v1/packages/{package}/journal"));
    let journal = journal.ok().await;
    assert_eq!(journal["items"][1]["fact"], "debit-rejected");
    assert_eq!(
        journal["items"][1]["payment"],
        json!({"amount": euro(10_000), "method": null, "reference": debit,
            "returned_payment_id": null, "reason": "AC04"})
    );
}

#[tokio::test]
async fn what_is_no_debit_on_its_way_is_not_rejected() {
    let salon = Salon::open().await;
    let (package, debit) = collected(&salon).await;
    let other = salon.sell_visits(1, &[&salon.manicure]).await;
    reject(&salon, &other, &debit, "AC04")
        .refused(404, "debit-not-found")
        .await;
    reject(&salon, &package, "M%201", "AC04")
        .refused(400, "malformed-id")
        .await;
    reject(&salon, &package, &debit, "not a code")
        .refused(422, "invalid-body")
        .await;
    pay(&salon, &package, 10_000, "direct-debit")
        .key("k")
        .ok()
        .await;
    reject(&salon, &package, &debit, "AC04")
        .refused(404, "debit-not-found")
        .await;
    let never = debit.replace("-01", "-02");
    reject(&salon, &package, &never, "AC04")
        .refused(404, "debit-not-found")
        .await;
}
