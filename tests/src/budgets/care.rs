//! What is done for packages that were sold.

use serde_json::json;

use super::Budget;
use crate::harness::{Salon, allowed, lira};

#[tokio::test]
async fn care_of_a_package_takes_two_round_trips_with_the_holder_named() {
    let salon = Salon::open().await;
    let package = salon
        .sell_as(crate::package_care::template(&salon, 10, 0))
        .await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let mut quote = json!({});
    for (verb, most, body) in [
        (
            "adjustments",
            allowed::ADJUST,
            json!({"units": 1, "reason": "goodwill"}),
        ),
        (
            "top-ups",
            (2, 6.0, 2.5),
            json!({"pools": [{"units": 1}], "price": lira(0)}),
        ),
        ("extend", (2, 6.0, 2.5), json!({"expires_on": "2027-12-31"})),
        ("freeze", allowed::FREEZE, json!({})),
        ("unfreeze", (2, 6.0, 2.5), json!({})),
        // A pointer for the member, and a copy of the entry for their journal.
        ("members", (2, 11.0, 2.5), json!({"add": [fatma]})),
        (
            "transfers",
            allowed::TRANSFER,
            json!({"to_customer_id": fatma, "pools": [{"units": 1}]}),
        ),
        // What a quote is of is read strongly.
        (
            "refund-quotes",
            (2, 4.0, 4.0),
            json!({"policy": "pro-rata"}),
        ),
        ("refunds", allowed::REFUND, json!({})),
    ] {
        let mut body = if verb == "refunds" {
            quote.clone()
        } else {
            body
        };
        body["customer_id"] = json!(salon.ayse);
        let path = format!("/v1/packages/{package}/{verb}");
        let call = || salon.world.post(&path, body.clone()).key(verb);
        Budget::of(most).check(&salon, verb, call()).await;
        if verb == "refund-quotes" {
            let quoted = call().ok().await;
            quote = json!({"quote_id": quoted["id"]});
        }
    }
    let package = salon
        .sell_as(crate::package_care::template(&salon, 10, 10))
        .await;
    let body = json!({"reason": "mistake"});
    let path = format!("/v1/packages/{package}/void");
    let call = salon.world.post(&path, body).key("void");
    Budget(3, 6.0, 3.0).check(&salon, "void", call).await;
}
