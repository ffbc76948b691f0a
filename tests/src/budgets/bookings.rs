//! Booking and what becomes of it.

use serde_json::json;

use super::{Budget, salon_with_package};
use crate::harness::{Salon, allowed};

#[tokio::test]
async fn redeeming_takes_two_round_trips_six_wru_and_two_rru() {
    let (salon, package) = salon_with_package().await;
    let budget = Budget::of(allowed::REDEEM);
    for (id, pay_with) in [("chosen", json!("auto")), ("named", json!([package]))] {
        let body = salon.booking(id, &[&salon.manicure], pay_with);
        budget
            .check(&salon, id, salon.world.post("/v1/bookings", body))
            .await;
    }
}

#[tokio::test]
async fn resolving_takes_three_round_trips_and_two_with_the_customer_named() {
    let (salon, _) = salon_with_package().await;
    for verb in ["complete", "cancel", "no-show"] {
        for (named, most) in [(true, allowed::RESOLVE), (false, allowed::RESOLVE_UNNAMED)] {
            let id = format!("{verb}-{named}");
            salon.world.set_clock("2026-11-22T08:00:00Z");
            salon.book(&id, &[&salon.manicure], json!("auto")).await;
            salon.world.set_clock("2026-11-23T12:00:00Z");
            let body = if named {
                json!({"customer_id": salon.ayse})
            } else {
                json!({})
            };
            let call = salon.world.post(&format!("/v1/bookings/{id}/{verb}"), body);
            Budget::of(most).check(&salon, &id, call).await;
        }
    }
}

#[tokio::test]
async fn completing_under_deduction_at_completion_stays_within_the_same_budget() {
    let salon = Salon::with("completion", "forfeit").await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    salon.sell(&salon.ayse, &template).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let body = json!({"customer_id": salon.ayse});
    let call = salon.world.post("/v1/bookings/b/complete", body);
    Budget::of(allowed::RESOLVE)
        .check(&salon, "complete", call)
        .await;
}

#[tokio::test]
async fn paying_later_and_reversing_take_three_round_trips_and_two_with_the_customer_named() {
    let (salon, _) = salon_with_package().await;
    for (named, most) in [(true, allowed::RESOLVE), (false, allowed::RESOLVE_UNNAMED)] {
        let id = format!("b-{named}");
        salon.book(&id, &[&salon.manicure], json!("none")).await;
        let body = match named {
            true => json!({"customer_id": salon.ayse}),
            false => json!({}),
        };
        for verb in ["redeem", "reverse"] {
            let path = format!("/v1/bookings/{id}/{verb}");
            let call = salon.world.post(&path, body.clone());
            Budget::of(most).check(&salon, verb, call).await;
            salon.resolve(&id, "complete").await;
        }
    }
}

#[tokio::test]
async fn a_series_takes_two_round_trips_and_four_wru_for_each_booking() {
    let (salon, _) = salon_with_package().await;
    let services = [json!({"service_id": salon.manicure})];
    let one = |n: u32| {
        let at = format!("2026-12-{n:02}T10:00:00Z");
        json!({"booking_id": format!("s-{n}"), "starts_at": at, "services": services})
    };
    let appointments: Vec<_> = (1..=10).map(one).collect();
    let body = json!({
        "customer_id": salon.ayse, "appointments": appointments, "pay_with": "auto",
    });
    let call = salon.world.post("/v1/bookings/series", body);
    Budget::of(allowed::series(10))
        .check(&salon, "series of 10", call)
        .await;
}

#[tokio::test]
async fn a_shared_package_costs_one_round_trip_more() {
    let (salon, package) = salon_with_package().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.share(&package, &fatma, true).await;
    let mut body = salon.booking("b", &[&salon.manicure], json!("auto"));
    body["customer_id"] = json!(fatma);
    // The holder gets a copy of the entry.
    let booked = salon.world.post("/v1/bookings", body);
    Budget(3, 9.0, 2.5).check(&salon, "book", booked).await;
    let named = json!({"customer_id": fatma});
    let completed = salon.world.post("/v1/bookings/b/complete", named);
    Budget(3, 9.0, 2.5)
        .check(&salon, "complete", completed)
        .await;
    let wallet = salon.world.get(&format!("/v1/customers/{fatma}/wallet"));
    Budget(2, 0.0, 2.5).check(&salon, "wallet", wallet).await;
}

#[tokio::test]
async fn a_walk_in_takes_two_round_trips() {
    let (salon, _) = salon_with_package().await;
    let body = json!({
        "customer_id": salon.ayse,
        "walk_in": {"services": [{"service_id": salon.manicure}], "pay_with": "auto"},
    });
    let call = salon.world.post("/v1/bookings/w/complete", body);
    Budget(2, 6.0, 2.0).check(&salon, "walk-in", call).await;
}

#[tokio::test]
async fn a_replay_takes_three_round_trips_at_most_even_when_nothing_is_left() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let sale = json!({"customer_id": salon.ayse, "template_id": template});
    salon
        .world
        .post("/v1/packages", sale.clone())
        .key("k")
        .ok()
        .await;
    let booking = salon.booking("b", &[&salon.manicure], json!("auto"));
    salon.world.post("/v1/bookings", booking.clone()).ok().await;
    let budget = Budget::of(allowed::REPLAY);
    budget
        .check(
            &salon,
            "replayed sale",
            salon.world.post("/v1/packages", sale).key("k"),
        )
        .await;
    budget
        .check(
            &salon,
            "replayed booking",
            salon.world.post("/v1/bookings", booking),
        )
        .await;
    salon
        .world
        .post("/v1/bookings/b/cancel", json!({}))
        .ok()
        .await;
    let call = salon.world.post("/v1/bookings/b/cancel", json!({}));
    budget.check(&salon, "replayed cancellation", call).await;
}
