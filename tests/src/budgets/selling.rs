//! Selling, and looking at what was sold.

use serde_json::json;

use super::{Budget, salon_with_package};
use crate::harness::{Salon, allowed, id};

#[tokio::test]
async fn selling_takes_two_round_trips_seven_wru_and_two_rru() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure, &salon.massage]).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    for key in ["first", "second"] {
        let call = salon.world.post("/v1/packages", body.clone()).key(key);
        Budget::of(allowed::SELL).check(&salon, key, call).await;
    }
}

#[tokio::test]
async fn a_wallet_with_20_packages_is_one_read_of_two_and_a_half_rru() {
    let (salon, _) = salon_with_package().await;
    let extra = salon.service("Pedikür", 80_000).await;
    let template = salon
        .visits(100, &[&salon.manicure, &salon.massage, &extra])
        .await;
    for _ in 1..20 {
        salon.sell(&salon.ayse, &template).await;
    }
    let call = salon
        .world
        .get(&format!("/v1/customers/{}/wallet", salon.ayse));
    Budget::of(allowed::WALLET)
        .check(&salon, "wallet", call)
        .await;
}

#[tokio::test]
async fn an_offer_costs_what_a_sale_does_and_its_answer_two_round_trips_with_the_customer_named() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure, &salon.massage]).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template, "offer": {}});
    let offers = ["accept", "decline"].map(|verb| [(verb, true), (verb, false)]);
    for (verb, named) in offers.concat() {
        let key = format!("{verb} {named}");
        let call = salon.world.post("/v1/packages", body.clone()).key(&key);
        Budget::of(allowed::SELL).check(&salon, "offer", call).await;
        let call = salon.world.post("/v1/packages", body.clone()).key(&key);
        let offer = id(&call.ok().await);
        let holder = match named {
            true => json!({"customer_id": salon.ayse}),
            false => json!({}),
        };
        let path = format!("/v1/packages/{offer}/{verb}");
        let call = salon.world.post(&path, holder).key("k");
        let (round_trips, accepting, rru) = allowed::ACCEPT_OFFER;
        let wru = if verb == "accept" { accepting } else { 6.0 };
        let round_trips = if named { round_trips } else { round_trips + 1 };
        Budget(round_trips, wru, rru)
            .check(&salon, &key, call)
            .await;
    }
}

#[tokio::test]
async fn selling_terms_of_their_own_costs_what_a_template_does_and_a_read_for_each_service() {
    let salon = Salon::open().await;
    let services = json!([{"service_id": salon.manicure}, {"service_id": salon.massage}]);
    let terms = json!({"name": "Paket", "kind": "visits", "quantity": 9, "services": services});
    let body = json!({"customer_id": salon.ayse, "terms": terms});
    let call = salon.world.post("/v1/packages", body).key("k");
    Budget(2, 7.0, 2.5).check(&salon, "terms", call).await;
}

#[tokio::test]
async fn buying_for_oneself_takes_a_round_trip_more_to_find_oneself() {
    let salon = Salon::open().await;
    let template = json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "online": true,
        "services": [{"service_id": salon.manicure}],
    });
    let body = json!({"template_id": salon.template(template).await});
    let ayse = salon.ayses_token().await;
    let call = salon.world.post("/v1/me/packages", body).key("k").by(&ayse);
    Budget(3, 7.0, 3.0).check(&salon, "buy", call).await;
}

#[tokio::test]
async fn a_page_of_packages_is_one_query_and_one_batch_whatever_is_asked_for() {
    let (salon, _) = salon_with_package().await;
    let template = salon.visits(100, &[&salon.manicure, &salon.massage]).await;
    for _ in 1..20 {
        salon.sell(&salon.ayse, &template).await;
    }
    let of_customer = format!("customer_id={}", salon.ayse);
    for (query, round_trips, rru) in [
        ("limit=100", 2, 12.5),
        ("limit=100&status=exhausted", 2, 12.5),
        (&format!("limit=5&template_id={template}"), 2, 4.0),
        (&of_customer, 1, 2.5),
    ] {
        let call = salon.world.get(&format!("/v1/packages?{query}"));
        Budget(round_trips, 0.0, rru)
            .check(&salon, query, call)
            .await;
    }
}
