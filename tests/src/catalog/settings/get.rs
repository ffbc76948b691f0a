//! GET /v1/settings, and what cannot be done before there are any.

use serde_json::json;

use super::settings;
use crate::harness::{World, id, lira};

#[tokio::test]
async fn there_are_no_settings_before_they_are_first_put() {
    let world = World::new().await;
    let settings_path = "/v1/settings";
    world
        .get(settings_path)
        .refused(404, "settings-missing")
        .await;
    let body = settings("Salon");
    world
        .call("PUT", settings_path)
        .json(body.clone())
        .ok()
        .await;
    let answer = world.get(settings_path).send().await;
    assert_eq!((answer.status, &answer.body), (200, &body));
    assert_eq!(answer.etag.as_deref(), Some("\"1\""));
}

#[tokio::test]
async fn one_business_does_not_see_the_settings_of_another() {
    let world = World::new().await;
    let put = world.call("PUT", "/v1/settings");
    put.json(settings("Salon")).ok().await;
    let get = world.get("/v1/settings").by(&world.next_door());
    get.refused(404, "settings-missing").await;
}

#[tokio::test]
async fn a_catalogue_and_customers_need_no_settings_but_sales_and_bookings_do() {
    let world = World::new().await;
    let service = json!({"name": "Manikür", "list_price": lira(60_000), "duration_minutes": 45});
    let service = id(&world.post("/v1/services", service).ok().await);
    let template = json!({
        "name": "Paket", "kind": "visits", "quantity": 10, "price": lira(500_000),
        "services": [{"service_id": service}],
    });
    let template = id(&world.post("/v1/package-templates", template).ok().await);
    let customer = json!({"name": "Ayşe"});
    let customer = id(&world.post("/v1/customers", customer).ok().await);
    let services = json!([{"service_id": service}]);
    let sale = json!({"customer_id": customer, "template_id": template});
    let starts_at = "2026-11-23T10:00:00Z";
    let asked = json!({"customer_id": customer, "starts_at": starts_at, "services": services});
    let mut booking = asked.clone();
    booking["booking_id"] = json!("b");
    let walk_in = json!({"customer_id": customer, "walk_in": {"services": services}});
    for call in [
        world.post("/v1/packages", sale).key("k"),
        world.post("/v1/bookings", booking),
        world.post("/v1/redemption-quotes", asked),
        world.post("/v1/bookings/b/complete", walk_in),
    ] {
        call.refused(409, "settings-missing").await;
    }
    world
        .get("/v1/bookings/b")
        .refused(404, "booking-not-found")
        .await;
}
