//! POST /v1/bookings/{id}/cancel.

use serde_json::json;

use crate::harness::{Salon, lira, paid_by};

#[tokio::test]
async fn a_cancellation_returns_every_unit_to_the_pool_it_came_from() {
    let salon = Salon::open().await;
    let manicures = salon.sell_visits(1, &[&salon.manicure]).await;
    let double = salon.sell_as(json!({
        "name": "Çift", "kind": "visits", "quantity": 9, "price": lira(1),
        "services": [{"service_id": salon.massage, "units": 2}],
    }));
    let double = double.await;
    let template = salon.credit(100_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let services = [salon.manicure.as_str(), &salon.massage, &salon.manicure];
    let booking = salon.book("b", &services, json!("auto")).await;
    assert_eq!(paid_by(&booking, 1), Some((double.as_str(), 2)));
    assert_eq!(salon.pool(&manicures).await, (0, 1, 0, 0));
    assert_eq!(salon.pool(&double).await, (7, 2, 0, 0));
    assert_eq!(salon.pool(&credit).await, (40_000, 60_000, 0, 0));
    let cancelled = salon.resolve("b", "cancel").await;
    assert_eq!(
        (&cancelled["status"], &cancelled["due"]),
        (&json!("cancelled"), &json!([]))
    );
    // Nothing pays for it any more.
    assert!((0..3).all(|service| paid_by(&cancelled, service).is_none()));
    assert_eq!(salon.pool(&manicures).await, (1, 0, 0, 0));
    assert_eq!(salon.pool(&double).await, (9, 0, 0, 0));
    assert_eq!(salon.pool(&credit).await, (100_000, 0, 0, 0));
    // In the reverse of the order in which they were taken.
    let journal = salon.world.journal().await;
    let lines = |index: usize| journal[journal.len() - index].lines.iter();
    let taken: Vec<_> = lines(2).map(|line| (line.package, line.units)).collect();
    let returned: Vec<_> = lines(1)
        .rev()
        .map(|line| (line.package, line.units))
        .collect();
    assert_eq!(taken.len(), 3);
    assert_eq!(returned, taken);
}

#[tokio::test]
async fn a_cancellation_sent_again_is_answered_the_same_and_returns_nothing_twice() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let call = || salon.world.call("POST", "/v1/bookings/b/cancel");
    let first = call().send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    // With or without a body, and whether the customer is named or not.
    for call in [
        call(),
        call().json(json!({})),
        call().json(json!({"customer_id": salon.ayse})),
    ] {
        let again = call.send().await;
        assert_eq!((again.status, again.replayed), (200, true));
        assert_eq!(again.body, first.body);
    }
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
}

#[tokio::test]
async fn what_was_completed_or_missed_is_not_cancelled() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    for verb in ["complete", "no-show"] {
        salon.book(verb, &[&salon.manicure], json!("auto")).await;
    }
    salon.world.set_clock("2026-11-23T12:00:00Z");
    for verb in ["complete", "no-show"] {
        salon.resolve(verb, verb).await;
        let path = format!("/v1/bookings/{verb}/cancel");
        let call = salon.world.post(&path, json!({}));
        call.refused(409, "booking-resolved").await;
    }
    assert_eq!(salon.pool(&package).await, (8, 0, 1, 1));
}

#[tokio::test]
async fn a_cancellation_is_of_a_booking_there_is_and_of_the_customer_it_names() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let cancel = |customer: &str| {
        let body = json!({"customer_id": customer});
        salon.world.post("/v1/bookings/b/cancel", body)
    };
    for customer in [&fatma, &format!("cus_{:026}", 7)] {
        let call = cancel(customer);
        call.refused(409, "booking-of-another-customer").await;
    }
    for body in [json!({}), json!({"customer_id": salon.ayse})] {
        let unknown = salon.world.post("/v1/bookings/c/cancel", body.clone());
        unknown.refused(404, "booking-not-found").await;
        let next_door = salon.world.post("/v1/bookings/b/cancel", body);
        let next_door = next_door.by(&salon.world.next_door());
        next_door.refused(404, "booking-not-found").await;
    }
    let odd = salon
        .world
        .post("/v1/bookings/b/cancel", json!({"why": "flu"}));
    odd.refused(422, "invalid-body").await;
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
    // Also of one that is cancelled already.
    salon.resolve("b", "cancel").await;
    let call = cancel(&fatma);
    call.refused(409, "booking-of-another-customer").await;
}

#[tokio::test]
async fn a_cancellation_of_what_held_nothing_only_ends_the_booking() {
    for (deduct_at, pay_with) in [("booking", "none"), ("completion", "auto")] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(10, &[&salon.manicure]).await;
        salon.book("b", &[&salon.manicure], json!(pay_with)).await;
        let cancelled = salon.resolve("b", "cancel").await;
        assert_eq!(cancelled["status"], "cancelled");
        assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
        let call = salon.world.post("/v1/bookings/b/complete", json!({}));
        call.refused(409, "booking-resolved").await;
    }
}

#[tokio::test]
async fn a_customer_cancels_their_own_booking_and_nobody_elses() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.book("own", &[&salon.manicure], json!("auto")).await;
    let mut hers = salon.booking("hers", &[&salon.manicure], json!("none"));
    hers["customer_id"] = json!(fatma);
    salon.world.post("/v1/bookings", hers).ok().await;
    let cancel = |id: &str, body| {
        let path = format!("/v1/bookings/{id}/cancel");
        salon.world.post(&path, body).by(&token)
    };
    for body in [
        json!({}),
        json!({"customer_id": fatma}),
        json!({"customer_id": salon.ayse}),
    ] {
        let call = cancel("hers", body);
        call.refused(404, "booking-not-found").await;
    }
    cancel("own", json!({})).ok().await;
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    let read = salon.world.get("/v1/bookings/hers").ok().await;
    assert_eq!(read["status"], "booked");
}
