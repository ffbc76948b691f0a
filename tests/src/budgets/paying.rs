//! Payments.

use serde_json::json;

use super::{Budget, salon_with_package};
use crate::harness::{allowed, lira};

#[tokio::test]
async fn paying_takes_two_round_trips_with_the_holder_named_and_eight_wru_when_a_debit_moves() {
    let (salon, package) = salon_with_package().await;
    let services = json!([{"service_id": salon.manicure}]);
    let by_debit = json!({
        "name": "Plan", "kind": "visits", "quantity": 10, "services": services,
        "price": {"amount_minor": 120_000, "currency": "EUR"},
        "instalments": {"count": 12, "monthly_day": 1, "direct_debit": true},
    });
    let template = salon.template(by_debit).await;
    let sale = json!({"customer_id": salon.ayse, "template_id": template});
    let sale = salon.world.post("/v1/packages", sale).key("debit");
    // One more than any other sale: it is listed among what is to be collected.
    Budget(2, 8.0, 2.0)
        .check(&salon, "sale in instalments", sale)
        .await;
    let wallet = salon.wallet().await;
    let mut packages = wallet["packages"].as_array().unwrap().iter();
    let planned = packages.find(|package| package["name"] == "Plan").unwrap();
    let planned = planned["id"].as_str().unwrap();
    let (_, paying, _) = allowed::PAY;
    for (package, currency, wru) in [(package.as_str(), "TRY", paying), (planned, "EUR", 8.0)] {
        let path = format!("/v1/packages/{package}/payments");
        for named in [true, false] {
            let (round_trips, _, rru) = allowed::PAY;
            let round_trips = if named { round_trips } else { round_trips + 1 };
            let amount = json!({"amount_minor": 10_000, "currency": currency});
            let mut body = json!({"amount": amount, "method": "card"});
            if named {
                body["customer_id"] = json!(salon.ayse);
            }
            let call = salon
                .world
                .post(&path, body)
                .key(&format!("{currency}-{named}"));
            let what = format!("payment in {currency}");
            Budget(round_trips, wru, rru)
                .check(&salon, &what, call)
                .await;
        }
        let payments = salon.world.get(&path).ok().await;
        let entry = payments["payments"][0]["entry_id"].as_str().unwrap();
        let body = json!({"customer_id": salon.ayse, "reason": "AM04"});
        let call = salon.world.post(&format!("{path}/{entry}/return"), body);
        Budget(2, wru, 3.0)
            .check(&salon, "returned payment", call)
            .await;
    }
}

#[tokio::test]
async fn a_chargeback_costs_ten_wru_more_for_each_package_that_units_were_given_to() {
    let (salon, _) = salon_with_package().await;
    let services = json!([{"service_id": salon.manicure}]);
    let package = salon
        .sell_as(json!({
            "name": "Hediye", "kind": "visits", "quantity": 9, "services": services,
            "price": lira(90_000), "transferable": true,
        }))
        .await;
    let path = format!("/v1/packages/{package}");
    let card = json!({"amount": lira(90_000), "method": "card"});
    let card = salon.world.post(&format!("{path}/payments"), card);
    let card = card.key("paid").ok().await;
    for receiver in ["a", "b"] {
        let email = format!("{receiver}@example.com");
        let to = salon.customer(receiver, &email).await;
        let given = json!({"to_customer_id": to, "pools": [{"pool": 0, "units": 3}]});
        let call = salon.world.post(&format!("{path}/transfers"), given);
        call.key(receiver).ok().await;
    }
    let entry = card["payment"]["entry_id"].as_str().unwrap();
    let body = json!({"customer_id": salon.ayse, "reason": "4853"});
    let call = salon
        .world
        .post(&format!("{path}/payments/{entry}/return"), body);
    // The giver's journal, and the packages that it names, one after the other.
    Budget(4, 26.0, 5.0)
        .check(&salon, "chargeback of what was given", call)
        .await;
}
