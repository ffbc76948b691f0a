//! POST /v1/bookings/{id}/complete, of what was never booked.

use serde_json::{Value, json};

use crate::harness::{Call, Salon, assert_shows, lira, paid_by};

fn body(salon: &Salon, services: &[&str]) -> Value {
    let services: Vec<Value> = services
        .iter()
        .map(|id| json!({"service_id": id}))
        .collect();
    json!({"customer_id": salon.ayse, "walk_in": {"services": services, "pay_with": "auto"}})
}

fn complete(salon: &Salon, id: &str, body: Value) -> Call {
    let path = format!("/v1/bookings/{id}/complete");
    salon.world.post(&path, body)
}

#[tokio::test]
async fn a_walk_in_that_is_covered_is_captured_at_once() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let recorded = complete(&salon, "w", body(&salon, &[&salon.manicure]));
    let recorded = recorded.send().await;
    assert_eq!((recorded.status, recorded.replayed), (200, false));
    let expected = json!({
        "booking_id": "w", "customer_id": salon.ayse, "status": "completed",
        "starts_at": "2026-11-22T08:00:00Z", "pay_with": "auto", "deduct_at": "booking",
        "services": [{
            "service_id": salon.manicure, "price": lira(60_000),
            "paid_by": {"package_id": package, "pool": 0, "units": 1},
        }],
        "due": [],
    });
    assert_shows(&recorded.body, &expected);
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
    assert_eq!(salon.world.get("/v1/bookings/w").ok().await, recorded.body);
}

#[tokio::test]
async fn what_no_package_covers_of_a_walk_in_is_due() {
    for deduct_at in ["booking", "completion"] {
        let salon = Salon::with(deduct_at, "forfeit").await;
        let package = salon.sell_visits(1, &[&salon.manicure]).await;
        let services = [salon.massage.as_str(), &salon.manicure, &salon.manicure];
        let partly = complete(&salon, "partly", body(&salon, &services))
            .ok()
            .await;
        assert_eq!(paid_by(&partly, 0), None);
        assert_eq!(paid_by(&partly, 1), Some((package.as_str(), 1)));
        assert_eq!(paid_by(&partly, 2), None);
        assert_eq!(partly["due"], json!([lira(210_000)]));
        assert_eq!(salon.pool(&package).await, (0, 0, 1, 0));
        let not = complete(&salon, "not", body(&salon, &services)).ok().await;
        assert_eq!(not["due"], json!([lira(270_000)]));
    }
}

#[tokio::test]
async fn a_walk_in_is_paid_by_what_it_names_and_by_nothing_unless_it_says_so() {
    let salon = Salon::open().await;
    let preferred = salon.sell_visits(10, &[&salon.manicure]).await;
    let named = salon
        .sell_visits(10, &[&salon.manicure, &salon.massage])
        .await;
    let with = |pay_with: Option<Value>| {
        let mut body = body(&salon, &[&salon.manicure]);
        let walk_in = body["walk_in"].as_object_mut().unwrap();
        walk_in.remove("pay_with");
        walk_in.extend(pay_with.map(|value| ("pay_with".to_owned(), value)));
        body
    };
    for (id, pay_with) in [("none", Some(json!("none"))), ("left-out", None)] {
        let unpaid = complete(&salon, id, with(pay_with)).ok().await;
        assert_eq!(unpaid["due"], json!([lira(60_000)]), "{id}");
    }
    complete(&salon, "named", with(Some(json!([named]))))
        .ok()
        .await;
    assert_eq!(salon.pool(&named).await, (9, 0, 1, 0));
    assert_eq!(salon.pool(&preferred).await, (10, 0, 0, 0));
    let unknown = with(Some(json!([format!("pkg_{:026}", 7)])));
    let call = complete(&salon, "unknown", unknown);
    call.refused(404, "package-not-found").await;
}

#[tokio::test]
async fn a_walk_in_sent_again_is_answered_the_same_and_captures_nothing_twice() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let body = body(&salon, &[&salon.manicure]);
    let first = complete(&salon, "w", body.clone()).ok().await;
    // It was then, not now.
    salon.world.set_clock("2026-11-24T08:00:00Z");
    let again = complete(&salon, "w", body).send().await;
    assert_eq!(
        (again.status, again.replayed, again.body),
        (200, true, first)
    );
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn the_id_of_a_walk_in_is_not_for_another_one_nor_for_a_booking() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let first = body(&salon, &[&salon.manicure]);
    complete(&salon, "w", first.clone()).ok().await;
    let twice = body(&salon, &[&salon.manicure, &salon.manicure]);
    let mut hers = first.clone();
    hers["customer_id"] = json!(fatma);
    let mut earlier = first.clone();
    earlier["walk_in"]["starts_at"] = json!("2026-11-22T07:00:00Z");
    let mut unpaid = first;
    unpaid["walk_in"]["pay_with"] = json!("none");
    for other in [twice, hers, earlier, unpaid] {
        let call = complete(&salon, "w", other);
        call.refused(422, "booking-id-reused").await;
    }
    let booking = salon.booking("w", &[&salon.manicure], json!("auto"));
    let call = salon.world.post("/v1/bookings", booking);
    call.refused(422, "booking-id-reused").await;
    for verb in ["complete", "cancel", "no-show"] {
        let path = format!("/v1/bookings/w/{verb}");
        let call = salon.world.post(&path, json!({}));
        call.refused(409, "booking-resolved").await;
    }
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn where_there_is_a_booking_the_booking_counts_and_walk_in_is_ignored() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let mut other = body(&salon, &[&salon.massage, &salon.massage]);
    other["walk_in"]["starts_at"] = json!("2026-11-20T10:00:00Z");
    let completed = complete(&salon, "b", other.clone()).send().await;
    assert_eq!((completed.status, completed.replayed), (200, false));
    assert_eq!(completed.body["services"].as_array().unwrap().len(), 1);
    assert_eq!(completed.body["starts_at"], "2026-11-23T10:00:00Z");
    assert_eq!(paid_by(&completed.body, 0), Some((package.as_str(), 1)));
    assert_eq!(completed.body["due"], json!([]));
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
    // It is the same completion with walk_in and without.
    for again in [other, json!({})] {
        let again = complete(&salon, "b", again).send().await;
        assert_eq!((again.status, again.replayed), (200, true));
        assert_eq!(again.body, completed.body);
    }
}

#[tokio::test]
async fn a_walk_in_does_not_complete_what_was_cancelled() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b", "cancel").await;
    let call = complete(&salon, "b", body(&salon, &[&salon.manicure]));
    call.refused(409, "booking-resolved").await;
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
}

#[tokio::test]
async fn a_walk_in_of_one_customer_does_not_complete_the_booking_of_another() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let mut hers = body(&salon, &[&salon.manicure]);
    hers["customer_id"] = json!(fatma);
    let call = complete(&salon, "b", hers);
    call.refused(409, "booking-of-another-customer").await;
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn nor_is_the_completed_booking_of_another_shown_as_ones_own() {
    let salon = Salon::open().await;
    salon.book("b", &[&salon.manicure], json!("none")).await;
    salon.resolve("b", "complete").await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let mut hers = body(&salon, &[&salon.manicure]);
    hers["customer_id"] = json!(fatma);
    let call = complete(&salon, "b", hers);
    call.refused(409, "booking-of-another-customer").await;
}

#[tokio::test]
async fn a_walk_in_took_place_today_or_within_the_last_five_years() {
    let salon = Salon::open().await;
    let at = |starts_at: &str| {
        let mut body = body(&salon, &[&salon.manicure]);
        body["walk_in"]["starts_at"] = json!(starts_at);
        body
    };
    for (starts_at, code) in [
        ("2026-11-22T21:00:00Z", "starts-in-future"),
        ("2027-01-01T10:00:00Z", "starts-in-future"),
        ("2021-11-22T07:59:59Z", "starts-too-far"),
    ] {
        let call = complete(&salon, "w", at(starts_at));
        call.refused(422, code).await;
    }
    for (id, starts_at) in [
        ("later", "2026-11-22T20:59:59Z"),
        ("old", "2021-11-22T08:00:00Z"),
    ] {
        let recorded = complete(&salon, id, at(starts_at)).ok().await;
        assert_eq!(recorded["starts_at"], starts_at);
    }
}

#[tokio::test]
async fn a_walk_in_is_paid_by_what_was_valid_when_it_took_place() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon.world.set_clock("2027-05-24T08:00:00Z");
    for (id, starts_at, due) in [
        ("before", "2027-05-22T20:59:59Z", json!([])),
        ("after", "2027-05-22T21:00:00Z", json!([lira(60_000)])),
    ] {
        let mut body = body(&salon, &[&salon.manicure]);
        body["walk_in"]["starts_at"] = json!(starts_at);
        assert_eq!(complete(&salon, id, body).ok().await["due"], due, "{id}");
    }
    assert_eq!(salon.package(&package).await["pools"][0]["used"], 1);
}

#[tokio::test]
async fn a_walk_in_says_who_came_and_what_was_done() {
    let salon = Salon::open().await;
    let with = |field: &str, value: Value| {
        let mut body = body(&salon, &[&salon.manicure]);
        body["walk_in"][field] = value;
        body
    };
    let for_whom = |customer: Value| {
        let mut body = body(&salon, &[&salon.manicure]);
        body["customer_id"] = customer;
        body
    };
    let unknown = json!([{"service_id": format!("svc_{:026}", 7)}]);
    for (body, status, code) in [
        (for_whom(Value::Null), 422, "customer-required"),
        (
            for_whom(json!(format!("cus_{:026}", 7))),
            404,
            "customer-not-found",
        ),
        (with("services", unknown), 404, "service-not-found"),
        (with("services", json!([])), 422, "invalid-body"),
        (with("pay_with", json!([])), 422, "invalid-body"),
        (with("starts_at", json!("now")), 422, "invalid-body"),
        (with("price", lira(1)), 422, "invalid-body"),
    ] {
        complete(&salon, "w", body).refused(status, code).await;
    }
    let read = salon.world.get("/v1/bookings/w");
    read.refused(404, "booking-not-found").await;
}
