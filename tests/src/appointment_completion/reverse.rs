//! POST /v1/bookings/{id}/reverse.

use serde_json::json;

use crate::harness::Salon;

#[tokio::test]
async fn a_completion_by_mistake_is_taken_back_and_the_booking_is_open_again() {
    for (deduct_at, held) in [("booking", 1), ("completion", 0)] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(3, &[&salon.manicure]).await;
        let booked = salon.book("b", &[&salon.manicure], json!("auto")).await;
        let before = salon.package(&package).await;
        salon.resolve("b", "complete").await;
        assert_eq!(salon.pool(&package).await, (2, 0, 1, 0));
        let open = salon.resolve("b", "reverse").await;
        assert_eq!(open, booked);
        assert_eq!(salon.package(&package).await, before);
        assert_eq!(salon.pool(&package).await, (3 - held, held, 0, 0));
        // It can still be moved, cancelled or completed.
        let to = json!({"starts_at": "2026-11-24T10:00:00Z"});
        salon.world.post("/v1/bookings/b/reschedule", to).ok().await;
        salon.resolve("b", "complete").await;
        assert_eq!(salon.pool(&package).await, (2, 0, 1, 0));
    }
}

#[tokio::test]
async fn a_no_show_by_mistake_is_taken_back_with_what_was_forfeited() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("b", "no-show").await;
    assert_eq!(salon.pool(&package).await, (2, 0, 0, 1));
    salon.resolve("b", "reverse").await;
    assert_eq!(salon.pool(&package).await, (2, 1, 0, 0));
    salon.resolve("b", "complete").await;
    assert_eq!(salon.pool(&package).await, (2, 0, 1, 0));
}

#[tokio::test]
async fn what_was_taken_back_and_is_done_again_is_not_taken_for_its_repetition() {
    let verbs = ["cancel", "complete", "no-show"];
    // What lags is the booking as it was before all, or with what the first request did as its last.
    let cases = verbs.iter().flat_map(|verb| [(verb, 1), (verb, 2)]);
    for (verb, reversed) in cases {
        let salon = Salon::open().await;
        salon.sell_visits(3, &[&salon.manicure]).await;
        let lag = salon.world.faults.lag();
        lag.watch();
        salon.book("b", &[&salon.manicure], json!("auto")).await;
        salon.world.set_clock("2026-11-23T12:00:00Z");
        let first = salon.resolve("b", verb).await;
        for _ in 0..reversed {
            salon.resolve("b", "reverse").await;
        }
        lag.begin();
        let second = salon.resolve("b", verb).await;
        assert!(lag.end() > 0, "{verb}: nothing was read that lags");
        assert_eq!(second, first, "{verb}");
        let booking = salon.world.get("/v1/bookings/b").ok().await;
        assert_eq!(booking, first, "{verb}: told, and not done");
    }
}

#[tokio::test]
async fn a_walk_in_by_mistake_is_cancelled() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    let services = json!([{"service_id": salon.manicure}]);
    let body =
        json!({"customer_id": salon.ayse, "walk_in": {"services": services, "pay_with": "auto"}});
    salon.world.post("/v1/bookings/w/complete", body).ok().await;
    let reversed = salon.resolve("w", "reverse").await;
    assert_eq!(
        (&reversed["status"], &reversed["due"]),
        (&json!("cancelled"), &json!([]))
    );
    assert_eq!(salon.pool(&package).await, (3, 0, 0, 0));
    let again = salon.world.post("/v1/bookings/w/reverse", json!({}));
    assert!(again.send().await.replayed);
    let complete = salon.world.post("/v1/bookings/w/complete", json!({}));
    complete.refused(409, "booking-resolved").await;
}

#[tokio::test]
async fn the_same_reversal_sent_again_reverses_once() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b", "complete").await;
    let send = |key: &'static str| {
        salon
            .world
            .post("/v1/bookings/b/reverse", json!({}))
            .key(key)
            .send()
    };
    let first = send("k").await;
    let again = send("k").await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    // A late repetition does not take back what was completed after it.
    salon.resolve("b", "complete").await;
    let late = send("k").await;
    assert_eq!((late.status, late.replayed), (200, true));
    assert_eq!(salon.pool(&package).await, (2, 0, 1, 0));
    let another = send("another").await;
    assert_eq!((another.status, another.replayed), (200, false));
    assert_eq!(salon.pool(&package).await, (2, 1, 0, 0));
}

#[tokio::test]
async fn only_what_became_of_an_appointment_is_reversed() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let reverse = |id: &str| {
        salon
            .world
            .post(&format!("/v1/bookings/{id}/reverse"), json!({}))
    };
    reverse("b").refused(409, "booking-not-reversible").await;
    // A cancellation that was a mistake, too: the appointment is open again and can be completed.
    salon.resolve("b", "cancel").await;
    assert_eq!(salon.pool(&package).await, (3, 0, 0, 0));
    assert_eq!(reverse("b").ok().await["status"], "booked");
    assert_eq!(salon.pool(&package).await, (2, 1, 0, 0));
    salon.resolve("b", "complete").await;
    reverse("x").refused(404, "booking-not-found").await;
}
