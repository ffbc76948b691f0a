//! GET /v1/customers/{id}.

use serde_json::Value;

use crate::harness::{Salon, World};

async fn since(salon: &Salon) -> Value {
    let path = format!("/v1/customers/{}", salon.ayse);
    salon.world.get(&path).ok().await["customer_since"].clone()
}

#[tokio::test]
async fn a_lead_becomes_a_customer_with_the_first_sale_and_stays_one_since_then() {
    let salon = Salon::open().await;
    assert_eq!(since(&salon).await, Value::Null);
    let template = salon.visits(1, &[&salon.manicure]).await;
    assert_eq!(since(&salon).await, Value::Null);
    salon.world.set_clock("2026-11-22T09:30:00Z");
    salon.sell(&salon.ayse, &template).await;
    assert_eq!(since(&salon).await, "2026-11-22T09:30:00Z");
    salon.world.set_clock("2026-12-01T10:00:00Z");
    salon.sell(&salon.ayse, &template).await;
    assert_eq!(since(&salon).await, "2026-11-22T09:30:00Z");
    // Also when everything has expired.
    salon.world.set_clock("2030-01-01T10:00:00Z");
    assert_eq!(since(&salon).await, "2026-11-22T09:30:00Z");
}

#[tokio::test]
async fn a_sale_makes_nobody_else_a_customer() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    salon.sell(&fatma, &template).await;
    assert_eq!(since(&salon).await, Value::Null);
}

#[tokio::test]
async fn a_customer_that_is_not_there_is_not_found() {
    let salon = Salon::open().await;
    let path = format!("/v1/customers/cus_{:026}", 7);
    salon
        .world
        .get(&path)
        .refused(404, "customer-not-found")
        .await;
    let path = format!("/v1/customers/{}", salon.ayse);
    let next_door = salon.world.get(&path).by(&salon.world.next_door());
    next_door.refused(404, "customer-not-found").await;
    let malformed = World::new().await;
    let call = malformed.get("/v1/customers/ayse");
    call.refused(400, "malformed-id").await;
}
