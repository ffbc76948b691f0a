//! A payment that comes back after units were given to somebody else.

use serde_json::{Value, json};

use crate::harness::{Salon, id, lira};

#[tokio::test]
async fn a_chargeback_blocks_what_was_given_away_and_whoever_owes_for_it_frees_it() {
    let salon = Salon::open().await;
    let services = json!([{"service_id": salon.manicure}]);
    let package = salon
        .sell_as(json!({
            "name": "Hediye", "kind": "visits", "quantity": 4, "services": services,
            "price": lira(40_000), "transferable": true,
        }))
        .await;
    let post = async |package: &str, verb: &str, body: Value, key: &str| {
        let path = format!("/v1/packages/{package}/{verb}");
        salon.world.post(&path, body).key(key).ok().await
    };
    let card = json!({"amount": lira(40_000), "method": "card", "reference": "C-77"});
    let card = post(&package, "payments", card, "p").await;
    let token = salon.fatmas_token().await;
    let fatma = id(&salon.world.get("/v1/me").by(&token).ok().await);
    let given = json!({"to_customer_id": fatma, "pools": [{"pool": 0, "units": 3}]});
    let given = post(&package, "transfers", given, "t").await;
    let received = id(&given["received"]);
    assert_eq!(given["package"]["paid"], lira(10_000));
    assert_eq!(given["received"]["paid"], lira(30_000));

    let entry = card["payment"]["entry_id"].as_str().unwrap();
    let path = format!("/v1/packages/{package}/payments/{entry}/return");
    let back = salon.world.post(&path, json!({"reason": "4853"}));
    let back = back.ok().await;
    assert_eq!(
        (&back["package"]["status"], &back["package"]["outstanding"]),
        (&json!("blocked"), &lira(10_000))
    );
    let blocked = salon.package(&received).await;
    assert_eq!(
        (&blocked["status"], &blocked["outstanding"]),
        (&json!("blocked"), &lira(30_000))
    );
    let mut booking = salon.booking("b", &[&salon.manicure], json!([received]));
    booking["customer_id"] = json!(fatma);
    let call = salon.world.post("/v1/bookings", booking.clone());
    call.refused(409, "not-paid").await;

    // The receiver sees that something came back, not what the giver paid or with which card.
    let journal = salon.world.get(&format!("/v1/customers/{fatma}/journal"));
    let journal = journal.by(&token).ok().await;
    let seen = &journal["items"][0];
    assert_eq!(seen["fact"], "payment-returned");
    assert_eq!(seen["payment"], Value::Null);
    assert_eq!(seen["standings"].as_array().unwrap().len(), 1);
    assert_eq!(seen["standings"][0]["package_id"], json!(received));
    salon.world.set_clock("2026-11-22T10:00:00Z");
    // A wallet as of then is told from the same entry.
    let wallet = format!(
        "/v1/customers/{fatma}/wallet?as_of={}",
        seen["at"].as_str().unwrap()
    );
    let wallet = salon.world.get(&wallet).ok().await;
    assert_eq!(wallet["packages"][0]["status"], "blocked");

    let paid = json!({"amount": lira(30_000), "method": "cash"});
    let paid = post(&received, "payments", paid, "r").await;
    assert_eq!(paid["package"]["status"], "active");
    salon.world.post("/v1/bookings", booking).ok().await;
    assert_eq!(salon.package(&package).await["status"], "blocked");
}
