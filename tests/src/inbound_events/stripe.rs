//! What Stripe tells, in its own shapes.

use serde_json::{Value, json};

use crate::harness::{STRIPE, Salon, assert_shows, event};

/// An example as Stripe's partner event source delivers it, about this package.
pub(crate) fn example(name: &str, salon: &Salon, package: &str) -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../events/examples/stripe");
    let text = std::fs::read_to_string(format!("{path}/{name}.json")).unwrap();
    let text = text.replace("biz_1", &salon.world.business);
    let text = text.replace("pkg_01KAN0000000000000000000P1", package);
    // Payments are told apart by their ids, also where tests share a database.
    let text = text.replace("pi_3QNexample", &format!("pi_{package}"));
    serde_json::from_str(&text).unwrap()
}

pub(super) async fn tell(salon: &Salon, name: &str, package: &str) -> Result<(), String> {
    salon.world.take(example(name, salon, package)).await
}

async fn paid(salon: &Salon, package: &str) -> usize {
    let payments = salon.world.get(&format!("/v1/packages/{package}/payments"));
    let payments = payments.ok().await;
    payments["payments"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_session_and_its_intent_pay_once_in_either_order() {
    let told = ["checkout.session.completed", "payment_intent.succeeded"];
    for order in [[0, 1, 0, 1], [1, 0, 1, 0]] {
        let salon = Salon::open().await;
        let bought = salon.purchase().await;
        for index in order {
            tell(&salon, told[index], &bought).await.unwrap();
        }
        assert_eq!(salon.package(&bought).await["status"], "active");
        assert_eq!(paid(&salon, &bought).await, 1);
    }
}

#[tokio::test]
async fn a_session_that_is_not_paid_yet_activates_nothing() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let mut session = example("checkout.session.completed", &salon, &bought);
    session["detail"]["data"]["object"]["payment_status"] = json!("unpaid");
    salon.world.take(session).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
}

#[tokio::test]
async fn a_failed_payment_is_written_down() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let name = "payment_intent.payment_failed";
    tell(&salon, name, &bought).await.unwrap();
    let journal = salon.world.journal().await;
    let mut entries = journal.iter();
    let failed = entries.find(|entry| entry.fact.name() == "payment-failed");
    assert_eq!(failed.unwrap().actor.id.as_str(), STRIPE);
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
}

#[tokio::test]
async fn a_dispute_names_only_the_payment_and_blocks_what_it_paid() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let dispute = "charge.dispute.created";
    let name = "checkout.session.completed";
    tell(&salon, name, &bought).await.unwrap();
    for _ in 0..2 {
        tell(&salon, dispute, &bought).await.unwrap();
    }
    let nothing = json!({"amount_minor": 0});
    let package = salon.package(&bought).await;
    assert_shows(&package, &json!({"status": "blocked", "paid": nothing}));
    // The money went back once, whichever event tells of it.
    tell(&salon, "charge.refunded", &bought).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "blocked");
}

#[tokio::test]
async fn a_refund_that_is_told_before_its_payment_counts_when_that_comes() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    tell(&salon, "charge.refunded", &bought).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
    let name = "payment_intent.succeeded";
    tell(&salon, name, &bought).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "blocked");
}

#[tokio::test]
async fn a_forged_amount_currency_or_name_activates_nothing() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    for (field, value, code) in [
        ("amount_received", json!(1), "payment-not-awaited"),
        ("currency", json!("eur"), "payment-currency"),
        ("currency", json!("xxq"), "malformed-event"),
        (
            "metadata",
            json!({"business_id": "another", "package_id": bought}),
            "package-not-found",
        ),
        ("metadata", json!({"package_id": bought}), "malformed-event"),
    ] {
        let mut forged = example("payment_intent.succeeded", &salon, &bought);
        forged["detail"]["data"]["object"][field] = value;
        let told = salon.world.take(forged).await;
        assert_eq!(told, Err(code.to_owned()), "{field}");
        assert_eq!(salon.package(&bought).await["status"], "pending-payment");
    }
    // What else is sold through the same account is none of this system's.
    let mut other = example("payment_intent.succeeded", &salon, &bought);
    other["detail"]["data"]["object"]["metadata"] = json!({});
    salon.world.take(other).await.unwrap();
    assert_eq!(salon.package(&bought).await["status"], "pending-payment");
}

#[tokio::test]
async fn only_stripes_source_tells_in_stripes_shapes() {
    let salon = Salon::open().await;
    let bought = salon.purchase().await;
    let sound = example("payment_intent.succeeded", &salon, &bought);
    let kind = "payment_intent.succeeded";
    let forged = event("1", "elsewhere.example", kind, &sound["detail"]);
    let told = salon.world.take(forged).await;
    assert_eq!(told, Err("unknown-event".to_owned()));
}
