//! POST /v1/bookings/{id}/complete, of what was booked.

use local::Role;
use serde_json::json;

use crate::harness::{Salon, lira, paid_by};

#[tokio::test]
async fn a_completion_captures_everything_that_is_held() {
    let salon = Salon::open().await;
    let manicures = salon.sell_visits(10, &[&salon.manicure]).await;
    let template = salon.credit(200_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let services = [salon.manicure.as_str(), &salon.massage];
    let booked = salon.book("b", &services, json!("auto")).await;
    let path = "/v1/bookings/b/complete";
    let completed = salon.world.call("POST", path).send().await;
    assert_eq!((completed.status, completed.replayed), (200, false));
    let mut expected = booked;
    expected["status"] = json!("completed");
    assert_eq!(completed.body, expected);
    assert_eq!(salon.pool(&manicures).await, (9, 0, 1, 0));
    assert_eq!(salon.pool(&credit).await, (50_000, 0, 150_000, 0));
}

#[tokio::test]
async fn a_completion_sent_again_is_answered_the_same_and_captures_nothing_twice() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let call = || salon.world.call("POST", "/v1/bookings/b/complete");
    let first = call().send().await;
    for call in [
        call(),
        call().json(json!({})),
        call().json(json!({"customer_id": salon.ayse})),
    ] {
        let again = call.send().await;
        assert_eq!((again.status, again.replayed), (200, true));
        assert_eq!(again.body, first.body);
    }
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn an_appointment_may_be_completed_before_it_starts_and_after_its_package_expired() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("early", &[&salon.manicure], json!("auto")).await;
    salon.book("late", &[&salon.manicure], json!("auto")).await;
    salon.resolve("early", "complete").await;
    salon.world.set_clock("2028-01-01T08:00:00Z");
    let late = salon.resolve("late", "complete").await;
    assert_eq!(paid_by(&late, 0), Some((package.as_str(), 1)));
    let pool = &salon.package(&package).await["pools"][0];
    let left = ["available", "held", "used", "expired"].map(|name| pool[name].as_u64().unwrap());
    assert_eq!(left, [0, 0, 2, 8]);
}

#[tokio::test]
async fn what_is_deducted_at_completion_is_chosen_then_and_what_nothing_covers_is_due() {
    let salon = Salon::with("completion", "forfeit").await;
    let services = [salon.manicure.as_str(), &salon.massage];
    salon.book("b", &services, json!("auto")).await;
    // Sold after the booking, and preferred over what comes later.
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let completed = salon.resolve("b", "complete").await;
    assert_eq!(paid_by(&completed, 0), Some((package.as_str(), 1)));
    assert_eq!(paid_by(&completed, 1), None);
    assert_eq!(completed["due"], json!([lira(150_000)]));
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
    let again = salon.world.post("/v1/bookings/b/complete", json!({}));
    let again = again.send().await;
    assert_eq!((again.replayed, again.body), (true, completed));
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn a_completion_is_never_refused_for_want_of_units() {
    let salon = Salon::with("completion", "forfeit").await;
    let package = salon.sell_visits(1, &[&salon.manicure]).await;
    for id in ["first", "second"] {
        salon.book(id, &[&salon.manicure], json!([package])).await;
    }
    assert_eq!(salon.resolve("first", "complete").await["due"], json!([]));
    let second = salon.resolve("second", "complete").await;
    assert_eq!(second["due"], json!([lira(60_000)]));
    assert_eq!(salon.pool(&package).await, (0, 0, 1, 0));
}

#[tokio::test]
async fn what_pays_at_completion_is_what_was_valid_when_the_appointment_took_place() {
    let salon = Salon::with("completion", "forfeit").await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    for (id, starts_at, due) in [
        ("before", "2027-05-22T20:59:59Z", json!([])),
        ("after", "2027-05-22T21:00:00Z", json!([lira(60_000)])),
    ] {
        let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
        body["starts_at"] = json!(starts_at);
        salon.world.post("/v1/bookings", body).ok().await;
        // Both are entered the next day.
        salon.world.set_clock("2027-05-22T12:00:00Z");
        if id == "after" {
            salon.world.set_clock("2027-05-23T08:00:00Z");
            let before = salon.resolve("before", "complete").await;
            assert_eq!(before["due"], json!([]));
            assert_eq!(salon.resolve(id, "complete").await["due"], due);
        }
    }
    let pool = &salon.package(&package).await["pools"][0];
    assert_eq!((&pool["used"], &pool["expired"]), (&json!(1), &json!(9)));
}

#[tokio::test]
async fn what_no_package_should_pay_is_due_whatever_there_is() {
    for deduct_at in ["booking", "completion"] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(10, &[&salon.manicure]).await;
        salon.book("b", &[&salon.manicure], json!("none")).await;
        let completed = salon.resolve("b", "complete").await;
        assert_eq!(completed["due"], json!([lira(60_000)]));
        assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    }
}

#[tokio::test]
async fn what_was_cancelled_or_missed_is_not_completed() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    for verb in ["cancel", "no-show"] {
        salon.book(verb, &[&salon.manicure], json!("auto")).await;
    }
    salon.world.set_clock("2026-11-23T12:00:00Z");
    for (verb, named) in [("cancel", "cancelled"), ("no-show", "no-show")] {
        salon.resolve(verb, verb).await;
        let path = format!("/v1/bookings/{verb}/complete");
        let call = salon.world.post(&path, json!({}));
        let problem = call.refused(409, "booking-resolved").await;
        assert!(
            problem["detail"].as_str().unwrap().contains(named),
            "{problem}"
        );
    }
    assert_eq!(salon.pool(&package).await, (9, 0, 0, 1));
}

#[tokio::test]
async fn what_was_never_booked_is_not_completed_without_walk_in() {
    let salon = Salon::open().await;
    for body in [json!({}), json!({"customer_id": salon.ayse})] {
        let call = salon.world.post("/v1/bookings/b/complete", body);
        call.refused(404, "booking-not-found").await;
    }
    salon.book("b", &[&salon.manicure], json!("none")).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let call = salon
        .world
        .post("/v1/bookings/b/complete", json!({"customer_id": fatma}));
    call.refused(409, "booking-of-another-customer").await;
    let next_door = salon.world.post("/v1/bookings/b/complete", json!({}));
    let next_door = next_door.by(&salon.world.next_door());
    next_door.refused(404, "booking-not-found").await;
}

#[tokio::test]
async fn a_customer_completes_nothing_and_staff_do() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    for verb in ["complete", "no-show"] {
        let path = format!("/v1/bookings/b/{verb}");
        let call = salon.world.post(&path, json!({})).by(&token);
        call.refused(403, "forbidden").await;
    }
    let staff = salon.world.token(Role::Staff);
    let call = salon.world.post("/v1/bookings/b/complete", json!({}));
    assert_eq!(call.by(&staff).ok().await["status"], "completed");
}
