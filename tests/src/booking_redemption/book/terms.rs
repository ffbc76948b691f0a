//! What a booking was agreed to be, whatever changes later.

use serde_json::{Value, json};

use crate::harness::{Salon, lira, paid_by};

async fn set_price(salon: &Salon, service: &str, version: u64, price: u64) {
    let body = json!({"name": "Yeni", "list_price": lira(price), "duration_minutes": 45});
    let path = format!("/v1/services/{service}");
    let put = salon.world.call("PUT", &path).json(body);
    put.if_match(version).ok().await;
}

async fn set_policy(salon: &Salon, version: u64, deduct_at: &str, no_show: &str) {
    let body = json!({
        "name": "Gül Güzellik", "time_zone": "Europe/Istanbul",
        "deduct_at": deduct_at, "no_show": no_show,
    });
    let put = salon.world.call("PUT", "/v1/settings").json(body);
    put.if_match(version).ok().await;
}

fn prices(booking: &Value) -> Vec<&Value> {
    let services = booking["services"].as_array().unwrap();
    services
        .iter()
        .map(|line| &line["price"]["amount_minor"])
        .collect()
}

#[tokio::test]
async fn the_price_agreed_at_booking_survives_a_price_change_until_the_end() {
    let salon = Salon::open().await;
    let template = salon.credit(200_000).await;
    let package = salon.sell(&salon.ayse, &template).await;
    salon
        .book("credit", &[&salon.manicure], json!([package]))
        .await;
    salon.book("due", &[&salon.manicure], json!("none")).await;
    set_price(&salon, &salon.manicure, 1, 90_000).await;
    for id in ["credit", "due"] {
        let read = salon.world.get(&format!("/v1/bookings/{id}")).ok().await;
        assert_eq!(prices(&read), [60_000]);
        let body = json!({"starts_at": "2026-11-25T10:00:00Z"});
        let path = format!("/v1/bookings/{id}/reschedule");
        assert_eq!(prices(&salon.world.post(&path, body).ok().await), [60_000]);
        assert_eq!(prices(&salon.resolve(id, "complete").await), [60_000]);
    }
    assert_eq!(salon.pool(&package).await, (140_000, 0, 60_000, 0));
    let read = salon.world.get("/v1/bookings/due").ok().await;
    assert_eq!(read["due"], json!([lira(60_000)]));
    let newer = salon.book("newer", &[&salon.manicure], json!("auto")).await;
    assert_eq!(paid_by(&newer, 0), Some((package.as_str(), 90_000)));
}

#[tokio::test]
async fn what_is_deducted_at_completion_holds_nothing_and_costs_the_agreed_price() {
    let salon = Salon::with("completion", "forfeit").await;
    let template = salon.credit(200_000).await;
    let package = salon.sell(&salon.ayse, &template).await;
    let booking = salon.book("b", &[&salon.manicure], json!("auto")).await;
    assert_eq!(booking["deduct_at"], "completion");
    // Neither paid nor due: that is found out at the end.
    assert_eq!((paid_by(&booking, 0), &booking["due"]), (None, &json!([])));
    assert_eq!(salon.pool(&package).await, (200_000, 0, 0, 0));
    set_price(&salon, &salon.manicure, 1, 90_000).await;
    let completed = salon.resolve("b", "complete").await;
    assert_eq!(paid_by(&completed, 0), Some((package.as_str(), 60_000)));
    assert_eq!(salon.pool(&package).await, (140_000, 0, 60_000, 0));
}

#[tokio::test]
async fn what_is_deducted_at_completion_may_be_booked_without_any_package() {
    let salon = Salon::with("completion", "forfeit").await;
    let booking = salon.book("b", &[&salon.manicure], json!("auto")).await;
    assert_eq!(booking["status"], "booked");
    let unknown = salon.booking("c", &[&salon.manicure], json!([format!("pkg_{:026}", 7)]));
    let call = salon.world.post("/v1/bookings", unknown);
    call.refused(404, "package-not-found").await;
}

#[tokio::test]
async fn new_settings_do_not_reach_a_booking_that_was_made_before() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    for id in ["complete", "no-show", "cancel"] {
        salon.book(id, &[&salon.manicure], json!("auto")).await;
    }
    set_policy(&salon, 1, "completion", "release").await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    for verb in ["complete", "no-show", "cancel"] {
        let resolved = salon.resolve(verb, verb).await;
        assert_eq!(resolved["deduct_at"], "booking", "{verb}");
    }
    // Captured from what was held, forfeited, returned.
    assert_eq!(salon.pool(&package).await, (8, 0, 1, 1));
    let newer = salon.book("newer", &[&salon.manicure], json!("auto")).await;
    assert_eq!(newer["deduct_at"], "completion");
    assert_eq!(salon.pool(&package).await, (8, 0, 1, 1));
    salon.resolve("newer", "no-show").await;
    assert_eq!(salon.pool(&package).await, (8, 0, 1, 1));
}

#[tokio::test]
async fn a_booking_that_held_nothing_is_settled_at_its_end_under_settings_that_hold() {
    let salon = Salon::with("completion", "forfeit").await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    salon
        .book("complete", &[&salon.manicure], json!("auto"))
        .await;
    salon
        .book("no-show", &[&salon.manicure], json!("auto"))
        .await;
    set_policy(&salon, 1, "booking", "release").await;
    salon.world.set_clock("2026-11-23T12:00:00Z");
    salon.resolve("complete", "complete").await;
    assert_eq!(salon.pool(&package).await, (9, 0, 1, 0));
    salon.resolve("no-show", "no-show").await;
    assert_eq!(salon.pool(&package).await, (8, 0, 1, 1));
}
