//! What is not taken, and what it says then.

use serde_json::{Value, json};

use crate::harness::{STRIPE, Salon, event};

#[tokio::test]
async fn what_is_not_understood_is_rejected_with_its_reason_and_writes_nothing() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let before = world.journal().await.len();
    let sound = salon.told("a", "2026-11-23T10:00:00Z", "2026-11-22T07:00:00Z");
    let with = |name: &str, value: Value| {
        let mut detail = sound.clone();
        detail[name] = value;
        detail
    };
    let kind = "AppointmentBooked";
    for (kind, detail, code) in [
        ("AppointmentEaten", sound.clone(), "unknown-event"),
        (kind, with("version", json!(2)), "unknown-version"),
        (kind, with("version", json!("1")), "malformed-event"),
        (kind, with("version", Value::Null), "malformed-event"),
        (kind, json!({}), "malformed-event"),
        (kind, json!([]), "malformed-event"),
        (kind, with("business_id", json!("a#b")), "malformed-event"),
        (kind, with("booking_id", json!("series")), "malformed-event"),
        (kind, with("customer_id", json!("cus_1")), "malformed-event"),
        (kind, with("services", json!([])), "malformed-event"),
        (kind, with("services", json!(["svc"])), "malformed-event"),
        (
            kind,
            with("starts_at", json!("tomorrow")),
            "malformed-event",
        ),
        (kind, with("pay_with", json!("all")), "malformed-event"),
        (kind, with("pay_with", json!([])), "malformed-event"),
        (
            kind,
            with("occurred_at", json!("2026-11-22T09:00:00Z")),
            "occurred-in-future",
        ),
        (
            kind,
            with("starts_at", json!("2036-11-22T09:00:00Z")),
            "starts-too-far",
        ),
        (
            kind,
            with("business_id", json!("nobody")),
            "settings-missing",
        ),
        (
            kind,
            with("customer_id", json!("cus_01KAN0000000000000000000C1")),
            "customer-not-found",
        ),
        (
            kind,
            with("services", json!(["svc_01KAN0000000000000000000S1"])),
            "service-not-found",
        ),
        (
            kind,
            with("pay_with", json!(["pkg_01KAN0000000000000000000P1"])),
            "package-not-found",
        ),
        ("AppointmentNoShow", sound.clone(), "no-show-too-early"),
    ] {
        let told = world.tell(kind, &detail).await;
        assert_eq!(told, Err(code.to_owned()), "{kind} {detail}");
    }
    assert_eq!(world.journal().await.len(), before);
    world.tell(kind, &sound).await.unwrap();
    assert_eq!(world.journal().await.len(), before + 1);
}

#[tokio::test]
async fn what_is_no_event_or_its_own_is_rejected() {
    let salon = Salon::open().await;
    let world = &salon.world;
    for (poison, code) in [
        (json!(null), "malformed-event"),
        (
            json!({"detail-type": "AppointmentBooked"}),
            "malformed-event",
        ),
        (event("1", "carnet", "PackageSold", &json!({})), "own-event"),
        (
            event(
                "1",
                STRIPE,
                "invoice.paid",
                &json!({"created": 1_795_339_800, "data": {"object": {}}}),
            ),
            "unknown-event",
        ),
        (
            event("1", STRIPE, "charge.refunded", &json!({})),
            "malformed-event",
        ),
    ] {
        assert_eq!(
            world.take(poison.clone()).await,
            Err(code.to_owned()),
            "{poison}"
        );
    }
}

#[tokio::test]
async fn an_appointment_is_not_anothers() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let booked = salon.told("a", "2026-11-23T10:00:00Z", "2026-11-22T07:00:00Z");
    salon
        .world
        .tell("AppointmentBooked", &booked)
        .await
        .unwrap();
    for (field, value, code) in [
        ("customer_id", json!(fatma), "booking-of-another-customer"),
        ("services", json!([salon.massage]), "booking-id-reused"),
    ] {
        let mut cancelled = booked.clone();
        cancelled[field] = value;
        let told = salon.world.tell("AppointmentCancelled", &cancelled).await;
        assert_eq!(told, Err(code.to_owned()));
    }
    let booking = salon.world.get("/v1/bookings/a").ok().await;
    assert_eq!(booking["status"], "booked");
}
