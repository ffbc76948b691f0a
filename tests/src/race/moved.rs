//! A booking that is moved while it is resolved: the resolution must not be decided on the old one.

use serde_json::{Value, json};

use crate::harness::{Salon, Trouble};

/// Two packages for manicures: one that ends tomorrow night, and one of six months. Bookings b-1 and
/// b-2 hold a visit each of the first.
async fn two_bookings() -> (Salon, String, String) {
    let salon = Salon::open().await;
    let short = json!({
        "name": "Kısa", "kind": "visits", "quantity": 2, "price": {"amount_minor": 1, "currency": "TRY"},
        "services": [{"service_id": salon.manicure}], "validity": {"count": 1, "unit": "days"},
    });
    let short = salon.world.post("/v1/package-templates", short).ok().await;
    let short = salon.sell(&salon.ayse, short["id"].as_str().unwrap()).await;
    let long = salon.visits(2, &[&salon.manicure]).await;
    let long = salon.sell(&salon.ayse, &long).await;
    for booking in ["b-1", "b-2"] {
        salon.book(booking, &[&salon.manicure], json!("auto")).await;
    }
    assert_eq!(salon.pool(&short).await, (0, 2, 0, 0));
    (salon, short, long)
}

/// Sends `verb` on b-1, and moves b-1 past the first package's end before it is committed.
async fn overtaken(salon: &Salon, verb: &str, body: Value) -> Value {
    let pause = salon.world.faults.pause();
    let path = format!("/v1/bookings/b-1/{verb}");
    let resolve = tokio::spawn(salon.world.post(&path, body).send());
    pause.reached().await;
    let moved = json!({"starts_at": "2026-11-30T10:00:00Z"});
    let reschedule = salon.world.post("/v1/bookings/b-1/reschedule", moved);
    reschedule.ok().await;
    pause.resume();
    let answer = resolve.await.unwrap();
    json!([
        answer.status,
        answer.body["status"],
        answer.body["starts_at"]
    ])
}

#[tokio::test]
async fn a_completion_overtaken_by_a_move_captures_what_the_booking_holds_now() {
    for named in [true, false] {
        let (salon, short, long) = two_bookings().await;
        let body = if named {
            json!({"customer_id": salon.ayse})
        } else {
            json!({})
        };
        let answer = overtaken(&salon, "complete", body).await;
        assert_eq!(answer, json!([200, "completed", "2026-11-30T10:00:00Z"]));
        assert_eq!(salon.pool(&short).await, (1, 1, 0, 0));
        assert_eq!(salon.pool(&long).await, (1, 0, 1, 0));
        salon
            .world
            .post("/v1/bookings/b-2/complete", json!({}))
            .ok()
            .await;
        assert_eq!(salon.pool(&short).await, (1, 0, 1, 0));
    }
}

#[tokio::test]
async fn a_cancellation_overtaken_by_a_move_releases_what_the_booking_holds_now() {
    let (salon, short, long) = two_bookings().await;
    let answer = overtaken(&salon, "cancel", json!({})).await;
    assert_eq!(answer, json!([200, "cancelled", "2026-11-30T10:00:00Z"]));
    assert_eq!(salon.pool(&short).await, (1, 1, 0, 0));
    assert_eq!(salon.pool(&long).await, (2, 0, 0, 0));
}

#[tokio::test]
async fn a_walk_in_overtaken_by_a_move_completes_the_booking_as_it_is_now() {
    let (salon, short, long) = two_bookings().await;
    let walk_in = json!({"services": [{"service_id": salon.manicure}]});
    let body = json!({"customer_id": salon.ayse, "walk_in": walk_in});
    let answer = overtaken(&salon, "complete", body).await;
    assert_eq!(answer, json!([200, "completed", "2026-11-30T10:00:00Z"]));
    assert_eq!(salon.pool(&short).await, (1, 1, 0, 0));
    assert_eq!(salon.pool(&long).await, (1, 0, 1, 0));
}

#[tokio::test]
async fn a_no_show_overtaken_by_a_move_is_too_early_whatever_pays() {
    for pay_with in [json!("none"), json!("auto")] {
        let salon = Salon::open().await;
        let template = salon.visits(2, &[&salon.manicure]).await;
        let package = salon.sell(&salon.ayse, &template).await;
        salon.book("b-1", &[&salon.manicure], pay_with).await;
        let before = salon.pool(&package).await;
        salon.world.set_clock("2026-11-23T11:00:00Z");
        let pause = salon.world.faults.pause();
        let no_show = tokio::spawn(
            salon
                .world
                .post("/v1/bookings/b-1/no-show", json!({}))
                .send(),
        );
        pause.reached().await;
        let moved = json!({"starts_at": "2026-11-30T10:00:00Z"});
        salon
            .world
            .post("/v1/bookings/b-1/reschedule", moved)
            .ok()
            .await;
        pause.resume();
        assert_eq!(no_show.await.unwrap().body["code"], "no-show-too-early");
        assert_eq!(salon.pool(&package).await, before);
    }
}

#[tokio::test]
async fn a_late_repetition_of_a_move_with_a_key_does_not_undo_a_newer_one() {
    let (salon, ..) = two_bookings().await;
    let to = |day: u8, key: &str| {
        let body = json!({"starts_at": format!("2026-11-{day}T10:00:00Z")});
        salon
            .world
            .post("/v1/bookings/b-1/reschedule", body)
            .key(key)
    };
    let first = to(24, "k-1").ok().await;
    to(25, "k-2").ok().await;
    let again = to(24, "k-1").send().await;
    assert_eq!((again.replayed, again.body), (true, first));
    let booking = salon.world.get("/v1/bookings/b-1").ok().await;
    assert_eq!(booking["starts_at"], "2026-11-25T10:00:00Z");
}

#[tokio::test]
async fn two_bookings_that_race_for_two_packages_both_succeed() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let one = salon.sell(&salon.ayse, &template).await;
    let two = salon.sell(&salon.ayse, &template).await;
    let pause = salon.world.faults.pause();
    let body = salon.booking("b-1", &[&salon.manicure], json!("auto"));
    let slow = tokio::spawn(salon.world.post("/v1/bookings", body).send());
    pause.reached().await;
    salon.book("b-2", &[&salon.manicure], json!("auto")).await;
    salon.world.faults.expect(&[Trouble::LostAnswer]);
    pause.resume();
    assert_eq!(slow.await.unwrap().status, 201);
    assert_eq!(salon.pool(&one).await, (0, 1, 0, 0));
    assert_eq!(salon.pool(&two).await, (0, 1, 0, 0));
}
