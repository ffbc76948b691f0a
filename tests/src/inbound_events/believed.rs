//! Whose events a business believes.

use serde_json::json;

use crate::harness::{STRIPE, Salon, event};

const AT: &str = "2026-11-22T07:00:00Z";

#[tokio::test]
async fn a_business_that_names_its_systems_believes_no_other() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let package = salon.purchase().await;
    let mut settings = world.get("/v1/settings").ok().await;
    settings["event_sources"] = json!(["bookings.example", STRIPE]);
    let put = async |settings: &serde_json::Value, version: u64| {
        let put = world.call("PUT", "/v1/settings").if_match(version);
        put.json(settings.clone()).ok().await
    };
    put(&settings, 1).await;
    let before = world.journal().await.len();
    let booked = salon.told("a", AT, AT);
    let not_believed = Err("source-not-believed".to_owned());
    let kind = "AppointmentBooked";
    assert_eq!(world.tell(kind, &booked).await, not_believed);
    let paid = salon.money(&package, "p-1", 500_000);
    assert_eq!(world.tell("PaymentSucceeded", &paid).await, not_believed);
    let person = json!({
        "version": 1, "business_id": world.business, "account": "d", "name": "Deniz",
        "email": "deniz@example.com", "email_verified": true, "occurred_at": AT,
    });
    assert_eq!(
        world.tell("CustomerRegistered", &person).await,
        not_believed
    );
    let another = STRIPE.replace("test_1", "test_2");
    let intent = json!({"created": 1_795_330_800, "data": {"object": {
        "id": "pi_1", "amount": 500_000, "amount_received": 500_000, "currency": "try",
        "metadata": {"business_id": world.business, "package_id": package},
    }}});
    let stripe = |source: &str| event("s", source, "payment_intent.succeeded", &intent);
    assert_eq!(world.take(stripe(&another)).await, not_believed);
    assert_eq!(world.journal().await.len(), before);
    let read = world.get(&format!("/v1/packages/{package}")).ok().await;
    assert_eq!(read["status"], "pending-payment");

    let from = world.tell_from("bookings.example", kind, &booked).await;
    assert_eq!((from, world.take(stripe(STRIPE)).await), (Ok(()), Ok(())));
    let read = world.get(&format!("/v1/packages/{package}")).ok().await;
    assert_eq!(read["status"], "active");
    // Where none is named, whatever the deployment takes is believed.
    settings["event_sources"] = json!([]);
    put(&settings, 2).await;
    let booked = salon.told("b", AT, AT);
    assert_eq!(world.tell(kind, &booked).await, Ok(()));
}

#[tokio::test]
async fn a_business_names_ten_systems_at_most() {
    let salon = Salon::open().await;
    let mut settings = salon.world.get("/v1/settings").ok().await;
    let put = |settings: &serde_json::Value| {
        let put = salon.world.call("PUT", "/v1/settings").if_match(1);
        put.json(settings.clone())
    };
    let systems: Vec<String> = (0..11).map(|n| format!("s-{n}.example")).collect();
    settings["event_sources"] = json!(systems);
    put(&settings).refused(422, "settings-out-of-range").await;
    settings["event_sources"] = json!(systems[1..]);
    put(&settings).ok().await;
}
