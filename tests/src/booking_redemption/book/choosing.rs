//! Which package a booking draws.

use serde_json::{Value, json};

use crate::harness::{Salon, lira, paid_by};

/// A template of ten visits to these services; valid so many days, for ever if none are given.
fn visits(services: &[&str], days: Option<u32>) -> Value {
    let services: Vec<Value> = services
        .iter()
        .map(|id| json!({"service_id": id}))
        .collect();
    json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "price": lira(1), "services": services,
        "validity": days.map(|count| json!({"count": count, "unit": "days"})),
    })
}

/// Expects a booking of a manicure to draw this package.
async fn check(salon: &Salon, pay_with: Value, package: &str) {
    let id = format!("b-{:x}", infra::random_128().unwrap());
    let booking = salon.book(&id, &[&salon.manicure], pay_with).await;
    assert_eq!(paid_by(&booking, 0), Some((package, 1)), "{booking}");
}

#[tokio::test]
async fn the_narrowest_cover_comes_first_then_the_earliest_expiry_then_the_oldest() {
    let salon = Salon::open().await;
    let (manicure, massage) = (salon.manicure.as_str(), salon.massage.as_str());
    let mut packages = Vec::new();
    for (minute, body) in [
        (30, visits(&[manicure], Some(30))),
        (20, visits(&[manicure], Some(30))),
        (10, visits(&[manicure], Some(60))),
        (5, visits(&[manicure], None)),
        (1, visits(&[manicure, massage], Some(10))),
    ] {
        let sold_at = format!("2026-11-22T09:{minute:02}:00Z");
        salon.world.set_clock(&sold_at);
        packages.push(salon.sell_as(body).await);
    }
    for (number, preferred) in [1, 0, 2, 3, 4].into_iter().enumerate() {
        let id = format!("all-ten-of-number-{number}");
        salon.book(&id, &[manicure; 10], json!("auto")).await;
        let pool = salon.pool(&packages[preferred]).await;
        assert_eq!(pool, (0, 10, 0, 0), "number {number}");
    }
}

#[tokio::test]
async fn packages_that_are_named_pay_in_the_order_in_which_they_are_named() {
    let salon = Salon::open().await;
    let first = salon.sell_as(visits(&[&salon.manicure], Some(1))).await;
    let second = salon.sell_as(visits(&[&salon.manicure], None)).await;
    let wide = salon
        .sell_visits(10, &[&salon.manicure, &salon.massage])
        .await;
    check(&salon, json!("auto"), &first).await;
    check(&salon, json!([wide]), &wide).await;
    check(&salon, json!([second, first]), &second).await;
    check(&salon, json!([wide, first, second]), &wide).await;
    assert_eq!(salon.pool(&first).await, (9, 1, 0, 0));
    assert_eq!(salon.pool(&second).await, (9, 1, 0, 0));
    assert_eq!(salon.pool(&wide).await, (8, 2, 0, 0));
}

#[tokio::test]
async fn what_is_not_named_does_not_pay() {
    let salon = Salon::open().await;
    let massages = salon.sell_visits(10, &[&salon.massage]).await;
    let manicures = salon.sell_visits(10, &[&salon.manicure]).await;
    let body = salon.booking("b", &[&salon.manicure], json!([massages]));
    let call = salon.world.post("/v1/bookings", body);
    call.refused(409, "service-not-covered").await;
    assert_eq!(salon.pool(&manicures).await, (10, 0, 0, 0));
}

#[tokio::test]
async fn visits_to_a_service_are_preferred_to_credit_for_everything() {
    let salon = Salon::open().await;
    let template = salon.credit(1_000_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let manicures = salon.sell_visits(1, &[&salon.manicure]).await;
    let services = [salon.manicure.as_str(), &salon.manicure];
    let booking = salon.book("b", &services, json!("auto")).await;
    assert_eq!(paid_by(&booking, 0), Some((manicures.as_str(), 1)));
    assert_eq!(paid_by(&booking, 1), Some((credit.as_str(), 60_000)));
}

#[tokio::test]
async fn the_preferred_package_is_left_to_the_service_that_has_no_other() {
    let salon = Salon::open().await;
    let shared = salon
        .sell_visits(1, &[&salon.manicure, &salon.massage])
        .await;
    let (hair, brows) = (salon.service("Saç", 1).await, salon.service("Kaş", 1).await);
    let wide = salon
        .sell_visits(1, &[&salon.manicure, &hair, &brows])
        .await;
    // The manicure alone would take the shared one.
    let services = [salon.manicure.as_str(), &salon.massage];
    let booking = salon.book("b", &services, json!("auto")).await;
    assert_eq!(paid_by(&booking, 0), Some((wide.as_str(), 1)));
    assert_eq!(paid_by(&booking, 1), Some((shared.as_str(), 1)));
}

#[tokio::test]
async fn an_appointment_is_paid_by_what_is_valid_when_it_starts() {
    let salon = Salon::open().await;
    let short = salon.sell_as(visits(&[&salon.manicure], Some(7))).await;
    let long = salon.sell_as(visits(&[&salon.manicure], None)).await;
    // The short one ends with the 29th in Istanbul.
    for (id, starts_at, package) in [
        ("before", "2026-11-29T20:59:59.999Z", &short),
        ("at", "2026-11-29T21:00:00Z", &long),
    ] {
        let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
        body["starts_at"] = json!(starts_at);
        let booking = salon.world.post("/v1/bookings", body).ok().await;
        assert_eq!(paid_by(&booking, 0), Some((package.as_str(), 1)), "{id}");
    }
    let mut named = salon.booking("named", &[&salon.manicure], json!([short]));
    named["starts_at"] = json!("2026-11-29T21:00:00Z");
    let call = salon.world.post("/v1/bookings", named);
    call.refused(409, "expired-at-appointment").await;
    assert_eq!(salon.pool(&short).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn a_package_of_someone_else_pays_for_nobody() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let hers = salon.sell(&fatma, &template).await;
    let own = salon.sell_visits(1, &[&salon.manicure]).await;
    let body = salon.booking("b", &[&salon.manicure], json!([own, hers]));
    let call = salon.world.post("/v1/bookings", body);
    call.refused(404, "package-not-found").await;
    assert_eq!(salon.pool(&hers).await, (10, 0, 0, 0));
    assert_eq!(salon.pool(&own).await, (1, 0, 0, 0));
}
