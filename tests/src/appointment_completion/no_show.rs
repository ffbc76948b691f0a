//! POST /v1/bookings/{id}/no-show.

use serde_json::json;

use crate::harness::{Salon, paid_by};

/// What is left of ten manicures, available, held, used and forfeited, after a no-show.
async fn after_no_show(deduct_at: &str, no_show: &str) -> (u64, u64, u64, u64) {
    let salon = Salon::with(deduct_at, no_show).await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.world.set_clock("2026-11-23T10:00:00Z");
    let missed = salon.resolve("b", "no-show").await;
    assert_eq!(
        (&missed["status"], &missed["due"]),
        (&json!("no-show"), &json!([]))
    );
    let lost = no_show == "forfeit";
    let shown = lost.then_some((package.as_str(), 1));
    assert_eq!(paid_by(&missed, 0), shown, "{deduct_at} {no_show}");
    salon.pool(&package).await
}

#[tokio::test]
async fn a_no_show_costs_what_the_policy_says_wherever_units_are_deducted() {
    for (deduct_at, no_show, expected) in [
        ("booking", "forfeit", (9, 0, 0, 1)),
        ("booking", "release", (10, 0, 0, 0)),
        ("completion", "forfeit", (9, 0, 0, 1)),
        ("completion", "release", (10, 0, 0, 0)),
    ] {
        let left = after_no_show(deduct_at, no_show).await;
        assert_eq!(left, expected, "{deduct_at}, {no_show}");
    }
}

#[tokio::test]
async fn nobody_has_missed_an_appointment_that_has_not_begun() {
    for deduct_at in ["booking", "completion"] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(10, &[&salon.manicure]).await;
        salon.book("b", &[&salon.manicure], json!("auto")).await;
        let before = salon.pool(&package).await;
        salon.world.set_clock("2026-11-23T09:59:59.999Z");
        let call = || salon.world.post("/v1/bookings/b/no-show", json!({}));
        call().refused(409, "no-show-too-early").await;
        assert_eq!(salon.pool(&package).await, before);
        // Moved, it begins later.
        let body = json!({"starts_at": "2026-11-24T10:00:00Z"});
        let reschedule = salon.world.post("/v1/bookings/b/reschedule", body);
        reschedule.ok().await;
        salon.world.set_clock("2026-11-23T12:00:00Z");
        call().refused(409, "no-show-too-early").await;
        salon.world.set_clock("2026-11-24T10:00:00Z");
        call().ok().await;
        assert_eq!(salon.pool(&package).await, (9, 0, 0, 1));
    }
}

#[tokio::test]
async fn a_no_show_sent_again_is_answered_the_same_and_costs_nothing_twice() {
    for deduct_at in ["booking", "completion"] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(10, &[&salon.manicure]).await;
        salon.book("b", &[&salon.manicure], json!("auto")).await;
        salon.world.set_clock("2026-11-23T12:00:00Z");
        let call = || salon.world.call("POST", "/v1/bookings/b/no-show");
        let first = call().send().await;
        assert_eq!((first.status, first.replayed), (200, false));
        for again in [call(), call().json(json!({"customer_id": salon.ayse}))] {
            let again = again.send().await;
            assert_eq!((again.status, again.replayed), (200, true));
            assert_eq!(again.body, first.body);
        }
        assert_eq!(salon.pool(&package).await, (9, 0, 0, 1));
    }
}

#[tokio::test]
async fn a_no_show_takes_what_there_is_and_leaves_nothing_due() {
    let salon = Salon::with("completion", "forfeit").await;
    let package = salon.sell_visits(1, &[&salon.manicure]).await;
    let services = [salon.manicure.as_str(), &salon.manicure, &salon.massage];
    salon.book("b", &services, json!("auto")).await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    let missed = salon.resolve("b", "no-show").await;
    assert_eq!(missed["due"], json!([]));
    assert_eq!(salon.pool(&package).await, (0, 0, 0, 1));
    assert_eq!(salon.package(&package).await["status"], "exhausted");
}

#[tokio::test]
async fn a_no_show_of_what_no_package_should_pay_costs_no_units() {
    for deduct_at in ["booking", "completion"] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(10, &[&salon.manicure]).await;
        salon.book("b", &[&salon.manicure], json!("none")).await;
        salon.world.set_clock("2026-11-23T12:00:00Z");
        let missed = salon.resolve("b", "no-show").await;
        assert_eq!(missed["due"], json!([]), "{deduct_at}");
        assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    }
}

#[tokio::test]
async fn what_was_resolved_or_never_booked_is_not_missed() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    for verb in ["complete", "cancel"] {
        salon.book(verb, &[&salon.manicure], json!("auto")).await;
        salon.resolve(verb, verb).await;
    }
    salon.world.set_clock("2026-11-23T12:00:00Z");
    for verb in ["complete", "cancel"] {
        let path = format!("/v1/bookings/{verb}/no-show");
        let call = salon.world.post(&path, json!({}));
        call.refused(409, "booking-resolved").await;
    }
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
    let unknown = salon.world.post("/v1/bookings/b/no-show", json!({}));
    unknown.refused(404, "booking-not-found").await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    let body = json!({"customer_id": fatma});
    let call = salon.world.post("/v1/bookings/b/no-show", body);
    call.refused(409, "booking-of-another-customer").await;
}
