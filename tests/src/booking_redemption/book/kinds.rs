//! Booking with bundles, passes, and validity from the first use.

use serde_json::{Value, json};

use crate::harness::{Call, Salon, lira, paid_by};

fn pass(salon: &Salon, caps: Value) -> Value {
    json!({
        "name": "Sınırsız", "kind": "pass", "price": lira(300_000), "caps": caps,
        "services": [{"service_id": salon.manicure}], "validity": {"count": 1, "unit": "months"},
    })
}

fn at(salon: &Salon, id: &str, starts_at: &str) -> Call {
    let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
    body["starts_at"] = json!(starts_at);
    salon.world.post("/v1/bookings", body)
}

/// Istanbul's 24 November begins at 21:00 UTC on the 23rd.
#[tokio::test]
async fn a_pass_is_drawn_once_a_day_and_its_day_comes_free_again() {
    let salon = Salon::open().await;
    let pass = salon.sell_as(pass(&salon, json!({"per_day": 1}))).await;
    at(&salon, "a", "2026-11-23T10:00:00Z").ok().await;
    let second = at(&salon, "b", "2026-11-23T20:59:59Z");
    second.refused(409, "cap-reached").await;
    at(&salon, "c", "2026-11-23T21:00:00Z").ok().await;
    assert_eq!(salon.pool(&pass).await, (0, 2, 0, 0));
    salon.resolve("a", "cancel").await;
    at(&salon, "d", "2026-11-23T18:00:00Z").ok().await;
    let to = |starts_at: &str| json!({"starts_at": starts_at});
    let path = "/v1/bookings/d/reschedule";
    let taken = salon.world.post(path, to("2026-11-24T10:00:00Z"));
    taken.refused(409, "cap-reached").await;
    salon
        .world
        .post(path, to("2026-11-25T10:00:00Z"))
        .ok()
        .await;
    at(&salon, "e", "2026-11-23T12:00:00Z").ok().await;
    salon.resolve("e", "complete").await;
    assert_eq!(salon.pool(&pass).await, (0, 2, 1, 0));
}

#[tokio::test]
async fn a_walk_in_takes_a_day_of_the_pass_and_leaves_the_next_one_due() {
    let salon = Salon::open().await;
    let pass = salon.sell_as(pass(&salon, json!({"per_day": 1}))).await;
    for (id, due) in [("w", json!([])), ("x", json!([lira(60_000)]))] {
        let walk_in = json!({
            "customer_id": salon.ayse,
            "walk_in": {"services": [{"service_id": salon.manicure}], "pay_with": "auto"},
        });
        let path = format!("/v1/bookings/{id}/complete");
        let completed = salon.world.post(&path, walk_in).ok().await;
        assert_eq!(completed["due"], due, "{id}");
    }
    assert_eq!(salon.pool(&pass).await, (0, 0, 1, 0));
}

#[tokio::test]
async fn two_services_of_one_appointment_are_drawn_from_two_pools_of_a_bundle() {
    let salon = Salon::open().await;
    let bundle = json!({
        "name": "Gelin", "kind": "bundle",
        "services": [
            {"service_id": salon.manicure, "quantity": 4, "units": 2},
            {"service_id": salon.massage, "quantity": 1},
        ],
    });
    let package = salon.sell_as(bundle).await;
    let services = [salon.manicure.as_str(), &salon.massage];
    let booked = salon.book("b", &services, json!("auto")).await;
    assert_eq!(paid_by(&booked, 0), Some((package.as_str(), 2)));
    assert_eq!(paid_by(&booked, 1), Some((package.as_str(), 1)));
    assert_eq!(booked["services"][1]["paid_by"]["pool"], 1);
    let again = salon.booking("c", &services, json!("auto"));
    let again = salon.world.post("/v1/bookings", again);
    again.refused(409, "insufficient-units").await;
    salon.resolve("b", "complete").await;
    let pools = &salon.package(&package).await["pools"];
    assert_eq!(
        (&pools[0]["used"], &pools[1]["used"]),
        (&json!(2), &json!(1))
    );
}

#[tokio::test]
async fn a_package_from_first_use_begins_with_the_earliest_appointment_drawn_from_it() {
    let salon = Salon::open().await;
    let package = salon
        .sell_as(json!({
            "name": "Paket", "kind": "visits", "quantity": 5, "price": lira(1),
            "services": [{"service_id": salon.manicure}], "grace_days": 1,
            "validity": {"count": 1, "unit": "months", "from": "first-use"},
        }))
        .await;
    let ends = async || {
        let package = salon.package(&package).await;
        (
            package["expires_at"].clone(),
            package["usable_until"].clone(),
        )
    };
    assert_eq!(ends().await, (Value::Null, Value::Null));
    at(&salon, "a", "2026-12-10T10:00:00Z").ok().await;
    at(&salon, "b", "2026-12-01T10:00:00Z").ok().await;
    let of_b = (json!("2027-01-01T21:00:00Z"), json!("2027-01-02T21:00:00Z"));
    assert_eq!(ends().await, of_b);
    let late = at(&salon, "c", "2027-01-02T21:00:00Z");
    late.refused(409, "expired-at-appointment").await;
    salon.resolve("b", "cancel").await;
    let of_a = (json!("2027-01-10T21:00:00Z"), json!("2027-01-11T21:00:00Z"));
    assert_eq!(ends().await, of_a);
    salon.resolve("a", "cancel").await;
    assert_eq!(ends().await, (Value::Null, Value::Null));
}

#[tokio::test]
async fn what_nothing_pays_for_is_due_where_the_caller_or_the_business_allows_it() {
    let salon = Salon::open().await;
    salon.sell_visits(1, &[&salon.manicure]).await;
    let services = [salon.manicure.as_str(), &salon.massage];
    let mut body = salon.booking("a", &services, json!("auto"));
    let whole = salon.world.post("/v1/bookings", body.clone());
    whole.refused(409, "service-not-covered").await;
    body["allow_partial"] = json!(true);
    let booked = salon.world.post("/v1/bookings", body.clone()).ok().await;
    assert_eq!(booked["due"], json!([lira(150_000)]));
    salon.resolve("a", "cancel").await;
    let settings = json!({
        "name": "Gül", "time_zone": "Europe/Istanbul", "deduct_at": "booking",
        "no_show": "forfeit", "auto_apply": true,
    });
    let put = salon.world.call("PUT", "/v1/settings").json(settings);
    put.if_match(1).ok().await;
    let mut silent = salon.booking("b", &services, json!("auto"));
    silent.as_object_mut().unwrap().remove("pay_with");
    let booked = salon.world.post("/v1/bookings", silent).ok().await;
    assert_eq!(booked["due"], json!([lira(150_000)]));
    assert_eq!(booked["pay_with"], "auto");
    // Who says what should pay is taken at their word.
    let none = salon.book("c", &services, json!("none")).await;
    assert_eq!(none["due"], json!([lira(210_000)]));
}

#[tokio::test]
async fn a_package_that_waits_for_its_deposit_pays_for_nothing() {
    let salon = Salon::open().await;
    salon
        .sell_as(json!({
            "name": "Paket", "kind": "visits", "quantity": 5, "price": lira(10_000),
            "services": [{"service_id": salon.manicure}], "deposit": {"amount": lira(1_000)},
        }))
        .await;
    let refused = at(&salon, "a", "2026-12-10T10:00:00Z");
    refused.refused(409, "package-not-active").await;
}
