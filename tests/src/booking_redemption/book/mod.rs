//! POST /v1/bookings.

mod by_customers;
mod choosing;
mod kinds;
mod refused;
mod repeated;
mod terms;

use serde_json::json;

use crate::harness::{Salon, assert_shows, lira, paid_by};

#[tokio::test]
async fn a_booking_holds_one_visit_and_a_completion_captures_it() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let body = salon.booking("b-1", &[&salon.manicure], json!("auto"));
    let booked = salon.world.post("/v1/bookings", body).send().await;
    assert_eq!((booked.status, booked.replayed), (201, false));
    let expected = json!({
        "booking_id": "b-1", "customer_id": salon.ayse, "status": "booked",
        "starts_at": "2026-11-23T10:00:00Z", "pay_with": "auto", "deduct_at": "booking",
        "services": [{
            "service_id": salon.manicure, "price": lira(60_000),
            "paid_by": {"package_id": package, "pool": 0, "units": 1},
        }],
        "due": [],
    });
    assert_shows(&booked.body, &expected);
    assert_eq!(salon.pool(&package).await, (9, 1, 0, 0));
    let completed = salon.resolve("b-1", "complete").await;
    assert_eq!(completed["status"], "completed");
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
}

#[tokio::test]
async fn a_booking_that_no_package_should_pay_touches_none_and_is_due_in_full() {
    let salon = Salon::open().await;
    let package = salon
        .sell_visits(10, &[&salon.manicure, &salon.massage])
        .await;
    let services = [salon.manicure.as_str(), &salon.massage];
    let booking = salon.book("b-1", &services, json!("none")).await;
    assert_eq!(booking["due"], json!([lira(210_000)]));
    assert_eq!((paid_by(&booking, 0), paid_by(&booking, 1)), (None, None));
    // Left out, it is none.
    let mut body = salon.booking("b-2", &services, json!("none"));
    body.as_object_mut().unwrap().remove("pay_with");
    let booking = salon.world.post("/v1/bookings", body).ok().await;
    assert_eq!(
        (&booking["pay_with"], &booking["due"]),
        (&json!("none"), &json!([lira(210_000)]))
    );
    assert_eq!(salon.pool(&package).await, (10, 0, 0, 0));
}

#[tokio::test]
async fn a_service_takes_as_many_visits_as_the_package_was_sold_with() {
    let salon = Salon::open().await;
    let body = json!({
        "name": "Bakım", "kind": "visits", "quantity": 10, "price": lira(1),
        "services": [
            {"service_id": salon.manicure},
            {"service_id": salon.massage, "units": 4},
        ],
    });
    let package = salon.sell_as(body).await;
    let booking = salon
        .book("b-1", &[&salon.massage, &salon.manicure], json!("auto"))
        .await;
    assert_eq!(paid_by(&booking, 0), Some((package.as_str(), 4)));
    assert_eq!(paid_by(&booking, 1), Some((package.as_str(), 1)));
    assert_eq!(salon.pool(&package).await, (5, 5, 0, 0));
    salon.book("b-2", &[&salon.massage], json!("auto")).await;
    let too_many = salon.booking("b-3", &[&salon.massage], json!("auto"));
    let call = salon.world.post("/v1/bookings", too_many);
    call.refused(409, "insufficient-units").await;
    assert_eq!(salon.pool(&package).await, (1, 9, 0, 0));
}

#[tokio::test]
async fn credit_pays_the_list_price() {
    let salon = Salon::open().await;
    let template = salon.credit(300_000).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let services = [salon.manicure.as_str(), &salon.massage, &salon.manicure];
    let booking = salon.book("b-1", &services, json!("auto")).await;
    for (index, units) in [60_000, 150_000, 60_000].into_iter().enumerate() {
        assert_eq!(paid_by(&booking, index), Some((package.as_str(), units)));
    }
    assert_eq!(booking["due"], json!([]));
    assert_eq!(salon.pool(&package).await, (30_000, 270_000, 0, 0));
    let one_more = salon.booking("b-2", &[&salon.manicure], json!("auto"));
    let call = salon.world.post("/v1/bookings", one_more);
    call.refused(409, "insufficient-units").await;
}

#[tokio::test]
async fn a_free_service_takes_no_credit() {
    let salon = Salon::open().await;
    let free = salon.service("Danışma", 0).await;
    let template = salon.credit(1).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let booking = salon.book("b-1", &[&free], json!("auto")).await;
    assert_eq!(paid_by(&booking, 0), Some((package.as_str(), 0)));
    assert_eq!(salon.pool(&package).await, (1, 0, 0, 0));
    salon.resolve("b-1", "complete").await;
    assert_eq!(salon.pool(&package).await, (1, 0, 0, 0));
}

#[tokio::test]
async fn one_booking_draws_several_packages_for_several_services() {
    let salon = Salon::open().await;
    let manicures = salon.sell_visits(10, &[&salon.manicure]).await;
    let massages = salon.sell_visits(5, &[&salon.massage]).await;
    let template = salon.credit(90_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let hair = salon.service("Saç", 90_000).await;
    let services = [&salon.massage, &hair, &salon.manicure, &salon.massage].map(String::as_str);
    let booking = salon.book("b-1", &services, json!("auto")).await;
    assert_eq!(paid_by(&booking, 0), Some((massages.as_str(), 1)));
    assert_eq!(paid_by(&booking, 1), Some((credit.as_str(), 90_000)));
    assert_eq!(paid_by(&booking, 2), Some((manicures.as_str(), 1)));
    assert_eq!(paid_by(&booking, 3), Some((massages.as_str(), 1)));
    assert_eq!(salon.pool(&manicures).await, (9, 1, 0, 0));
    assert_eq!(salon.pool(&massages).await, (3, 2, 0, 0));
    assert_eq!(salon.pool(&credit).await, (0, 90_000, 0, 0));
}

#[tokio::test]
async fn when_one_service_is_not_covered_nothing_is_held_for_the_others() {
    let salon = Salon::open().await;
    let manicures = salon.sell_visits(10, &[&salon.manicure]).await;
    let template = salon.credit(100_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let services = [salon.manicure.as_str(), &salon.manicure, &salon.massage];
    for pay_with in [json!("auto"), json!([manicures, credit])] {
        let body = salon.booking("b-1", &services, pay_with);
        let call = salon.world.post("/v1/bookings", body);
        call.refused(409, "insufficient-units").await;
    }
    let uncovered = salon.booking("b-1", &services, json!([manicures]));
    let call = salon.world.post("/v1/bookings", uncovered);
    call.refused(409, "service-not-covered").await;
    assert_eq!(salon.pool(&manicures).await, (10, 0, 0, 0));
    assert_eq!(salon.pool(&credit).await, (100_000, 0, 0, 0));
    let read = salon.world.get("/v1/bookings/b-1");
    read.refused(404, "booking-not-found").await;
}

#[tokio::test]
async fn a_booking_has_up_to_20_services_each_paid_by_its_own_package_if_need_be() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let mut packages = Vec::new();
    for _ in 0..20 {
        packages.push(salon.sell(&salon.ayse, &template).await);
    }
    let manicures = |count: usize| vec![salon.manicure.as_str(); count];
    let booking = salon.book("b-1", &manicures(20), json!("auto")).await;
    let mut drawn: Vec<String> = (0..20)
        .map(|index| paid_by(&booking, index).unwrap().0.to_owned())
        .collect();
    drawn.sort();
    packages.sort();
    assert_eq!(drawn, packages);
    salon.resolve("b-1", "cancel").await;
    for package in &packages {
        assert_eq!(salon.pool(package).await, (1, 0, 0, 0));
    }
    for count in [0, 21] {
        let body = salon.booking("b-2", &manicures(count), json!("none"));
        let call = salon.world.post("/v1/bookings", body);
        call.refused(422, "invalid-body").await;
    }
}
