//! POST /v1/bookings: its id is its idempotency key.

use serde_json::{Value, json};

use crate::harness::{Answer, Salon, paid_by};

async fn send(salon: &Salon, body: &Value) -> Answer {
    salon.world.post("/v1/bookings", body.clone()).send().await
}

#[tokio::test]
async fn the_same_booking_sent_again_is_booked_once_and_answered_the_same() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(1, &[&salon.manicure]).await;
    let body = salon.booking("b", &[&salon.manicure], json!("auto"));
    let first = send(&salon, &body).await;
    // Nothing is left for another one.
    let again = send(&salon, &body).await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first.body);
    // The same instant, written otherwise.
    let mut elsewhere = body.clone();
    elsewhere["starts_at"] = json!("2026-11-23T13:00:00.000+03:00");
    let again = send(&salon, &elsewhere).await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(salon.pool(&package).await, (0, 1, 0, 0));
}

#[tokio::test]
async fn the_first_answer_is_given_again_whatever_became_of_the_booking() {
    let salon = Salon::open().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    for verb in ["cancel", "complete"] {
        let body = salon.booking(verb, &[&salon.manicure], json!("auto"));
        let first = send(&salon, &body).await;
        let moved = json!({"starts_at": "2026-11-22T07:00:00Z"});
        let path = format!("/v1/bookings/{verb}/reschedule");
        salon.world.post(&path, moved).ok().await;
        salon.resolve(verb, verb).await;
        let again = send(&salon, &body).await;
        assert_eq!((again.status, again.replayed), (201, true));
        assert_eq!(again.body, first.body);
        assert_eq!(again.body["status"], "booked");
    }
}

#[tokio::test]
async fn a_booking_id_is_not_for_other_content() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let body = salon.booking("b", &[&salon.manicure], json!("auto"));
    send(&salon, &body).await;
    for resolved in [false, true] {
        for (field, value) in [
            ("starts_at", json!("2026-11-23T10:00:01Z")),
            ("services", json!([{"service_id": salon.massage}])),
            (
                "services",
                json!(vec![json!({"service_id": salon.manicure}); 2]),
            ),
            ("pay_with", json!("none")),
            ("pay_with", json!([package])),
            ("customer_id", json!(fatma)),
        ] {
            let mut other = body.clone();
            other[field] = value;
            let call = salon.world.post("/v1/bookings", other);
            call.refused(422, "booking-id-reused").await;
        }
        if !resolved {
            salon.resolve("b", "cancel").await;
        }
    }
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
}

#[tokio::test]
async fn an_id_that_led_to_a_refusal_may_be_used_again() {
    let salon = Salon::open().await;
    let body = salon.booking("b", &[&salon.manicure], json!("auto"));
    let refused = salon.world.post("/v1/bookings", body.clone());
    refused.refused(409, "no-package").await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let booked = send(&salon, &body).await;
    assert_eq!((booked.status, booked.replayed), (201, false));
    assert_eq!(paid_by(&booked.body, 0), Some((package.as_str(), 1)));
}

#[tokio::test]
async fn two_businesses_may_use_one_booking_id() {
    let salon = Salon::open().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let next_door = salon.world.next_door();
    let read = salon.world.get("/v1/bookings/b").by(&next_door);
    read.refused(404, "booking-not-found").await;
    let post = |path: &str, body: Value| salon.world.post(path, body).by(&next_door);
    let settings = json!({
        "name": "Salon", "time_zone": "Europe/Istanbul",
        "deduct_at": "booking", "no_show": "forfeit",
    });
    let put = salon.world.call("PUT", "/v1/settings").json(settings);
    put.by(&next_door).ok().await;
    let customer = post("/v1/customers", json!({"name": "Elif"})).ok().await;
    let service = json!({
        "name": "Ağda", "duration_minutes": 30,
        "list_price": {"amount_minor": 100, "currency": "TRY"},
    });
    let service = post("/v1/services", service).ok().await;
    let body = json!({
        "booking_id": "b", "customer_id": customer["id"],
        "starts_at": "2026-11-23T10:00:00Z", "services": [{"service_id": service["id"]}],
    });
    let booked = post("/v1/bookings", body).send().await;
    assert_eq!((booked.status, booked.replayed), (201, false));
    assert_eq!(booked.body["customer_id"], customer["id"]);
}
