//! POST /v1/packages/{id}/freeze and unfreeze.

use serde_json::{Value, json};

use super::{care, sold};
use crate::harness::Salon;

fn booking(salon: &Salon, id: &str, customer: &str, day: u8) -> Value {
    json!({
        "booking_id": id, "customer_id": customer, "pay_with": "auto",
        "services": [{"service_id": salon.manicure}],
        "starts_at": format!("2026-11-{day}T10:00:00Z"),
    })
}

#[tokio::test]
async fn a_frozen_package_rests_and_its_end_moves() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let expires_at = "2026-12-22T21:00:00Z";
    assert_eq!(salon.package(&package).await["expires_at"], expires_at);
    let freeze = |body: Value| care(&salon, &package, "freeze", body);
    let frozen = freeze(json!({"until": "2026-11-29"})).ok().await;
    assert_eq!(frozen["package"]["status"], "frozen");
    assert_eq!(frozen["package"]["expires_at"], "2026-12-29T21:00:00Z");
    let rest = json!({"since": "2026-11-22T08:00:00Z", "until": "2026-11-28T21:00:00Z"});
    assert_eq!(frozen["package"]["frozen"], rest);
    assert_eq!(frozen["bookings"], json!([]));
    freeze(json!({}))
        .refused(409, "package-already-frozen")
        .await;
    let inside = booking(&salon, "b-1", &salon.ayse, 25);
    let call = salon.world.post("/v1/bookings", inside);
    call.refused(409, "package-frozen").await;
    // Ended after two days of rest.
    salon.world.set_clock("2026-11-24T08:00:00Z");
    let unfrozen = care(&salon, &package, "unfreeze", json!({})).ok().await;
    assert_eq!(unfrozen["expires_at"], "2026-12-24T21:00:00Z");
    assert_eq!(
        (&unfrozen["status"], &unfrozen["frozen"]),
        (&json!("active"), &Value::Null)
    );
    let again = care(&salon, &package, "unfreeze", json!({}));
    again.refused(409, "package-not-frozen").await;
    let inside = booking(&salon, "b-1", &salon.ayse, 25);
    salon.world.post("/v1/bookings", inside).ok().await;
}

#[tokio::test]
async fn a_package_that_rests_for_an_open_time_does_not_expire() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    care(&salon, &package, "freeze", json!({})).ok().await;
    salon.world.set_clock("2027-06-01T08:00:00Z");
    assert_eq!(salon.package(&package).await["status"], "frozen");
    let unfrozen = care(&salon, &package, "unfreeze", json!({})).ok().await;
    // 191 days later than 22 December.
    assert_eq!(unfrozen["expires_at"], "2027-07-01T21:00:00Z");
}

#[tokio::test]
async fn the_answer_lists_the_bookings_of_holder_and_members_in_the_time_of_rest() {
    let salon = Salon::open().await;
    let package = sold(&salon, 9, 100).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let members = json!({"add": [fatma]});
    care(&salon, &package, "members", members).ok().await;
    for (id, customer, day) in [
        ("today", &salon.ayse, 22),
        ("moved", &salon.ayse, 28),
        ("cancelled", &salon.ayse, 25),
        ("fatmas", &fatma, 24),
        ("after", &salon.ayse, 29),
    ] {
        let body = booking(&salon, id, customer, day);
        salon.world.post("/v1/bookings", body).ok().await;
    }
    salon.resolve("cancelled", "cancel").await;
    let to = json!({"starts_at": "2026-11-23T10:00:00Z"});
    salon
        .world
        .post("/v1/bookings/moved/reschedule", to)
        .ok()
        .await;
    let body = json!({"until": "2026-11-29", "customer_id": salon.ayse});
    let call = || {
        let path = format!("/v1/packages/{package}/freeze");
        salon.world.post(&path, body.clone()).key("k")
    };
    let frozen = call().ok().await;
    let seen: Vec<_> = frozen["bookings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| {
            (
                b["booking_id"].clone(),
                b["customer_id"].clone(),
                b["units"].clone(),
            )
        })
        .collect();
    let row = |id: &str, customer: &String| (json!(id), json!(customer), json!(1));
    let expected = [
        row("today", &salon.ayse),
        row("moved", &salon.ayse),
        row("fatmas", &fatma),
    ];
    assert_eq!(seen, expected);
    // They keep what they hold, and can be settled; a repetition answers as at first.
    assert_eq!(salon.pool(&package).await, (5, 4, 0, 0));
    salon.resolve("fatmas", "complete").await;
    let again = call().send().await;
    assert_eq!((again.replayed, again.body), (true, frozen));
}
