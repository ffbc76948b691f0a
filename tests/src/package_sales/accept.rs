//! POST /v1/packages/{id}/accept.

use futures::future::join_all;
use serde_json::json;

use super::{answer, offered};
use crate::harness::{Salon, assert_shows, lira};

#[tokio::test]
async fn an_accepted_offer_is_sold_from_then_on() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({"price": lira(90_000)})).await;
    let archive = format!("/v1/package-templates/{template}/archive");
    salon.world.call("POST", &archive).ok().await;
    salon.world.set_clock("2027-01-31T09:00:00Z");
    let sold = answer(&salon, &offer, "accept").send().await;
    assert_eq!((sold.status, sold.replayed), (200, false));
    let expected = json!({
        "id": offer, "status": "active", "price": lira(90_000), "outstanding": lira(90_000),
        "sold_at": "2027-01-31T09:00:00Z",
        // Six months from the acceptance.
        "expires_at": "2027-07-31T21:00:00Z",
        "pools": [{"granted": 10, "available": 10, "worth": lira(90_000)}],
    });
    assert_shows(&sold.body, &expected);
    assert_eq!(salon.package(&offer).await, sold.body);
    let profile = salon.world.get(&format!("/v1/customers/{}", salon.ayse));
    assert_eq!(profile.ok().await["customer_since"], "2027-01-31T09:00:00Z");
    let journal = salon.world.get(&format!("/v1/packages/{offer}/journal"));
    let facts = journal.ok().await["items"].clone();
    assert_shows(
        &facts,
        &json!([{"fact": "offer-accepted"}, {"fact": "package-offered", "lines": []}]),
    );
}

#[tokio::test]
async fn a_repeated_acceptance_answers_the_same_whatever_became_of_the_package() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    let first = answer(&salon, &offer, "accept").send().await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let again = answer(&salon, &offer, "accept").send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    assert_eq!(salon.pool(&offer).await, (0, 1, 0, 0));
    // The same key for something else, and another key for the same.
    let declined = answer(&salon, &offer, "decline").key("accept");
    assert_eq!(declined.send().await.status, 400, "two keys");
    let path = format!("/v1/packages/{offer}/decline");
    let declined = salon.world.call("POST", &path).key("accept");
    declined.refused(422, "idempotency-key-reused").await;
    let path = format!("/v1/packages/{offer}/accept");
    let another = salon.world.call("POST", &path).key("another");
    another.refused(409, "offer-answered").await;
}

#[tokio::test]
async fn an_accepted_offer_waits_for_its_deposit() {
    let salon = Salon::open().await;
    let template = json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "price": lira(100_000),
        "services": [{"service_id": salon.manicure}], "deposit": {"percent": 20},
    });
    let template = salon.template(template).await;
    let offer = offered(&salon, &template, json!({"price": lira(50_000)})).await;
    let sold = answer(&salon, &offer, "accept").ok().await;
    let expected = json!({"status": "pending-payment", "deposit": lira(10_000)});
    assert_shows(&sold, &expected);
    let booking = salon.booking("b", &[&salon.manicure], json!("auto"));
    let booking = salon.world.post("/v1/bookings", booking);
    booking.refused(409, "package-not-active").await;
}

#[tokio::test]
async fn a_customer_accepts_their_own_offer_and_no_other() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    let path = format!("/v1/packages/{offer}/accept");
    let fatma = salon.fatmas_token().await;
    let stranger = salon.world.customer_token("s", "s@example.com");
    for token in [&fatma, &stranger, &salon.world.next_door()] {
        for body in [json!({}), json!({"customer_id": salon.ayse})] {
            let call = salon.world.post(&path, body).by(token).key("k");
            call.refused(404, "package-not-found").await;
        }
    }
    let ayse = salon.ayses_token().await;
    let call = salon.world.call("POST", &path).by(&ayse).key("k");
    assert_eq!(call.ok().await["status"], "active");
}

#[tokio::test]
async fn what_was_sold_at_once_is_no_offer() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(1, &[&salon.manicure]).await;
    for verb in ["accept", "decline"] {
        let call = answer(&salon, &package, verb);
        call.refused(409, "not-an-offer").await;
    }
    let nothing = format!("pkg_{:026}", 7);
    for verb in ["accept", "decline"] {
        let call = answer(&salon, &nothing, verb);
        call.refused(404, "package-not-found").await;
    }
    let path = format!("/v1/packages/{package}/accept");
    let call = salon.world.call("POST", &path);
    call.refused(400, "idempotency-key-required").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_answers_that_come_at_once_exactly_one_is_taken() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    let calls = (0..20).map(|number| {
        let verb = ["accept", "decline"][number % 2];
        let path = format!("/v1/packages/{offer}/{verb}");
        let call = salon.world.call("POST", &path).key(&format!("k-{number}"));
        call.send()
    });
    let answers = join_all(calls).await;
    let (taken, others): (Vec<_>, Vec<_>) = answers.iter().partition(|a| a.status == 200);
    assert_eq!(taken.len(), 1, "{answers:?}");
    assert!(others.iter().all(|a| a.body["code"] == "offer-answered"));
    let package = salon.package(&offer).await;
    assert_eq!(package, taken[0].body);
    let granted = match package["status"].as_str() {
        Some("active") => 10,
        _ => 0,
    };
    assert_eq!(package["pools"][0]["granted"], granted);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acceptance_sent_many_times_at_once_grants_once() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    let answers = join_all((0..20).map(|_| answer(&salon, &offer, "accept").send())).await;
    let first = answers.iter().filter(|answer| !answer.replayed).count();
    assert_eq!(first, 1, "{answers:?}");
    for one in &answers {
        assert_eq!((one.status, &one.body), (200, &answers[0].body));
    }
    assert_eq!(salon.pool(&offer).await, (10, 0, 0, 0));
}
