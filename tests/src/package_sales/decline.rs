//! POST /v1/packages/{id}/decline.

use serde_json::json;

use super::{answer, offered};
use crate::harness::{Salon, id, lira};

#[tokio::test]
async fn a_declined_offer_is_declined_for_good() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    let ayse = salon.ayses_token().await;
    let first = answer(&salon, &offer, "decline").by(&ayse).send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!(first.body["status"], "declined");
    assert_eq!(first.body["pools"][0]["granted"], 0);
    assert_eq!(first.body["outstanding"]["amount_minor"], 0);
    let again = answer(&salon, &offer, "decline").by(&ayse).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    let accepted = answer(&salon, &offer, "accept");
    accepted.refused(409, "offer-answered").await;
    assert_eq!(salon.package(&offer).await, first.body);
}

#[tokio::test]
async fn a_lapsed_offer_needs_no_answer() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let until = json!({"offer": {"until": "2026-11-22"}});
    let offer = offered(&salon, &template, until).await;
    salon.world.set_clock("2026-11-22T21:00:00Z");
    let call = answer(&salon, &offer, "decline");
    call.refused(409, "offer-lapsed").await;
}

#[tokio::test]
async fn what_waits_for_its_first_payment_is_withdrawn_from() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let template = json!({
        "name": "Paket", "kind": "visits", "quantity": 5, "price": lira(50_000), "online": true,
        "services": [{"service_id": salon.manicure}],
    });
    let template = salon.template(template).await;
    let buy = async |key: &str| {
        let body = json!({"template_id": template});
        let call = salon.world.post("/v1/me/packages", body);
        id(&call.by(&token).key(key).ok().await)
    };
    let package = buy("k-1").await;
    let withdrawn = answer(&salon, &package, "decline").by(&token).ok().await;
    assert_eq!(
        (&withdrawn["status"], &withdrawn["outstanding"]),
        (&json!("voided"), &lira(0))
    );
    salon.world.pump().await;
    let liability = salon.world.get("/v1/reports/liability").ok().await;
    assert!(
        liability["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|line| line["liability_minor"] == 0)
    );
    // Not once something was paid.
    let paid = buy("k-2").await;
    let body = json!({"amount": lira(1), "method": "card"});
    let path = format!("/v1/packages/{paid}/payments");
    salon.world.post(&path, body).key("p").ok().await;
    let call = answer(&salon, &paid, "decline").by(&token);
    call.refused(409, "not-an-offer").await;
}
