//! POST /v1/bookings/{id}/reschedule.

use serde_json::{Value, json};

use crate::harness::{Call, Salon, lira, paid_by};

fn to(salon: &Salon, starts_at: &str) -> Call {
    let body = json!({"starts_at": starts_at});
    salon.world.post("/v1/bookings/b/reschedule", body)
}

/// A package of three manicures that ends with the 29th.
async fn sell_week(salon: &Salon) -> String {
    let week = json!({
        "name": "Hafta", "kind": "visits", "quantity": 3, "price": lira(1),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 7, "unit": "days"},
    });
    salon.sell_as(week).await
}

#[tokio::test]
async fn a_move_keeps_what_is_held_where_it_is() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    // Preferred now, but not then.
    let newer = sell_week(&salon).await;
    let moved = to(&salon, "2026-11-25T15:30:00Z").send().await;
    assert_eq!((moved.status, moved.replayed), (200, false));
    assert_eq!(moved.body["starts_at"], "2026-11-25T15:30:00Z");
    assert_eq!(moved.body["status"], "booked");
    assert_eq!(paid_by(&moved.body, 0), Some((package.as_str(), 1)));
    assert_eq!(salon.pool(&package).await, (2, 1, 0, 0));
    assert_eq!(salon.pool(&newer).await, (3, 0, 0, 0));
    salon.resolve("b", "complete").await;
    assert_eq!(salon.pool(&package).await, (2, 0, 1, 0));
}

#[tokio::test]
async fn a_move_to_the_last_moment_of_a_package_keeps_it_and_one_later_another_pays() {
    let salon = Salon::open().await;
    let week = sell_week(&salon).await;
    let template = salon.credit(100_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let moved = to(&salon, "2026-11-29T20:59:59.999Z").ok().await;
    assert_eq!(paid_by(&moved, 0), Some((week.as_str(), 1)));
    let moved = to(&salon, "2026-11-29T21:00:00Z").ok().await;
    assert_eq!(paid_by(&moved, 0), Some((credit.as_str(), 60_000)));
    assert_eq!(salon.pool(&week).await, (3, 0, 0, 0));
    assert_eq!(salon.pool(&credit).await, (40_000, 60_000, 0, 0));
    salon.resolve("b", "cancel").await;
    assert_eq!(salon.pool(&credit).await, (100_000, 0, 0, 0));
}

#[tokio::test]
async fn a_move_beyond_everything_that_could_pay_is_refused_and_changes_nothing() {
    let salon = Salon::open().await;
    let week = sell_week(&salon).await;
    let massages = salon.sell_visits(5, &[&salon.massage]).await;
    let template = salon.credit(59_999).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let services = [salon.manicure.as_str(), &salon.massage];
    let booked = salon.book("b", &services, json!("auto")).await;
    let entries = salon.world.journal().await.len();
    let call = to(&salon, "2026-12-10T10:00:00Z");
    call.refused(409, "insufficient-units").await;
    assert_eq!(salon.world.get("/v1/bookings/b").ok().await, booked);
    assert_eq!(salon.pool(&week).await, (2, 1, 0, 0));
    assert_eq!(salon.pool(&massages).await, (4, 1, 0, 0));
    assert_eq!(salon.pool(&credit).await, (59_999, 0, 0, 0));
    assert_eq!(salon.world.journal().await.len(), entries);
}

#[tokio::test]
async fn what_was_named_at_booking_is_all_that_may_pay_after_a_move() {
    let salon = Salon::open().await;
    let week = sell_week(&salon).await;
    let open_end = salon.credit(100_000).await;
    let credit = salon.sell(&salon.ayse, &open_end).await;
    salon.book("b", &[&salon.manicure], json!([week])).await;
    let call = to(&salon, "2026-12-10T10:00:00Z");
    call.refused(409, "expired-at-appointment").await;
    assert_eq!(salon.pool(&week).await, (2, 1, 0, 0));
    assert_eq!(salon.pool(&credit).await, (100_000, 0, 0, 0));
}

#[tokio::test]
async fn the_units_of_a_booking_itself_are_free_for_its_new_time() {
    let salon = Salon::open().await;
    let week = sell_week(&salon).await;
    let double = salon
        .sell_visits(1, &[&salon.manicure, &salon.massage])
        .await;
    // The massage holds the only unit that will be valid; there is nothing else for the manicure.
    let services = [salon.manicure.as_str(), &salon.massage];
    salon.book("b", &services, json!("auto")).await;
    assert_eq!(salon.pool(&double).await, (0, 1, 0, 0));
    let call = to(&salon, "2026-12-10T10:00:00Z");
    call.refused(409, "insufficient-units").await;
    let more = salon.sell_visits(1, &[&salon.massage]).await;
    let moved = to(&salon, "2026-12-10T10:00:00Z").ok().await;
    assert_eq!(paid_by(&moved, 0), Some((double.as_str(), 1)));
    assert_eq!(paid_by(&moved, 1), Some((more.as_str(), 1)));
    assert_eq!(salon.pool(&week).await, (3, 0, 0, 0));
    assert_eq!(salon.pool(&double).await, (0, 1, 0, 0));
    assert_eq!(salon.pool(&more).await, (0, 1, 0, 0));
}

#[tokio::test]
async fn the_same_move_sent_again_is_answered_the_same_and_a_move_back_is_another() {
    let salon = Salon::open().await;
    salon.sell_visits(3, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let first = to(&salon, "2026-11-25T10:00:00Z").send().await;
    let again = to(&salon, "2026-11-25T13:00:00+03:00").send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    let back = to(&salon, "2026-11-23T10:00:00Z").send().await;
    assert_eq!((back.status, back.replayed), (200, false));
    let there = to(&salon, "2026-11-25T10:00:00Z").send().await;
    assert_eq!((there.status, there.replayed), (200, false));
    let read = salon.world.get("/v1/bookings/b").ok().await;
    assert_eq!(read["starts_at"], "2026-11-25T10:00:00Z");
    let journal = salon.world.journal().await;
    let moves = journal
        .iter()
        .filter(|entry| entry.fact.name() == "rescheduled");
    assert_eq!(moves.count(), 3);
}

#[tokio::test]
async fn a_move_leads_to_today_or_later_within_five_years() {
    let salon = Salon::open().await;
    let booked = salon.book("b", &[&salon.manicure], json!("none")).await;
    for (starts_at, code) in [
        ("2026-11-21T20:59:59Z", "starts-in-past"),
        ("2020-01-01T10:00:00Z", "starts-in-past"),
        ("2032-01-01T00:00:00Z", "starts-too-far"),
    ] {
        to(&salon, starts_at).refused(422, code).await;
    }
    for body in [
        json!({}),
        json!({"starts_at": "tomorrow"}),
        json!({"starts_at": null}),
        json!({"starts_at": "2026-11-25T10:00:00Z", "pay_with": "auto"}),
    ] {
        let call = salon.world.post("/v1/bookings/b/reschedule", body);
        call.refused(422, "invalid-body").await;
    }
    assert_eq!(salon.world.get("/v1/bookings/b").ok().await, booked);
    to(&salon, "2026-11-21T21:00:00Z").ok().await;
}

#[tokio::test]
async fn a_move_of_what_holds_nothing_only_moves_it() {
    for (deduct_at, pay_with) in [("booking", "none"), ("completion", "auto")] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(10, &[&salon.manicure]).await;
        let mut booked = salon.book("b", &[&salon.manicure], json!(pay_with)).await;
        // Beyond everything that could pay.
        let moved = to(&salon, "2028-11-25T10:00:00Z").ok().await;
        booked["starts_at"] = json!("2028-11-25T10:00:00Z");
        assert_eq!(moved, booked);
        assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
    }
}

#[tokio::test]
async fn what_is_resolved_or_unknown_or_of_another_is_not_moved() {
    let salon = Salon::open().await;
    let later = "2026-11-25T10:00:00Z";
    to(&salon, later).refused(404, "booking-not-found").await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let body = |customer: &str| json!({"starts_at": later, "customer_id": customer});
    let path = "/v1/bookings/b/reschedule";
    let call = salon.world.post(path, body(&fatma));
    call.refused(409, "booking-of-another-customer").await;
    let next_door = to(&salon, later).by(&salon.world.next_door());
    next_door.refused(404, "booking-not-found").await;
    salon.world.post(path, body(&salon.ayse)).ok().await;
    salon.resolve("b", "cancel").await;
    // Also the move that was made before.
    for starts_at in [later, "2026-11-26T10:00:00Z"] {
        to(&salon, starts_at).refused(409, "booking-resolved").await;
    }
}

#[tokio::test]
async fn a_customer_moves_their_own_booking() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    salon.sell_visits(3, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let moved = to(&salon, "2026-11-25T10:00:00Z").by(&token).ok().await;
    assert_eq!(moved["starts_at"], "2026-11-25T10:00:00Z");
    let fatma = salon.fatmas_token().await;
    // Neither a move nor the repetition of one.
    for starts_at in ["2026-11-25T10:00:00Z", "2026-11-26T10:00:00Z"] {
        let call = to(&salon, starts_at).by(&fatma);
        call.refused(404, "booking-not-found").await;
    }
    let read: Value = salon.world.get("/v1/bookings/b").ok().await;
    assert_eq!(read, moved);
}

#[tokio::test]
async fn a_customer_does_not_move_what_it_is_too_late_to_call_off() {
    let salon = Salon::open().await;
    let mut settings = salon.world.get("/v1/settings").ok().await;
    settings["late_cancel"] = json!("forfeit");
    settings["cancel_window_hours"] = json!(24);
    let put = salon.world.call("PUT", "/v1/settings").json(settings);
    put.if_match(1).ok().await;
    let package = salon.sell_visits(3, &[&salon.manicure]).await;
    // For ten o'clock on the day after.
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let token = salon.ayses_token().await;
    salon.world.set_clock("2026-11-22T10:00:00Z");
    let body = json!({"starts_at": "2026-11-29T10:00:00Z"});
    let call = || salon.world.post("/v1/bookings/b/reschedule", body.clone());
    let refused = call().by(&token);
    refused.refused(409, "reschedule-too-late").await;
    // The business moves it, and then it is early again.
    call().ok().await;
    let back = json!({"starts_at": "2026-11-28T10:00:00Z"});
    let moved = salon
        .world
        .post("/v1/bookings/b/reschedule", back)
        .by(&token);
    moved.ok().await;
    salon.world.set_clock("2026-11-28T11:00:00Z");
    // Called off by the customer after it began: that is for the business to say.
    let cancel = || salon.world.post("/v1/bookings/b/cancel", json!({}));
    let refused = cancel().by(&token);
    refused.refused(409, "cancel-too-late").await;
    cancel().ok().await;
    assert_eq!(salon.pool(&package).await, (2, 0, 0, 1));
}
