//! POST /v1/bookings: what is not booked.

use serde_json::{Value, json};

use crate::harness::{Salon, lira};

/// Expects a booking with this field to be refused, and nothing to be held.
async fn check(salon: &Salon, field: &str, value: Value, status: u16, code: &str) {
    let mut body = salon.booking("b", &[&salon.manicure], json!("auto"));
    body[field] = value;
    let call = salon.world.post("/v1/bookings", body);
    call.refused(status, code).await;
    let read = salon.world.get("/v1/bookings/b");
    read.refused(404, "booking-not-found").await;
}

#[tokio::test]
async fn a_booking_is_of_what_there_is_for_someone_who_is_there() {
    let salon = Salon::open().await;
    salon.sell_visits(10, &[&salon.manicure]).await;
    let nobody = json!(format!("cus_{:026}", 7));
    check(&salon, "customer_id", nobody, 404, "customer-not-found").await;
    let nothing = json!([{"service_id": salon.manicure}, {"service_id": format!("svc_{:026}", 7)}]);
    check(&salon, "services", nothing, 404, "service-not-found").await;
    let unknown = json!([format!("pkg_{:026}", 7)]);
    check(&salon, "pay_with", unknown, 404, "package-not-found").await;
    check(&salon, "customer_id", Value::Null, 422, "customer-required").await;
}

#[tokio::test]
async fn an_appointment_starts_from_today_on_within_five_years() {
    let salon = Salon::open().await;
    let template = salon.credit(1_000_000).await;
    salon.sell(&salon.ayse, &template).await;
    // Today began at nine in the evening of yesterday in UTC.
    for (starts_at, code) in [
        ("2026-11-21T20:59:59Z", "starts-in-past"),
        ("2025-11-22T08:00:00Z", "starts-in-past"),
        ("2031-11-22T08:00:01Z", "starts-too-far"),
    ] {
        check(&salon, "starts_at", json!(starts_at), 422, code).await;
    }
    for (id, starts_at) in [
        ("today", "2026-11-21T21:00:00Z"),
        ("far", "2031-11-22T08:00:00Z"),
        ("elsewhere", "2026-11-23T13:00:00+03:00"),
    ] {
        let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
        body["starts_at"] = json!(starts_at);
        salon.world.post("/v1/bookings", body).ok().await;
    }
    let read = salon.world.get("/v1/bookings/elsewhere").ok().await;
    assert_eq!(read["starts_at"], "2026-11-23T10:00:00Z");
}

#[tokio::test]
async fn what_cannot_pay_says_why() {
    let salon = Salon::open().await;
    let auto = json!("auto");
    check(&salon, "pay_with", auto.clone(), 409, "no-package").await;
    salon.sell_visits(10, &[&salon.massage]).await;
    check(&salon, "pay_with", auto.clone(), 409, "service-not-covered").await;
    let euros = json!({
        "name": "Euro", "kind": "credit", "price": lira(1),
        "credit": {"amount_minor": 10_000, "currency": "EUR"},
    });
    salon.sell_as(euros).await;
    check(&salon, "pay_with", auto.clone(), 409, "currency-differs").await;
    let today = json!({
        "name": "Gün", "kind": "visits", "quantity": 5, "price": lira(1),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 1, "unit": "days"},
    });
    let today = salon.sell_as(today).await;
    let mut after = salon.booking("b", &[&salon.manicure], auto.clone());
    after["starts_at"] = json!("2026-11-23T21:00:00Z");
    let call = salon.world.post("/v1/bookings", after);
    call.refused(409, "expired-at-appointment").await;
    let six = json!(vec![json!({"service_id": salon.manicure}); 6]);
    check(&salon, "services", six, 409, "insufficient-units").await;
    assert_eq!(salon.pool(&today).await, (5, 0, 0, 0));
}

#[tokio::test]
async fn a_body_says_what_is_booked_and_nothing_else() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    for (field, value) in [
        ("booking_id", json!("")),
        ("booking_id", json!("a#b")),
        ("booking_id", json!("-a")),
        ("booking_id", json!("x".repeat(65))),
        ("booking_id", Value::Null),
        ("customer_id", json!("ayse")),
        ("starts_at", json!("2026-11-23")),
        ("starts_at", json!("2026-11-23T10:00:00")),
        ("starts_at", json!(1_700_000_000)),
        ("starts_at", Value::Null),
        ("services", json!([])),
        ("services", json!(salon.manicure)),
        (
            "services",
            json!([{"service_id": salon.manicure, "units": 2}]),
        ),
        ("pay_with", json!("credit")),
        ("pay_with", json!([])),
        ("pay_with", json!([package, package])),
        ("pay_with", json!(vec![package.clone(); 21])),
        ("pay_with", json!(["auto"])),
        ("price", lira(1)),
    ] {
        let mut body = salon.booking("b", &[&salon.manicure], json!("auto"));
        body[field] = value;
        let call = salon.world.post("/v1/bookings", body);
        call.refused(422, "invalid-body").await;
    }
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    let longest = salon.booking(&"x".repeat(64), &[&salon.manicure], json!("auto"));
    salon.world.post("/v1/bookings", longest).ok().await;
}
