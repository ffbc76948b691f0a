//! Whose an e-mail address, an account and a payment is.

use std::collections::BTreeSet;

use serde_json::json;

use super::{ALONE_OR_NOTHING, ALONE_OR_OTHERS, overtaken};
use crate::harness::{Left, Salon};
use crate::inbound_events::example;

/// A payment that was entered by hand.
async fn enter_by_hand(salon: &Salon, package: &str) {
    let path = format!("/v1/packages/{package}/payments");
    let amount = json!({"amount_minor": 500_000, "currency": "TRY"});
    let body = json!({"amount": amount, "method": "card", "reference": "pay-1"});
    let payment = salon.world.post(&path, body);
    payment.key(package).ok().await;
}

/// What is sent with all of this.
pub(super) async fn flow() -> BTreeSet<String> {
    let salon = Salon::open().await;
    let (one, two) = (salon.purchase().await, salon.purchase().await);
    enter_by_hand(&salon, &one).await;
    // Of a payment that nobody knows.
    let disputed = example("charge.dispute.created", &salon, &two);
    salon.world.take(disputed).await.unwrap();
    for (package, payment) in [(one, "pay-1"), (two, "pay-2")] {
        let paid = salon.money(&package, payment, 500_000);
        salon.world.tell("PaymentSucceeded", &paid).await.unwrap();
    }
    salon.world.faults.conditions().sent()
}

#[tokio::test]
async fn two_customers_with_one_address_are_refused_by_the_address_and_nothing_else() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let create = |name: &str| {
            let body = json!({"name": name, "email": "elif@example.com"});
            salon.world.post("/v1/customers", body)
        };
        let (slow, fast) = (create("Elif").send(), create("Zeynep").ok());
        let ended = overtaken(&salon.world, ("Put EMAIL absent", left), slow, fast).await;
        let found = salon.world.get("/v1/customers?email=elif@example.com");
        let found = found.ok().await["items"][0]["name"].clone();
        match left == Left::Alone {
            true => assert_eq!(
                (ended.slow.body["code"].as_str(), found),
                (Some("email-taken"), json!("Zeynep"))
            ),
            false => assert_eq!((ended.slow.status, found), (201, json!("Elif"))),
        }
    }
}

#[tokio::test]
async fn two_customers_who_are_claimed_by_one_account_are_refused_by_the_account_and_nothing_else()
{
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let fatma = salon.customer("Fatma", "fatma@example.com").await;
        let claim = |email: &str| {
            let token = salon.world.customer_token("one-account", email);
            salon.world.call("POST", "/v1/me/claim").by(&token)
        };
        let (slow, fast) = (claim("ayse@example.com"), claim("fatma@example.com"));
        let account = "Put ACCOUNT absent";
        let ended = overtaken(&salon.world, (account, left), slow.send(), fast.ok()).await;
        assert_eq!(ended.then["customer"], fatma.as_str());
        let claimed = salon.world.get(&format!("/v1/customers/{}", salon.ayse));
        let claimed = claimed.ok().await["claimed"] == true;
        assert_eq!(
            (ended.written, claimed),
            (left == Left::Others, left == Left::Others)
        );
        assert_eq!(ended.now == ended.then, left == Left::Alone);
    }
}

#[tokio::test]
async fn one_payment_for_two_packages_is_refused_by_the_payment_and_nothing_else() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let (one, two) = (salon.purchase().await, salon.purchase().await);
        let world = &salon.world;
        let paid = |package: &str| salon.money(package, "pay-1", 500_000);
        let (one_paid, two_paid) = (paid(&one), paid(&two));
        let slow = world.tell("PaymentSucceeded", &one_paid);
        let fast = world.tell("PaymentSucceeded", &two_paid);
        let payment = "Put PAYMENT absent";
        let ended = overtaken(world, (payment, left), slow, fast).await;
        ended.fast.unwrap();
        assert_eq!(ended.then["package"], two.as_str());
        let status = salon.package(&one).await["status"].clone();
        match left == Left::Alone {
            true => {
                assert_eq!(
                    (status, &ended.now["package"]),
                    (json!("pending-payment"), &json!(two))
                );
                assert!(ended.slow.is_err());
            }
            false => assert_eq!(
                (status, &ended.now["package"]),
                (json!("active"), &json!(one))
            ),
        }
    }
}

/// Entered by hand for both, it was told of one and then of the other.
#[tokio::test]
async fn what_a_payment_was_for_stays_what_was_told_first() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let (one, two) = (salon.purchase().await, salon.purchase().await);
        let world = &salon.world;
        for package in [&one, &two] {
            enter_by_hand(&salon, package).await;
        }
        let paid = |package: &str| salon.money(package, "pay-1", 500_000);
        let (one_paid, two_paid) = (paid(&one), paid(&two));
        let slow = world.tell("PaymentSucceeded", &one_paid);
        let fast = world.tell("PaymentSucceeded", &two_paid);
        let payment = "PutItem PAYMENT absent";
        let ended = overtaken(world, (payment, left), slow, fast).await;
        assert_eq!(ended.then["package"], two.as_str());
        assert_eq!(ended.now["package"] == one, left == Left::Nothing);
    }
}
