//! GET /v1/bookings/{id}.

use serde_json::json;

use crate::harness::{Salon, lira};

#[tokio::test]
async fn a_booking_is_read_in_each_of_its_states_as_the_verb_that_led_there_answered() {
    let salon = Salon::open().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    let read = async |id: &str| salon.world.get(&format!("/v1/bookings/{id}")).ok().await;
    for (verb, status) in [
        ("cancel", "cancelled"),
        ("complete", "completed"),
        ("no-show", "no-show"),
    ] {
        salon.world.set_clock("2026-11-22T08:00:00Z");
        let booked = salon.book(verb, &[&salon.manicure], json!("auto")).await;
        assert_eq!(read(verb).await, booked);
        let path = format!("/v1/bookings/{verb}/reschedule");
        let body = json!({"starts_at": "2026-11-24T10:00:00Z"});
        let moved = salon.world.post(&path, body).ok().await;
        assert_eq!(read(verb).await, moved);
        assert_eq!(moved["starts_at"], "2026-11-24T10:00:00Z");
        salon.world.set_clock("2026-11-24T12:00:00Z");
        let resolved = salon.resolve(verb, verb).await;
        assert_eq!(resolved["status"], status);
        assert_eq!(read(verb).await, resolved);
    }
    let body = json!({
        "customer_id": salon.ayse, "walk_in": {"services": [{"service_id": salon.massage}]},
    });
    let walk_in = salon
        .world
        .post("/v1/bookings/walk-in/complete", body)
        .ok()
        .await;
    assert_eq!(read("walk-in").await, walk_in);
    assert_eq!(walk_in["status"], "completed");
}

#[tokio::test]
async fn what_is_due_depends_on_what_became_of_the_appointment() {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-11-23T09:00:00Z");
    for (verb, due) in [
        ("complete", json!([lira(60_000)])),
        ("cancel", json!([])),
        ("no-show", json!([])),
    ] {
        let booked = salon.book(verb, &[&salon.manicure], json!("none")).await;
        assert_eq!(booked["due"], json!([lira(60_000)]));
        salon.world.set_clock("2026-11-23T11:00:00Z");
        assert_eq!(salon.resolve(verb, verb).await["due"], due, "{verb}");
    }
}

#[tokio::test]
async fn dues_in_two_currencies_are_two_sums() {
    let salon = Salon::open().await;
    let body = json!({
        "name": "Botoks", "duration_minutes": 30,
        "list_price": {"amount_minor": 12_000, "currency": "EUR"},
    });
    let botox = salon.world.post("/v1/services", body).ok().await;
    let botox = botox["id"].as_str().unwrap();
    let services = [botox, &salon.manicure, botox];
    let booking = salon.book("b", &services, json!("none")).await;
    let euros = json!({"amount_minor": 24_000, "currency": "EUR"});
    assert_eq!(booking["due"], json!([euros, lira(60_000)]));
}

#[tokio::test]
async fn a_booking_is_seen_by_its_business_and_its_customer_and_nobody_else() {
    let salon = Salon::open().await;
    let booked = salon.book("b", &[&salon.manicure], json!("none")).await;
    let get = |token: &str| salon.world.get("/v1/bookings/b").by(token);
    assert_eq!(get(&salon.ayses_token().await).ok().await, booked);
    let fatma = salon.fatmas_token().await;
    for token in [&fatma, &salon.world.next_door()] {
        get(token).refused(404, "booking-not-found").await;
    }
    let unknown = salon.world.get("/v1/bookings/c");
    unknown.refused(404, "booking-not-found").await;
    let malformed = salon.world.get("/v1/bookings/-c");
    malformed.refused(400, "malformed-id").await;
}
