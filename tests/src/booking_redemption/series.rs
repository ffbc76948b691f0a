//! POST /v1/bookings/series.

use serde_json::{Value, json};

use crate::harness::{Answer, Salon, paid_by};

/// Appointments for manicures, a day apart.
pub(crate) fn daily(salon: &Salon, name: &str, count: u32, services: usize) -> Value {
    let services = vec![json!({"service_id": salon.manicure}); services];
    let one = |n: u32| {
        let at = format!("2027-{:02}-{:02}T10:00:00Z", n / 28 + 1, n % 28 + 1);
        json!({"booking_id": format!("{name}-{n}"), "starts_at": at, "services": services})
    };
    let appointments: Vec<Value> = (0..count).map(one).collect();
    json!({"customer_id": salon.ayse, "appointments": appointments, "pay_with": "auto"})
}

async fn send(salon: &Salon, body: &Value) -> Answer {
    salon
        .world
        .post("/v1/bookings/series", body.clone())
        .send()
        .await
}

#[tokio::test]
async fn fifty_appointments_take_a_package_of_fifty_in_one_step() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(50, &[&salon.manicure]).await;
    let entries = salon.world.journal().await.len();
    let booked = send(&salon, &daily(&salon, "s", 50, 1)).await;
    assert_eq!(booked.status, 201, "{booked:?}");
    let bookings = booked.body["bookings"].as_array().unwrap();
    assert_eq!(bookings.len(), 50);
    for (n, booking) in bookings.iter().enumerate() {
        assert_eq!(booking["booking_id"], format!("s-{n}"));
        assert_eq!(paid_by(booking, 0), Some((package.as_str(), 1)));
    }
    assert_eq!(salon.pool(&package).await, (0, 50, 0, 0));
    assert_eq!(salon.world.journal().await.len(), entries + 50);
    // Each is a booking like any other.
    let last = salon.world.get("/v1/bookings/s-49").ok().await;
    assert_eq!(last, bookings[49]);
    salon.resolve("s-49", "cancel").await;
    salon.resolve("s-0", "complete").await;
    assert_eq!(salon.pool(&package).await, (1, 48, 1, 0));
}

#[tokio::test]
async fn fifty_appointments_of_twenty_services_fit() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(1000, &[&salon.manicure]).await;
    let booked = send(&salon, &daily(&salon, "s", 50, 20)).await;
    assert_eq!(booked.status, 201, "{}", booked.body["detail"]);
    assert_eq!(salon.pool(&package).await, (0, 1000, 0, 0));
}

#[tokio::test]
async fn a_capped_pass_counts_the_days_of_a_whole_series() {
    let salon = Salon::open().await;
    let pass = json!({
        "name": "Sınırsız", "kind": "pass", "services": [{"service_id": salon.manicure}],
        "caps": {"per_day": 1}, "price": {"amount_minor": 500_000, "currency": "TRY"},
        "validity": {"count": 1, "unit": "years"},
    });
    let package = salon.sell_as(pass).await;
    let booked = send(&salon, &daily(&salon, "s", 50, 1)).await;
    assert_eq!(booked.status, 201, "{booked:?}");
    let pool = &salon.package(&package).await["pools"][0];
    assert_eq!((&pool["granted"], &pool["held"]), (&json!(50), &json!(50)));
    let again = send(&salon, &daily(&salon, "t", 1, 1)).await;
    assert_eq!(again.body["code"], "cap-reached");
}

#[tokio::test]
async fn one_appointment_too_many_and_none_is_booked() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(4, &[&salon.manicure]).await;
    let entries = salon.world.journal().await.len();
    let refused = salon
        .world
        .post("/v1/bookings/series", daily(&salon, "s", 5, 1));
    let refused = refused.refused(409, "insufficient-units").await;
    let detail = refused["detail"].as_str().unwrap();
    assert!(detail.starts_with("booking s-4: "), "{detail}");
    assert_eq!(salon.pool(&package).await, (4, 0, 0, 0));
    assert_eq!(salon.world.journal().await.len(), entries);
    let first = salon.world.get("/v1/bookings/s-0");
    first.refused(404, "booking-not-found").await;
}

#[tokio::test]
async fn the_same_series_sent_again_is_booked_once_and_answered_the_same() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    let body = daily(&salon, "s", 3, 1);
    let first = send(&salon, &body).await;
    salon.resolve("s-1", "cancel").await;
    let again = send(&salon, &body).await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first.body);
    assert_eq!(salon.pool(&package).await, (1, 2, 0, 0));
    // The same by the customer, who need not say who they are.
    let mut own = body.clone();
    own.as_object_mut().unwrap().remove("customer_id");
    let token = salon.ayses_token().await;
    let again = salon
        .world
        .post("/v1/bookings/series", own)
        .by(&token)
        .send()
        .await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first.body);
}

#[tokio::test]
async fn an_id_that_was_used_otherwise_stands_against_the_whole_series() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("s-1", &[&salon.manicure], json!("auto")).await;
    let refused = salon
        .world
        .post("/v1/bookings/series", daily(&salon, "s", 3, 1));
    let refused = refused.refused(422, "booking-id-reused").await;
    assert!(
        refused["detail"].as_str().unwrap().contains("s-1"),
        "{refused}"
    );
    send(&salon, &daily(&salon, "t", 3, 1)).await;
    for (what, other) in [
        ("longer", daily(&salon, "t", 4, 1)),
        ("shorter", daily(&salon, "t", 2, 1)),
    ] {
        let refused = send(&salon, &other).await;
        assert_eq!(refused.body["code"], "booking-id-reused", "{what}");
    }
    assert_eq!(salon.pool(&package).await, (6, 4, 0, 0));
}

#[tokio::test]
async fn a_series_is_of_1_to_50_appointments_each_with_an_id_of_its_own() {
    let salon = Salon::open().await;
    salon.sell_visits(100, &[&salon.manicure]).await;
    for count in [0, 51] {
        let refused = salon
            .world
            .post("/v1/bookings/series", daily(&salon, "s", count, 1));
        refused.refused(422, "series-size").await;
    }
    let mut twice = daily(&salon, "s", 2, 1);
    twice["appointments"][1]["booking_id"] = json!("s-0");
    let refused = salon.world.post("/v1/bookings/series", twice);
    refused.refused(422, "invalid-body").await;
    let read = salon.world.get("/v1/bookings/series");
    read.refused(404, "no-such-method").await;
    let body = salon.booking("series", &[&salon.manicure], json!("auto"));
    let named = salon.world.post("/v1/bookings", body);
    named.refused(422, "invalid-body").await;
}
