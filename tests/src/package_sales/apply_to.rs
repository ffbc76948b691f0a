//! POST /v1/packages with `apply_to`: what was booked before.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::{Answer, Salon, Trouble, World, lira, paid_by};

/// Books `services` of Ayşe's for nothing, on this day of November.
async fn unpaid(salon: &Salon, id: &str, services: &[&str], day: u32) {
    let mut body = salon.booking(id, services, json!("none"));
    body["starts_at"] = json!(format!("2026-11-{day}T10:00:00Z"));
    salon.world.post("/v1/bookings", body).ok().await;
}

async fn sell(salon: &Salon, template: &str, key: &str) -> Answer {
    let body = json!({
        "customer_id": salon.ayse, "template_id": template, "apply_to": "existing_bookings",
    });
    let sale = salon.world.post("/v1/packages", body).key(key).send().await;
    assert_eq!(sale.status, 201, "{sale:?}");
    sale
}

fn paid(sale: &Answer) -> Vec<&str> {
    let bookings = sale.body["existing_bookings"].as_array().unwrap();
    for booking in bookings {
        let payer = paid_by(booking, 0).or(paid_by(booking, 1)).unwrap().0;
        assert_eq!(payer, sale.body["id"].as_str().unwrap(), "{booking}");
    }
    let ids = bookings.iter().map(|b| b["booking_id"].as_str().unwrap());
    ids.collect()
}

#[tokio::test]
async fn a_new_package_pays_for_what_is_booked_in_the_order_of_its_time_as_far_as_it_goes() {
    let salon = Salon::open().await;
    let other = salon.sell_visits(9, &[&salon.manicure]).await;
    unpaid(&salon, "late", &[&salon.manicure], 29).await;
    unpaid(&salon, "early", &[&salon.massage, &salon.manicure], 24).await;
    unpaid(&salon, "massage", &[&salon.massage], 25).await;
    unpaid(&salon, "middle", &[&salon.manicure], 26).await;
    unpaid(&salon, "cancelled", &[&salon.manicure], 23).await;
    salon.resolve("cancelled", "cancel").await;
    salon.book("paid", &[&salon.manicure], json!([other])).await;
    let template = salon.visits(2, &[&salon.manicure]).await;
    salon.world.set_clock("2026-11-22T10:00:00Z");
    let sale = sell(&salon, &template, "k").await;
    assert_eq!(paid(&sale), ["early", "middle"]);
    let package = sale.body["id"].as_str().unwrap();
    assert_eq!(salon.pool(package).await, (0, 2, 0, 0));
    // Of the one with two services, what it covers.
    let early = salon.world.get("/v1/bookings/early").ok().await;
    assert_eq!(early["due"], json!([lira(150_000)]));
    assert_eq!(salon.pool(&other).await, (8, 1, 0, 0));
    for id in ["late", "massage"] {
        let booking = salon.world.get(&format!("/v1/bookings/{id}")).ok().await;
        assert_eq!(paid_by(&booking, 0), None);
    }
}

#[tokio::test]
async fn a_repeated_sale_answers_the_same_and_never_pays_for_what_was_booked_after_it() {
    let salon = Salon::open().await;
    unpaid(&salon, "before", &[&salon.manicure], 24).await;
    let template = salon.visits(5, &[&salon.manicure]).await;
    salon.world.set_clock("2026-11-22T10:00:00Z");
    let first = sell(&salon, &template, "k").await;
    salon.world.set_clock("2026-11-22T11:00:00Z");
    unpaid(&salon, "after", &[&salon.manicure], 24).await;
    let again = sell(&salon, &template, "k").await;
    assert!(again.replayed);
    assert_eq!(again.body, first.body);
    assert_eq!(paid(&again), ["before"]);
    let package = first.body["id"].as_str().unwrap();
    assert_eq!(salon.pool(package).await, (4, 1, 0, 0));
}

#[tokio::test]
async fn a_sale_that_was_interrupted_goes_on_where_it_stopped() {
    let world = World::with_patience(Duration::from_secs(2)).await;
    let salon = Salon::within(world, "booking", "forfeit").await;
    for (id, day) in [("b-1", 24), ("b-2", 25), ("b-3", 26)] {
        unpaid(&salon, id, &[&salon.manicure], day).await;
    }
    let template = salon.visits(5, &[&salon.manicure]).await;
    salon.world.set_clock("2026-11-22T10:00:00Z");
    let body = json!({
        "customer_id": salon.ayse, "template_id": template, "apply_to": "existing_bookings",
    });
    let sale = salon.world.post("/v1/packages", body).key("k");
    let pause = salon.world.faults.pause();
    let sending = tokio::spawn(sale.send());
    pause.reached().await;
    // The sale goes through, and nothing after it.
    salon.world.faults.expect(&[Trouble::Conflict; 1000]);
    pause.resume();
    let interrupted = sending.await.unwrap();
    assert_eq!(interrupted.body["code"], "busy", "{interrupted:?}");
    salon.world.faults.clear();
    salon.world.set_clock("2026-11-22T11:00:00Z");
    salon.resolve("b-2", "cancel").await;
    let again = sell(&salon, &template, "k").await;
    assert!(again.replayed);
    assert_eq!(paid(&again), ["b-1", "b-3"]);
    let package = again.body["id"].as_str().unwrap();
    assert_eq!(salon.pool(package).await, (3, 2, 0, 0));
}

#[tokio::test]
async fn what_does_not_apply_to_the_past_leaves_it() {
    let salon = Salon::open().await;
    unpaid(&salon, "b", &[&salon.manicure], 24).await;
    let template = salon.visits(5, &[&salon.manicure]).await;
    let sale = |apply_to: Value, key: &str| {
        let body = json!({
            "customer_id": salon.ayse, "template_id": template, "apply_to": apply_to,
        });
        salon.world.post("/v1/packages", body).key(key)
    };
    for (apply_to, key) in [(json!("new_only"), "a"), (json!(null), "b")] {
        let sold = sale(apply_to, key).ok().await;
        assert_eq!(sold.get("existing_bookings"), None);
    }
    sale(json!("everything"), "c")
        .refused(422, "invalid-body")
        .await;
}

#[tokio::test]
async fn what_waits_for_its_deposit_pays_for_what_is_booked_once_that_is_paid() {
    let salon = Salon::open().await;
    unpaid(&salon, "early", &[&salon.manicure], 24).await;
    let template = json!({
        "name": "Paket", "kind": "visits", "quantity": 5, "price": lira(100_000),
        "services": [{"service_id": salon.manicure}], "deposit": {"percent": 50},
    });
    let template = salon.template(template).await;
    let sale = sell(&salon, &template, "k").await;
    assert_eq!(paid(&sale), [""; 0]);
    let package = sale.body["id"].as_str().unwrap();
    let pay = async |amount: u64, key: &str| {
        let body = json!({"amount": lira(amount), "method": "cash"});
        let path = format!("/v1/packages/{package}/payments");
        salon.world.post(&path, body).key(key).send().await
    };
    let ids = |answer: &Answer| -> Vec<String> {
        let bookings = answer.body["existing_bookings"].as_array().unwrap();
        bookings.iter().map(id_of).collect()
    };
    assert_eq!(ids(&pay(20_000, "p-1").await), [""; 0]);
    unpaid(&salon, "between", &[&salon.manicure], 23).await;
    salon.world.set_clock("2026-11-22T10:00:00Z");
    let active = pay(30_000, "p-2").await;
    assert_eq!(ids(&active), ["between", "early"]);
    assert_eq!(salon.pool(package).await, (3, 2, 0, 0));
    // What is booked for nothing afterwards is left so, by a repetition and by the next payment.
    salon.world.set_clock("2026-11-22T11:00:00Z");
    unpaid(&salon, "after", &[&salon.manicure], 25).await;
    let again = pay(30_000, "p-2").await;
    assert!(again.replayed);
    assert_eq!(ids(&again), ["between", "early"]);
    assert_eq!(ids(&pay(50_000, "p-3").await), [""; 0]);
    let sale = sell(&salon, &template, "k").await;
    assert!(sale.replayed);
    assert_eq!(salon.pool(package).await, (3, 2, 0, 0));
}

#[tokio::test]
async fn an_offer_pays_for_what_is_booked_once_it_is_accepted() {
    let salon = Salon::open().await;
    let template = salon.visits(5, &[&salon.manicure]).await;
    let offer = json!({
        "customer_id": salon.ayse, "template_id": template, "apply_to": "existing_bookings",
        "offer": {},
    });
    let offer = salon
        .world
        .post("/v1/packages", offer)
        .key("k")
        .send()
        .await;
    assert_eq!(paid(&offer), [""; 0]);
    let package = offer.body["id"].as_str().unwrap();
    unpaid(&salon, "b", &[&salon.manicure], 24).await;
    salon.world.set_clock("2026-11-22T10:00:00Z");
    // By the customer, whose booking it is.
    let token = salon.ayses_token().await;
    for replayed in [false, true] {
        let accept = salon
            .world
            .call("POST", &format!("/v1/packages/{package}/accept"));
        let accepted = accept.by(&token).key("a").send().await;
        assert_eq!(accepted.replayed, replayed);
        assert_eq!(paid(&accepted), ["b"]);
    }
    assert_eq!(salon.pool(package).await, (4, 1, 0, 0));
}

fn id_of(booking: &Value) -> String {
    booking["booking_id"].as_str().unwrap().to_owned()
}
