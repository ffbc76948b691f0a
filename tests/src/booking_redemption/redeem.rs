//! POST /v1/bookings/{id}/redeem.

use serde_json::json;

use crate::harness::{Salon, lira, paid_by};

#[tokio::test]
async fn an_appointment_booked_for_nothing_is_paid_later_and_used_by_its_completion() {
    let salon = Salon::open().await;
    salon
        .book("b", &[&salon.manicure, &salon.massage], json!("none"))
        .await;
    let package = salon
        .sell_visits(10, &[&salon.manicure, &salon.massage])
        .await;
    let paid = salon.resolve("b", "redeem").await;
    assert_eq!(paid_by(&paid, 0), Some((package.as_str(), 1)));
    assert_eq!(paid_by(&paid, 1), Some((package.as_str(), 1)));
    assert_eq!(paid["due"], json!([]));
    assert_eq!(paid["status"], "booked");
    assert_eq!(salon.pool(&package).await, (8, 2, 0, 0));
    let read = salon.world.get("/v1/bookings/b").ok().await;
    assert_eq!(read, paid);
    salon.resolve("b", "complete").await;
    assert_eq!(salon.pool(&package).await, (8, 0, 2, 0));
}

#[tokio::test]
async fn what_is_not_covered_stays_due_where_a_part_is_allowed() {
    let salon = Salon::open().await;
    salon
        .book("b", &[&salon.manicure, &salon.massage], json!("none"))
        .await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let path = "/v1/bookings/b/redeem";
    let all = salon.world.post(path, json!({}));
    all.refused(409, "service-not-covered").await;
    let body = json!({"allow_partial": true, "pay_with": [package]});
    let paid = salon.world.post(path, body).ok().await;
    assert_eq!(paid["due"], json!([lira(150_000)]));
    assert_eq!(paid["allow_partial"], true);
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn the_same_payment_sent_again_holds_once_and_is_answered_the_same() {
    let salon = Salon::open().await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let send = |body, key: &str| {
        let call = salon.world.post("/v1/bookings/b/redeem", body);
        if key.is_empty() {
            call.send()
        } else {
            call.key(key).send()
        }
    };
    let first = send(json!({}), "k").await;
    let again = send(json!({}), "k").await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    // Also after more has happened; without the key it is another request.
    salon
        .world
        .post(
            "/v1/bookings/b/reschedule",
            json!({"starts_at": "2026-11-24T10:00:00Z"}),
        )
        .ok()
        .await;
    let again = send(json!({}), "k").await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    for (body, key) in [(json!({}), ""), (json!({"pay_with": [package]}), "k")] {
        let other = send(body, key).await;
        assert_eq!(
            (other.status, &other.body["code"]),
            (409, &json!("booking-paid"))
        );
    }
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn under_deduct_at_completion_it_is_agreed_and_paid_then() {
    let salon = Salon::with("completion", "forfeit").await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let agreed = salon.resolve("b", "redeem").await;
    assert_eq!(
        (&agreed["pay_with"], &agreed["due"]),
        (&json!("auto"), &json!([]))
    );
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    let again = salon
        .world
        .post("/v1/bookings/b/redeem", json!({"pay_with": [package]}));
    again.refused(409, "booking-paid").await;
    salon.resolve("b", "complete").await;
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn what_cannot_be_paid_is_refused_and_changes_nothing() {
    let salon = Salon::open().await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    let path = "/v1/bookings/b/redeem";
    let send = |body| salon.world.post(path, body);
    send(json!({})).refused(409, "no-package").await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    send(json!({"pay_with": "none"}))
        .refused(422, "invalid-body")
        .await;
    let unknown = package.replace(&package[20..], "0000000000");
    send(json!({"pay_with": [unknown]}))
        .refused(404, "package-not-found")
        .await;
    let nobodys = salon.world.post("/v1/bookings/x/redeem", json!({}));
    nobodys.refused(404, "booking-not-found").await;
    salon.resolve("b", "cancel").await;
    send(json!({})).refused(409, "booking-resolved").await;
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
}
