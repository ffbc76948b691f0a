//! POST /v1/packages with an offer.

use serde_json::{Value, json};

use super::{answer, offered};
use crate::harness::{Salon, assert_shows, lira};

#[tokio::test]
async fn an_offer_is_a_package_that_grants_nothing_yet() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let body = json!({
        "customer_id": salon.ayse, "template_id": template, "price": lira(90_000),
        "offer": {"until": "2026-12-24"},
    });
    let call = || salon.world.post("/v1/packages", body.clone()).key("k");
    let offer = call().send().await;
    assert_eq!((offer.status, offer.replayed), (201, false));
    let expected = json!({
        "customer_id": salon.ayse, "template_id": template, "status": "offer",
        // Ten manicures of 600.00 lira.
        "price": lira(90_000), "list_price": lira(600_000), "discount": lira(510_000),
        "offered_until": "2026-12-24T21:00:00Z", "expires_at": null,
        "pools": [{"agreed": 10, "granted": 0, "available": 0, "worth": lira(0)}],
    });
    assert_shows(&offer.body, &expected);
    // It is in the wallet, adds nothing to it, and pays for nothing.
    let wallet = salon.wallet().await;
    assert_eq!(wallet["packages"], json!([offer.body]));
    assert_eq!(wallet["totals"], json!({"services": [], "credit": []}));
    let booking = salon.booking("b", &[&salon.manicure], json!([offer.body["id"]]));
    let booking = salon.world.post("/v1/bookings", booking);
    booking.refused(409, "package-not-active").await;
    // A lead stays one.
    let profile = format!("/v1/customers/{}", salon.ayse);
    assert_eq!(
        salon.world.get(&profile).ok().await["customer_since"],
        Value::Null
    );
    let again = call().send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, offer.body);
}

#[tokio::test]
async fn an_offer_shows_as_expired_once_its_last_day_is_over() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let until = json!({"offer": {"until": "2026-11-22"}});
    let offer = offered(&salon, &template, until).await;
    for (now, status) in [
        ("2026-11-22T20:59:59.999Z", "offer"),
        ("2026-11-22T21:00:00Z", "expired"),
    ] {
        salon.world.set_clock(now);
        assert_eq!(salon.package(&offer).await["status"], status, "at {now}");
    }
    let late = answer(&salon, &offer, "accept");
    late.refused(409, "offer-lapsed").await;
}

#[tokio::test]
async fn the_key_of_an_offer_is_none_of_a_sale() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let mut body = json!({"customer_id": salon.ayse, "template_id": template, "offer": {}});
    let post = |body: &Value| salon.world.post("/v1/packages", body.clone()).key("k");
    post(&body).ok().await;
    body["offer"] = json!({"until": "2026-12-24"});
    post(&body).refused(422, "idempotency-key-reused").await;
    body.as_object_mut().unwrap().remove("offer");
    post(&body).refused(422, "idempotency-key-reused").await;
}

#[tokio::test]
async fn the_price_of_an_offer_is_in_the_currency_of_its_template() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let body = json!({
        "customer_id": salon.ayse, "template_id": template, "offer": {},
        "price": {"amount_minor": 1, "currency": "EUR"},
    });
    let call = salon.world.post("/v1/packages", body).key("k");
    call.refused(422, "package-terms").await;
}
