//! Lists whose pages are larger than what the database gives at once, a megabyte.

use serde_json::{Value, json};

use crate::harness::{Salon, lira};

#[tokio::test]
async fn lists_of_large_records_end_where_the_records_do() {
    let salon = Salon::open().await;
    // 120 characters of four bytes each: the largest name there is.
    let name = "\u{1F9F4}".repeat(120);
    let mut services: Vec<Value> = Vec::new();
    for _ in 0..50 {
        services.push(json!({"service_id": salon.service(&name, 1).await}));
    }
    let template = json!({
        "name": name, "kind": "visits", "quantity": 1, "services": services, "price": lira(1),
    });
    for _ in 0..50 {
        salon
            .world
            .post("/v1/package-templates", template.clone())
            .ok()
            .await;
    }
    let pages = salon.world.pages("/v1/package-templates?limit=100").await;
    assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 50);
    assert!(pages.len() > 1, "a megabyte holds them all");
    // Settings, a stage scheme, 2 + 50 services, 1 customer, 50 templates.
    let pages = salon.world.pages("/v1/journal?limit=100").await;
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [100, 5]);
}
