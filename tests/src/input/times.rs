//! Times that are none, lie outside every calendar, or make no sense.

use serde_json::json;

use super::{Bad, replaced, with_body};
use crate::harness::{Business, World};

const AHEAD: [(&str, &str); 4] = [
    ("POST /v1/bookings", "/starts_at"),
    ("POST /v1/redemption-quotes", "/starts_at"),
    ("POST /v1/bookings/{id}/reschedule", "/starts_at"),
    ("POST /v1/bookings/series", "/appointments/1/starts_at"),
];

const WALK_IN: (&str, &str) = (
    "POST /v1/bookings/{id}/complete (walk-in)",
    "/walk_in/starts_at",
);

async fn refused(places: &[(&str, &str)], times: &[&str], code: &str, says: &str) {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for (route, pointer) in places {
        let request = business.request(route, &business.one).await;
        let mut bad = Bad::begin(&business).await;
        for time in times {
            let body = replaced(&request, pointer, &json!(time).to_string());
            let call = with_body(&business, &request, body);
            bad.send(&format!("{route} at {time}"), call, (422, code), says)
                .await;
        }
        bad.end().await;
    }
}

#[tokio::test]
async fn a_time_is_rfc_3339_with_a_zone_in_a_year_of_four_digits() {
    let none = [
        "",
        "tomorrow",
        "2026-11-23",
        "10:00",
        "2026-11-23T10:00:00",
        "2026-11-23T10:00Z",
        "2026-11-23 10:00:00",
        "20261123T100000Z",
        "23.11.2026 10:00",
        "2026-11-23T10:00:00 Europe/Istanbul",
        "2026-11-23T24:00:00Z",
        "2026-11-23T10:60:00Z",
        "2026-11-23T10:00:61Z",
        "2026-02-30T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "2026-11-00T10:00:00Z",
        "2027-02-29T10:00:00Z",
        "2026-11-23T10:00:00+25:00",
        "2026-11-23T10:00:00+03",
        "2026-11-23T10:00:00Z\0",
        "-2026-11-23T10:00:00Z",
        "0000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        "10000-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+262142-12-31T23:59:59Z",
        "99999999999-01-01T00:00:00Z",
    ];
    refused(&AHEAD, &none, "invalid-body", "starts_at").await;
    refused(&[WALK_IN], &none, "invalid-body", "starts_at").await;
}

#[tokio::test]
async fn an_appointment_is_from_today_on_and_within_five_years() {
    // The day of the tests begins at 21:00 UTC in Istanbul.
    let past = [
        "2026-11-21T20:59:59.999Z",
        "2026-11-21T23:59:59+03:00",
        "2025-11-22T08:00:00Z",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
    ];
    refused(&AHEAD, &past, "starts-in-past", "today").await;
    let far = [
        "2032-01-01T00:00:00Z",
        "2126-11-22T08:00:00Z",
        "9999-12-31T23:59:59Z",
    ];
    refused(&AHEAD, &far, "starts-too-far", "five years").await;
}

#[tokio::test]
async fn a_walk_in_is_of_today_or_of_the_last_five_years() {
    let ahead = [
        "2026-11-22T21:00:00Z",
        "2026-11-23T10:00:00Z",
        "9999-12-31T23:59:59Z",
    ];
    refused(&[WALK_IN], &ahead, "starts-in-future", "today").await;
    let old = [
        "2020-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
    ];
    refused(&[WALK_IN], &old, "starts-too-far", "five years").await;
}

#[tokio::test]
async fn a_time_is_the_same_when_it_is_read_back_however_it_was_written() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for (sent, stored) in [
        ("2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z"),
        ("2026-11-23t10:00:00z", "2026-11-23T10:00:00Z"),
        ("2026-11-23T13:00:00+03:00", "2026-11-23T10:00:00Z"),
        ("2026-11-23T10:00:00.123456789Z", "2026-11-23T10:00:00.123Z"),
        (
            "2026-11-23T10:00:00.9999999999999Z",
            "2026-11-23T10:00:00.999Z",
        ),
        ("2026-11-23T10:00:00-00:00", "2026-11-23T10:00:00Z"),
        // A leap second is none of those since 1970: it is the second after it.
        ("2026-12-31T23:59:60Z", "2027-01-01T00:00:00Z"),
        ("2026-11-23T10:00:60.5Z", "2026-11-23T10:01:00.500Z"),
    ] {
        let mut request = business.request("POST /v1/bookings", &business.one).await;
        let body = request.body.as_mut().unwrap();
        body["starts_at"] = json!(sent);
        let id = body["booking_id"].as_str().unwrap().to_owned();
        let first = request.call(&world).ok().await;
        assert_eq!(first["starts_at"], stored, "{sent}");
        assert_eq!(request.call(&world).ok().await, first, "{sent} again");
        assert_eq!(world.get(&format!("/v1/bookings/{id}")).ok().await, first);
    }
}
